"""Explanations say what the network does, checked against the network itself."""

import numpy as np
import pytest

from inkling.explain.corruptions import AMOUNTS, SHEET_SIDE, corrupt
from inkling.explain.counterfactual import CounterfactualSearch
from inkling.explain.occlusion import (
    COVER,
    filters,
    log_odds,
    mosaic,
    occlusion,
    occlusion_rows,
    run_layers,
)
from inkling.explain.trace import Overrides, steps
from inkling.network import layers


@pytest.fixture(scope="module")
def three(reader, drawn_digits):
    return reader.read_digit(drawn_digits[3])


def test_the_steps_end_where_the_reader_ends(reader, drawn_digits):
    for picture in drawn_digits.values():
        read, seen = reader.read_digit(picture), steps(reader, picture)
        assert np.array_equal(seen.digit.glyph, read.glyph)
        assert seen.digit.label == read.label


def test_the_scaled_crop_is_what_the_glyph_holds(reader, drawn_digits):
    seen = steps(reader, drawn_digits[3])
    assert max(seen.scaled.shape) == reader.network.frame.box
    assert seen.scaled.sum() == pytest.approx(seen.digit.glyph.sum())


def test_without_centring_by_mass_the_box_is_in_the_middle(reader, drawn_digits):
    seen = steps(reader, drawn_digits[7], Overrides(centred=False))
    rows, columns = (np.flatnonzero(seen.digit.glyph.any(axis=axis)) for axis in (1, 0))
    assert abs(rows[0] + rows[-1] - 27) <= 1 and abs(columns[0] + columns[-1] - 27) <= 1
    assert seen.shift == (0, 0)


def test_a_threshold_leaves_weaker_ink_out(reader, drawn_digits):
    seen = steps(reader, drawn_digits[7], Overrides(threshold=0.8))
    assert seen.ink[seen.ink > 0].min() >= 0.8


def test_a_blank_picture_has_steps_without_a_box(reader):
    seen = steps(reader, np.full((50, 50), 255, np.uint8))
    assert seen.box is None and seen.digit.reason == "no ink"


def test_the_steps_of_a_numbers_digit_end_at_the_glyph_that_was_read(reader, drawn_digits):
    picture = np.hstack([np.asarray(drawn_digits[digit].convert("L")) for digit in (3, 7)])
    for digit in reader.read(picture).digits:
        seen = steps(reader, picture, one_of=digit)
        assert np.array_equal(seen.digit.glyph, digit.glyph) and seen.digit.label == digit.label
        scale = np.tile(np.array(seen.size) / seen.ink.shape[::-1], 2)
        assert np.allclose(np.array(seen.box) * scale, digit.box, atol=3 * scale.max())
        beside = steps(reader, picture, Overrides(centred=False), digit).digit
        assert beside.label == digit.label and not np.array_equal(beside.glyph, digit.glyph)


def test_the_last_layer_at_work_gives_the_networks_logits(reader, three):
    seen = run_layers(reader.network, three.glyph)
    assert np.allclose(seen[-1].output, reader.network.logits(three.glyph[None])[0])
    assert [layer.op for layer in seen] == [op for op, _ in reader.network.steps]


def test_every_layer_at_work_gives_what_the_layer_is_defined_to_give(reader, three):
    glyph = three.glyph.copy()
    seen = run_layers(reader.network, glyph)
    assert np.array_equal(glyph, three.glyph)
    x = glyph[None, ..., None]
    for layer, (op, parameters) in zip(seen, reader.network.steps, strict=True):
        x = getattr(layers, op)(x, **parameters)
        assert layer.shape == x.shape[1:]
        assert np.allclose(layer.output, x[0], rtol=1e-4, atol=1e-4)


def test_covering_matters_only_where_there_is_ink(reader, three):
    rows = occlusion_rows(28)
    fall = occlusion(reader.network, three.glyph, 3, rows)
    assert fall.shape == (len(rows), len(rows)) and fall.max() > 0
    for i, j in np.argwhere(fall != 0):
        top, left = max(rows[i], 0), max(rows[j], 0)
        assert three.glyph[top : rows[i] + COVER, left : rows[j] + COVER].sum() > 0


def test_the_fall_is_that_of_the_log_odds(reader, three):
    rows = occlusion_rows(28)
    i, j = np.unravel_index(
        np.argmax(occlusion(reader.network, three.glyph, 3, rows)), (len(rows),) * 2
    )
    covered = three.glyph.copy()
    covered[max(rows[i], 0) : rows[i] + COVER, max(rows[j], 0) : rows[j] + COVER] = 0
    p = reader.network.probabilities(np.stack([three.glyph, covered]))[:, 3].astype(float)
    expected = np.log(p[0] / (1 - p[0])) - np.log(p[1] / (1 - p[1]))
    found = occlusion(reader.network, three.glyph, 3, rows)[i, j]
    assert found == pytest.approx(expected, rel=0.02)


def test_log_odds_are_zero_at_one_half():
    assert log_odds(np.array([[0.5, 0.25, 0.25]]), 0) == pytest.approx([0])


def test_a_change_that_is_found_makes_the_network_say_the_other_digit(reader, three):
    change = CounterfactualSearch(reader.network, three.glyph, 3, 5)
    while not change.finished:
        change.step()
    assert change.found and 1 <= change.dabs <= 8
    assert int(np.argmax(reader.network.probabilities(change.changed[None])[0])) == 5
    assert (change.changed >= 0).all() and (change.changed <= 1).all()


def test_a_blank_glyph_has_nothing_to_change(reader):
    assert CounterfactualSearch(reader.network, np.zeros((28, 28), np.float32), 3, 5).finished


def test_filters_have_the_first_layers_patterns(reader):
    kernel = next(step["kernel"] for op, step in reader.network.steps if op == "conv2d")
    patterns = filters(reader.network)
    assert patterns.shape == (kernel.shape[3], *kernel.shape[:2])
    assert np.abs(patterns).max(axis=(1, 2)) == pytest.approx(1)


def test_a_mosaic_keeps_every_map_in_its_place():
    maps = np.arange(1, 6, dtype=np.float32)[:, None, None] * np.ones((1, 2, 3), np.float32)
    laid = mosaic(maps, across=2)
    assert laid.shape == (8, 7)
    assert laid[3:5, 4:7].tolist() == [[4] * 3] * 2 and laid[2].tolist() == [0] * 7


@pytest.mark.parametrize("kind", AMOUNTS)
def test_no_disturbance_leaves_the_digit_as_it_is(kind):
    picture = np.arange(784, dtype=np.uint8).reshape(28, 28)
    assert 0 in AMOUNTS[kind]
    middle = (SHEET_SIDE - 28) // 2
    sheet = corrupt(picture, kind, 0)
    assert np.array_equal(sheet[middle : middle + 28, middle : middle + 28], picture)


def test_disturbances_do_what_their_names_say():
    picture = np.zeros((28, 28), np.uint8)
    picture[4:24, 12:16] = 255  # an upright stroke
    plain = corrupt(picture, "shift", 0)
    assert np.array_equal(corrupt(picture, "shift", 5), np.roll(plain, 5, axis=1))
    turned = corrupt(picture, "rotation", 90) > 128
    assert np.ptp(np.flatnonzero(turned.any(axis=0))) > np.ptp(np.flatnonzero(turned.any(axis=1)))
    inks = [corrupt(picture, "thickness", t).sum() for t in (-1.0, 0, 1.0)]
    assert inks[0] < inks[1] < inks[2]
    assert corrupt(picture, "noise", 0.2)[:10, :10].std() > 10
