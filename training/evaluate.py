"""Measure the exported network on all development sets: `make evaluate`.

Every picture goes through Reader.read_digit or, for numbers, Reader.read, as a person's would.
Prints tables and writes card.json and the plots into --out. Also writes the documents' tables and
error sheets. `--limit 50` is a trial, into build/evaluation.
"""

import argparse
from multiprocessing.pool import Pool
from pathlib import Path

from training.data import datasets
from training.evaluation import robustness
from training.evaluation import sets as development
from training.evaluation.metrics import Answers
from training.evaluation.parallel import Sample, read_all, readers
from training.evaluation.sets import MNIST
from training.numbers import evaluate, false_acceptance
from training.report import card, documents, error_sheet, tables
from training.text_table import plain

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "site" / "model"
TRIAL = ROOT / "build" / "evaluation"
# Error sheets of handwriting that may not be redistributed stay out of the repository.
ERRORS = ROOT / "build" / "errors"
TARGET = 0.994  # accuracy on MNIST's test digits; less means that the export broke something
MAX_ERRORS = 240  # on a sheet


def main(arguments: list[str] | None = None) -> None:
    """Measure, print and write; raises SystemExit with both numbers if the target is missed."""
    options = _parser().parse_args(arguments)
    out = options.out or (TRIAL if options.limit else MODEL)
    data = datasets.data_folder(options.data)
    with readers(options.model) as pool:
        read = digit_answers(pool, data, options.limit)
        silent = non_digit_answers(pool, data, options.limit)
        print("Reading disturbed pages ...", flush=True)
        disturbed = robustness.measure(pool, data, options.limit or robustness.COUNT)
        numbers = _measure_numbers(pool, data, options.limit) if data else {}
    measured = card.measure(read, silent, disturbed) | numbers | card.read_record(options.source)
    measured["fingerprint"] = card.fingerprint(options.model)
    measured = card.merge_earlier(measured, out / "card.json")
    for table in (
        tables.set_table,
        evaluate.number_table,
        evaluate.agreement_table,
        false_acceptance.table,
    ):
        if rows := table(measured):
            print(plain(rows))
    if missing := left_out(measured):
        print(missing)
    card.write_card(measured, card.read_history(options.source), out)
    draw_errors(read, out)
    if out == MODEL:
        documents.write(measured)
    if measured[MNIST]["accuracy"] < TARGET:
        raise SystemExit(f"MNIST test accuracy {measured[MNIST]['accuracy']:.4f} < {TARGET}")


def digit_answers(pool: Pool, data: Path | None, limit: int | None) -> dict[str, Answers]:
    """Read every set of digits that is found."""
    sets = {MNIST: development.mnist(limit)}
    sets |= development.load_sets(development.DIGIT_SETS, data, limit or development.LIMIT)
    return _all_answers(pool, sets)


def non_digit_answers(pool: Pool, data: Path | None, limit: int | None) -> dict[str, Answers]:
    """Read pictures without a digit."""
    sets = development.load_sets(development.LETTER_SETS, data, limit or development.LIMIT)
    sets |= development.non_digit_sets(min(limit or development.NON_DIGITS, development.NON_DIGITS))
    return _all_answers(pool, sets)


def _measure_numbers(pool: Pool, data: Path, limit: int | None) -> dict:
    measured = evaluate.measure(pool, data, limit)
    return measured | {"false_acceptance": false_acceptance.measure(pool, data, limit)}


def draw_errors(read: dict[str, Answers], out: Path) -> None:
    """Draw MNIST's error sheet beside the card, those of the other sets into build/errors."""
    for name, found in read.items():
        path = out / "errors.png" if name == MNIST else ERRORS / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        wrong = int((found.label != found.truth).sum())
        title = f"{name}: {wrong:,} of {len(found.truth):,} digits are misread or rejected"
        error_sheet.draw_errors(found, title, path, MAX_ERRORS)


def left_out(measured: dict) -> str:
    """Return a sentence on the sets that were not measured, or ""."""
    here = measured["sets"] | measured["not_digits"]
    missing = [name for name in development.WHAT if name not in here]
    if not missing:
        return ""
    return f"Not measured, as the folder of handwriting lacks them: {', '.join(missing)}."


def _all_answers(pool: Pool, sets: dict[str, list[Sample]]) -> dict[str, Answers]:
    read = {}
    for name, samples in sets.items():
        print(f"Reading {name}, {len(samples):,} pictures ...", flush=True)
        read[name] = read_all(pool, samples)
    return read


def _parser() -> argparse.ArgumentParser:
    parser = development.options_parser(__doc__)
    parser.add_argument("--source", type=Path, default=ROOT / "training", help="its records")
    parser.add_argument("--out", type=Path, help="folder to write to")
    return parser


if __name__ == "__main__":
    main()
