"""Train the network of the first look: `make train-first-look`, some minutes.

It learns from the digit network's answers (G. Hinton, O. Vinyals, J. Dean, "Distilling the
knowledge in a neural network", 2015) and from the labels. Writes site/model/first_look.json.
"""

import argparse
import tempfile
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from inkling.results import REJECT
from training.data import datasets
from training.first_look.export_model import MODEL, read_model, write_model
from training.first_look.samples import UNKNOWN, Lessons, load_lessons
from training.network import fit
from ui.first_look import features
from ui.first_look.network import CLASSES

HIDDEN = 48  # units: 64 have 5 kB more, and answer one digit in a hundred more
EPOCHS, BATCH, RATE = 40, 256, 3e-3
BY_TEACHER = 0.5  # weight of the digit network's answer; the label has the rest
RIGHT = 0.99  # least share of right answers on validation digits, which are varied, so hard
OTHERS = 0.02  # largest share of validation letters, marks and scribbles that may get an answer
THRESHOLDS = np.arange(0.5, 0.995, 0.005)  # of the probability of an answer
MIN_ANSWERED = 0.6  # of the validation digits, or the run fails


def main(arguments: list[str] | None = None) -> None:
    """Train, choose the threshold and write; raises SystemExit if too few digits are answered."""
    options = _parser().parse_args(arguments)
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    data = datasets.data_folder(options.data)
    if data is None:
        print("No handwriting found; set INKLING_DATA. The first look stays as it is.")
        return
    lessons = load_lessons(data)
    train, held = lessons.select(~lessons.validation), lessons.select(lessons.validation)
    print(f"{len(train.labels):,} training samples, {len(held.labels):,} validation samples")
    model = fit_network(train, options.epochs)
    layers = [layer.get_weights() for layer in model.layers]
    threshold, answered = find_threshold(_as_in_page(layers, held.inputs), held.labels)
    write_model(options.out, *layers, threshold)
    if answered < MIN_ANSWERED:
        raise SystemExit(f"{answered:.1%} of the validation digits answered < {MIN_ANSWERED:.0%}")


def fit_network(train: Lessons, epochs: int) -> keras.Model:
    """Return a fitted network of two dense layers, with a softmax."""
    keras.utils.set_random_seed(fit.SEED)
    model = keras.Sequential(
        [
            keras.Input((features.INPUTS,)),
            keras.layers.Dense(HIDDEN, "relu"),
            keras.layers.Dense(CLASSES, "softmax"),
        ]
    )
    steps = epochs * -(-len(train.labels) // BATCH)
    rate = keras.optimizers.schedules.CosineDecay(RATE, steps)
    model.compile(keras.optimizers.Adam(rate), keras.losses.CategoricalCrossentropy())
    inputs = train.inputs.astype(np.float32) / 255
    model.fit(inputs, targets(train), batch_size=BATCH, epochs=epochs, verbose=2)
    return model


def targets(lessons: Lessons) -> np.ndarray:
    """Return the probabilities to learn, (N, CLASSES) float32; signs have no label."""
    known = lessons.labels != UNKNOWN
    labelled = np.eye(CLASSES, dtype=np.float32)[np.where(known, lessons.labels, 0)]
    mixed = BY_TEACHER * lessons.taught + (1 - BY_TEACHER) * labelled
    return np.where(known[:, None], mixed, lessons.taught)


def find_threshold(probabilities: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Return the least threshold that keeps to RIGHT and OTHERS, and the share of digits answered.

    probabilities: (N, CLASSES), labels: (N,) 0 to 9, REJECT or UNKNOWN. Raises SystemExit if no
    threshold does.
    """
    best, share = probabilities.argmax(axis=1), probabilities.max(axis=1)
    for threshold in THRESHOLDS:
        answered = (best != REJECT) & (share >= threshold)
        digits, others = answered[labels < REJECT], answered[labels == REJECT]
        right = np.mean((best == labels)[answered & (labels < REJECT)]) if digits.any() else 0
        if right >= RIGHT and others.mean() <= OTHERS:
            print(f"threshold {threshold:.3f}: {digits.mean():.2%} of the digits, ", end="")
            print(f"{right:.2%} of them right; {others.mean():.2%} of the others")
            return round(float(threshold), 3), float(digits.mean())
    raise SystemExit(f"No threshold has {RIGHT:.1%} right and {OTHERS:.0%} of the others.")


def _as_in_page(layers: list, inputs: np.ndarray) -> np.ndarray:
    """Return the probabilities (N, CLASSES) of the network as the page will have it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / MODEL.name
        write_model(path, *layers, 1)
        network = read_model(path)
    return np.array([network.probabilities((row / 255).tolist()) for row in inputs])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=EPOCHS, help=f"default {EPOCHS}")
    parser.add_argument("--threads", type=int, default=0, help="of TensorFlow; 0: all cores")
    parser.add_argument("--data", type=Path, help="folder of handwriting; default INKLING_DATA")
    parser.add_argument("--out", type=Path, default=MODEL, help="file to write")
    return parser


if __name__ == "__main__":
    main()
