"""Whether a cell's ink is printed: words of headings, of labels, of a stamp.

Type stands exactly on its baseline, and its letters have two heights. Handwriting strays from both
by more than a pixel. This module is short, as nothing else tells the two apart.
"""

import numpy as np

from ..numeric import median

FEWEST = 3  # letters
LETTER = 0.3  # of the tallest component: lower ones are dots and commas
STRAY = 0.03  # of the tallest component, and a pixel at least: printed letters stray no further
REGULAR = 0.7  # of the letters stand on the baseline, and have one of two heights


def is_regular(boxes: np.ndarray) -> bool:
    """Return whether components stand in a line as type does.

    boxes: (n, 4) left, top, right, bottom of a cell's components.
    """
    heights = boxes[:, 3] - boxes[:, 1]
    letters = boxes[heights >= LETTER * heights.max()] if len(boxes) else boxes
    if len(letters) < FEWEST:
        return False
    stray = max(1.0, STRAY * float(heights.max()))
    tops, bottoms = letters[:, 1].astype(float), letters[:, 3].astype(float)
    on_baseline = np.abs(bottoms - median(bottoms)) <= stray
    border = (tops.min() + tops.max()) / 2
    level = np.zeros(len(tops), bool)
    for group in (tops <= border, tops > border):
        if group.any():
            level |= group & (np.abs(tops - median(tops[group])) <= stray)
    return bool(on_baseline.mean() >= REGULAR and level.mean() >= REGULAR)
