"""The single digits of numbers that were written as a whole, where they stand apart.

Digits look otherwise in a number than alone: hurried, hooked towards the next one, and by people
whom no list of single digits has met.
"""

import numpy as np

OVERLAP = 0.2  # of the narrower one's width: strokes that share more of it are one digit


def digits_apart(rows: list[dict]) -> list[dict]:
    """Samples of single digits, as `strokes.trajectories` gives them, out of samples of numbers.

    Strokes above each other belong together. A number is taken if that makes as many digits as it
    has; whoever wrote two in one stroke, or one over another, teaches nothing here.
    """
    found = []
    for row in rows:
        groups = _groups(row["strokes"])
        if len(groups) == len(row["label"]):
            both = zip(row["label"], groups, strict=True)
            found += [{**row, "label": label, "strokes": strokes} for label, strokes in both]
    return found


def _groups(strokes: list) -> list[list[np.ndarray]]:
    """Strokes, (n, 2) each as (x, y), that belong together, from left to right."""
    strokes = [np.asarray(stroke, float) for stroke in strokes if len(stroke)]
    groups: list[list[np.ndarray]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke[:, 0].min()):
        near = [group for group in groups if _overlap(group, [stroke])]
        apart = [group for group in groups if not _overlap(group, [stroke])]
        groups = [*apart, [part for group in (*near, [stroke]) for part in group]]
    return sorted(groups, key=lambda group: _sides(group)[0])


def _overlap(one: list[np.ndarray], other: list[np.ndarray]) -> bool:
    (left, right), (start, stop) = _sides(one), _sides(other)
    shared = min(right, stop) - max(left, start)
    return shared >= max(0.0, OVERLAP * min(right - left, stop - start))


def _sides(strokes: list[np.ndarray]) -> tuple[float, float]:
    across = np.concatenate(strokes)[:, 0]
    return float(across.min()), float(across.max())
