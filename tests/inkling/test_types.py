"""The package's hints hold for those who use it, and any form of a picture is the same picture."""

import io
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from inkling import Reader
from tests.inkling import users_program

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_a_strict_type_checker_accepts_the_package_and_a_users_program():
    run = subprocess.run(
        [sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


def test_a_strict_type_checker_refuses_what_is_no_picture(tmp_path):
    """The hints say something: with `Any` everywhere this would pass."""
    wrong = tmp_path / "wrong.py"
    wrong.write_text(
        "from inkling import Reader\n"
        "Reader.load().read(7)\n"
        "label: int = Reader.load().read_digit('7.png').label\n"
    )
    run = subprocess.run(
        [sys.executable, "-m", "mypy", str(wrong)], cwd=ROOT, capture_output=True, text=True
    )
    assert "[arg-type]" in run.stdout and "[assignment]" in run.stdout, run.stdout


def test_the_users_program_says_what_was_read(drawn_digits, tmp_path):
    drawn_digits[7].save(tmp_path / "7.png")
    assert users_program.main(tmp_path / "7.png") == ("7", Decimal(7))


def encoded(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


class Tensor:
    """As a library's own array, which gives numpy's when asked."""

    def __init__(self, values: np.ndarray):
        self._values = values

    def __array__(self, dtype=None, copy=None):
        return self._values


FORMS = {
    "PIL image": Image.fromarray,
    "bytes": encoded,
    "bytearray": lambda pixels: bytearray(encoded(pixels)),
    "memoryview": lambda pixels: memoryview(encoded(pixels)),
    "open file": lambda pixels: io.BytesIO(encoded(pixels)),
    "one channel": lambda pixels: pixels[..., None],
    "three channels": lambda pixels: np.stack([pixels] * 3, axis=-1),
    "opaque": lambda pixels: np.stack([pixels] * 3 + [np.full_like(pixels, 255)], axis=-1),
    "int64": lambda pixels: pixels.astype(np.int64),
    "int16": lambda pixels: pixels.astype(np.int16),
    "uint32": lambda pixels: pixels.astype(np.uint32),
    "uint16": lambda pixels: pixels.astype(np.uint16) * 257,
    "float32": lambda pixels: pixels.astype(np.float32) / 255,
    "float64": lambda pixels: pixels / 255,
    "columns first": np.asfortranarray,
    "every second pixel of a larger array": lambda pixels: pixels.repeat(2, 0).repeat(2, 1)[
        ::2, ::2
    ],
    "tensor": Tensor,
}


@given(st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_picture_in_any_form_gives_the_same_answer(
    reader: Reader, drawn_digits, tmp_path, data
):
    label = data.draw(st.sampled_from(sorted(drawn_digits)))
    pixels = np.asarray(drawn_digits[label])
    turns = data.draw(st.integers(0, 3))
    darkest, brightest = data.draw(st.integers(0, 60)), data.draw(st.integers(180, 255))
    tones = darkest + np.rot90(pixels, turns) / 255 * (brightest - darkest)
    picture = np.ascontiguousarray(np.rint(tones), np.uint8)
    form = data.draw(st.sampled_from(sorted(FORMS)))
    expected, read = (reader.read(its) for its in (picture, FORMS[form](picture)))
    assert (read.text, read.reason) == (expected.text, expected.reason)
    for ours, theirs in zip(read.digits, expected.digits, strict=True):
        assert ours.box == theirs.box and ours.label == theirs.label
        np.testing.assert_array_equal(ours.glyph, theirs.glyph)
        np.testing.assert_array_equal(ours.probabilities, theirs.probabilities)
    path = tmp_path / "picture.png"
    path.write_bytes(encoded(picture))
    assert reader.read(path).text == reader.read(str(path)).text == expected.text


def test_black_and_white_pixels_are_the_same_as_bytes(reader, drawn_digits):
    dark = np.asarray(drawn_digits[7]) > 128
    expected, read = reader.read(dark.astype(np.uint8) * 255), reader.read(dark)
    assert read.text == expected.text == "7" and read.confidence == expected.confidence
