"""Digits that touch, cut apart: rightly, which leaves a digit, and wrongly, which leaves none.

Whoever separates touching digits has to try many cuts and let the network say which pieces are
digits. It can only say so if it has seen pieces of both kinds.
"""

import numpy as np

from training import nondigits

GAP = (-0.25, 0.06)  # between the digits' boxes, of their height: touching, or nearly
LEAN = 0.2  # standard deviation of a cut's slope, across for down
AIM = 0.05  # standard deviation of a good cut's place, of the height
RIGHTLY = 0.45  # share of the pieces that are digits
STEP = 0.02  # of the height: strokes are cut between points at most so far apart
WHOLE, STRANGE = 0.92, 0.06  # of its own ink at least, of the neighbour's at most: still a digit
BROKEN, MIXED = 0.6, 0.4  # of its own ink at most, or of the neighbour's at least: none
MOST = 0.12  # of a digit's ink at least is left in a piece, or there is nothing to see
NARROW = 0.2  # of a piece's height: narrower ones could be a 1, whatever they were cut from


def piece(left: dict, right: dict, random: np.random.Generator) -> dict:
    """What a cut through two touching digits leaves on one side of it, as a pen sample.

    left, right: samples {"label", "writer", "strokes"} of one writer. The piece's label is the
    digit's that it still is, or "" if it is none.
    """
    rightly = random.random() < RIGHTLY
    while True:
        strokes, owners = _touching(left["strokes"], right["strokes"], random)
        sides = _sides(strokes, owners, random)
        kept = [_runs(stroke, side) for stroke, side in zip(strokes, sides, strict=True)]
        shares = [_share(strokes, kept, owners == k) for k in (0, 1)]
        label = _label(shares, (left["label"], right["label"]))
        runs = [run for stroke in kept for run in stroke]
        if label is not None and bool(label) == rightly and (label or _width(runs) > NARROW):
            return {"label": label, "writer": left["writer"], "strokes": runs}


def _touching(left, right, random) -> tuple[list[np.ndarray], np.ndarray]:
    """Two digits' strokes, one digit high, finely pointed; whose each is: 0 left, 1 right."""
    strokes = nondigits.pair(left, right, random, GAP)
    owners = np.arange(len(strokes)) >= sum(1 for stroke in left if len(stroke))
    return [_fine(stroke) for stroke in strokes], owners.astype(int)


def _fine(stroke: np.ndarray) -> np.ndarray:
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
    places = np.linspace(0, along[-1], 2 + int(along[-1] / STEP))
    return np.stack([np.interp(places, along, axis) for axis in stroke.T], axis=1)


def _sides(strokes, owners, random) -> list[np.ndarray]:
    """Of every point, whether it is on the side that is kept of a straight cut."""
    across = [
        np.concatenate([s for s, o in zip(strokes, owners, strict=True) if o == k])[:, 0]
        for k in (0, 1)
    ]
    between = (across[0].max() + across[1].min()) / 2
    anywhere = random.choice(np.concatenate(across))
    at = between + random.normal(0, AIM) if random.random() < 0.5 else anywhere
    lean, keep_left = random.normal(0, LEAN), random.random() < 0.5
    return [(s[:, 0] < at + lean * (0.5 - s[:, 1])) == keep_left for s in strokes]


def _runs(stroke: np.ndarray, kept: np.ndarray) -> list[np.ndarray]:
    """The stroke's parts on the side that is kept."""
    bounds = np.flatnonzero(np.diff(kept)) + 1
    runs = zip(np.split(stroke, bounds), np.split(kept, bounds), strict=True)
    return [run for run, inside in runs if inside[0]]


def _share(strokes, kept, own: np.ndarray) -> float:
    """How much of one digit's ink is in the piece: of its points, as they are evenly spaced."""
    of_own = [k for k, is_own in enumerate(own) if is_own]
    left = sum(len(run) for k in of_own for run in kept[k])
    return left / sum(len(strokes[k]) for k in of_own)


def _label(shares, labels) -> str | None:
    """The digit that a piece still is, "" for none, or None if people would not agree."""
    for own, other, label in zip(shares, shares[::-1], labels, strict=False):
        if own >= WHOLE and other <= STRANGE:
            return label
    most, least = max(shares), min(shares)
    return "" if MOST < most < BROKEN or least > MIXED else None


def _width(runs: list[np.ndarray]) -> float:
    wide, high = np.ptp(np.concatenate(runs), axis=0)
    return wide / max(high, 1e-6)
