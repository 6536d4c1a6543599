"""Training: augmentation, fitting, resumed runs, and calibration."""

import json
from functools import partial

import numpy as np
import pytest
import tensorflow as tf

from inkling.results import REJECT
from training import compare, train
from training.data import datasets
from training.data.datasets import Digits
from training.evaluation import calibration
from training.network import architecture, augmentation, fit, fused_batch_norm

STEPS = 3  # batches in an epoch of the few digits that these tests train on


@pytest.fixture(scope="module")
def few() -> Digits:
    return datasets.mnist_digits("test").select(np.s_[: STEPS * fit.BATCH])


def test_augmented_digits_stay_digits(few):
    glyphs = few.glyphs[:256, ..., None].astype(np.float32) / 255
    varied = augmentation.augment(tf.constant(glyphs), tf.constant([1, 2])).numpy()
    assert varied.shape == glyphs.shape and np.isfinite(varied).all()
    assert varied.min() >= 0 and varied.max() <= 1
    assert (varied.max(axis=(1, 2, 3)) > 0.3).all(), "a digit vanished"
    assert np.abs(varied - glyphs).mean() > 0.02, "nothing was varied"


def test_augmentation_of_no_strength_changes_nothing(few):
    glyphs = few.glyphs[:8, ..., None].astype(np.float32) / 255
    same = augmentation.augment(tf.constant(glyphs), tf.constant([1, 2]), 0.0)
    np.testing.assert_allclose(same, glyphs, atol=1e-5)


def test_augmentation_fades_from_epoch_to_epoch(few):
    epochs = 3
    plain = few.glyphs.astype(np.float32).sum() / len(few.labels) / 255

    def wildness(done):
        ink = [x.numpy().sum(axis=(1, 2, 3)) for x, _ in fit.batches(few, epochs, done)]
        return np.abs(np.concatenate(ink) - plain).mean()

    assert wildness(0) > wildness(epochs - 1)


def test_a_batch_depends_on_its_number_alone(few):
    run = [x.numpy() for x, _ in fit.batches(few, epochs=2)]
    later = [x.numpy() for x, _ in fit.batches(few, epochs=2, done=1)]
    assert all(np.array_equal(a, b) for a, b in zip(run[STEPS:], later, strict=True))
    assert not np.array_equal(run[0], run[STEPS]), "the second epoch repeats the first"


def test_an_epoch_shows_every_digit_once(few):
    labels = np.concatenate([y.numpy().argmax(1) for _, y in fit.batches(few, epochs=1)])
    assert np.array_equal(np.bincount(labels), np.bincount(few.labels))


def test_an_interrupted_run_ends_as_if_it_had_not_been(few, tmp_path, monkeypatch):
    monkeypatch.setenv("INKLING_CACHE", str(tmp_path / "whole"))
    whole, _ = _seeded_fit(few, epochs=2)

    class InterruptedRunError(Exception):
        pass

    def stop(self, epoch, logs=None):
        keep(self, epoch, logs)
        raise InterruptedRunError

    keep = fit._Checkpoint.on_epoch_end
    monkeypatch.setenv("INKLING_CACHE", str(tmp_path / "halved"))
    with monkeypatch.context() as patch, pytest.raises(InterruptedRunError):
        patch.setattr(fit._Checkpoint, "on_epoch_end", stop)
        _seeded_fit(few, epochs=2)
    resumed, history = _seeded_fit(few, epochs=2)
    assert len(history["loss"]) == 2
    # Dropout's own random numbers start anew, so the runs are alike, not the same to the bit.
    for a, b in zip(whole.get_weights(), resumed.get_weights(), strict=True):
        assert np.abs(a - b).mean() < 0.05


def _seeded_fit(digits: Digits, epochs: int):
    tf.keras.utils.set_random_seed(1)
    return fit.fit_network(digits, digits.select(np.s_[:100]), SMALL._replace(epochs=epochs))


