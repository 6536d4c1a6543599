"""The part of the pad in sight, which depends on no screen either."""

import pytest

from ui.pad.strokes import SIDE, WIDE, Drawing, Stroke, UndoStack, drawing_from_json
from ui.pad.viewport import SQUARE, WHOLE, square_around, to_pad_units, viewport_of


def line(start, end, wide=True):
    """A drawing of one thin stroke across the stack."""
    return Drawing([Stroke([[start, 100, 0, 0], [end, 120, 0, 5]])], wide=wide)


@pytest.mark.parametrize("drawing", [Drawing(), line(10, 500), line(10, 90, wide=False)])
def test_for_a_number_the_whole_pad_is_in_sight(drawing):
    assert viewport_of(drawing, as_number=True) == WHOLE == (0, 0, WIDE, SIDE)


def test_what_was_drawn_for_a_digit_stays_in_its_square_even_where_the_pen_left_it():
    assert viewport_of(line(10, 400, wide=False), as_number=False) == SQUARE


def test_ink_that_fits_the_square_is_not_moved():
    assert viewport_of(line(10, 270), as_number=False) == SQUARE


@pytest.mark.parametrize(("start", "end"), [(300, 400), (150, 420), (500, 560), (281, 560)])
def test_one_digit_of_a_wide_pad_gets_a_square_around_it(start, end):
    left, top, width, height = viewport_of(line(start, end), as_number=False)
    assert (top, width, height) == (0, SIDE, SIDE)
    assert 0 <= left <= start and end <= left + SIDE <= WIDE


def test_a_number_is_shown_whole_in_an_enlarged_square():
    left, top, width, height = viewport_of(line(10, 500), as_number=False)
    assert (left, width, height) == (0, WIDE, WIDE)
    assert top + height / 2 == SIDE / 2


def test_boxes_of_an_enlarged_square_come_back_to_where_the_ink_is():
    drawing = line(10, 500)
    viewport = viewport_of(drawing, as_number=False)
    # Read at SIDE x SIDE pixels, the ink from 10 to 500 is seen from 5 to 250.
    assert to_pad_units((5, 120, 250, 130), drawing, viewport) == [10, 100, 500, 120]


def test_the_surroundings_of_a_digit_are_a_square_with_the_digit_in_its_middle():
    left, top, width, height = square_around([100, 50, 140, 150])
    assert width == height > 100
    assert (left + width / 2, top + height / 2) == (120, 100)


def test_a_drawing_is_wide_once_a_stroke_was_drawn_on_a_wide_pad():
    stack = UndoStack()
    stack.add(Stroke([[1, 2, 20, 0]]))
    assert not stack.content.wide
    stack.add(Stroke([[400, 2, 20, 0]]), wide=True)
    stack.add(Stroke([[1, 2, 20, 0]]))
    assert stack.content.wide
    assert drawing_from_json(stack.content.to_json(), "entry", True).wide
    stack.put(Drawing())
    stack.add(Stroke([[1, 2, 20, 0]]))
    assert not stack.content.wide
