"""Cut two touching digits apart: a good cut leaves a digit, a bad one leaves a fragment.

The reader separates touching digits by trying many cuts and asking the network about each side.
The network can only answer if it was trained on both outcomes.
"""

import numpy as np

from training.synth import non_digits

GAP = (-0.25, 0.06)  # digit heights between the two boxes: touching, or nearly
LEAN = 0.2  # standard deviation of a cut's slope, horizontal over vertical
AIM = 0.05  # standard deviation of a good cut's place, in digit heights
DIGIT_SHARE = 0.45  # of the results that are digits
STEP = 0.02  # digit heights between the points at which a stroke can be cut
# A digit keeps at least WHOLE of its own ink and has at most FOREIGN of its neighbour's.
WHOLE, FOREIGN = 0.92, 0.06
# A fragment keeps at most BROKEN of each digit's ink, or at least MIXED of both.
BROKEN, MIXED = 0.6, 0.4
LEAST_INK = 0.12  # of a digit's ink: with less there is nothing to see
NARROW = 0.2  # width over height: a narrower fragment could be a 1


def cut_fragment(left: dict, right: dict, random: np.random.Generator) -> dict:
    """Cut through two touching digits and return one side as a pen sample.

    left, right: samples {"label", "writer", "strokes"} of one writer. The result's label is a
    digit if that digit is still whole, else "".
    """
    whole = random.random() < DIGIT_SHARE
    while True:
        strokes, owners = _touching_digits(left["strokes"], right["strokes"], random)
        sides = _sides(strokes, owners, random)
        kept = [_runs(stroke, side) for stroke, side in zip(strokes, sides, strict=True)]
        shares = [_share(strokes, kept, owners == k) for k in (0, 1)]
        label = _label(shares, (left["label"], right["label"]))
        runs = [run for stroke in kept for run in stroke]
        if label is not None and bool(label) == whole and (label or _width(runs) > NARROW):
            return {"label": label, "writer": left["writer"], "strokes": runs}


def _touching_digits(left, right, random) -> tuple[list[np.ndarray], np.ndarray]:
    """Return two digits' strokes, about 1 high and resampled, and their owners: 0 left, 1 right."""
    strokes = non_digits.pair(left, right, random, GAP)
    owners = np.arange(len(strokes)) >= sum(1 for stroke in left if len(stroke))
    return [_resample(stroke) for stroke in strokes], owners.astype(int)


def _resample(stroke: np.ndarray) -> np.ndarray:
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
    places = np.linspace(0, along[-1], 2 + int(along[-1] / STEP))
    return np.stack([np.interp(places, along, axis) for axis in stroke.T], axis=1)


def _sides(strokes, owners, random) -> list[np.ndarray]:
    """Return for each stroke a mask (n,) of the points on the kept side of a straight cut."""
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
    """Return the stroke's parts on the kept side."""
    bounds = np.flatnonzero(np.diff(kept)) + 1
    runs = zip(np.split(stroke, bounds), np.split(kept, bounds), strict=True)
    return [run for run, inside in runs if inside[0]]


def _share(strokes, kept, own: np.ndarray) -> float:
    """Return the share of one digit's points on the kept side; points are evenly spaced."""
    of_own = [k for k, is_own in enumerate(own) if is_own]
    left = sum(len(run) for k in of_own for run in kept[k])
    return left / sum(len(strokes[k]) for k in of_own)


def _label(shares, labels) -> str | None:
    """Return the digit that is still whole, "" for a fragment, or None if people would disagree."""
    for own, other, label in zip(shares, shares[::-1], labels, strict=False):
        if own >= WHOLE and other <= FOREIGN:
            return label
    most, least = max(shares), min(shares)
    return "" if LEAST_INK < most < BROKEN or least > MIXED else None


def _width(runs: list[np.ndarray]) -> float:
    wide, high = np.ptp(np.concatenate(runs), axis=0)
    return wide / max(high, 1e-6)
