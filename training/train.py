"""Train the network: `make train`, or `python -m training.train --smoke` for a minute's worth.

Writes digits.keras and history.json into --out. An interrupted run continues from its last whole
epoch. The same seeds give the same weights on the same machine.
"""

import argparse
import json
from pathlib import Path

import keras
import numpy as np

from inkling.network.layers import softmax
from inkling.results import REJECT
from training.data import datasets, training_set
from training.data.datasets import Digits
from training.evaluation import calibration
from training.network import architecture, fit, imitation
from training.network.fit import Plan

HERE = Path(__file__).resolve().parent

# Forty minutes on one core.
NETWORK = Plan("inkling", architecture.convolutional, 24)

# Share of the validation digits that may be rejected. A larger share rejects more non-digits. With
# 0.005, 5 % instead of 6 % of the validation letters would be read as digits.
REFUSED_DIGITS = 0.004

# The least confidence of an answer. Below it the two likeliest digits are about equally likely.
MIN_CONFIDENCE = 0.4

# Share of the reject class in use: far smaller than in the training split.
REJECT_SHARE = 0.02

# A smoke run: enough to show that everything is connected
SMOKE_DIGITS, SMOKE_EPOCHS = 6_000, 5

# Validation accuracy below which the run fails. The weights are written anyway.
TARGET, SMOKE_TARGET = 0.985, 0.85


def main(arguments: list[str] | None = None) -> None:
    """Train, calibrate and write; raises SystemExit with both numbers if the target is missed."""
    options = _parser().parse_args(arguments)
    default = SMOKE_EPOCHS if options.smoke else NETWORK.epochs
    plan = NETWORK._replace(epochs=options.epochs or default)
    start = targets = None
    if options.further:
        start = keras.models.load_model(options.further)
        plan = plan._replace(name="inkling-further", peak_rate=fit.FURTHER_RATE)
    found = _sources(options)
    train = datasets.concatenate(train for train, _ in found.values())
    # Cells are harder: thresholds fitted on them would answer more letters.
    validation = datasets.concatenate(
        validation for name, (_, validation) in found.items() if name not in training_set.CELLS
    )
    print(f"{len(train.labels):,} training glyphs, {len(validation.labels):,} validation glyphs")

    if start:
        record = json.loads(options.further.with_name("history.json").read_text())
        targets = imitation.targets(start, record["reject_shift"], train)
    model, record = train_network(plan, train, validation, start=start, targets=targets)
    cells = [found[name].validation for name in training_set.CELLS if name in found]
    record["cells"] = find_constants(model, datasets.concatenate(cells), record["temperature"])[
        "validation"
    ]
    counts = {name: len(train.labels) for name, (train, _) in found.items()}
    out = options.out or (HERE.parent / "build" / "smoke" if options.smoke else HERE)
    _write(out, model, {"digits": counts} | record)
    target = SMOKE_TARGET if options.smoke else TARGET
    if record["validation"]["accuracy"] < target:
        raise SystemExit(f"validation accuracy {record['validation']['accuracy']} < {target}")


def _sources(options: argparse.Namespace) -> dict:
    if options.smoke:
        return training_set.training_sources(None, SMOKE_DIGITS)
    return training_set.training_sources(
        None if options.mnist_only else datasets.data_folder(options.data)
    )


def train_network(
    plan: Plan,
    train: Digits,
    validation: Digits,
    common: Digits | None = None,
    start: keras.Model | None = None,
    targets: np.ndarray | None = None,
) -> tuple[keras.Model, dict]:
    """Fit and calibrate a network; returns it for inference, and its record for history.json.

    common, start, targets: see `fit_network`.
    """
    keras.utils.set_random_seed(fit.SEED)
    fast, history = fit.fit_network(train, validation, plan, common, start, targets)
    model = fit.to_inference(fast, plan)
    return model, calibrate(model, train, validation) | {"epochs": plan.epochs, "history": history}


