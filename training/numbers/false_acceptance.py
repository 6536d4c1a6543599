"""Measure false acceptance: the share of words and scribbles that are read as a number."""

from functools import partial
from multiprocessing.pool import Pool
from pathlib import Path

import numpy as np

from training.evaluation import non_digits
from training.evaluation.metrics import share
from training.evaluation.parallel import CHUNK
from training.numbers import evaluate
from training.numbers.compose import OVERLAPPING, SPACED, Number, compose
from training.synth.render import read_trajectories
from training.text_table import markdown, percent

PICTURES = 300  # of each kind
LETTERS = (2, 8)  # of a word
WHAT = {
    "words": "2 to 8 letters of one writer, any of them, clearly apart",
    "words_touching": "the same, with some letters touching",
    "scribbles": "a line to and fro",
}


def measure(pool: Pool, data: Path, limit: int | None = None) -> dict:
    """Measure for the card {kind: {"pictures", "given"}}; given: the share that gets a text.

    pool: of readers. data: the folder of handwriting; without its letters there are no words.
    """
    file, count = data / "pen" / "unipen_letters_dev.json.gz", min(limit or PICTURES, PICTURES)
    kinds = words(read_trajectories(file), PICTURES) if file.exists() else {}
    drawn = partial(non_digits.picture, "scribbles")
    kinds["scribbles"] = [Number("", None, partial(drawn, seed)) for seed in range(PICTURES)]
    answers = {
        name: pool.map(evaluate.read_text, kind[:count], CHUNK) for name, kind in kinds.items()
    }
    return {
        name: {"pictures": len(its), "given": share(np.array([text != "" for text, _ in its]))}
        for name, its in answers.items()
    }


def table(card: dict) -> str:
    """Return a table with a row for each kind; "" if none was measured."""
    rows = [
        [name, WHAT[name], f"{row['pictures']:,}", f"**{percent(row['given'])}**"]
        for name, row in card.get("false_acceptance", {}).items()
    ]
    return markdown(["set", "what", "pictures", "given a text, %"], rows, 2) if rows else ""


def words(letters: list[dict], count: int) -> dict[str, list[Number]]:
    """Compose `count` words of each kind, by name, from samples of single letters."""
    ways = {"words": SPACED, "words_touching": OVERLAPPING}
    return {
        name: [word._replace(text="") for word in compose(letters, count, gap, LETTERS)]
        for name, gap in ways.items()
    }
