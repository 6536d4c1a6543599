"""Measure the exported network on everything there is to measure it on: `make evaluate`.

Every picture goes the way a person's picture goes, through Reader.read_digit or, if it holds a
number, Reader.read, and the numpy forward pass. Prints tables, and writes card.json and the plots
into --out, the tables in README.md and MODEL_CARD.md, and sheets of the errors. `--limit 50` tries
it out in build/evaluation.
"""

import argparse
from multiprocessing.pool import Pool
from pathlib import Path

from training import (
    card,
    datasets,
    development,
    documents,
    doubts,
    robustness,
    sheets,
    strings,
    tables,
)
from training.development import MNIST
from training.measures import Answers
from training.reading import Sample, answers, readers

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "site" / "model"
TRIAL = ROOT / "build" / "evaluation"
# Sheets of other people's writing, which may not be redistributed, stay outside the repository.
ERRORS = ROOT / "build" / "errors"
DOCUMENTS = ("README.md", "MODEL_CARD.md")
TARGET = 0.994  # of MNIST's test digits; less means that something broke on the way to numpy
MOST = 240  # errors on a sheet


def main(arguments: list[str] | None = None) -> None:
    """Measure, print and write; raises SystemExit with both numbers if the target is missed."""
    options = _parser().parse_args(arguments)
    out = options.out or (TRIAL if options.limit else MODEL)
    data = datasets.data_folder(options.data)
    with readers(options.model) as pool:
        read = digit_answers(pool, data, options.limit)
        silent = impostor_answers(pool, data, options.limit)
        print("Reading disturbed pages ...", flush=True)
        disturbed = robustness.measured(pool, data, options.limit or robustness.COUNT)
        numbers = strings.measured(pool, data, options.limit) if data else {}
        numbers |= {"doubts": doubts.measured(pool, data, options.limit)} if data else {}
    measured = card.measured(read, silent, disturbed) | numbers | card.record(options.source)
    measured["fingerprint"] = card.fingerprint(options.model)
    measured = card.with_earlier(measured, out / "card.json")
    for table in (tables.set_table, strings.string_table, strings.agreement_table, doubts.table):
        if rows := table(measured):
            print(tables.plain(rows))
    if missing := left_out(measured):
        print(missing)
    card.write(measured, card.history(options.source), out)
    draw_errors(read, out)
    if out == MODEL:
        write_documents(measured)
    if measured[MNIST]["accuracy"] < TARGET:
        raise SystemExit(f"MNIST test accuracy {measured[MNIST]['accuracy']:.4f} < {TARGET}")


def digit_answers(pool: Pool, data: Path | None, limit: int | None) -> dict[str, Answers]:
    """What was read in every set of digits that is here."""
    sets = {MNIST: development.mnist(limit)}
    sets |= development.present(development.DIGIT_SETS, data, limit or development.LIMIT)
    return _all_answers(pool, sets)


def impostor_answers(pool: Pool, data: Path | None, limit: int | None) -> dict[str, Answers]:
    """What was read in pictures that hold no digit."""
    sets = development.present(development.LETTER_SETS, data, limit or development.LIMIT)
    sets |= development.not_digits(min(limit or development.IMPOSTORS, development.IMPOSTORS))
    return _all_answers(pool, sets)


def draw_errors(read: dict[str, Answers], out: Path) -> None:
    """The sheet of MNIST's errors beside the card, those of the other sets in build/errors."""
    for name, found in read.items():
        path = out / "errors.png" if name == MNIST else ERRORS / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        wrong = int((found.label != found.truth).sum())
        title = f"{name}: {wrong:,} of {len(found.truth):,} digits are not read right"
        sheets.errors(found, title, path, MOST)


def left_out(measured: dict) -> str:
    """One sentence on the sets that were not measured, or nothing."""
    here = measured["sets"] | measured["not_digits"]
    missing = [name for name in development.WHAT if name not in here]
    if not missing:
        return ""
    return f"Not measured, for want of the folder of handwriting: {', '.join(missing)}."


def write_documents(measured: dict) -> None:
    """The tables of the documents, anew."""
    for name in DOCUMENTS:
        path = ROOT / name
        path.write_text(documents.filled(path.read_text(), measured))


def _all_answers(pool: Pool, sets: dict[str, list[Sample]]) -> dict[str, Answers]:
    read = {}
    for name, samples in sets.items():
        print(f"Reading {name}, {len(samples):,} pictures ...", flush=True)
        read[name] = answers(pool, samples)
    return read


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=MODEL / "digits.npz", help="network")
    parser.add_argument("--source", type=Path, default=ROOT / "training", help="its records")
    parser.add_argument("--data", type=Path, help="real handwriting; else INKLING_DATA")
    parser.add_argument("--limit", type=int, help="pictures of a set, for a trial")
    parser.add_argument("--out", type=Path, help="folder to write to")
    return parser


if __name__ == "__main__":
    main()
