"""Fit a network to digits: augmented batches, a learning-rate schedule, checkpoints.

The digits of a batch and their variation depend on the batch's number alone, so that a run which
was interrupted goes on just as it would have.
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

from export.arrays import described
from export.cache import cache_folder
from training import architecture, augmentation
from training.datasets import Digits
from training.normalisation import FusedNormalization, short_arithmetic

BATCH = 256
PEAK_RATE = 3e-3  # AdamW diverges at 1e-2 and is slower below 1e-3
WARM_UP = 1  # epochs
CALM = 0.4  # augmentation fades to this: the last, small steps are taken on digits as written
SMOOTHING = 0.05  # of the labels; the temperature takes its effect on confidence back
SEED = 7


class Plan(NamedTuple):
    """Which network to fit, and for how long. build: norm layer -> model, compiled here. common:
    how many of the epochs are fitted to what several such runs have in common."""

    name: str
    build: Callable[..., keras.Model]
    epochs: int
    common: int = 0


def fitted(
    kept: Digits, held: Digits, plan: Plan, common: Digits | None = None
) -> tuple[keras.Model, dict[str, list]]:
    """Fit a new network, or go on with an interrupted one; returns it and its history.

    common: what its first plan.common epochs are fitted to instead. They are run once, and gone on
    from by every run that has them in common.
    """
    checkpoint = _checkpoint(kept, plan)
    begun = _resumed(checkpoint) or (common and _begun(common, len(kept.labels), held, plan))
    model, history = begun or (_compiled(plan, len(kept.labels)), {})
    _fit(model, history, kept, held, plan, checkpoint, plan.epochs)
    return model, history


def _begun(common: Digits, size: int, held: Digits, plan: Plan) -> tuple[keras.Model, dict]:
    """The network after the epochs that it has in common with others, to go on with so many."""
    # Its own, or a run that is fitted to nothing else would go on in what others begin with.
    checkpoint = _checkpoint(common, plan._replace(name=f"{plan.name}-common"))
    model, history = _resumed(checkpoint) or (_compiled(plan, len(common.labels)), {})
    _fit(model, history, common, held, plan, checkpoint, plan.common)
    model, history = _resumed(checkpoint)  # what is fitting has its rate built in
    model.optimizer.learning_rate = _rate(plan, size)
    model.optimizer.iterations.assign(plan.common * (size // BATCH))
    return model, history


def _fit(model, history, kept: Digits, held: Digits, plan: Plan, checkpoint: Path, until: int):
    """Fit a network, in place, from the epoch that its history ends with."""
    done = len(history.get("loss", []))
    if done >= until:
        return
    size = f"{model.count_params():,} parameters"
    print(f"{plan.name}: {size}, from epoch {done + 1} to {until} of {plan.epochs}", flush=True)
    model.fit(
        batches(kept, plan.epochs, done),
        validation_data=(inputs(held), _one_hot(held.labels)),
        initial_epoch=done,
        epochs=until,
        steps_per_epoch=len(kept.labels) // BATCH,
        callbacks=[_Keep(checkpoint, history)],
        shuffle=False,  # the batches are shuffled by their numbers
        verbose=2,
    )


def plain(model: keras.Model, plan: Plan) -> keras.Model:
    """The fitted network as it is used: of Keras' own layers, in float32, without normalisation.

    That is folded into the kernels, and these are rounded to what half precision holds: the page's
    file stores them so, and is this very network.
    """
    fitted = plan.build()
    fitted.set_weights(model.get_weights())
    arrays = iter(described(fitted)[1].values())
    folded = plan.build(norm=None)
    for layer in folded.layers:
        if layer.weights:
            kernel, bias = next(arrays), next(arrays)
            layer.set_weights([kernel.astype(np.float16), bias])
    return folded


def inputs(digits: Digits) -> np.ndarray:
    """The digits' glyphs as a network takes them: (N, 28, 28, 1) float32, 0 .. 1."""
    return digits.glyphs[..., None] / np.float32(255)


def batches(digits: Digits, epochs: int, done: int = 0) -> tf.data.Dataset:
    """The augmented batches of a run of so many epochs, without those that are done.

    Each is the same however often it is drawn.
    """
    size = len(digits.labels)
    steps = size // BATCH
    pictures = tf.constant(digits.glyphs[..., None])
    targets = tf.constant(_smoothed(_one_hot(digits.labels)))

    def batch(number):
        epoch, step = number // steps, number % steps
        places = step * BATCH + tf.range(BATCH, dtype=tf.int64)
        key = tf.cast(tf.stack([SEED, epoch]), tf.int32)
        chosen = tf.random.experimental.index_shuffle(places, key, size - 1)
        glyphs = tf.cast(tf.gather(pictures, chosen), tf.float32) / 255
        left = tf.cast(epochs - epoch, tf.float32)  # in the last epoch, one
        strength = CALM + (1 - CALM) * left / epochs
        varied = augmentation.augmented(glyphs, tf.stack([SEED, number]), strength)
        return varied, tf.gather(targets, chosen)

    numbers = tf.data.Dataset.range(done * steps, epochs * steps)
    return numbers.map(batch, num_parallel_calls=2).prefetch(8)


class _Keep(keras.callbacks.Callback):
    """Keeps the model and the history of whole epochs, so that a run can go on."""

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


def _resumed(checkpoint: Path) -> tuple[keras.Model, dict] | None:
    if not checkpoint.exists():
        return None
    model = keras.models.load_model(checkpoint)
    history = json.loads(checkpoint.with_suffix(".json").read_text())
    return model, history


def _checkpoint(kept: Digits, plan: Plan) -> Path:
    """Where this very run keeps its state: another recipe or other digits make another run."""
    run = hashlib.sha256(f"{plan.name} {plan.epochs} {plan.common}".encode())
    for source in (__file__, architecture.__file__, augmentation.__file__):
        run.update(Path(source).read_bytes())
    for array in kept:
        run.update(np.ascontiguousarray(array))
    return cache_folder() / "training" / f"{plan.name}-{run.hexdigest()[:12]}.keras"


def _rate(plan: Plan, size: int) -> keras.optimizers.schedules.LearningRateSchedule:
    """The learning rate over a run whose epochs have so many digits."""
    steps = size // BATCH
    warm_up = WARM_UP * steps
    return keras.optimizers.schedules.CosineDecay(
        0.0, plan.epochs * steps - warm_up, warmup_target=PEAK_RATE, warmup_steps=warm_up
    )


def _compiled(plan: Plan, size: int) -> keras.Model:
    """A new network for a run whose epochs have so many digits."""
    with short_arithmetic():
        model = plan.build(norm=FusedNormalization)
    rate = _rate(plan, size)
    optimiser = keras.optimizers.AdamW(rate, weight_decay=architecture.WEIGHT_DECAY)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=optimiser, loss=loss, metrics=["accuracy"])
    return model


def _one_hot(labels: np.ndarray) -> np.ndarray:
    return np.eye(architecture.CLASSES, dtype=np.float32)[labels]


def _smoothed(targets: np.ndarray) -> np.ndarray:
    return (1 - SMOOTHING) * targets + np.float32(SMOOTHING / architecture.CLASSES)
