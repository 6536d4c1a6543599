"""Fit a network to glyphs: augmented batches, a learning-rate schedule, checkpoints.

A batch's glyphs and their augmentation depend on the batch's number alone. An interrupted run thus
continues with the batches that it would have seen.
"""

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np
import tensorflow as tf

from export.setup.downloads import cache_folder
from training.data.datasets import Digits
from training.network import architecture, augmentation
from training.network.fold import fold_layers
from training.network.fused_batch_norm import FusedNormalization, reduced_precision
from training.network.unfold import unfold

BATCH = 256
PEAK_RATE = 3e-3  # AdamW diverges at 1e-2 and is slower below 1e-3
FURTHER_RATE = 1e-3  # the peak for a network that has been fitted before
WARM_UP = 1  # epochs
MEASURED = 2_000  # glyphs on which such a network's normalisation is measured
LEAST_AUGMENTATION = 0.4  # strength in the last epoch: small steps need digits as written
SMOOTHING = 0.05  # of the labels; the temperature corrects its effect on confidence
SEED = 7


class Plan(NamedTuple):
    """A network to fit, and the length of the run."""

    name: str
    build: Callable[..., keras.Model]  # norm layer -> model, not compiled
    epochs: int
    common: int = 0  # first epochs, which several runs share
    classes: int = architecture.CLASSES  # of the labels
    peak_rate: float = PEAK_RATE


