"""Training samples: their sources, their drawings, and that writers do not cross the splits."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from inkling.results import REJECT
from training.data import datasets, glyph_cache, training_set
from training.synth import blots, non_digits, render
from training.synth import samples as drawings


def test_mnist_is_complete():
    for split, count in (("train", 60_000), ("test", 10_000)):
        pictures, labels = datasets.mnist(split)
        assert pictures.shape == (count, 28, 28) and pictures.dtype == np.uint8
        assert labels.shape == (count,) and set(labels) == set(range(10))


def test_mnist_passes_through_the_page_s_own_code_almost_untouched():
    few = datasets.mnist_digits("test").select(np.s_[:500])
    original = datasets.mnist("test")[0][:500]
    difference = np.abs(few.glyphs.astype(float) - original).mean(axis=(1, 2)) / 255
    assert np.median(difference) < 0.02


def test_validation_digits_are_not_trained_on():
    found = training_set.training_sources(None, mnist_count=1_200)
    train, validation = found["mnist"]
    assert (len(train.labels), len(validation.labels)) == (1_100, 100)
    trained_on = {glyph.tobytes() for source, _ in found.values() for glyph in source.glyphs}
    for _, validation in found.values():
        assert not any(glyph.tobytes() in trained_on for glyph in validation.glyphs)


def test_without_pen_strokes_there_are_still_things_that_are_no_digits(capsys):
    found = training_set.training_sources(None, mnist_count=1_200)
    assert "MNIST alone" in capsys.readouterr().out
    labels = datasets.concatenate(train for train, _ in found.values()).labels
    assert set(labels) == {*range(10), REJECT}


@pytest.mark.parametrize("drawn", [*non_digits.MARKS, *non_digits.SCRIBBLES])
def test_what_is_no_digit_leaves_ink_on_the_page(drawn):
    for seed in range(5):
        random = np.random.default_rng(seed)
        glyph = glyph_cache.to_glyph(render.render_strokes(drawn(random), random))
        assert glyph.max() == 255 and (glyph > 128).sum() > 10


@pytest.mark.parametrize("drawn", blots.BLOTS)
def test_blots_are_dark_on_white_and_no_two_are_alike(drawn):
    pictures = [np.asarray(drawn(np.random.default_rng(seed))) for seed in range(20)]
    inked = [np.mean(picture < 128) for picture in pictures]
    assert all(picture.shape == (blots.SIDE, blots.SIDE) for picture in pictures)
    assert 0.005 < np.median(inked) < 0.5
    assert len({picture.tobytes() for picture in pictures}) == 20


def test_a_blot_is_solid_where_a_zero_is_hollow():
    for seed in range(40):
        glyph = glyph_cache.to_glyph(blots.blots(np.random.default_rng(seed)))
        paper = Image.fromarray(np.pad(glyph, 1) < 128)
        ImageDraw.floodfill(paper, (0, 0), 0)  # from outside: what stays is enclosed by ink
        assert np.asarray(paper).sum() < 12


def test_two_digits_lie_side_by_side_and_upright():
    one, seven = [[[0, 0], [0, 9]]], [[[0, 0], [50, 0], [20, 90]]]
    for seed in range(20):
        left, right = non_digits.pair(one, seven, np.random.default_rng(seed))
        assert left[:, 0].max() <= right[:, 0].min() + 0.06
        assert 0.7 < np.ptp(left[:, 1]) / np.ptp(right[:, 1]) < 1.4


def test_a_sample_is_drawn_alike_wherever_the_rest_of_its_set_is_drawn(tmp_path, monkeypatch):
    def glyphs(cache, workers):
        monkeypatch.setenv("INKLING_CACHE", str(tmp_path / cache))
        monkeypatch.setattr(glyph_cache, "CHUNK", 10)
        monkeypatch.setattr(glyph_cache, "WORKERS", workers)
        return glyph_cache.cached_glyphs("scribbles", range(60), drawings.draw_scribble)

    alone = glyphs("alone", workers=4)  # too few chunks for a process of its own
    together = glyphs("together", workers=2)
    assert np.array_equal(alone, together) and len(np.unique(alone, axis=0)) == 60


def test_pen_strokes_are_drawn_and_their_writers_do_not_cross(handwriting):
    samples = render.read_trajectories(handwriting / "pen" / "pendigits_train.json.gz")
    assert not any(sample.get("suspect") for sample in samples)
    random = np.random.default_rng(0)
    glyphs = [
        glyph_cache.to_glyph(render.render_strokes(s["strokes"], random)) for s in samples[:50]
    ]
    assert all(glyph.max() > 200 for glyph in glyphs)
    validation = {s["writer"] for s in samples if training_set._is_validation_writer(s["writer"])}
    assert 0 < len(validation) < len({s["writer"] for s in samples}) / 2


def test_a_broken_idx_file_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "images").write_bytes(b"<html>not found</html>")
    with pytest.raises(ValueError, match="not an IDX file of bytes; delete it"):
        datasets._idx(tmp_path / "images")
