"""Photographed digits: seeded, of the promised kinds, and legible."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from training.data.glyph_cache import to_glyph
from training.synth import paper, pens, photo, surfaces

SEEDS = range(6)
COPIES = 30
SURFACES = [kind for kind in vars(surfaces).values() if isinstance(kind, surfaces.Surface)]
PENS = [kind for kind in vars(pens).values() if isinstance(kind, pens.Pen)]
MARKS = {effect for surface in SURFACES for _, effect in surface.marks}
TOUCHES = {effect for pen in PENS for _, effect in (*pen.touch, *pens.ANY)}
LIGHT = {effect for _, effect in photo.LIGHT}
SHOTS = {effect for _, effect in (*photo.CAMERA, *photo.SCANNER, *photo.BLACK_AND_WHITE)}
SHOTS |= {photo.compress, photo.shrink}


def by_name(effects):
    return pytest.mark.parametrize(
        "effect", sorted(effects, key=lambda e: e.__name__), ids=lambda e: e.__name__
    )


@pytest.fixture(scope="module")
def inks(drawn_digits) -> list[np.ndarray]:
    """Drawn digits, 0 paper .. 1 ink."""
    return [1 - np.asarray(drawing, np.float32) / 255 for drawing in drawn_digits.values()]


@pytest.fixture(scope="module")
def clean(drawn_digits) -> list[np.ndarray]:
    return [to_glyph(drawing) for drawing in drawn_digits.values()]


@pytest.fixture(scope="module")
def pictures(inks) -> list[Image.Image]:
    random = np.random.default_rng(3)
    return [paper.photograph(ink, random) for ink in inks * COPIES]


def read_back(effect_on_coverage, inks, clean) -> float:
    """Return the share of digits, each on a random sheet, that are still legible afterwards."""
    kept = [
        paper.has_same_ink(
            to_glyph(effect_on_coverage(paper.place_on_sheet(ink, (0.5, 0.7), random), random)), c
        )
        for seed in SEEDS
        for i, (ink, c) in enumerate(zip(inks, clean, strict=True))
        for random in [np.random.default_rng((seed, i))]  # each digit has its own sheet
    ]
    return float(np.mean(kept))


def black_on_white(coverage: np.ndarray) -> np.ndarray:
    return np.repeat(1 - coverage[..., None], 3, axis=2)


def test_a_seed_gives_the_same_picture_again_and_another_seed_another(inks):
    def photograph(seed):
        picture = paper.photograph(inks[1], np.random.default_rng(seed))
        return picture.mode, picture.size, picture.tobytes()

    assert [photograph(seed) for seed in range(20)] == [photograph(seed) for seed in range(20)]
    assert len({photograph(seed) for seed in range(20)}) == 20


def test_nothing_but_the_given_generator_is_drawn_from(inks):
    before = np.random.get_state()[1].copy()
    paper.photograph(inks[2], np.random.default_rng(0))
    assert np.array_equal(np.random.get_state()[1], before)


def test_pictures_are_of_the_kinds_and_sizes_that_are_promised(pictures):
    sides = [max(picture.size) for picture in pictures]
    assert {picture.mode for picture in pictures} == {"RGB", "L", "RGBA"}
    assert all(22 <= side <= 44 or 104 <= side <= 220 for side in sides)
    assert min(sides) <= 44 and max(sides) > 150, "no thumbnail, or nothing large"


def test_most_photographed_digits_are_read_back_as_they_were_written(pictures, clean):
    kept = [
        paper.has_same_ink(to_glyph(p), c) for p, c in zip(pictures, clean * COPIES, strict=True)
    ]
    assert np.mean(kept) > 0.85


@by_name(TOUCHES)
def test_a_pen_leaves_the_digit_recognisable(effect, inks, clean):
    def touched(coverage, random):
        return photo.to_picture(black_on_white(effect(coverage, random)))

    assert read_back(touched, inks, clean) >= 0.9


@by_name(MARKS | LIGHT)
def test_paper_and_light_leave_black_ink_recognisable(effect, inks, clean):
    def lit(coverage, random):
        sheet = effect(np.ones((*coverage.shape, 3), np.float32), random)
        return photo.to_picture(sheet * black_on_white(coverage))

    # The straight strokes of a 4 and a 7 may come to lie on a square's very line.
    assert read_back(lit, inks, clean) >= (0.8 if effect is surfaces.rule_squares else 0.9)


@by_name(SHOTS)
def test_camera_and_file_leave_black_ink_recognisable(effect, inks, clean):
    def shot(coverage, random):
        return effect(photo.to_picture(black_on_white(coverage)), random)

    assert read_back(shot, inks, clean) >= 0.9


@by_name(MARKS | LIGHT | TOUCHES | SHOTS)
def test_every_effect_changes_something_and_leaves_what_it_was_given(effect, inks):
    random = np.random.default_rng(1)
    coverage = paper.place_on_sheet(inks[1], (0.5, 0.7), random)
    given = coverage if effect in TOUCHES else 0.2 + 0.6 * black_on_white(coverage)
    given = photo.to_picture(given) if effect in SHOTS else given
    before = np.array(given)
    changed = [np.asarray(effect(given, random)) for _ in SEEDS]
    assert any(c.shape != before.shape or not np.array_equal(c, before) for c in changed)
    assert np.array_equal(before, np.asarray(given))


def test_ink_is_darker_than_most_paper_and_lighter_than_some(inks):
    random = np.random.default_rng(4)
    dark_paper = []
    for ink in inks * 12:  # without shadows and grain, what departs from the median is the ink
        drawn = paper.page(paper.place_on_sheet(ink, (0.5, 0.7), random), random)
        if drawn.mode == "RGB":
            light = np.asarray(drawn.convert("L"), float)
            dark_paper.append(np.median(light) < 100)
            lighter, darker = light.max() - np.median(light), np.median(light) - light.min()
            assert dark_paper[-1] == (lighter > darker)
    assert 0.1 < np.mean(dark_paper) < 0.6


def test_the_whole_digit_is_on_the_sheet_and_free_of_its_edge(inks, monkeypatch):
    monkeypatch.setattr(paper, "NEIGHBOUR", 0)
    random = np.random.default_rng(5)
    for ink in inks * 10:
        sheet = paper.place_on_sheet(ink, paper.CLOSE_SHARE, random)
        rows, columns = np.nonzero(sheet)
        for at, side in zip((rows, columns), sheet.shape, strict=True):
            assert at.min() >= side * paper.BORDER - 1
            assert at.max() <= side * (1 - paper.BORDER) + 1


def test_blank_ink_is_refused_with_what_to_do():
    with pytest.raises(ValueError, match="no ink to place on a sheet; leave blank drawings out"):
        paper.photograph(np.zeros((80, 80), np.float32), np.random.default_rng(0))


def test_the_same_ink_is_known_again_though_shifted_or_thicker(clean):
    for glyph in clean:
        thick = np.asarray(Image.fromarray(glyph).filter(ImageFilter.MaxFilter(3)))
        assert paper.has_same_ink(glyph, glyph)
        assert paper.has_same_ink(np.roll(glyph, (2, -2), (0, 1)), glyph)
        assert paper.has_same_ink(thick, glyph) and paper.has_same_ink(glyph, thick)


def test_shadows_lines_fragments_and_other_digits_are_not_the_same_ink(clean):
    shadow = np.full((28, 28), 200, np.uint8)
    shadow[:, :14] = 0
    for k, glyph in enumerate(clean):
        lined = glyph.copy()
        lined[6::8] = 255
        half = glyph.copy()
        half[14:] = 0
        others = [other for j, other in enumerate(clean) if j != k]
        for wrong in (shadow, lined, half, np.zeros_like(glyph), *others):
            assert not paper.has_same_ink(wrong, glyph)
            assert not paper.has_same_ink(glyph, wrong)