def fit_network(
    train: Digits,
    validation: Digits,
    plan: Plan,
    common: Digits | None = None,
    start: keras.Model | None = None,
    targets: np.ndarray | None = None,
) -> tuple[keras.Model, dict[str, list]]:
    """Fit a new network, or continue an interrupted run; returns the network and its history.

    common: the digits of the first plan.common epochs. These epochs are run once, and every run
    with the same `common` continues from them. start: a network for inference to fit further.
    targets: probabilities to fit, (N, classes) float32; without them, the labels, smoothed.
    """
    checkpoint, size = _checkpoint_path(train, plan, targets), len(train.labels)
    begun = _load_checkpoint(checkpoint)
    if begun is None and common is not None:
        begun = _start_from_common(common, size, validation, plan)
    if begun is None and start is not None:
        begun = _build(plan, size), {}
        unfold(begun[0], start, inputs(train)[:: max(size // MEASURED, 1)])
    model, history = begun or (_build(plan, size), {})
    _run_epochs(model, history, train, validation, plan, checkpoint, plan.epochs, targets)
    return model, history


def _start_from_common(
    common: Digits, size: int, validation: Digits, plan: Plan
) -> tuple[keras.Model, dict]:
    """Return the network and history after the common epochs, to continue with `size` digits."""
    # A checkpoint of its own: a run on `common` alone must not overwrite what others start from.
    checkpoint = _checkpoint_path(common, plan._replace(name=f"{plan.name}-common"))
    model, history = _load_checkpoint(checkpoint) or (_build(plan, len(common.labels)), {})
    _run_epochs(model, history, common, validation, plan, checkpoint, plan.common)
    model, history = _load_checkpoint(checkpoint)  # a compiled fit keeps its old learning rate
    model.optimizer.learning_rate = _learning_rate(plan, size)
    model.optimizer.iterations.assign(plan.common * (size // BATCH))
    return model, history


def _run_epochs(
    model,
    history,
    train: Digits,
    validation: Digits,
    plan: Plan,
    checkpoint: Path,
    until: int,
    targets: np.ndarray | None = None,
) -> None:
    """Fit a network in place, from the epoch after its history to epoch `until`."""
    done = len(history.get("loss", []))
    if done >= until:
        return
    size = f"{model.count_params():,} parameters"
    print(f"{plan.name}: {size}, from epoch {done + 1} to {until} of {plan.epochs}", flush=True)
    model.fit(
        batches(train, plan.epochs, done, plan.classes, targets),
        validation_data=(inputs(validation), _one_hot(validation.labels, plan.classes)),
        initial_epoch=done,
        epochs=until,
        steps_per_epoch=len(train.labels) // BATCH,
        callbacks=[_Checkpoint(checkpoint, history)],
        shuffle=False,  # `batches` shuffles
        verbose=2,
    )


def to_inference(model: keras.Model, plan: Plan) -> keras.Model:
    """Return the fitted network for inference: Keras' own layers, float32, normalisation folded.

    Kernels are rounded to half precision, as the page's file stores them. Both then hold the same
    network.
    """
    fitted = plan.build()
    fitted.set_weights(model.get_weights())
    arrays = iter(fold_layers(fitted)[1].values())
    folded = plan.build(norm=None)
    for layer in folded.layers:
        if layer.weights:
            kernel, bias = next(arrays), next(arrays)
            layer.set_weights([kernel.astype(np.float16), bias])
    return folded


def inputs(digits: Digits) -> np.ndarray:
    """Return the glyphs as a network takes them: (N, 28, 28, 1) float32, 0 .. 1."""
    return digits.glyphs[..., None] / np.float32(255)


def batches(
    digits: Digits,
    epochs: int,
    done: int = 0,
    classes: int = architecture.CLASSES,
    targets: np.ndarray | None = None,
) -> tf.data.Dataset:
    """Return the augmented batches of a run, (glyphs, targets), after the epochs done.

    classes: of the labels. targets: (N, classes) float32; without them, the labels, smoothed.
    A batch is the same every time it is drawn.
    """
    size = len(digits.labels)
    steps = size // BATCH
    pictures = tf.constant(digits.glyphs[..., None])
    targets = tf.constant(smoothed(digits.labels, classes) if targets is None else targets)

    def batch(number):
        epoch, step = number // steps, number % steps
        places = step * BATCH + tf.range(BATCH, dtype=tf.int64)
        key = tf.cast(tf.stack([SEED, epoch]), tf.int32)
        chosen = tf.random.experimental.index_shuffle(places, key, size - 1)
        glyphs = tf.cast(tf.gather(pictures, chosen), tf.float32) / 255
        left = tf.cast(epochs - epoch, tf.float32)  # 1 in the last epoch
        strength = LEAST_AUGMENTATION + (1 - LEAST_AUGMENTATION) * left / epochs
        varied = augmentation.augment(glyphs, tf.stack([SEED, number]), strength)
        return varied, tf.gather(targets, chosen)

    numbers = tf.data.Dataset.range(done * steps, epochs * steps)
    return numbers.map(batch, num_parallel_calls=2).prefetch(8)


class _Checkpoint(keras.callbacks.Callback):
    """Save the model and the history after every epoch, so that a run can continue."""

    def __init__(self, checkpoint: Path, history: dict):
        super().__init__()
        self.checkpoint, self.history = checkpoint, history

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        self.started = time.monotonic()

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        for name, value in {**(logs or {}), "seconds": time.monotonic() - self.started}.items():
            self.history.setdefault(name, []).append(round(float(value), 5))
        self.checkpoint.parent.mkdir(parents=True, exist_ok=True)
        self.model.save(self.checkpoint.with_suffix(".part.keras"))
        self.checkpoint.with_suffix(".json").write_text(json.dumps(self.history))
        self.checkpoint.with_suffix(".part.keras").replace(self.checkpoint)


def _load_checkpoint(checkpoint: Path) -> tuple[keras.Model, dict] | None:
    """Return the saved model and history, or None if there are none."""
    if not checkpoint.exists():
        return None
    model = keras.models.load_model(checkpoint)
    history = json.loads(checkpoint.with_suffix(".json").read_text())
    return model, history


def _checkpoint_path(train: Digits, plan: Plan, targets: np.ndarray | None = None) -> Path:
    """Return the path of this run's state; it changes with the recipe and with the digits."""
    run = hashlib.sha256(f"{plan.name} {plan.epochs} {plan.common}".encode())
    for source in (__file__, architecture.__file__, augmentation.__file__):
        run.update(Path(source).read_bytes())
    for array in train if targets is None else (*train, targets):
        run.update(np.ascontiguousarray(array))
    return cache_folder() / "training" / f"{plan.name}-{run.hexdigest()[:12]}.keras"


def _learning_rate(plan: Plan, size: int) -> keras.optimizers.schedules.LearningRateSchedule:
    """Return the learning rate over a run. size: digits in an epoch."""
    steps = size // BATCH
    warm_up = WARM_UP * steps
    return keras.optimizers.schedules.CosineDecay(
        0.0, plan.epochs * steps - warm_up, warmup_target=plan.peak_rate, warmup_steps=warm_up
    )


def _build(plan: Plan, size: int) -> keras.Model:
    """Build and compile a new network for a run. size: digits in an epoch."""
    with reduced_precision():
        model = plan.build(norm=FusedNormalization)
    rate = _learning_rate(plan, size)
    optimiser = keras.optimizers.AdamW(rate, weight_decay=architecture.WEIGHT_DECAY)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=optimiser, loss=loss, metrics=["accuracy"])
    return model


def _one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    return np.eye(classes, dtype=np.float32)[labels]


def smoothed(labels: np.ndarray, classes: int) -> np.ndarray:
    """Return targets for labels, (N, classes) float32, that leave SMOOTHING to all classes."""
    return (1 - SMOOTHING) * _one_hot(labels, classes) + np.float32(SMOOTHING / classes)
