"""Train the network: `make train`, or `python -m training.train --smoke` for a minute's worth.

Writes digits.keras and history.json into --out. A run that was interrupted goes on from its last
whole epoch; the same seeds give the same weights on the same machine.
"""

import argparse
import json
from pathlib import Path

import keras

from inkling.layers import softmax
from training import architecture, calibration, datasets, fitting
from training.datasets import Digits

HERE = Path(__file__).resolve().parent
EPOCHS = 28  # the last ones, at a low rate, are worth 0.1 % of MNIST

# A calibrated answer below this is more likely wrong than right, so it is not given.
THRESHOLD = 0.5

# A smoke run: enough to show that everything is connected
SMOKE_DIGITS, SMOKE_EPOCHS = 6_000, 4

# Validation accuracy below which something is broken; the weights are written all the same.
TARGET, SMOKE_TARGET = 0.99, 0.9


def main(arguments: list[str] | None = None) -> None:
    """Train, calibrate and write; raises SystemExit with both numbers if the target is missed."""
    options = _parser().parse_args(arguments)
    epochs = options.epochs or (SMOKE_EPOCHS if options.smoke else EPOCHS)
    out = options.out or (HERE.parent / "build" / "smoke" if options.smoke else HERE)
    keras.utils.set_random_seed(fitting.SEED)
    if options.smoke:
        sources = datasets.training_digits(None, SMOKE_DIGITS)
    else:
        data = None if options.mnist_only else datasets.data_folder(options.data)
        sources = datasets.training_digits(data)
    kept = datasets.together(train for train, _ in sources.values())
    held = datasets.together(validation for _, validation in sources.values())
    print(f"{len(kept.labels):,} digits to train on, {len(held.labels):,} to validate with")

    model, history = fitting.fitted(kept, held, epochs)
    counts = {name: len(train.labels) for name, (train, _) in sources.items()}
    record = _record(model, held) | {"digits": counts, "epochs": epochs, "history": history}
    _write(out, model, record)
    target = SMOKE_TARGET if options.smoke else TARGET
    if record["validation"]["accuracy"] < target:
        raise SystemExit(f"validation accuracy {record['validation']['accuracy']} < {target}")


def _record(model: keras.Model, held: Digits) -> dict:
    """The constants that travel with the weights, and how they do on the held-out digits."""
    logits = model.predict(fitting.inputs(held), batch_size=500, verbose=0)
    right = logits.argmax(1) == held.labels
    temperature = round(calibration.fitted_temperature(logits, held.labels), 4)
    confidence = softmax(logits, temperature).max(axis=1)
    answered = confidence >= THRESHOLD
    error = calibration.expected_calibration_error(confidence, right)
    return {
        "parameters": model.count_params(),
        "seed": fitting.SEED,
        "temperature": temperature,
        "threshold": THRESHOLD,
        "validation": {
            "digits": len(held.labels),
            "accuracy": round(float(right.mean()), 5),
            "calibration_error": round(error, 5),
            "coverage": round(float(answered.mean()), 5),
            "accuracy_of_answered": round(float(right[answered].mean()), 5),
        },
    }


def _write(out: Path, model: keras.Model, record: dict) -> None:
    out.mkdir(parents=True, exist_ok=True)
    # A copy that was never compiled leaves the optimiser's state, twice the weights, behind.
    bare = architecture.convolutional()
    bare.set_weights(model.get_weights())
    bare.save(out / "digits.keras")
    (out / "history.json").write_text(json.dumps(record, indent=1) + "\n")
    print(f"{out / 'digits.keras'}: {(out / 'digits.keras').stat().st_size:,} bytes")
    print(f"temperature {record['temperature']}, validation {record['validation']}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--smoke", action="store_true", help="a minute's worth, into build/smoke")
    parser.add_argument("--epochs", type=int, help=f"instead of {EPOCHS}")
    parser.add_argument("--data", type=Path, help="real handwriting; else INKLING_DATA")
    parser.add_argument("--mnist-only", action="store_true", help="as if there were no other")
    parser.add_argument("--out", type=Path, help="folder to write to")
    return parser


if __name__ == "__main__":
    main()
