"""Train the network on MNIST: `make train`, or `python -m training.train --smoke` for a minute.

Writes digits.keras and history.json into --out. A run that was interrupted goes on from its last
whole epoch; the same seeds give the same weights on the same machine.
"""

import argparse
import hashlib
import json
import time
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from export.cache import cache_folder
from training import architecture, augmentation, calibration, datasets

HERE = Path(__file__).resolve().parent

# Optimisation
EPOCHS = 30  # the last ones, at a low rate, are worth 0.1 % of MNIST
BATCH = 128
PEAK_RATE = 3e-3  # AdamW diverges at 1e-2 and is slower below 1e-3
WARM_UP = 1  # epochs
SMOOTHING = 0.05  # of the labels; the temperature takes its effect on confidence back
SEED = 7

# Smoke: enough to show that everything is connected
SMOKE_DIGITS, SMOKE_EPOCHS = 6_000, 4

# A calibrated answer below this is more likely wrong than right, so it is not given.
THRESHOLD = 0.5


def main(arguments: list[str] | None = None) -> None:
    """Train, calibrate and write; raises SystemExit with both numbers if a target is missed."""
    options = _parser().parse_args(arguments)
    epochs = options.epochs or (SMOKE_EPOCHS if options.smoke else EPOCHS)
    out = options.out or (HERE.parent / "build" / "smoke" if options.smoke else HERE)
    keras.utils.set_random_seed(SEED)
    glyphs, labels = datasets.mnist_glyphs("train")
    if options.smoke:
        glyphs, labels = glyphs[:SMOKE_DIGITS], labels[:SMOKE_DIGITS]
    kept, held = datasets.training_split(len(glyphs))
    print(f"{len(kept):,} digits to train on, {len(held):,} to validate with", flush=True)

    model, history = trained(glyphs[kept], labels[kept], glyphs[held], labels[held], epochs)
    logits = model.predict(glyphs[held][..., None], batch_size=500, verbose=0)
    record = _record(model, history, logits, labels[held], len(kept), epochs)
    _write(out, model, record)
    target = 0.90 if options.smoke else 0.993
    if record["validation_accuracy"] < target:
        raise SystemExit(f"validation accuracy {record['validation_accuracy']:.4f} < {target}")


def trained(glyphs, labels, held_glyphs, held_labels, epochs) -> tuple[keras.Model, dict]:
    """Fit the network on glyphs (N, 28, 28) and labels (N,); returns it and its history."""
    steps = len(glyphs) // BATCH
    checkpoint = _checkpoint(glyphs, labels, epochs)
    model, history = _resumed(checkpoint) or (_compiled(steps, epochs), {})
    done = len(history.get("loss", []))
    if done < epochs:
        print(f"Training {model.count_params():,} parameters from epoch {done + 1} of {epochs}")
        model.fit(
            batches(glyphs, labels, done * steps, (epochs - done) * steps),
            validation_data=(held_glyphs[..., None], _one_hot(held_labels)),
            initial_epoch=done,
            epochs=epochs,
            steps_per_epoch=steps,
            callbacks=[_Keep(checkpoint, history)],
        )
    return model, history


def batches(glyphs, labels, first: int, count: int) -> tf.data.Dataset:
    """Augmented batches number `first` to `first + count`, each the same however often drawn."""
    size = len(glyphs)
    steps = size // BATCH
    pictures = tf.constant(np.rint(glyphs * 255).astype(np.uint8)[..., None])
    targets = tf.constant(_one_hot(labels))

    def batch(number):
        epoch, step = number // steps, number % steps
        places = step * BATCH + tf.range(BATCH, dtype=tf.int64)
        key = tf.stack([tf.constant(SEED, tf.int64), epoch])
        chosen = tf.random.experimental.index_shuffle(places, tf.cast(key, tf.int32), size - 1)
        seed = tf.stack([tf.constant(SEED, tf.int64), number])
        chosen_pictures = tf.cast(tf.gather(pictures, chosen), tf.float32) / 255
        return augmentation.augmented(chosen_pictures, seed), tf.gather(targets, chosen)

    numbers = tf.data.Dataset.range(first, first + count)
    return numbers.map(batch, num_parallel_calls=2).prefetch(8)


