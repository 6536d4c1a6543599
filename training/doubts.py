"""What is read in words and scribbles, where a number is expected: what the card says of it."""

from functools import partial
from multiprocessing.pool import Pool
from pathlib import Path

import numpy as np

from training import impostors, strings
from training.measures import share
from training.numbers import OVERLAPPING, SPACED, Number, composed
from training.reading import CHUNK
from training.strokes import trajectories
from training.tables import markdown, percent

SOME = 300  # of each kind
LETTERS = (2, 8)  # of a word
WHAT = {
    "words": "2 to 8 letters of one writer, any of them, clearly apart",
    "words_touching": "the same, some of them touching",
    "scribbles": "a line to and fro",
}


def measured(pool: Pool, data: Path, limit: int | None = None) -> dict:
    """What the card holds of it: {kind: {"pictures", "given"}}, the share that gets a text.

    pool: of readers. data: the folder of handwriting; without its letters there are no words.
    """
    file, count = data / "pen" / "unipen_letters_dev.json.gz", min(limit or SOME, SOME)
    kinds = words(trajectories(file), SOME) if file.exists() else {}
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


def words(letters: list[dict], count: int) -> dict[str, list[Number]]:
    """So many words of each kind, by name, of single letters' trajectories."""
    ways = {"words": SPACED, "words_touching": OVERLAPPING}
    return {
        name: [word._replace(text="") for word in composed(letters, count, gap, LETTERS)]
        for name, gap in ways.items()
    }
