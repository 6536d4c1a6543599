"""A reader that was taught a hand: what it learns, what it leaves alone, what it refuses."""

import pickle

import numpy as np
import pytest
from PIL import Image

from inkling import ModelError, PictureError, Reader
from inkling.image.glyph import MNIST_FRAME
from inkling.teaching.correction import nearest
from inkling.teaching.prototypes import Prototypes, unit
from inkling.teaching.taught_network import features
from training.data.datasets import mnist
from training.evaluation import non_digits


@pytest.fixture(scope="module")
def misread(reader):
    """Return a test digit of MNIST that is answered wrongly, as a glyph, and its label."""
    glyphs, labels = (part[:3000] for part in mnist("test"))
    glyphs = glyphs / np.float32(255)
    answers = reader.network.probabilities(glyphs)[:, :10].argmax(axis=1)
    read = reader.read_glyphs(glyphs[answers != labels])
    wrong = [d.glyph for d in read if d.label is not None]
    return wrong[0], int(labels[answers != labels][[d.label is not None for d in read]][0])


def test_a_digit_that_was_misread_is_read_once_it_was_taught(reader, misread):
    glyph, label = misread
    before = reader.read_glyphs(glyph[None])[0].label
    assert before != label
    mine = reader.taught_glyphs(glyph[None], [label])
    assert mine.read_glyphs(glyph[None])[0].label == label
    assert reader.read_glyphs(glyph[None])[0].label == before  # the old reader is as it was


def test_a_shape_that_no_digit_has_can_be_taught_as_a_picture(reader):
    refused = (non_digits.picture("crosses", seed) for seed in range(20))
    cross = next(p for p in refused if reader.read_digit(p).reason == "not a digit")
    mine = reader.taught([(cross, 4)])
    assert mine.read_digit(cross).label == 4
    assert mine.taught([]).read_digit(cross).label == 4


def test_lessons_add_up(reader, drawn_digits, misread):
    glyph, label = misread
    both = reader.taught([(drawn_digits[3], 3)]).taught_glyphs(glyph[None], [label])
    assert both.read_glyphs(glyph[None])[0].label == label
    assert both.network.taught_labels.tolist() == [3, label]


def test_the_probability_of_no_digit_is_that_of_the_untaught_reader(reader, drawn_digits):
    glyphs = mnist("test")[0][:200] / np.float32(255)
    mine = reader.taught([(picture, label) for label, picture in drawn_digits.items()])
    before, after = (r.network.probabilities(glyphs) for r in (reader, mine))
    assert (after[:, 10] - before[:, 10]).max() < 1e-5
    # It may fall for a taught sample drawn again alone.
    assert (np.abs(after[:, 10] - before[:, 10]) < 1e-5).mean() > 0.98
    assert np.abs(after.sum(axis=1) - 1).max() < 1e-5


def test_what_was_refused_stays_refused(reader, drawn_digits):
    pictures = [non_digits.picture(kind, seed) for kind in non_digits.KINDS for seed in range(8)]
    mine = reader.taught([(picture, label) for label, picture in drawn_digits.items()])
    for picture in pictures:
        if reader.read_digit(picture).label is None:
            assert mine.read_digit(picture).label is None


def test_logits_and_probabilities_agree(reader, misread):
    glyph, label = misread
    network = reader.taught_glyphs(glyph[None], [label]).network
    logits = network.logits(glyph[None]) / network.temperature
    shares = np.exp(logits) / np.exp(logits).sum()
    assert np.abs(shares - network.probabilities(glyph[None])).max() < 1e-5


def test_a_taught_reader_can_be_sent_to_another_process(reader, misread):
    glyph, label = misread
    mine = reader.taught_glyphs(glyph[None], [label])
    again = pickle.loads(pickle.dumps(mine))
    assert again.read_glyphs(glyph[None])[0].label == label


def test_a_picture_without_ink_cannot_be_taught(reader):
    with pytest.raises(PictureError, match="no ink"):
        reader.taught([(Image.new("L", (60, 60), 255), 3)])


@pytest.mark.parametrize("labels", [[10], [-1], [0.5], ["7"], [1, 2]])
def test_a_label_that_is_no_digit_is_refused(reader, labels):
    glyph = np.ones((1, MNIST_FRAME.side, MNIST_FRAME.side), np.float32)
    with pytest.raises(ValueError, match="from 0 to 9"):
        reader.taught_glyphs(glyph, labels)


def test_prototypes_of_another_network_are_refused(reader, misread):
    other = Prototypes(np.eye(10, dtype=np.float32), np.arange(10))
    with pytest.raises(ModelError, match="10 features"):
        reader.taught_glyphs(misread[0][None], [misread[1]], other)


def test_a_file_without_prototypes_is_refused(trained_model):
    with pytest.raises(ModelError, match="does not hold prototypes"):
        Prototypes.load(trained_model)


def test_the_prototypes_are_of_the_network_beside_them(reader):
    """Nine in ten digits are nearest to a prototype of their own kind."""
    prototypes = Prototypes.load()
    glyphs, labels = (part[:500] for part in mnist("test"))
    seen = unit(features(reader.network, glyphs / np.float32(255)))
    found = nearest(seen, prototypes.features, prototypes.labels).argmax(axis=1)
    assert (found == labels).mean() > 0.9


def test_a_network_with_two_dense_layers_cannot_be_taught(reader, misread):
    steps = (*reader.network.steps, reader.network.steps[-1])
    double = Reader(reader.network._replace(steps=steps, passes=()))
    with pytest.raises(ModelError, match="cannot be taught"):
        double.taught_glyphs(misread[0][None], [3])