def test_runs_that_have_epochs_in_common_fit_these_once(few, tmp_path, monkeypatch):
    monkeypatch.setenv("INKLING_CACHE", str(tmp_path))
    seen = []
    epoch = fit._Checkpoint.on_epoch_end

    def count(self, number, logs=None):
        seen.append(number)
        epoch(self, number, logs)

    monkeypatch.setattr(fit._Checkpoint, "on_epoch_end", count)
    plan, validation = SMALL._replace(epochs=3, common=2), few.select(np.s_[:100])
    sizes = len(few.labels), len(few.labels) - fit.BATCH
    for size in sizes:  # the first is fitted to nothing else; the second's epoch has a step less
        model, history = fit.fit_network(few.select(np.s_[:size]), validation, plan, few)
        assert len(history["loss"]) == 3
        assert int(model.optimizer.iterations) == 3 * (size // fit.BATCH)
        assert float(model.optimizer.learning_rate) < 1e-6 * fit.PEAK_RATE  # the run has ended
    assert seen == [0, 1, 2, 2]


SMALL = fit.Plan("small", partial(architecture.convolutional, width=0.25), 2)


def test_the_plain_network_answers_as_the_fitted_one(few):
    fast, _ = _seeded_fit(few, epochs=2)
    plain = fit.to_inference(fast, SMALL)
    kinds = {type(layer).__name__ for layer in plain.layers}
    assert "Conv2D" in kinds and not any("Normalization" in kind for kind in kinds)
    kernels = [array for array in plain.get_weights() if array.ndim > 1]
    assert all((kernel == kernel.astype(np.float16)).all() for kernel in kernels)
    answers = [model.predict(fit.inputs(few), verbose=0) for model in (fast, plain)]
    # bfloat16 has eight bits of precision.
    np.testing.assert_allclose(answers[0], answers[1], atol=0.05 * np.abs(answers[1]).max())


def test_fused_normalisation_learns_the_statistics_that_keras_does():
    random = np.random.default_rng(0)
    batches = random.normal(3, 2, (20, 64, 5, 5, 4)).astype(np.float32)
    fused, usual = fused_batch_norm.FusedNormalization(), tf.keras.layers.BatchNormalization()
    for batch in batches:
        np.testing.assert_allclose(
            fused(batch, training=True), usual(batch, training=True), atol=1e-4
        )
    for a, b in zip(fused.get_weights(), usual.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=2e-3)


def test_the_network_is_small_enough_for_a_page():
    model = architecture.convolutional()
    assert model.count_params() <= 300_000
    assert architecture.mflop(model) <= 15
    assert model.input_shape == (None, 28, 28, 1) and model.output_shape == (None, 11)


def test_operations_are_counted_as_by_hand():
    # 26 x 26 places of 3 x 3 x 32, 11 x 11 of 3 x 3 x 32 x 64, then 1600 x 128 and 128 x 11
    products = 676 * 288 + 121 * 18_432 + 204_800 + 1_408
    assert architecture.mflop(architecture.seed()) == pytest.approx(2 * products / 1e6)


@pytest.mark.slow
def test_a_minute_of_training_learns_to_read(tmp_path, monkeypatch):
    monkeypatch.setattr(fit, "cache_folder", lambda: tmp_path / "checkpoints")
    train.main(["--smoke", "--out", str(tmp_path)])
    record = json.loads((tmp_path / "history.json").read_text())
    assert record["validation"]["accuracy"] > train.SMOKE_TARGET
    assert len(record["history"]["val_accuracy"]) == train.SMOKE_EPOCHS
    assert 0.25 < record["temperature"] < 4


@pytest.fixture(scope="module")
def true_to_itself() -> tuple[np.ndarray, np.ndarray]:
    """Logits (N, 10) and labels that are drawn with the very probabilities these state."""
    random = np.random.default_rng(0)
    logits = random.normal(0, 2, (20_000, 10))
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return logits, (shares.cumsum(axis=1) > random.random((20_000, 1))).argmax(axis=1)


def test_the_temperature_that_was_put_in_is_found(true_to_itself):
    logits, labels = true_to_itself
    assert abs(calibration.fit_temperature(logits * 2.5, labels) - 2.5) < 0.1


def test_the_calibration_error_of_known_cases():
    sure, right = np.ones(100), np.arange(100) < 80
    assert calibration.expected_calibration_error(sure, right) == pytest.approx(0.2)
    assert calibration.expected_calibration_error(np.full(100, 0.8), right) == pytest.approx(0)


def test_the_threshold_refuses_the_share_that_was_asked_for():
    rejects = np.random.default_rng(0).random(10_000)
    threshold = calibration.reject_threshold(rejects, 0.01)
    assert (rejects > threshold).mean() == pytest.approx(0.01, abs=1e-3)


def test_the_comparison_states_a_network_s_size_and_how_it_reads(trained_model):
    model = architecture.dense()
    row = compare.row("dense", model, trained_model, data=None, limit=40)
    assert row["parameters"] == 784 * 256 + 256 + 256 * 128 + 128 + 128 * 11 + 11
    assert set(row["sets"]) == {"mnist_test"} and row["sets"]["mnist_test"] > 0.9


def test_a_temperature_counts_what_is_seldom_met_as_little(true_to_itself):
    logits, labels = true_to_itself
    first = np.arange(len(labels)) < len(labels) / 2
    mixed = np.where(first[:, None], logits * 2.5, logits)
    assert abs(calibration.fit_temperature(mixed, labels, weights=first) - 2.5) < 0.1
    assert abs(calibration.fit_temperature(mixed, labels, weights=~first) - 1) < 0.05


def test_what_is_no_digit_is_expected_as_seldom_as_it_is_met():
    logits = np.random.default_rng(0).normal(0, 2, (50, architecture.CLASSES))

    def odds(logits):
        shares = tf.nn.softmax(logits).numpy()
        return shares[:, REJECT] / (1 - shares[:, REJECT])

    expected = train.REJECT_SHARE / (1 - train.REJECT_SHARE) / (0.2 / 0.8)
    after = odds(logits + train.prior_shift(0.2))
    np.testing.assert_allclose(after / odds(logits), expected, rtol=1e-3)


def test_the_calibrated_network_has_the_odds_and_the_temperature_of_use():
    model = architecture.dense()
    random = np.random.default_rng(0)
    glyphs = random.integers(0, 256, (440, 28, 28)).astype(np.uint8)
    digits = Digits(glyphs, np.arange(440) % (REJECT + 1))
    before = model.predict(fit.inputs(digits), verbose=0)
    record = train.calibrate(model, digits, digits)
    change = model.predict(fit.inputs(digits), verbose=0) - before
    trained = float(np.mean(digits.labels == REJECT))
    expected = record["temperature"] * train.prior_shift(trained)
    np.testing.assert_allclose(change, np.tile(expected, (440, 1)), atol=1e-3)
