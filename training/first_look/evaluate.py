"""Measure the first look on people's strokes: `python -m training.first_look.evaluate`.

The digit network is measured on pictures of the same strokes. Here they go through the page's own
modules. Writes site/model/first_look_card.json and the table of MODEL_CARD.md.
"""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from training.data import datasets
from training.evaluation import canvas, non_digits
from training.evaluation.metrics import wilson
from training.evaluation.sets import (
    AMBIGUOUS,
    LIMIT,
    NON_DIGITS,
    options_parser,
    sample_trajectories,
)
from training.first_look.export_model import MODEL, read_model
from training.text_table import ABSENT, markdown, percent, plain
from ui.first_look import features
from ui.first_look.network import SmallNetwork

CARD = MODEL.with_name("first_look_card.json")
DIGITS = {"unipen_dev": "unipen_digits_dev", "ujipenchars_dev": "ujipenchars_dev"}
LETTERS = {
    "letters, unipen_dev": "unipen_letters_dev",
    "letters, ujipenchars_dev": "ujipenchars_letters_dev",
}


def main(arguments: list[str] | None = None) -> None:
    """Measure, print and write."""
    options = options_parser(__doc__, MODEL).parse_args(arguments)
    data = datasets.data_folder(options.data)
    if data is None:
        print("No handwriting found; set INKLING_DATA to its folder to measure the first look.")
        return
    found = measure(read_model(options.model), data, options.limit)
    print(plain(table({"first_look": found})))
    if not options.limit:
        CARD.write_text(json.dumps(found, indent=1) + "\n")


def measure(network: SmallNetwork, data: Path, limit: int | None = None) -> dict:
    """Return {set: {samples, answered, right, interval}}, shares from 0 to 1.

    right, of the answers, and its 95 % interval are left out for sets without digits.
    """
    found = {}
    for name, file in DIGITS.items():
        rows = sample_trajectories(data / "pen" / f"{file}.json.gz", limit or LIMIT)
        answers = [network_answer(network, strokes) for strokes in _on_canvas(rows)]
        given = [(a, int(row["label"])) for a, row in zip(answers, rows, strict=True)]
        given = [pair for pair in given if pair[0] is not None]
        right = sum(answer == label for answer, label in given)
        found[name] = _shares(answers) | {
            "right": round(right / max(len(given), 1), 5),
            "interval": [round(x, 5) for x in wilson(right, len(given))],
        }
    for name, file in LETTERS.items():
        path = data / "pen" / f"{file}.json.gz"
        rows = sample_trajectories(path, limit or LIMIT, lambda label: label not in AMBIGUOUS)
        found[name] = _shares([network_answer(network, strokes) for strokes in _on_canvas(rows)])
    for kind in non_digits.PENNED:
        drawn = (non_digits.strokes(kind, seed) for seed in range(limit or NON_DIGITS))
        answers = [network_answer(network, _with_width(*strokes)) for strokes in drawn]
        found[kind] = _shares(answers)
    return found


def read_card() -> dict:
    """Return {"first_look": the measures of the last evaluation}; {} if there was none."""
    return {"first_look": json.loads(CARD.read_text())} if CARD.exists() else {}


def network_answer(network: SmallNetwork, strokes: list) -> int | None:
    """Return the first look at strokes, lists of points (x, y, width), as the page gives it."""
    return None if features.is_dot(strokes) else network.answer(features.inputs_of(strokes))


def table(card: dict) -> str:
    """Return the table of sets as Markdown; "" if none was measured."""
    if not card.get("first_look"):
        return ""
    rows = [
        [name, f"{row['samples']:,}", percent(row["answered"]), _right(row)]
        for name, row in card["first_look"].items()
    ]
    return markdown(["set", "samples", "answered, %", "right of answered, % (95 %)"], rows, 1)


def _right(row: dict) -> str:
    if "right" not in row:
        return ABSENT
    low, high = (percent(bound) for bound in row["interval"])
    return f"**{percent(row['right'])}** ({low} to {high})"


def _on_canvas(rows: list[dict]) -> Iterable[list]:
    for seed, row in enumerate(rows):
        yield _with_width(*canvas.put_on_canvas(row["strokes"], np.random.default_rng(seed)))


def _with_width(strokes: list[np.ndarray], brush: float) -> list:
    return [[(x, y, brush) for x, y in stroke.tolist()] for stroke in strokes]


def _shares(answers: list) -> dict:
    answered = sum(answer is not None for answer in answers)
    return {"samples": len(answers), "answered": round(answered / len(answers), 5)}


if __name__ == "__main__":
    main()
