"""The committed letter network gives the same probabilities in all runtimes, and is small."""

import json
from pathlib import Path

import keras
import numpy as np
import pytest

from export.model.parity import TOLERANCE, compare, runtimes
from inkling.network.letter_labels import LABELS
from inkling.network.model import Network

ROOT = Path(__file__).resolve().parents[3]
MODEL, KEPT = ROOT / "site" / "model", ROOT / "training"
MAX_BYTES = 500_000


@pytest.fixture(scope="module")
def glyphs():
    """Return strokes of random lines, (40, 28, 28) float32."""
    random = np.random.default_rng(3)
    glyphs = np.zeros((40, 28, 28), np.float32)
    for glyph in glyphs:
        for _ in range(3):
            y, x = random.integers(4, 20, 2)
            glyph[y : y + random.integers(2, 9), x : x + random.integers(2, 9)] = random.random()
    return glyphs


def test_all_runtimes_agree(glyphs):
    model = keras.models.load_model(KEPT / "letters.keras")
    temperature = json.loads((KEPT / "letters.json").read_text())["temperature"]
    compared = compare(runtimes(MODEL, model, temperature, "letters"), glyphs)
    assert all(row["largest_difference"] <= TOLERANCE for row in compared.values())
    assert all(row["labels_that_differ"] == 0 for row in compared.values())


def test_the_file_is_small_and_knows_every_letter():
    assert (MODEL / "letters.npz").stat().st_size <= MAX_BYTES
    assert Network.load(MODEL / "letters.npz").labels == LABELS
