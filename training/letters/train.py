"""Train the letter network: `make train-letters`, or `python -m training.letters.train --smoke`.

Writes letters.keras and letters.json into --out. An interrupted run continues from its last whole
epoch.
"""

import argparse
import json
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from inkling.network.layers import softmax
from inkling.network.letter_labels import LABELS, letter_shares
from training.data import datasets
from training.data.datasets import Digits
from training.evaluation import calibration
from training.letters.samples import REJECT, letter_sources
from training.network import architecture, fit
from training.network.fit import Plan

OUT = Path(__file__).resolve().parents[2] / "build" / "letters"
PLAN = Plan("letters", architecture.letters, 20, classes=len(LABELS))

# Where a letter is asked for, one drawing in a hundred is a digit, and one in fifty is neither.
DIGIT_SHARE, REJECT_SHARE = 0.01, 0.02
MIN_CONFIDENCE = 0.2  # of an answer; below it several further letters are nearly as likely
REFUSED_LETTERS = 0.004  # share of the validation letters that the reject class may take
SMOKE = 3_000  # glyphs of a smoke run
SMOKE_EPOCHS = 2


def main(arguments: list[str] | None = None) -> None:
    """Train, calibrate and write."""
    options = _parser().parse_args(arguments)
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    found = letter_sources(datasets.required_data_folder(options.data))
    train = datasets.concatenate(split.train for split in found.values())
    validation = datasets.concatenate(split.validation for split in found.values())
    if options.smoke:
        train, validation = (_some(part, SMOKE) for part in (train, validation))
    print(f"{len(train.labels):,} training glyphs, {len(validation.labels):,} validation glyphs")
    epochs = options.epochs or (SMOKE_EPOCHS if options.smoke else PLAN.epochs)
    plan = PLAN._replace(epochs=epochs)
    keras.utils.set_random_seed(fit.SEED)
    fast, history = fit.fit_network(train, validation, plan)
    model = fit.to_inference(fast, plan)
    record = calibrate(model, train, validation) | {"epochs": epochs, "history": history}
    counts = {name: len(split.train.labels) for name, split in found.items()}
    _write(options.out, model, {"glyphs": counts} | record)


def calibrate(model: keras.Model, train: Digits, validation: Digits) -> dict:
    """Adapt a fitted network's class prior to its use, in place; returns its constants."""
    trained = _group_shares(train.labels)
    in_use = np.array([DIGIT_SHARE, 1 - DIGIT_SHARE - REJECT_SHARE, REJECT_SHARE])
    shift = np.log(in_use / trained)[_groups(np.arange(len(LABELS)))].astype(np.float32)
    logits = model.predict(fit.inputs(validation), batch_size=500, verbose=0)
    temperature = round(_fit_temperature(logits, validation.labels, shift, in_use), 4)
    kernel, bias = model.layers[-1].get_weights()
    model.layers[-1].set_weights([kernel, bias + temperature * shift])
    probabilities = softmax(logits + temperature * shift, temperature)
    constants = find_constants(probabilities, validation.labels)
    return {
        "parameters": model.count_params(),
        "seed": fit.SEED,
        "temperature": temperature,
    } | constants


def _fit_temperature(logits, labels, shift, in_use) -> float:
    """Return the temperature with the least cross entropy of letters in either case.

    in_use: shares of digits, letters and rejects.
    """
    groups = _groups(labels)
    weights = (in_use / np.maximum(np.bincount(groups, minlength=3), 1))[groups]
    letters = groups == 1

    def loss(temperature: float) -> float:
        shares, rest = letter_shares(softmax(logits + temperature * shift, temperature))
        true = np.where(
            letters, shares[np.arange(len(labels)), (labels.astype(int) - 10) % 26], rest
        )
        return float(np.average(-np.log(np.maximum(true, 1e-12)), weights=weights))

    return float(min(calibration.TEMPERATURES, key=loss))


def find_constants(probabilities: np.ndarray, labels: np.ndarray) -> dict:
    """Return the thresholds, and what they are worth on the validation split.

    probabilities: (N, 63), labels: (N,) places in LABELS.
    """
    shares, rest = letter_shares(probabilities)
    real = _groups(labels) == 1
    truth = (labels.astype(int) - 10) % 26
    confidence, right = shares.max(axis=1), shares.argmax(axis=1) == truth
    none_threshold = round(calibration.reject_threshold(rest[real], REFUSED_LETTERS), 4)
    answered = (confidence >= MIN_CONFIDENCE) & (rest <= none_threshold)
    ranks = (shares > shares[np.arange(len(shares)), truth][:, None]).sum(axis=1)
    error = calibration.expected_calibration_error(confidence[real], right[real])
    measures = {
        "accuracy": right[real],
        "among_three": ranks[real] < 3,
        "coverage": answered[real],
        "accuracy_of_answered": right[real & answered],
        "others_answered": answered[~real],
    }
    return {
        "threshold": MIN_CONFIDENCE,
        "none_threshold": none_threshold,
        "validation": {"letters": int(real.sum()), "calibration_error": round(error, 5)}
        | {name: round(float(np.mean(mask)), 5) for name, mask in measures.items()},
    }


def _groups(labels: np.ndarray) -> np.ndarray:
    """Return 0 for a digit, 1 for a letter and 2 for the reject class, (N,) int."""
    return np.where(labels == REJECT, 2, (labels >= 10).astype(int))


def _group_shares(labels: np.ndarray) -> np.ndarray:
    return np.bincount(_groups(labels), minlength=3) / len(labels)


def _some(digits: Digits, count: int) -> Digits:
    return digits.select(np.random.default_rng(0).permutation(len(digits.labels))[:count])


def _write(out: Path, model: keras.Model, record: dict) -> None:
    out.mkdir(parents=True, exist_ok=True)
    model.save(out / "letters.keras")
    (out / "letters.json").write_text(json.dumps(record, indent=1) + "\n")
    print(f"temperature {record['temperature']}, validation {record['validation']}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--smoke", action="store_true", help="a minute's run")
    parser.add_argument("--epochs", type=int, help=f"default {PLAN.epochs}")
    parser.add_argument("--threads", type=int, default=0, help="of TensorFlow; 0: all cores")
    parser.add_argument("--data", type=Path, help="folder of handwriting; default INKLING_DATA")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write to")
    return parser


if __name__ == "__main__":
    main()
