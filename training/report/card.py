"""Assemble the card: all measures in one JSON file beside the weights, and its plots."""

import hashlib
import json
from pathlib import Path

import numpy as np

import inkling
from training.evaluation import metrics
from training.evaluation import sets as development
from training.evaluation.disturbances import DISTURBANCES
from training.evaluation.metrics import Answers
from training.evaluation.sets import MNIST
from training.report import plots, tables

HISTORY = "history"  # one row per epoch
CURVES = ("accuracy", "loss", "val_accuracy", "val_loss")  # of it, in the card
BY_SET = ("sets", "not_digits", "reliability", "risk_coverage")
OF_NUMBERS = ("numbers", "agreement", "false_acceptance")
SHOWN = (MNIST, "unipen_dev")  # in the plots of confidence: scans and pens


def measure(read: dict[str, Answers], silent: dict[str, Answers], disturbed: dict) -> dict:
    """Return the card's measures of answers.

    read: answers to sets of digits. silent: answers to pictures without a digit, by kind.
    disturbed: robustness curves by source.
    """
    sets = {name: metrics.measure_digits(found) for name, found in read.items()}
    shown = {name: read[name] for name in SHOWN if name in read}
    return {
        "sets": sets,
        MNIST: sets[MNIST] | metrics.measure_classes(read[MNIST]),
        "not_digits": {name: metrics.measure_rejections(found) for name, found in silent.items()},
        "reliability": {name: metrics.reliability_bins(found) for name, found in shown.items()},
        "risk_coverage": {name: metrics.coverage_curve(found) for name, found in shown.items()},
        "robustness": {
            "axes": {
                name: {"axis": found.axis, "values": found.values, "neutral": found.neutral}
                for name, found in DISTURBANCES.items()
            },
            "sources": disturbed,
        },
    }


def read_record(source: Path) -> dict:
    """Read the records of training and export in a folder, without the history."""
    trained = json.loads((source / "history.json").read_text())
    found = {"version": inkling.__version__, **trained}
    found.pop(HISTORY, None)
    found["parity"] = json.loads((source / "parity.json").read_text())
    for name in ("comparison", "folds", "line_sets"):
        path = source / f"{name}.json"
        if path.exists():
            found[name] = json.loads(path.read_text())
    return found


def read_history(source: Path) -> dict[str, list]:
    """Read the training's history, by Keras' names."""
    return json.loads((source / "history.json").read_text())[HISTORY]


def merge_earlier(card: dict, path: Path) -> dict:
    """Add an earlier card's measures of sets that were not found this time.

    The earlier card is used only if it measured the same weights and code.
    """
    earlier = json.loads(path.read_text()) if path.exists() else {}
    if earlier.get("fingerprint") != card["fingerprint"]:
        return card
    merged = {key: _merge(earlier[key], card[key]) for key in BY_SET}
    sources = _merge(earlier["robustness"]["sources"], card["robustness"]["sources"])
    merged |= {key: earlier[key] for key in OF_NUMBERS if key in earlier and key not in card}
    return card | merged | {"robustness": card["robustness"] | {"sources": sources}}


def fingerprint(model: Path) -> str:
    """Return a hash of the weights and of the package's code."""
    code = sorted(Path(inkling.__file__).parent.rglob("*.py"))
    contents = b"".join(path.read_bytes() for path in [model, *code])
    return hashlib.sha256(contents).hexdigest()[:16]


def write_card(card: dict, course: dict[str, list], out: Path) -> None:
    """Write the card and its plots into a folder. course: the history."""
    out.mkdir(parents=True, exist_ok=True)
    card = card | {HISTORY: {key: course[key] for key in CURVES if key in course}}
    (out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n")
    plots.confusion(np.array(card[MNIST]["confusion"]), out / "confusion.png")
    plots.curves(course, out / "history.png")
    errors = {name: card["sets"][name]["calibration_error"] for name in card["reliability"]}
    plots.reliability(card["reliability"], errors, out / "reliability.png")
    plots.coverage(card["risk_coverage"], out / "coverage.png")
    disturbed = card["robustness"]
    digits = sum(source["digits"] for source in disturbed["sources"].values())
    curves = tables.over_sources(disturbed)
    plots.robustness(disturbed["axes"], curves, digits, out / "robustness.png")


def _merge(earlier: dict, now: dict) -> dict:
    """Return the measures of each set, newer ones taken first, in the order of `sets.WHAT`."""
    known = earlier | now
    return {name: known[name] for name in development.WHAT if name in known}
