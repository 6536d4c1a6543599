"""Numbers read by networks that never met who wrote them."""

import numpy as np
import pytest

from training.sources import NUMBER_DRAWINGS
from training.strangers import digits_by

STEM = np.array([[5.0, 0], [4, 10]])
HOOK = np.array([[0.0, 0], [0, 6], [7, 6], [7, 12]])


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("INKLING_CACHE", str(tmp_path))


def number(writer: str, label: str, left: np.ndarray, right: np.ndarray) -> dict:
    return {"label": label, "writer": writer, "strokes": [left, right + np.array([20, 0])]}


def test_nobody_else_teaches_what_the_known_writers_wrote():
    known = number("one", "14", STEM, HOOK)
    rows = [known, number("other", "77", HOOK, HOOK), number("one", "41", HOOK, STEM)]
    drawn = digits_by({"one"}, rows)
    assert sorted(drawn.labels.tolist()) == sorted([1, 4, 4, 1] * NUMBER_DRAWINGS)
    assert drawn.glyphs.shape == (4 * NUMBER_DRAWINGS, 28, 28)
    tall = [int(np.ptp(np.nonzero(glyph)[1])) for glyph in drawn.glyphs[drawn.labels == 1]]
    wide = [int(np.ptp(np.nonzero(glyph)[1])) for glyph in drawn.glyphs[drawn.labels == 4]]
    assert np.median(tall) < np.median(wide)  # every label is still its own digit's


def test_of_unknown_writers_there_is_nothing_to_learn():
    assert len(digits_by([], [number("one", "14", STEM, HOOK)]).labels) == 0
