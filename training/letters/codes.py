"""Compose codes of one writer's capitals and digits, and measure how they are read."""

import random
from collections import defaultdict
from pathlib import Path

import numpy as np
from PIL import Image

from inkling import Reader
from inkling.results import Letter
from training.evaluation import canvas
from training.synth.render import read_trajectories

LENGTHS = (2, 6)  # characters of a code
GAPS = (0.25, 0.6)  # heights of a character between two of them
HEIGHT = 120  # pixels of a character
MARGIN = 40  # pixels
BRUSH = (8, 16)  # pixels
DIGIT_SHARE = 0.4


def measure(reader: Reader, data: Path, count: int) -> dict:
    """Return how many of `count` codes are read whole, and how many so with alternatives."""
    hands = _hands(data)
    right = named = refused = 0
    for seed in range(count):
        text, picture = compose(hands, seed)
        reading = reader.read(picture)
        right += reading.text.upper() == text
        named += _is_named(text, reading.digits)
        refused += not reading.text
    return {
        "codes": count,
        "whole": round(right / count, 5),
        "with_alternatives": round(named / count, 5),
        "refused": round(refused / count, 5),
    }


def compose(hands: dict, seed: int) -> tuple[str, Image.Image]:
    """Draw a code of one writer, spaced, dark on white; hands: samples by writer and character."""
    choose = random.Random(seed)
    writer = choose.choice(sorted(hands))
    pool = sorted(hands[writer])
    kinds = [c for c in pool if c.isdigit()], [c for c in pool if c.isalpha()]
    digits, letters = kinds[0] or kinds[1], kinds[1]
    text, strokes, edge = "", [], 0.0
    for _ in range(choose.randint(*LENGTHS)):
        character = choose.choice(digits if choose.random() < DIGIT_SHARE else letters)
        shape = [np.asarray(s, float) for s in choose.choice(hands[writer][character]) if len(s)]
        points = np.concatenate(shape)
        low, size = points.min(axis=0), max(float(np.ptp(points[:, 1])), 1e-6)
        size = max(size, float(np.ptp(points[:, 0])) / 1.5)
        strokes += [(s - low) * (HEIGHT / size) + (edge, 0) for s in shape]
        edge = max(s[:, 0].max() for s in strokes) + choose.uniform(*GAPS) * HEIGHT
        text += character
    brush = choose.uniform(*BRUSH)
    size = round(edge + 2 * MARGIN), HEIGHT + 2 * MARGIN
    ink = canvas.draw_strokes([s + MARGIN for s in strokes], brush, size)
    return text, Image.fromarray(255 - np.asarray(ink))


def _hands(data: Path) -> dict:
    """Return strokes by writer and character, of writers with at least ten capitals."""
    rows = [
        row
        for name in ("unipen_letters_dev", "unipen_digits_dev")
        for row in read_trajectories(data / "pen" / f"{name}.json.gz")
        if not row["label"].islower()
    ]
    hands: dict = defaultdict(lambda: defaultdict(list))
    for row in rows:
        hands[row["writer"]][row["label"]].append(row["strokes"])
    enough = lambda found: sum(c.isalpha() for c in found) >= 10  # noqa: E731
    return {writer: found for writer, found in hands.items() if enough(found)}


def _is_named(text: str, read: list[Letter]) -> bool:
    """Return whether each character was read, or is among the alternatives."""
    if len(read) != len(text):
        return False
    pairs = zip(text, read, strict=True)
    return all(
        known in {(letter.label or "").upper(), *(c.upper() for c in letter.alternatives)}
        for known, letter in pairs
    )
