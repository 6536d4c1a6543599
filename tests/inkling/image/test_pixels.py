"""A picture in any form is the same picture; what cannot be meant is said."""

import io
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from inkling import PictureError
from inkling.image.lightness import grey
from inkling.image.pixels import as_picture, glyph_values, unit_values

BYTES = ["u1", "i2", "u4", "i4", "u8", "i8", ">i4"]  # integers whose values are those of bytes


class Tensor:
    """Has its array only through numpy's protocol, as the tensors of other libraries do."""

    def __init__(self, pixels):
        self.pixels = pixels

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.pixels, dtype)


def forms(pixels: np.ndarray, folder) -> list:
    """The same picture, uint8 (H, W), in every form that is accepted."""
    path, encoded = folder / "picture.png", io.BytesIO()
    Image.fromarray(pixels).save(encoded, "PNG")
    path.write_bytes(encoded.getvalue())
    typed = [pixels.astype(kind) for kind in BYTES]
    floats = [(pixels / 255).astype(kind) for kind in ("f2", "f4", "f8", "g")]
    stacked = np.repeat(pixels[..., None], 3, axis=2)
    opaque = np.concatenate([stacked, np.full_like(stacked[..., :1], 255)], axis=2)
    kept = encoded.getvalue()
    files = [io.BytesIO(kept), str(path), path, kept, bytearray(kept), memoryview(kept)]
    shapes = [pixels[..., None], stacked, opaque, opaque / 255, np.asfortranarray(pixels)]
    wide = [pixels.astype("u2") * 257, Tensor(pixels), Image.fromarray(pixels)]
    return [*typed, *floats, *files, *shapes, *wide]


@settings(max_examples=25, deadline=None)
@given(arrays.arrays(np.uint8, st.tuples(st.integers(4, 12), st.integers(4, 12))))
def test_the_same_picture_in_any_form_gives_the_same_lightness(tmp_path_factory, pixels):
    folder = tmp_path_factory.mktemp("forms")
    for form in forms(pixels, folder):
        assert np.array_equal(grey(form), np.float32(pixels) / np.float32(255)), type(form)


def test_every_form_of_a_drawn_digit_gets_the_same_answer(reader, drawn_digits, tmp_path):
    pixels = np.asarray(drawn_digits[7].convert("L"))
    read = [reader.read_digit(form) for form in forms(pixels, tmp_path)]
    assert {digit.label for digit in read} == {7}
    assert all(np.array_equal(digit.probabilities, read[0].probabilities) for digit in read)


def test_a_file_that_is_open_is_read(reader, drawn_digits, tmp_path):
    drawn_digits[3].save(tmp_path / "three.png")
    with (tmp_path / "three.png").open("rb") as file:
        assert reader.read_digit(file).label == 3
    (tmp_path / "text.txt").write_text("Dear diary")
    with (tmp_path / "text.txt").open() as file, pytest.raises(TypeError, match="binary mode"):
        reader.read_digit(file)


def test_true_is_white_and_false_is_black(reader, drawn_digits):
    light = np.asarray(drawn_digits[7].convert("L")) > 127
    assert np.array_equal(np.asarray(as_picture(light)), light * np.uint8(255))
    assert reader.read_digit(light).label == 7


def test_the_type_decides_the_range_and_not_the_values():
    dark = np.ones((8, 8))
    for kind, tone in (("?", 255), ("f4", 255), ("u1", 1), ("i8", 1), ("u2", 0)):
        assert np.asarray(as_picture(dark.astype(kind))).max() == tone, kind


@pytest.mark.parametrize(
    "shape",
    [(8,), (0, 8), (8, 0), (8, 8, 2), (3, 8, 8), (1, 8, 8, 3), (8, 8, 5), ()],
)
def test_a_shape_that_is_no_picture_is_refused(shape):
    with pytest.raises(PictureError, match=r"Pixels of shape .* are not a picture; give \(H, W\)"):
        as_picture(np.zeros(shape))


@pytest.mark.parametrize("values", [-1, 256, 1e9])
def test_integers_beyond_bytes_are_refused(values):
    with pytest.raises(PictureError, match="go from 0 to 255"):
        as_picture(np.full((8, 8), values, np.int64))


@pytest.mark.parametrize("values", [-0.5, 1.5, 255.0, np.nan, np.inf, -np.inf])
def test_floats_beyond_one_are_refused(values):
    pixels = np.zeros((8, 8))
    pixels[3, 3] = values
    with pytest.raises(PictureError, match="go from 0 to 1,"):
        as_picture(pixels)


def test_floats_that_rounding_has_put_out_of_range_are_taken():
    assert np.array_equal(unit_values(np.array([-1e-7, 1 + 1e-7])), [0, 1])


@pytest.mark.parametrize("kind", ["c8", "O", "U1", "S1", "M8[s]"])
def test_numbers_that_are_not_real_are_a_type_error(kind):
    with pytest.raises(TypeError, match="not real numbers"):
        as_picture(np.zeros((8, 8), kind))


@pytest.mark.parametrize("thing", [None, 7, 1.5, [[0, 1], [1, 0]], {}, object()])
def test_what_cannot_be_a_picture_is_a_type_error(thing):
    with pytest.raises(TypeError, match="A picture cannot be a"):
        as_picture(thing)


@pytest.mark.parametrize("size", [(3, 900), (900, 3)])
def test_pixels_that_are_too_few_are_refused(size):
    with pytest.raises(PictureError, match="too small"):
        as_picture(np.zeros(size))


glyphs = arrays.arrays(np.uint8, st.tuples(st.integers(0, 3), st.just(28), st.just(28)))


@settings(max_examples=25, deadline=None)
@given(glyphs)
def test_glyphs_in_any_shape_and_type_are_the_same_glyphs(batch):
    kinds = [batch, batch.astype("i8"), batch / 255, batch.astype("f4") / 255]
    kinds += [batch.astype("u2") * 257]
    count = len(batch)
    for kind in kinds:
        for shape in ((count, 28, 28), (count, 28, 28, 1), (count, 784)):
            seen = glyph_values(kind.reshape(shape), 28)
            assert seen.dtype == np.float32 and seen.shape == (count, 28, 28)
            np.testing.assert_allclose(seen, batch / 255, atol=1e-7)


@pytest.mark.parametrize("shape", [(28, 28), (784,), (2, 27, 28), (2, 28, 28, 3), (2, 783), ()])
def test_glyphs_of_another_shape_are_refused(shape):
    with pytest.raises(ValueError, match=r"give \(N, 28, 28\)"):
        glyph_values(np.zeros(shape), 28)


def test_a_reader_takes_glyphs_of_bytes_as_it_takes_those_of_floats(reader, drawn_digits):
    framed = reader.read_digit(drawn_digits[3]).glyph
    stored = np.rint(framed * 255).astype(np.uint8)
    answers = [reader.read_glyphs(batch)[0] for batch in (stored[None], stored.reshape(1, 784))]
    answers.append(reader.read_glyphs(stored[None] / 255)[0])
    assert [digit.label for digit in answers] == [3, 3, 3]
    assert len({digit.confidence for digit in answers}) == 1
    assert reader.read_glyphs(np.zeros((0, 28, 28))) == []


def test_an_error_is_the_same_after_a_process_has_sent_it():
    error = PictureError("{this} is no {that}", this="{braces}", that="picture")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.facts) == (str(error), error.facts)
