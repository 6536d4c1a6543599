"""Networks for cross-validation are trained on the known writers alone."""

import numpy as np
import pytest

from training.data.training_set import NUMBER_DRAWINGS
from training.numbers.held_out_writers import digits_by

STEM = np.array([[5.0, 0], [4, 10]])
HOOK = np.array([[0.0, 0], [0, 6], [7, 6], [7, 12]])


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("INKLING_CACHE", str(tmp_path))


def number(writer: str, label: str, left: np.ndarray, right: np.ndarray) -> dict:
    return {"label": label, "writer": writer, "strokes": [left, right + np.array([20, 0])]}


def test_only_digits_of_the_known_writers_are_drawn_with_their_own_labels():
    known = number("one", "14", STEM, HOOK)
    rows = [known, number("other", "77", HOOK, HOOK), number("one", "41", HOOK, STEM)]
    drawn = digits_by({"one"}, rows)
    assert sorted(drawn.labels.tolist()) == sorted([1, 4, 4, 1] * NUMBER_DRAWINGS)
    assert drawn.glyphs.shape == (4 * NUMBER_DRAWINGS, 28, 28)
    tall = [int(np.ptp(np.nonzero(glyph)[1])) for glyph in drawn.glyphs[drawn.labels == 1]]
    wide = [int(np.ptp(np.nonzero(glyph)[1])) for glyph in drawn.glyphs[drawn.labels == 4]]
    assert np.median(tall) < np.median(wide)  # every label is still its own digit's


def test_without_known_writers_there_are_no_digits():
    assert len(digits_by([], [number("one", "14", STEM, HOOK)]).labels) == 0
