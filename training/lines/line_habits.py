"""Habits that a writer keeps for a whole line, and that the training writers show seldom.

Cheques that were misread had them: crossed 7s, 1s with a long upstroke, 5s with hardly a belly,
small 0s. Their digits are of uneven size and slant.
"""

from typing import NamedTuple

import numpy as np

from training.synth.habits import add_bar, add_upstroke

CROSSED = 0.25  # share of lines with crossed 7s
UPSTROKE = 0.2  # share of lines whose slim 1s begin with an upstroke
UPSTROKE_LENGTH = (0.35, 1.0)  # of the digit's height
FLAT_FIVES = 0.12  # share of lines whose 5s have hardly a belly
BELLY = (0.1, 0.5)  # of its width
SMALL_ZEROS = 0.15  # share of lines
ZERO = (0.5, 0.85)  # of the other digits' height
UNEVEN = 0.2  # share of lines whose digits differ in size and slant
SIZE = (0.78, 1.15)
SLANT = 0.12  # standard deviation, radians

Strokes = list[np.ndarray]
Random = np.random.Generator


class Hand(NamedTuple):
    """The habits of one line."""

    crossed: bool
    upstroke: bool
    belly: float  # width of a 5's belly, 1 = as written
    zero: float  # size of a 0, 1 = as the other digits
    uneven: bool


PLAIN = Hand(False, False, 1.0, 1.0, False)


def random_hand(random: Random) -> Hand:
    """Return the habits of a line's writer; most lines have none or one."""
    crossed, upstroke, flat, small, uneven = random.random(5) < (
        CROSSED,
        UPSTROKE,
        FLAT_FIVES,
        SMALL_ZEROS,
        UNEVEN,
    )
    belly = random.uniform(*BELLY) if flat else 1.0
    return Hand(crossed, upstroke, belly, random.uniform(*ZERO) if small else 1.0, uneven)


def in_hand(strokes: Strokes, digit: str, hand: Hand, random: Random) -> Strokes:
    """Change a digit's strokes as a hand writes them; its size is `size_in_hand`'s."""
    if digit == "7" and hand.crossed and len(strokes) == 1:
        strokes = add_bar(strokes, random)
    elif digit == "1" and hand.upstroke:
        strokes = add_upstroke(strokes, random, UPSTROKE_LENGTH)
    elif digit == "5" and hand.belly < 1:
        strokes = flatten_belly(strokes, hand.belly)
    if hand.uneven:
        slant = np.array([[1.0, 0.0], [-np.tan(random.normal(0, SLANT)), 1.0]])
        strokes = [stroke @ slant for stroke in strokes]
    return strokes


def size_in_hand(digit: str, hand: Hand, random: Random) -> float:
    """Return how large a digit is, 1 = as the others."""
    size = hand.zero if digit == "0" else 1.0
    return size * random.uniform(*SIZE) if hand.uneven else size


def flatten_belly(strokes: Strokes, share: float) -> Strokes:
    """Narrow what of a 5 lies below its middle, towards its stem.

    share: of the width that is left, 0 .. 1.
    """
    points = np.concatenate(strokes)
    top, high = points[:, 1].min(), max(np.ptp(points[:, 1]), 1e-6)
    upper = points[points[:, 1] < top + high / 2]
    stem = upper[:, 0].min() if len(upper) else points[:, 0].min()

    def narrowed(stroke: np.ndarray) -> np.ndarray:
        # The change begins softly at a third of the height.
        below = np.clip((stroke[:, 1] - top) / high * 3 - 1, 0, 1)
        x = stem + (stroke[:, 0] - stem) * (1 - below * (1 - share))
        return np.stack([x, stroke[:, 1]], axis=1)

    return [narrowed(stroke) for stroke in strokes]