class _Keep(keras.callbacks.Callback):
    """Keeps the model and the history of whole epochs, so that a run can go on."""

    def __init__(self, checkpoint: Path, history: dict):
        super().__init__()
        self.checkpoint, self.history, self.started = checkpoint, history, time.monotonic()

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        for name, value in {**(logs or {}), "seconds": time.monotonic() - self.started}.items():
            self.history.setdefault(name, []).append(round(float(value), 5))
        self.started = time.monotonic()
        self.checkpoint.parent.mkdir(parents=True, exist_ok=True)
        part = self.checkpoint.with_suffix(".part.keras")
        self.model.save(part)
        self.checkpoint.with_suffix(".json").write_text(json.dumps(self.history))
        part.replace(self.checkpoint)


def _resumed(checkpoint: Path) -> tuple[keras.Model, dict] | None:
    if not checkpoint.exists():
        return None
    model = keras.models.load_model(checkpoint)
    history = json.loads(checkpoint.with_suffix(".json").read_text())
    return model, history


def _checkpoint(glyphs, labels, epochs: int) -> Path:
    """Where this very run keeps its state: another recipe or other data is another run."""
    recipe = [Path(m.__file__).read_bytes() for m in (architecture, augmentation)]
    recipe += [
        Path(__file__).read_bytes(),
        np.ascontiguousarray(glyphs).tobytes(),
        labels.tobytes(),
    ]
    run = hashlib.sha256(b"".join(recipe) + bytes([epochs])).hexdigest()[:12]
    return cache_folder() / "training" / f"{run}.keras"


def _compiled(steps: int, epochs: int) -> keras.Model:
    warm_up = WARM_UP * steps
    rate = keras.optimizers.schedules.CosineDecay(
        0.0, epochs * steps - warm_up, warmup_target=PEAK_RATE, warmup_steps=warm_up
    )
    model = architecture.convolutional()
    optimiser = keras.optimizers.AdamW(rate, weight_decay=architecture.WEIGHT_DECAY)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=SMOOTHING)
    model.compile(optimizer=optimiser, loss=loss, metrics=["accuracy"])
    return model


def _one_hot(labels: np.ndarray) -> np.ndarray:
    return np.eye(architecture.CLASSES, dtype=np.float32)[labels]


def _record(model, history, logits, labels, count, epochs) -> dict:
    return {
        "data": {"mnist": count},
        "seed": SEED,
        "parameters": model.count_params(),
        "epochs": epochs,
        "batch": BATCH,
        "validation_accuracy": round(float((logits.argmax(1) == labels).mean()), 5),
        "temperature": round(calibration.fitted_temperature(logits, labels), 4),
        "threshold": THRESHOLD,
        "history": history,
    }


def _write(out: Path, model: keras.Model, record: dict) -> None:
    out.mkdir(parents=True, exist_ok=True)
    # A copy that was never compiled leaves the optimiser's state, twice the weights, behind.
    bare = architecture.convolutional()
    bare.set_weights(model.get_weights())
    bare.save(out / "digits.keras")
    (out / "history.json").write_text(json.dumps(record, indent=1) + "\n")
    size = (out / "digits.keras").stat().st_size
    print(f"{out / 'digits.keras'}: {size:,} bytes; {out / 'history.json'}")
    print(
        f"validation accuracy {record['validation_accuracy']:.4f}, "
        f"temperature {record['temperature']}"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--smoke", action="store_true", help="a minute's worth, into build/smoke")
    parser.add_argument("--epochs", type=int, help=f"instead of {EPOCHS}")
    parser.add_argument("--out", type=Path, help="folder to write to")
    return parser


if __name__ == "__main__":
    main()
