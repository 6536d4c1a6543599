"""A glyph lies in MNIST's frame: 20 pixels long, centre of mass on the middle pixel."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageDraw

from inkling.image.glyph import MNIST_FRAME, Frame, glyph, ink_box, slant

inks = arrays.arrays(
    np.float32,
    st.tuples(st.integers(4, 60), st.integers(4, 60)),
    elements=st.sampled_from([0.0, 0.0, 0.0, 1.0]),
)


def centre(framed: np.ndarray) -> tuple[float, float]:
    """The centre of mass, as (row, column) of a pixel."""
    rows, columns = framed.sum(axis=1), framed.sum(axis=0)
    place = np.arange(len(framed))
    return rows @ place / framed.sum(), columns @ place / framed.sum()


def tee(thickness: int = 6) -> np.ndarray:
    ink = np.zeros((90, 70), np.float32)
    ink[10 : 10 + thickness, 5:65] = 1
    ink[10:80, 32 : 32 + thickness] = 1
    return ink


@given(inks)
def test_every_glyph_fits_the_frame(ink):
    framed = glyph(ink)
    assert framed.shape == (28, 28) and framed.dtype == np.float32
    assert framed.min() >= 0 and framed.max() <= 1
    box = ink_box(framed)
    assert (box is None) == (not ink.any())
    if box:
        assert max(box[2] - box[0], box[3] - box[1]) <= MNIST_FRAME.box


def test_the_centre_of_mass_is_on_the_middle_pixel():
    assert np.abs(np.array(centre(glyph(tee()))) - 14).max() <= 0.5


@settings(max_examples=20)
@given(st.integers(0, 40), st.integers(0, 40))
def test_where_the_ink_lies_makes_no_difference(down, across):
    moved = np.zeros((140, 120), np.float32)
    moved[down : down + 90, across : across + 70] = tee()
    assert np.array_equal(glyph(moved), glyph(tee()))


@pytest.mark.parametrize("scale", [2, 3, 7])
def test_how_large_the_ink_is_makes_no_difference(scale):
    larger = np.kron(tee(), np.ones((scale, scale), np.float32))
    assert np.abs(glyph(larger) - glyph(tee())).max() < 1e-5


def test_a_glyph_that_is_in_the_frame_already_is_copied():
    framed = glyph(np.kron(glyph(tee()), np.ones((4, 4), np.float32)) > 0.5).round()
    assert np.array_equal(glyph(framed), framed)


def test_a_hairline_is_raised_to_full_ink():
    assert glyph(tee(thickness=1)).max() == 1


def test_another_frame_is_obeyed():
    framed = glyph(tee(), Frame(side=36, box=30))
    left, top, right, bottom = ink_box(framed)
    assert framed.shape == (36, 36) and max(right - left, bottom - top) == 30


@pytest.mark.parametrize("thickness", [10, 60])
@pytest.mark.parametrize("across", [-0.8, -0.3, 0, 0.5])
def test_a_stroke_leans_as_it_was_drawn(across, thickness):
    drawn = Image.new("L", (600, 600))
    half = 200 * across
    ends = [(300 - half, 100), (300 + half, 500)]
    ImageDraw.Draw(drawn).line(ends, fill=255, width=thickness)
    ink = np.asarray(drawn, np.float32) / 255
    assert slant(glyph(ink)) == pytest.approx(across, abs=0.03)
    assert slant(glyph(ink[:, ::-1])) == pytest.approx(-across, abs=0.03)


def test_a_dash_does_not_lean():
    framed = np.zeros((28, 28), np.float32)
    framed[14, 4:24] = 1
    assert slant(framed) == 0