def calibrate(model: keras.Model, train: Digits, validation: Digits) -> dict:
    """Adapt a fitted network's class prior to its use, in place; returns its constants.

    The temperature is fitted on the validation split, with digits and rejects weighted as in use.
    """
    shift = prior_shift(float(np.mean(train.labels == REJECT)))
    logits, labels = _logits(model, validation), validation.labels
    rejects = labels == REJECT
    in_use = np.where(
        rejects, REJECT_SHARE / max(rejects.sum(), 1), (1 - REJECT_SHARE) / (~rejects).sum()
    )
    temperature = calibration.fit_temperature(logits, labels, shift, in_use)
    last = model.layers[-1]
    kernel, bias = last.get_weights()
    last.set_weights([kernel, bias + temperature * shift])
    added = round(float(temperature * shift[REJECT]), 4)
    return find_constants(model, validation, temperature) | {"reject_shift": added}


def prior_shift(trained: float) -> np.ndarray:
    """Return the change of calibrated logits, (CLASSES,) float32, for the reject class's prior.

    trained: the reject class's share of the training split, which REJECT_SHARE replaces. Posterior
    odds change as prior odds do (M. Saerens, P. Latinne, C. Decaestecker, "Adjusting the outputs of
    a classifier to new a priori probabilities", Neural Computation 14(1), 2002).
    """
    shift = np.zeros(architecture.CLASSES, np.float32)
    shift[REJECT] = np.log(REJECT_SHARE / (1 - REJECT_SHARE)) - np.log(trained / (1 - trained))
    return shift


def find_constants(model: keras.Model, validation: Digits, temperature: float) -> dict:
    """Return the constants stored with the weights, and their measures on the validation split."""
    temperature = round(temperature, 4)
    probabilities = softmax(_logits(model, validation), temperature)
    digits, none = probabilities[:, :REJECT], probabilities[:, REJECT]
    confidence, right = digits.max(axis=1), digits.argmax(axis=1) == validation.labels
    real = validation.labels < REJECT
    none_threshold = round(calibration.reject_threshold(none[real], REFUSED_DIGITS), 4)
    answered = (confidence >= MIN_CONFIDENCE) & (none <= none_threshold)
    error = calibration.expected_calibration_error(confidence[real], right[real])
    shares = {
        "accuracy": right[real],
        "coverage": answered[real],
        "accuracy_of_answered": right[real & answered],
        "others_answered": answered[~real],
    }
    return {
        "parameters": model.count_params(),
        "seed": fit.SEED,
        "temperature": temperature,
        "threshold": MIN_CONFIDENCE,
        "none_threshold": none_threshold,
        "validation": {
            "digits": int(real.sum()),
            "others": int((~real).sum()),
            "calibration_error": round(error, 5),
        }
        | {name: round(float(np.mean(share)), 5) for name, share in shares.items()},
    }


def _logits(model: keras.Model, digits: Digits) -> np.ndarray:
    return model.predict(fit.inputs(digits), batch_size=500, verbose=0)


def _write(out: Path, model: keras.Model, record: dict) -> None:
    out.mkdir(parents=True, exist_ok=True)
    model.save(out / "digits.keras")
    (out / "history.json").write_text(json.dumps(record, indent=1) + "\n")
    print(f"{out / 'digits.keras'}: {(out / 'digits.keras').stat().st_size:,} bytes")
    settings = ("temperature", "threshold", "none_threshold")
    print(", ".join(f"{name} {record[name]}" for name in settings))
    print(f"validation {record['validation']}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--smoke", action="store_true", help="a minute's run, into build/smoke")
    parser.add_argument("--epochs", type=int, help=f"default {NETWORK.epochs}")
    parser.add_argument("--further", type=Path, help="a digits.keras to imitate and train further")
    parser.add_argument("--data", type=Path, help="folder of handwriting; default INKLING_DATA")
    parser.add_argument("--mnist-only", action="store_true", help="ignore all other handwriting")
    parser.add_argument("--out", type=Path, help="folder to write to")
    return parser


if __name__ == "__main__":
    main()
