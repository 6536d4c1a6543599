"""The frame around a part of a picture stays inside it and goes along when it is turned."""

import math

import pytest

from ui.pages.crop_geometry import (
    MIN_SHARE,
    WHOLE,
    corner_moved,
    corners_of,
    corners_turned,
    enclosing,
    is_whole,
    moved,
    turned_quarter,
)


@pytest.mark.parametrize(
    ("degrees", "size"), [(0, (400, 200)), (90, (200, 400)), (180, (400, 200))]
)
def test_the_rectangle_around_a_picture_of_whole_quarters_is_the_picture(degrees, size):
    assert enclosing(400, 200, degrees) == pytest.approx(size)


def test_the_rectangle_around_a_square_on_its_corner_has_its_diagonal():
    assert enclosing(100, 100, 45) == pytest.approx([100 * math.sqrt(2)] * 2)


def test_an_edge_moves_alone_and_a_corner_moves_two():
    frame = [0.2, 0.2, 0.8, 0.8]
    assert moved(frame, "e", 0.1, 0.3) == pytest.approx([0.2, 0.2, 0.9, 0.8])
    assert moved(frame, "nw", 0.1, -0.1) == pytest.approx([0.3, 0.1, 0.8, 0.8])


def test_the_whole_frame_keeps_its_size_at_the_border():
    assert moved([0.2, 0.2, 0.6, 0.8], "", 0.9, -0.9) == pytest.approx([0.6, 0, 1, 0.6])


@pytest.mark.parametrize("edges", ["n", "s", "e", "w", "nw", "ne", "se", "sw", ""])
@pytest.mark.parametrize("way", [(-3, -3), (3, 3), (-3, 3), (3, -3)])
def test_no_move_leaves_the_picture_or_turns_the_frame_inside_out(edges, way):
    left, top, right, bottom = moved([0.3, 0.4, 0.7, 0.6], edges, *way)
    assert left >= 0 and top >= 0 and right <= 1 and bottom <= 1
    assert right - left >= MIN_SHARE * 0.999 and bottom - top >= MIN_SHARE * 0.999


def test_four_quarters_lead_back():
    frame = turned = [0.1, 0.2, 0.5, 0.9]
    for _ in range(4):
        turned = turned_quarter(turned)
    assert turned == pytest.approx(frame)


def test_only_the_whole_picture_unturned_is_whole():
    assert is_whole(list(WHOLE), 0)
    assert not is_whole(list(WHOLE), 1) and not is_whole([0, 0, 1, 0.9], 0)


def test_a_corner_moves_alone_and_stays_on_the_picture():
    corners = corners_of((0.1, 0.1, 0.9, 0.9))
    assert corner_moved(corners, 1, 0.5, -0.05)[1] == pytest.approx([1, 0.05])
    assert corner_moved(corners, 1, 0.5, -0.05)[2] == [0.9, 0.9]


@pytest.mark.parametrize(("right", "down"), [(-0.85, 0), (0, 0.85), (-0.5, 0.5)])
def test_corners_never_cross_or_fall_into_a_line(right, down):
    corners = corners_of((0.1, 0.1, 0.9, 0.9))
    assert corner_moved(corners, 1, right, down) is corners


def test_turned_corners_begin_at_the_top_left_again():
    frame = (0.1, 0.2, 0.5, 0.9)
    assert corners_turned(corners_of(frame)) == pytest.approx(
        [pytest.approx(corner) for corner in corners_of(turned_quarter(frame))]
    )
