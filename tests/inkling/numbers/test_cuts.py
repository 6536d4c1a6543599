"""Where marks are cut: through what is thin, into pieces that keep all the ink."""

import numpy as np
import pytest

from inkling.numbers.cuts import cut_component, stroke_width


def rings(bridge: int, sides: int = 2) -> np.ndarray:
    """Rings of 80 pixels and a stroke of 10, 100 apart, joined by a bridge at half their height."""
    y, x = np.mgrid[:90, : 100 * sides]
    away = np.hypot(y - 45, x % 100 - 50)
    mask = (away < 40) & (away >= 30)
    mask[45 - bridge // 2 : 45 + (bridge + 1) // 2, 50 : 100 * sides - 50] |= (away >= 30)[
        45 - bridge // 2 : 45 + (bridge + 1) // 2, 50 : 100 * sides - 50
    ]
    return mask


@pytest.mark.parametrize("sides", [2, 3])
@pytest.mark.parametrize("bridge", [3, 6, 10])
def test_what_is_joined_by_a_bridge_may_be_cut_at_the_bridge(bridge, sides):
    mask = rings(bridge, sides)
    labels = cut_component(mask, 80).labels
    for side in range(1, sides):
        border = 100 * side
        here = labels[40:50, border - 8], labels[40:50, border + 8]
        assert here[0].max() < here[1].min()


@pytest.mark.parametrize("lean", [-0.3, 0.0, 0.3])
def test_two_zeros_with_a_side_in_common_may_be_cut_along_it(lean):
    y, x = np.mgrid[:100, :140]
    x = x - lean * (50 - y)
    mask = np.zeros(x.shape, bool)
    for middle in (50, 90):  # strokes of 10 around 30: the right side of one is the other's left
        away = np.hypot(x - middle, np.maximum(np.abs(y - 50) - 20, 0))
        mask |= (away < 25) & (away >= 15)
    pieces = cut_component(mask, 90)
    for row in (35, 50, 65):
        middle = round(70 + lean * (50 - row))
        before, after = pieces.labels[row, middle - 4], pieces.labels[row, middle + 4]
        assert after == before + 1
        assert pieces.crossed[before] < 1.5  # a stroke, however long the seam is in it


def test_pieces_are_numbered_from_left_to_right_and_all_hold_ink():
    mask = rings(6)
    pieces = cut_component(mask, 80)
    assert (np.diff(pieces.labels, axis=1) >= 0).all()
    assert set(pieces.labels[mask]) == set(range(len(pieces.crossed) + 1))


def test_a_seam_crosses_as_much_ink_as_the_bridge_is_thick():
    thin, thick = (cut_component(rings(bridge), 80).crossed.min() for bridge in (3, 9))
    assert thin < thick < 2


def test_what_has_no_room_for_two_digits_stays_whole():
    bar = np.ones((90, 10), bool)
    assert not len(cut_component(bar, 90).crossed)
    assert not len(cut_component(np.ones((5, 5), bool), 90).crossed)


@pytest.mark.parametrize("width", [4, 10, 25])
def test_a_stroke_is_as_wide_as_it_was_drawn(width):
    ink = np.zeros((200, 100))
    ink[10:190, 30 : 30 + width] = 1
    assert stroke_width(ink) == pytest.approx(width, rel=0.3)
