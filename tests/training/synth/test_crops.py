"""Digits are cut from forms as scanners and phones deliver them: close, framed, small, legible."""

import numpy as np
import pytest

from inkling import Reader
from training.data.glyph_cache import to_glyph
from training.synth import crops, paper
from training.synth.habits import add_habit

SEVEN = [np.array([(0, 0), (40, 0), (15, 80)], float)]
ONE = [np.array([(10, 0), (10, 80)], float)]
COPIES = 20


@pytest.fixture(scope="module")
def inks(drawn_digits) -> list[np.ndarray]:
    """Drawn digits, 0 paper .. 1 ink."""
    return [1 - np.asarray(drawing, np.float32) / 255 for drawing in drawn_digits.values()]


def cropped(inks, place: int):
    random = np.random.default_rng((5, place))
    ink = inks[place % len(inks)]
    return crops.photograph_crop(ink, inks[:2], random)


def test_a_crop_is_small_in_colour_and_the_same_for_the_same_seed(inks):
    pictures = [cropped(inks, place) for place in range(len(inks) * COPIES)]
    sides = [max(picture.size) for picture in pictures]
    assert {picture.mode for picture in pictures} == {"RGB"}
    assert min(sides) < 30 and 80 < max(sides) < 200
    assert pictures[3].tobytes() == cropped(inks, 3).tobytes()


def test_most_crops_are_legible(inks, drawn_digits):
    clean = [to_glyph(drawing) for drawing in drawn_digits.values()]
    overlaps = [
        paper.ink_overlap(to_glyph(cropped(inks, place)), clean[place % len(clean)])
        for place in range(len(inks) * COPIES)
    ]
    assert np.mean(np.array(overlaps) > 0.6) > 0.7


def test_a_frame_shows_at_the_edges_and_a_neighbour_at_the_side(inks, monkeypatch):
    def darkest_at_the_edges(framed, neighbour):
        monkeypatch.setattr(crops, "FRAMED", framed)
        monkeypatch.setattr(crops, "NEIGHBOUR", neighbour)
        monkeypatch.setattr(crops, "ROOM", (0.3, 0.45))
        light = [np.asarray(cropped(inks, place).convert("L"), float) for place in range(30)]
        edges = [np.concatenate([p[:, 0], p[:, -1]]).min() / np.median(p) for p in light]
        return np.mean(edges)

    assert darkest_at_the_edges(1, 0) < darkest_at_the_edges(0, 0) - 0.2
    assert darkest_at_the_edges(0, 1) < darkest_at_the_edges(0, 0) - 0.2


def test_an_empty_cell_has_no_digit():
    reader = Reader.load()
    pictures = [crops.photograph_cell(np.random.default_rng((6, k))) for k in range(40)]
    assert np.mean([reader.read_digit(picture).label is None for picture in pictures]) > 0.6


def test_a_blank_drawing_is_refused():
    blank = np.zeros((40, 40), np.float32)
    with pytest.raises(ValueError, match="no ink"):
        crops.photograph_crop(blank, [blank, blank], np.random.default_rng(0))


def test_some_sevens_are_crossed_and_some_ones_begin_with_a_long_upstroke():
    for strokes, label in ((SEVEN, "7"), (ONE, "1")):
        counts = [len(add_habit(strokes, label, np.random.default_rng(k))) for k in range(100)]
        assert 10 < counts.count(2) < 50 and counts.count(1) == 100 - counts.count(2)
    assert len(add_habit(SEVEN, "2", np.random.default_rng(1))) == 1


def test_an_upstroke_ends_at_the_top_of_the_one():
    for seed in range(50):
        first, *rest = add_habit(ONE, "1", np.random.default_rng(seed))
        if rest:
            assert np.allclose(first[-1], (10, 0)) and 15 < first[0][1] < 50 and first[0][0] < 10
