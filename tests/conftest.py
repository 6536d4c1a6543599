"""What several kinds of tests share: the committed weights, drawn digits, real handwriting."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from PIL import Image

from inkling import Reader
from training.data import datasets
from training.synth import render

ROOT = Path(__file__).resolve().parent.parent
# TensorFlow talks about the processor it runs on; tests have nothing to say to that.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# No test is about time: on a busy machine any example can take longer than Hypothesis' 200 ms.
# A change is judged by the same examples each time; `make fuzz` looks for new ones.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("searching", deadline=None)
settings.load_profile("repeatable")


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
    strokes = {
        int(path.stem): json.loads(path.read_text())
        for path in sorted((ROOT / "tests" / "fixtures").glob("[0-9].json"))
    }
    return {
        label: render.render_strokes(its, np.random.default_rng(1))
        for label, its in strokes.items()
    }


@pytest.fixture(scope="session")
def handwriting() -> Path:
    """The folder of real handwriting; tests that need it are skipped where it is not."""
    folder = datasets.data_folder()
    if folder is None:
        # It may not be redistributed, so a clone elsewhere lacks it; all else is tested without.
        pytest.skip("no real handwriting here: set INKLING_DATA to its folder")
    return folder
