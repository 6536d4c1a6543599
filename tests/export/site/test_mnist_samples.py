"""The test digits that the page may fetch are MNIST's own, byte for byte."""

import json
import zlib

import numpy as np
import pytest

from export.site import samples
from training.data.datasets import mnist
from training.evaluation import hard_samples


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    samples.build(folder)
    return folder


def test_the_sheets_hold_all_test_digits_in_order(folder):
    sheets = [zlib.decompress((folder / f"sheet-{n}.z").read_bytes()) for n in range(10)]
    pixels = np.frombuffer(b"".join(sheets), np.uint8).reshape(-1, 28, 28)
    assert np.array_equal(pixels, mnist("test")[0])


def test_the_labels_are_those_of_the_digits(folder):
    labels = json.loads((folder / "labels.json").read_text())["labels"]
    assert labels == "".join(map(str, mnist("test")[1]))


def test_the_training_sprite_holds_the_first_training_digits_with_their_labels(folder):
    content = np.frombuffer(zlib.decompress((folder / "train.z").read_bytes()), np.uint8)
    pictures, labels = mnist("train")
    assert np.array_equal(content[: samples.TRAINED], labels[: samples.TRAINED])
    assert np.array_equal(content[samples.TRAINED :], pictures[: samples.TRAINED].ravel())


def test_the_hard_digits_are_read_worse_than_others(reader):
    pictures, labels = mnist("test")
    hardest = json.loads((hard_samples.MODEL / "hard.json").read_text())["mnist_test"]
    assert len(set(hardest)) == hard_samples.MAX_SAMPLES
    share = {
        index: reader.read_digit(pictures[index]).probabilities[labels[index]]
        for index in [*hardest[:20], *range(20)]
    }
    assert max(share[index] for index in hardest[:20]) < min(0.9, min(share[i] for i in range(20)))
