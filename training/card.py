"""The card: everything that was measured, in one JSON file beside the weights, and its plots."""

import hashlib
import json
from pathlib import Path

import numpy as np

import inkling
from training import development, measures, plots, tables
from training.development import MNIST
from training.disturbances import DISTURBANCES
from training.measures import Answers

HISTORY = "history"  # epoch by epoch, too long for a card
BY_SET = ("sets", "not_digits", "reliability", "risk_coverage")
OF_NUMBERS = ("numbers", "agreement", "doubts")
SHOWN = (MNIST, "unipen_dev")  # in the plots of confidence: scans and pens


def measured(read: dict[str, Answers], silent: dict[str, Answers], disturbed: dict) -> dict:
    """What the answers are worth.

    read: of the sets of digits; silent: of pictures without one, by kind; disturbed: the curves
    of robustness by source.
    """
    sets = {name: measures.digit_measures(found) for name, found in read.items()}
    shown = {name: read[name] for name in SHOWN if name in read}
    return {
        "sets": sets,
        MNIST: sets[MNIST] | measures.class_measures(read[MNIST]),
        "not_digits": {name: measures.refusal_measures(found) for name, found in silent.items()},
        "reliability": {name: measures.reliability_bins(found) for name, found in shown.items()},
        "risk_coverage": {name: measures.coverage_curve(found) for name, found in shown.items()},
        "robustness": {
            "axes": {
                name: {"axis": found.axis, "values": found.values, "neutral": found.neutral}
                for name, found in DISTURBANCES.items()
            },
            "sources": disturbed,
        },
    }


def record(source: Path) -> dict:
    """What training and export wrote down beside the trained network, without its history."""
    kept = json.loads((source / "history.json").read_text())
    found = {"version": inkling.__version__, **kept}
    found.pop(HISTORY, None)
    found["parity"] = json.loads((source / "parity.json").read_text())
    for name in ("comparison", "folds"):
        path = source / f"{name}.json"
        if path.exists():
            found[name] = json.loads(path.read_text())
    return found


def history(source: Path) -> dict[str, list]:
    """The course of the training, as Keras names it."""
    return json.loads((source / "history.json").read_text())[HISTORY]


def with_earlier(card: dict, path: Path) -> dict:
    """The card, with what an earlier one says of sets that are not here now.

    Only if the earlier one measured the very same weights and code.
    """
    earlier = json.loads(path.read_text()) if path.exists() else {}
    if earlier.get("fingerprint") != card["fingerprint"]:
        return card
    merged = {key: _known(earlier[key], card[key]) for key in BY_SET}
    sources = _known(earlier["robustness"]["sources"], card["robustness"]["sources"])
    merged |= {key: earlier[key] for key in OF_NUMBERS if key in earlier and key not in card}
    return card | merged | {"robustness": card["robustness"] | {"sources": sources}}


def fingerprint(model: Path) -> str:
    """Changes with the weights and with the code that reads with them."""
    code = sorted(Path(inkling.__file__).parent.glob("*.py"))
    contents = b"".join(path.read_bytes() for path in [model, *code])
    return hashlib.sha256(contents).hexdigest()[:16]


def write(card: dict, course: dict[str, list], out: Path) -> None:
    """The card and its plots, into a folder."""
    out.mkdir(parents=True, exist_ok=True)
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


def _known(earlier: dict, now: dict) -> dict:
    """What is known of each set, in their usual order."""
    known = earlier | now
    return {name: known[name] for name in development.WHAT if name in known}
