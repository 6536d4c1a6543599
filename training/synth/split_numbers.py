"""Split numbers that were written as a whole into single digits, where these stand apart.

Digits in a number differ from digits written alone: they are hurried and hook towards the next.
They also come from writers who are in no set of single digits.
"""

import numpy as np

OVERLAP = 0.2  # of the narrower stroke's width: strokes that overlap more are one digit


def split_digits(rows: list[dict]) -> list[dict]:
    """Return samples of single digits from samples of numbers.

    rows: samples as `read_trajectories` returns them. Strokes that overlap horizontally belong
    together. A number is used only if this grouping gives as many digits as its label has.
    """
    found = []
    for row in rows:
        groups = _group_strokes(row["strokes"])
        if len(groups) == len(row["label"]):
            both = zip(row["label"], groups, strict=True)
            found += [{**row, "label": label, "strokes": strokes} for label, strokes in both]
    return found


def _group_strokes(strokes: list) -> list[list[np.ndarray]]:
    """Group strokes, (n, 2) each as (x, y), that overlap horizontally, from left to right."""
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
    """Return the least and the greatest x."""
    across = np.concatenate(strokes)[:, 0]
    return float(across.min()), float(across.max())
