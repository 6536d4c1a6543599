"""The worker's readings of what may be on the pad next."""

import numpy as np
import pytest

from inkling import Reader
from pad import Pad


@pytest.fixture
def asked():
    """The pictures that the reader has been asked to read."""
    return []


@pytest.fixture
def pad(reader, asked):
    class Reading(Reader):
        def read_digit(self, image):
            asked.append(image)
            return super().read_digit(image)

    return Pad(Reading(reader.network))


@pytest.fixture
def canvas(drawn_digits):
    return np.ascontiguousarray(np.asarray(drawn_digits[7].convert("L")))


def test_a_canvas_that_was_foreseen_is_not_read_again(pad, canvas, asked):
    pad.foresee(canvas)
    told = pad.read(canvas.copy(), False)
    assert told["label"] == 7 and told["milliseconds"] > 0
    assert len(asked) == 1


def test_what_was_foreseen_is_given_once(pad, canvas, asked):
    pad.foresee(canvas)
    for _ in range(3):
        assert pad.read(canvas, False)["label"] == 7
    assert len(asked) == 3


def test_explanations_are_of_the_canvas_on_the_pad_and_not_of_a_foreseen_one(pad, canvas):
    blank = np.full_like(canvas, 255)
    pad.read(canvas, False)
    of_seven = pad.insight
    pad.foresee(blank)
    assert pad.insight is of_seven
    pad.read(blank, False)
    assert pad.insight is not of_seven


def test_any_other_canvas_is_read_anew(pad, canvas, asked):
    pad.foresee(canvas)
    for other in (np.full_like(canvas, 255), canvas[:, 1:], canvas[::-1].copy()):
        pad.read(other, False)
    assert len(asked) == 4
    assert "label" not in pad.read(np.full_like(canvas, 255), False)


def test_a_number_is_read_as_one_though_a_digit_was_foreseen(pad, canvas):
    pad.foresee(canvas)
    assert pad.read(canvas, True)["text"] == "7"
