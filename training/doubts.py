"""When is what was cut into digits no number? `python -m training.doubts` looks at both.

Prints how sure of a digit the marks of numbers are, and of words and scribbles, by the measure of
inkling/verdict.py, whose ENOUGH was read off here. All were written by held-out writers but for
the numbers that people wrote, which the network has learnt from. What the card says of words and
scribbles, `measured` takes from other writers.
"""

import argparse
from collections.abc import Callable, Iterable
from functools import partial
from multiprocessing.pool import Pool
from pathlib import Path

import numpy as np
from PIL import Image

from inkling import verdict
from inkling.ink import ink_map
from inkling.lattice import NOTHING
from inkling.numbers import read_lines
from inkling.picture import lightness, upright
from inkling.segment import writing
from training import datasets, impostors, nondigits, paper, sources, strings
from training.measures import share
from training.numbers import OVERLAPPING, PAIR, SPACED, TOUCHING, Number, as_written, composed
from training.reading import CHUNK, network, readers
from training.strokes import drawing, trajectories
from training.tables import markdown, percent, plain

MODEL = Path(__file__).resolve().parent.parent / "site" / "model" / "digits.npz"
SOME = 300  # of each kind
LETTERS = (2, 8)  # of a word
PHOTOS = "photographed"  # the numbers that are least sure of all
LOST = (0.01, 0.015, 0.02, 0.03, 0.05)  # shares of those read right that might be given up
WHAT = {
    "words": "2 to 8 letters of one writer, any of them, clearly apart",
    "words_touching": "the same, some of them touching",
    "scribbles": "a line to and fro",
}


def main(arguments: list[str] | None = None) -> None:
    """Measure and print; raises SystemExit without handwriting."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="real handwriting; else INKLING_DATA")
    parser.add_argument("--model", type=Path, default=MODEL, help="network")
    options = parser.parse_args(arguments)
    data = datasets.data_folder(options.data)
    if data is None:
        raise SystemExit("No handwriting found; set INKLING_DATA to its folder and try again.")
    with readers(options.model) as pool:
        found = {name: _judged(pool, kind) for name, kind in _held(data / "pen").items()}
    sure = {name: np.array([s for s, right in both if right]) for name, both in found.items()}
    others = {name: np.array([s for s, _ in found[name]]) for name in WHAT}
    drawn = np.concatenate([sure[name] for name in sure if name not in (*WHAT, PHOTOS)])
    rows = []
    for lost in LOST:
        enough = float(np.quantile(sure[PHOTOS], lost))
        given = [percent(np.count_nonzero(others[name] >= enough) / SOME) for name in WHAT]
        rows.append([f"{enough:.2f}", percent(lost), percent(share(drawn < enough)), *given])
    heads = ["ENOUGH", "photographed lost, %", "drawn lost, %"]
    heads += [f"{name} given a text, %" for name in WHAT]
    print(plain(markdown(heads, rows, 0)))


def measured(pool: Pool, data: Path, limit: int | None = None) -> dict:
    """What the card holds of it: {kind: {"pictures", "given"}}, the share that gets a text.

    pool: of readers. data: the folder of handwriting; without its letters there are no words.
    """
    file, count = data / "pen" / "unipen_letters_dev.json.gz", min(limit or SOME, SOME)
    kinds = _words(trajectories(file)) if file.exists() else {}
    drawn = partial(impostors.picture, "scribbles")
    kinds["scribbles"] = [Number("", None, partial(drawn, seed)) for seed in range(SOME)]
    answers = {name: pool.map(strings.answer, kind[:count], CHUNK) for name, kind in kinds.items()}
    return {
        name: {"pictures": len(its), "given": share(np.array([text != "" for text, _ in its]))}
        for name, its in answers.items()
    }


def table(card: dict) -> str:
    """What is no number, a row each; empty if it was not measured."""
    rows = [
        [name, WHAT[name], f"{row['pictures']:,}", f"**{percent(row['given'])}**"]
        for name, row in card.get("doubts", {}).items()
    ]
    return markdown(["set", "what", "pictures", "given a text, %"], rows, 2) if rows else ""


def _held(pens: Path) -> dict[str, list[Number]]:
    """Numbers, and what is none under the names of WHAT, none of it met in training but for the
    first."""

    def held(name: str) -> list[dict]:
        rows = trajectories(pens / f"{name}.json.gz")
        return [row for row, its in zip(rows, sources.held_writers(rows), strict=True) if its]

    digits = held("unipen_digits_train")
    return {
        "written": as_written(trajectories(pens / f"{sources.NUMBER_FILE}.json.gz"), 10_000),
        "spaced": composed(digits, SOME, SPACED, seed=1),
        "overlapping": composed(digits, SOME, OVERLAPPING, seed=2),
        "touching": composed(digits, SOME, TOUCHING, PAIR, seed=3),
        "with signs": composed(digits, SOME, SPACED, seed=4, signs=1.0),
        PHOTOS: [
            _photo(n, place) for place, n in enumerate(composed(digits, SOME, SPACED, seed=5))
        ],
        **_words(held(sources.LETTER_FILE)),
        "scribbles": [Number("", None, partial(_scribble, seed)) for seed in range(SOME)],
    }


def _photo(number: Number, seed: int) -> Number:
    return number._replace(picture=partial(_photographed, number.picture, seed))


def _photographed(draw: Callable[[], Image.Image], seed: int) -> Image.Image:
    light = np.asarray(draw(), np.float32) / 255
    ink = 1 - light if light.mean() > 0.5 else light  # some are written white on black
    return paper.photographed(ink, np.random.default_rng((sources.SEED, seed)))


def _words(letters: list[dict]) -> dict[str, list[Number]]:
    ways = {"words": SPACED, "words_touching": OVERLAPPING}
    return {
        name: [word._replace(text="") for word in composed(letters, SOME, gap, LETTERS)]
        for name, gap in ways.items()
    }


def _scribble(seed: int) -> Image.Image:
    random = np.random.default_rng((sources.SEED, seed, seed))  # not those that are trained on
    return drawing(nondigits.scribble(random), random)


def _judged(pool: Pool, numbers: Iterable[Number]) -> list[tuple[float, bool]]:
    """Of each picture that is taken for more than one digit: how sure its digits are, and whether
    they are what it says."""
    return [judged for judged in pool.map(_judge, numbers, CHUNK) if judged]


def _judge(number: Number) -> tuple[float, bool] | None:
    ink = ink_map(lightness(upright(number.picture())[0]))
    found = writing(ink)
    lines = read_lines(ink, found.marks, found.all, network())
    labels = [mark.label for line in lines for mark in line.found if mark.label != NOTHING]
    if len(labels) < 2:
        return None
    return verdict.sureness(lines), "".join(map(str, labels)) == number.text


if __name__ == "__main__":
    main()
