"""Lines to train on: what they say is what they show, and each has its place."""

import numpy as np
import pytest

from inkling.numbers.line_image import HEIGHT
from training.lines import samples
from training.lines.batches import WIDTHS, grouped, needed_steps
from training.lines.compose import PLACES, placed
from training.lines.texts import ALPHABET, MAX_LENGTH, REJECT, SIGNS, random_text


def test_texts_have_digits_and_signs_and_a_bounded_length():
    random = np.random.default_rng(0)
    texts = [random_text(random) for _ in range(2_000)]
    assert all(0 < len(text) <= MAX_LENGTH for text in texts)
    assert set("".join(texts)) == set(ALPHABET) - {REJECT}


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_stands_in_its_place(sign):
    stroke = [np.array([(0.0, 0.0), (3.0, 5.0)])]
    middles = []
    for seed in range(30):
        (points,) = placed(stroke, sign, np.random.default_rng(seed))
        middles.append((points[:, 1].min() + points[:, 1].max()) / 2)
    assert np.mean(middles) == pytest.approx(PLACES[sign][1][0], abs=0.05)


def test_equal_neighbours_need_a_blank_between_them():
    assert [needed_steps(text) for text in ("", "12", "11", "1001")] == [0, 2, 3, 5]


@pytest.fixture(scope="module")
def sources(handwriting):
    return samples.read_sources(handwriting)


def test_lines_are_images_of_one_height_with_ink(sources):
    lines = [samples.make_line(sources, np.random.default_rng(seed)) for seed in range(60)]
    assert all(line.pixels.shape[0] == HEIGHT and line.pixels.max() > 50 for line in lines)
    assert all(set(line.text) <= set(ALPHABET) for line in lines)


def test_a_seed_gives_the_same_line(sources):
    one, other = (samples.make_line(sources, np.random.default_rng(5)) for _ in range(2))
    assert one.text == other.text and np.array_equal(one.pixels, other.pixels)


def test_batches_hold_their_lines_padded_with_their_labels(sources):
    lines = [samples.make_line(sources, np.random.default_rng(seed)) for seed in range(300)]
    for pixels, labels in grouped(lines, np.random.default_rng(0)):
        assert pixels.shape[1] == HEIGHT and pixels.shape[2] in WIDTHS
        assert labels.max() <= len(ALPHABET) and (labels[:, 0] > 0).all()


def test_held_out_writers_are_not_trained_on(sources):
    assert sources.written
    assert not any(samples.is_held_out(row["writer"]) for row in sources.written)
