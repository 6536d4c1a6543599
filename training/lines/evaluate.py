"""Measure how lines are read, with and without the line network: `make evaluate-lines`.

Prints a table and writes the measures to line_sets.json, for the documents. Whole numerals by
writers of no training line are counted apart, too.
"""

import csv
import json
import re
from functools import partial
from pathlib import Path

from PIL import Image

from inkling import Reader
from training.data.datasets import required_data_folder
from training.evaluation import non_digits
from training.evaluation.sets import options_parser
from training.lines.samples import is_held_out
from training.numbers.compose import (
    OVERLAPPING,
    PAIR,
    SPACED,
    TOUCHING,
    Number,
    as_written,
    compose,
)
from training.numbers.false_acceptance import LETTERS
from training.synth.render import read_trajectories
from training.text_table import markdown, plain

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "training" / "line_sets.json"
COUNT = 500  # composed numbers of a set
REFUSED = 300  # words and scribbles of a set
SAME_SIGNS = str.maketrans("×·−–÷", "x.--:")


def main(arguments: list[str] | None = None) -> None:
    """Measure, print and write."""
    options = options_parser(__doc__).parse_args(arguments)
    data = required_data_folder(options.data)
    found = {"line_sets": measure(Reader.load(options.model), data, options.limit)}
    print(plain(line_table(found)))
    if not options.limit:
        RECORD.write_text(json.dumps(found["line_sets"], indent=1) + "\n")


def measure(reader: Reader, data: Path, limit: int | None = None) -> dict[str, dict]:
    """Measure a reader with its line network and without: {set: {pictures, right or given, ...}}.

    The counts are pairs, digit by digit and by the line network. They count whole texts read right,
    or pictures without a number that were given a text.
    """
    readers = Reader(reader.network), reader
    found = {}
    for name, samples in number_sets(data, limit).items():
        right = [count_right(one, samples, name == "cheques") for one in readers]
        found[name] = {"pictures": len(samples), "right": right}
    for name, samples in refused_sets(data, limit).items():
        given = [len(samples) - count_right(one, samples) for one in readers]
        found[name] = {"pictures": len(samples), "given": given}
    return found


def line_table(card: dict) -> str:
    """Return a table with a row for each set of lines; "" if none was measured."""
    if not card.get("line_sets"):
        return ""
    rows = []
    for name, row in card["line_sets"].items():
        counts = row["right"] if "right" in row else row["given"]
        cut, line = (f"{100 * count / row['pictures']:.1f}" for count in counts)
        what = name if "right" in row else f"{name}, given a text"
        rows.append([what, f"{row['pictures']:,}", cut, f"**{line}**"])
    return markdown(["set", "pictures", "digit by digit, %", "line network, %"], rows, 1)


def number_sets(data: Path, limit: int | None) -> dict[str, list[Number]]:
    """Return the sets of numerals by name; sets whose file is missing are left out."""
    sets = {}
    for name, file in (("numerals", "unipen_numerals_train"), ("strings", "unipen_strings_train")):
        numbers = as_written(read_trajectories(data / "pen" / f"{file}.json.gz"), limit or 1_000)
        sets[f"{name} as written"] = numbers
        sets[f"{name} of held-out writers"] = [n for n in numbers if is_held_out(n.writer)]
    for name, file in (("unipen_dev", "unipen_digits_dev"), ("ujipenchars_dev", "ujipenchars_dev")):
        rows = read_trajectories(data / "pen" / f"{file}.json.gz")
        sets[f"composed, spaced, {name}"] = compose(rows, limit or COUNT, SPACED)
        sets[f"composed, touching pairs, {name}"] = compose(rows, limit or COUNT, TOUCHING, PAIR)
    cheques = data / "images" / "orand_car_a"
    if cheques.exists():
        with (cheques / "manifest.csv").open() as file:
            rows = list(csv.DictReader(file))[:limit]
        sets["cheques"] = [
            Number(row["label"], "", partial(Image.open, cheques / row["file"])) for row in rows
        ]
    return {name: samples for name, samples in sets.items() if samples}  # of a trial some are empty


def refused_sets(data: Path, limit: int | None) -> dict[str, list[Number]]:
    """Return words and scribbles, which have no text."""
    letters = read_trajectories(data / "pen" / "unipen_letters_dev.json.gz")
    count = limit or REFUSED
    words = {
        "words": compose(letters, count, SPACED, LETTERS),
        "words, touching": compose(letters, count, OVERLAPPING, LETTERS),
    }
    scrawls = [partial(non_digits.picture, "scribbles", seed) for seed in range(count)]
    return {
        **{name: [word._replace(text="") for word in found] for name, found in words.items()},
        "scribbles": [Number("", "", picture) for picture in scrawls],
    }


def count_right(reader: Reader, samples: list[Number], digits_only: bool = False) -> int:
    """Return how many samples' whole text is read; spaces do not count."""
    read = (reader.read(sample.picture()).text for sample in samples)
    pairs = zip(read, samples, strict=True)
    return sum(same_text(text, one.text, digits_only) for text, one in pairs)


def same_text(text: str, truth: str, digits_only: bool = False) -> bool:
    """Return whether a text was read rightly; spaces do not count, nor the shape of a dash."""
    text, truth = _plain(text), _plain(truth)
    if digits_only:
        text, truth = (re.sub(r"\D", "", one) for one in (text, truth))
    return text == truth


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).translate(SAME_SIGNS)


if __name__ == "__main__":
    main()
