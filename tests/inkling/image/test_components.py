"""Connected components, against a flood fill that looks at one pixel after the other."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from inkling.image.components import connected_components

masks = arrays.arrays(bool, st.tuples(st.integers(1, 20), st.integers(1, 20)))


def flooded(mask: np.ndarray) -> np.ndarray:
    """Labels in order of first pixel, by the definition: neighbours of neighbours, corners too."""
    labels = np.zeros(mask.shape, int)
    for start in zip(*np.nonzero(mask), strict=True):
        if labels[start]:
            continue
        number, waiting = labels.max() + 1, [start]
        while waiting:
            y, x = waiting.pop()
            inside = 0 <= y < mask.shape[0] and 0 <= x < mask.shape[1]
            if inside and mask[y, x] and not labels[y, x]:
                labels[y, x] = number
                waiting += [(y + i, x + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    return labels


@given(masks)
def test_labels_boxes_and_areas_are_those_of_a_flood_fill(mask):
    found, expected = connected_components(mask), flooded(mask)
    assert np.array_equal(found.labels, expected)
    assert len(found.areas) == len(found.boxes) == expected.max()
    for number, (left, top, right, bottom) in enumerate(found.boxes, 1):
        y, x = np.nonzero(expected == number)
        assert (left, top, right, bottom) == (x.min(), y.min(), x.max() + 1, y.max() + 1)
        assert found.areas[number - 1] == len(y)


def test_a_spiral_is_one_component():
    spiral = np.zeros((41, 41), bool)
    y = x = 20
    for length, (down, across) in enumerate([(0, 1), (1, 0), (0, -1), (-1, 0)] * 9, 2):
        for _ in range(length // 2 * 2 if length < 38 else 0):
            if 0 <= y < 41 and 0 <= x < 41:
                spiral[y, x] = True
            y, x = y + down, x + across
    assert len(connected_components(spiral).areas) == flooded(spiral).max()
