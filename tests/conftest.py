"""What several kinds of tests share: the committed weights, drawn digits, real handwriting."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from inkling import Reader
from training import datasets, strokes

ROOT = Path(__file__).resolve().parent.parent
# TensorFlow talks about the processor it runs on; tests have nothing to say to that.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


@pytest.fixture(scope="session")
def trained_model() -> Path:
    """The committed weights as the page loads them."""
    return ROOT / "site" / "model" / "digits.npz"


@pytest.fixture(scope="session")
def reader(trained_model) -> Reader:
    return Reader.load(trained_model)


@pytest.fixture(scope="session")
def drawn_digits() -> dict[int, Image.Image]:
    """Digits of our own drawing, black on white, by what they are."""
    return {
        int(path.stem): strokes.drawing(json.loads(path.read_text()), np.random.default_rng(1))
        for path in sorted((ROOT / "tests" / "fixtures").glob("[0-9].json"))
    }


@pytest.fixture(scope="session")
def handwriting() -> Path:
    """The folder of real handwriting; tests that need it are skipped where it is not."""
    folder = datasets.data_folder()
    if folder is None:
        # It may not be redistributed, so a clone elsewhere lacks it; all else is tested without.
        pytest.skip("no real handwriting here: set INKLING_DATA to its folder")
    return folder
