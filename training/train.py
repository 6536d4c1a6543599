"""Train the network: `make train`, or `python -m training.train --smoke` for a minute's worth.

Writes digits.keras and history.json into --out. A run that was interrupted goes on from its last
whole epoch; the same seeds give the same weights on the same machine.
"""

import argparse
import json
from pathlib import Path

import keras
import numpy as np

from inkling.layers import softmax
from training import architecture, calibration, datasets, fitting, sources
from training.datasets import NONE, Digits
from training.fitting import Plan

HERE = Path(__file__).resolve().parent

# Forty minutes on one core.
NETWORK = Plan("inkling", architecture.convolutional, 24)

# The share of held-out digits that may be taken for none, so that what is none is left alone. With
# 0.005 five, not six, of a hundred held-out letters would be digits.
REFUSED = 0.004

# The least confidence of an answer: below it the two likeliest digits are much alike.
SURE = 0.4

# Of what people draw or open to have a digit read, so much is none: far less than was trained on.
OTHERS = 0.02

# A smoke run: enough to show that everything is connected
SMOKE_DIGITS, SMOKE_EPOCHS = 6_000, 5

# Validation accuracy below which something is broken; the weights are written all the same.
TARGET, SMOKE_TARGET = 0.985, 0.85


def main(arguments: list[str] | None = None) -> None:
    """Train, calibrate and write; raises SystemExit with both numbers if the target is missed."""
    options = _parser().parse_args(arguments)
    default = SMOKE_EPOCHS if options.smoke else NETWORK.epochs
    plan = NETWORK._replace(epochs=options.epochs or default)
    found = _sources(options)
    kept = datasets.together(train for train, _ in found.values())
    held = datasets.together(validation for _, validation in found.values())
    print(f"{len(kept.labels):,} glyphs to train on, {len(held.labels):,} to validate with")

    model, record = trained(plan, kept, held)
    counts = {name: len(train.labels) for name, (train, _) in found.items()}
    out = options.out or (HERE.parent / "build" / "smoke" if options.smoke else HERE)
    _write(out, model, {"digits": counts} | record)
    target = SMOKE_TARGET if options.smoke else TARGET
    if record["validation"]["accuracy"] < target:
        raise SystemExit(f"validation accuracy {record['validation']['accuracy']} < {target}")


def _sources(options: argparse.Namespace) -> dict:
    if options.smoke:
        return sources.training_sources(None, SMOKE_DIGITS)
    return sources.training_sources(
        None if options.mnist_only else datasets.data_folder(options.data)
    )


def trained(
    plan: Plan, kept: Digits, held: Digits, common: Digits | None = None
) -> tuple[keras.Model, dict]:
    """A network fitted, as it is used, and its constants and history; common: see `fitted`."""
    keras.utils.set_random_seed(fitting.SEED)
    fast, history = fitting.fitted(kept, held, plan, common)
    model = fitting.plain(fast, plan)
    return model, calibrated(model, kept, held) | {"epochs": plan.epochs, "history": history}


def calibrated(model: keras.Model, kept: Digits, held: Digits) -> dict:
    """Bring a fitted network's expectations to those of use, in place; returns its constants.

    The temperature is that of use too: held-out digits and others count as often as they are met.
    """
    shift = change_of_odds(float(np.mean(kept.labels == NONE)))
    others = held.labels == NONE
    met = np.where(others, OTHERS / max(others.sum(), 1), (1 - OTHERS) / (~others).sum())
    temperature = calibration.fitted_temperature(_logits(model, held), held.labels, shift, met)
    last = model.layers[-1]
    kernel, bias = last.get_weights()
    last.set_weights([kernel, bias + temperature * shift])
    return constants(model, held, temperature)


def change_of_odds(trained: float) -> np.ndarray:
    """What to add to the logarithms of a network's odds, (CLASSES,) float32.

    They make it expect the share OTHERS of what is no digit, instead of the share it was trained
    on: the odds change by as much as the odds before anything is seen (M. Saerens, P. Latinne,
    C. Decaestecker, "Adjusting the outputs of a classifier to new a priori probabilities", Neural
    Computation 14(1), 2002).
    """
    shift = np.zeros(architecture.CLASSES, np.float32)
    shift[NONE] = np.log(OTHERS / (1 - OTHERS)) - np.log(trained / (1 - trained))
    return shift


def constants(model: keras.Model, held: Digits, temperature: float) -> dict:
    """The constants that travel with the weights, and how they do on the held-out glyphs."""
    temperature = round(temperature, 4)
    probabilities = softmax(_logits(model, held), temperature)
    digits, none = probabilities[:, :NONE], probabilities[:, NONE]
    confidence, right = digits.max(axis=1), digits.argmax(axis=1) == held.labels
    real = held.labels < NONE
    none_threshold = round(calibration.refusing_threshold(none[real], REFUSED), 4)
    answered = (confidence >= SURE) & (none <= none_threshold)
    error = calibration.expected_calibration_error(confidence[real], right[real])
    shares = {
        "accuracy": right[real],
        "coverage": answered[real],
        "accuracy_of_answered": right[real & answered],
        "others_answered": answered[~real],
    }
    return {
        "parameters": model.count_params(),
        "seed": fitting.SEED,
        "temperature": temperature,
        "threshold": SURE,
        "none_threshold": none_threshold,
        "validation": {
            "digits": int(real.sum()),
            "others": int((~real).sum()),
            "calibration_error": round(error, 5),
        }
        | {name: round(float(np.mean(share)), 5) for name, share in shares.items()},
    }


def _logits(model: keras.Model, digits: Digits) -> np.ndarray:
    return model.predict(fitting.inputs(digits), batch_size=500, verbose=0)


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
    parser.add_argument("--smoke", action="store_true", help="a minute's worth, into build/smoke")
    parser.add_argument("--epochs", type=int, help=f"instead of {NETWORK.epochs}")
    parser.add_argument("--data", type=Path, help="real handwriting; else INKLING_DATA")
    parser.add_argument("--mnist-only", action="store_true", help="as if there were no other")
    parser.add_argument("--out", type=Path, help="folder to write to")
    return parser


if __name__ == "__main__":
    main()
