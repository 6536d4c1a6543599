"""The worker's readings of what may be on the pad next."""

import numpy as np
import pytest

from inkling import Reader
from worker.session import DIGIT, NUMBER, Pad


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
    pad.read_ahead(canvas)
    told = pad.read(canvas.copy(), DIGIT)
    assert told["label"] == 7 and told["milliseconds"] > 0
    assert len(asked) == 1


def test_what_was_foreseen_is_given_once(pad, canvas, asked):
    pad.read_ahead(canvas)
    for _ in range(3):
        assert pad.read(canvas, DIGIT)["label"] == 7
    assert len(asked) == 3


def test_explanations_are_of_the_canvas_on_the_pad_and_not_of_a_foreseen_one(pad, canvas):
    blank = np.full_like(canvas, 255)
    pad.read(canvas, DIGIT)
    of_seven = pad.insight
    pad.read_ahead(blank)
    assert pad.insight is of_seven
    pad.read(blank, DIGIT)
    assert pad.insight is not of_seven


def test_any_other_canvas_is_read_anew(pad, canvas, asked):
    pad.read_ahead(canvas)
    for other in (np.full_like(canvas, 255), canvas[:, 1:], canvas[::-1].copy()):
        pad.read(other, DIGIT)
    assert len(asked) == 4
    assert "label" not in pad.read(np.full_like(canvas, 255), DIGIT)


def test_a_number_is_read_as_one_though_a_digit_was_foreseen(pad, canvas):
    pad.read_ahead(canvas)
    assert pad.read(canvas, NUMBER)["text"] == "7"
