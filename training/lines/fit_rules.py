"""Fit how the answers of both networks are joined: `python -m training.lines.fit_rules`.

Reads numbers, words and scribbles once, and tries every combination of a few values. The best go to
line_rules.json. First, `line_floor`, `digit_floor` and `overruled` are to read most numbers
rightly. Then `max_unread` and `threshold` are to accept KEPT of these, and fewest words and
scribbles. Last, `alone` is to keep KEPT of single digits, and fewest scribbles taken for one. The
line network must not have met any of these writers, else it is trusted too much. Whole numerals are
by held-out writers, composed ones by development writers. The words' writers are not those of
`make evaluate-lines`.
"""

import argparse
import itertools
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

from inkling import Reader
from inkling.image.glyph import glyph
from inkling.image.ink import ink_map
from inkling.image.lightness import lightness, upright
from inkling.image.segment import writing
from inkling.numbers.line_network import LineNetwork, ReadingRules
from inkling.numbers.read_lines import (
    LineReading,
    certainty,
    is_no_digit,
    is_number,
    likeliest_digit,
    read_lines,
)
from inkling.results import UNREAD
from training.data.datasets import required_data_folder
from training.lines.evaluate import same_text
from training.lines.export_model import ROOT, RULES
from training.lines.samples import WRITTEN, is_held_out
from training.numbers import acceptance_samples, false_acceptance
from training.numbers.compose import PAIR, SPACED, TOUCHING, Number, as_written, compose
from training.numbers.cost_samples import SINGLE
from training.synth.render import read_trajectories

KEPT = 0.998  # share of the numbers read rightly that are accepted at least
COUNT = 200  # pictures of a kind
SEED = 11  # of the composed numbers; make evaluate-lines composes others
LINE_FLOORS = (1e-4, 1e-3, 1e-2, 0.05)
DIGIT_FLOORS = (1e-3, 1e-2, 0.05, 0.2, 0.4)
OVERRULED = (0.5, 0.7, 0.8, 0.9, 0.97, 1.0)
MAX_UNREAD = (0.2, 0.26)  # not less: what cannot be read keeps its place in the text
THRESHOLDS = np.linspace(0.3, 0.7, 21)  # not more: 0.8 refuses four more of 250 faint cheques
ALONE = (0.5, 0.6, 0.7)  # not more: at 0.8 one stretched bitmap of a digit in a hundred is refused


class Seen(NamedTuple):
    """One picture, as both networks see it."""

    truth: str  # "" for pictures without a number
    one: float | None  # confidence, if the digit network takes the whole picture for one digit
    lines: list[LineReading]
    probabilities: list[np.ndarray]  # (11,) float32 of each character, in order


def main(arguments: list[str] | None = None) -> None:
    """Look, fit, print and write."""
    options = _parser().parse_args(arguments)
    data = required_data_folder(options.data)
    reader = Reader.load(ROOT / "site" / "model" / "digits.npz")
    numbers, others, singles = ([look(reader, one) for one in kind] for kind in samples(data))
    joined = fit_joining(reader.lines, numbers)
    rules = fit_acceptance(reader.lines._replace(rules=joined), numbers, others)
    rules = fit_alone(reader.lines._replace(rules=rules), singles, others)
    RULES.write_text(json.dumps(rules._asdict(), indent=1) + "\n")
    print(json.dumps(rules._asdict()))
    print("`python -m training.lines.export_model` puts this into the model file.")


def samples(data: Path) -> tuple[list[Number], list[Number], list[Number]]:
    """Return numbers, words and scribbles, and single digits."""
    numbers, singles = [], []
    for name in ("unipen_digits_dev", "ujipenchars_dev"):
        digits = read_trajectories(data / "pen" / f"{name}.json.gz")
        numbers += compose(digits, COUNT, SPACED, seed=SEED)
        numbers += compose(digits, COUNT, TOUCHING, PAIR, seed=SEED)
        singles += compose(digits, COUNT, SPACED, SINGLE, seed=SEED)
    for name in WRITTEN:
        written = as_written(read_trajectories(data / "pen" / f"{name}.json.gz"), 10_000)
        numbers += [one for one in written if is_held_out(one.writer)]
    letters = read_trajectories(data / "pen" / "ujipenchars_letters_dev.json.gz")
    others = [one for kind in false_acceptance.words(letters, COUNT).values() for one in kind]
    return numbers, others + acceptance_samples.scribbles(COUNT), singles


def look(reader: Reader, sample: Number) -> Seen:
    """Read a picture's lines, and look at each character with the digit network."""
    ink = ink_map(lightness(upright(sample.picture())[0]))
    found = writing(ink)
    one = reader._read_one(ink, found, np.ones(4))
    taken = one and one.label is not None and np.isin(found.all, found.one).all()
    lines = read_lines(ink, found, reader.lines) if len(found.all) else []
    parts = [character.part.ink for line in lines for character in line.characters]
    glyphs = [glyph(part, reader.network.frame) if part.any() else BLANK for part in parts]
    given = reader.network.probabilities(np.array(glyphs)) if glyphs else []
    return Seen(sample.text, one.confidence if taken else None, lines, list(given))


def fit_joining(network: LineNetwork, numbers: list[Seen]) -> ReadingRules:
    """Return the rules by which most numbers are read rightly."""

    def right(values) -> int:
        line_floor, digit_floor, overruled = values
        changed = network._replace(
            rules=network.rules._replace(
                line_floor=line_floor, digit_floor=digit_floor, overruled=overruled
            )
        )
        return sum(same_text(whole(texts(seen, changed)), seen.truth) for seen in numbers)

    tried = list(itertools.product(LINE_FLOORS, DIGIT_FLOORS, OVERRULED))
    best = max(tried, key=right)
    print(f"joined by {best}: {right(best)} of {len(numbers)} numbers right")
    names = ("line_floor", "digit_floor", "overruled")
    return network.rules._replace(**dict(zip(names, best, strict=True)))


def fit_acceptance(network: LineNetwork, numbers: list[Seen], others: list[Seen]) -> ReadingRules:
    """Return the rules that accept fewest others and at least KEPT of numbers read rightly."""
    read = [(seen, texts(seen, network)) for seen in numbers]
    right = [(seen, found) for seen, found in read if same_text(whole(found), seen.truth)]
    wrong = [(seen, texts(seen, network)) for seen in others]
    right, wrong = (
        [(certainties(seen, found, network), found) for seen, found in kind]
        for kind in (right, wrong)
    )

    def shares(rules: ReadingRules) -> tuple[float, float]:
        changed = network._replace(rules=rules)
        kept, accepted = (
            sum(is_number(sure, found, changed) for sure, found in kind) for kind in (right, wrong)
        )
        return kept / len(right), accepted / len(others)

    tried = [
        network.rules._replace(max_unread=unread, threshold=round(float(threshold), 3))
        for unread in MAX_UNREAD
        for threshold in THRESHOLDS
    ]
    found = [(*shares(rules), rules) for rules in tried]
    kept, accepted, best = min((one for one in found if one[0] >= KEPT), key=lambda one: one[1])
    print(f"accepted: {kept:.1%} of the numbers read rightly, {accepted:.1%} of others")
    return best


def fit_alone(network: LineNetwork, singles: list[Seen], others: list[Seen]) -> ReadingRules:
    """Return the rules that refuse most scribbles taken for one digit, and keep KEPT of digits."""
    digits, wrong = ([seen for seen in kind if seen.one is not None] for kind in (singles, others))

    def accepted(kind: list[Seen], rules: ReadingRules) -> int:
        changed = network._replace(rules=rules)
        return sum(not is_no_digit(seen.lines, seen.one or 0.0, changed) for seen in kind)

    tried = [network.rules._replace(alone=alone) for alone in ALONE]
    kept = [rules for rules in tried if accepted(digits, rules) >= KEPT * len(digits)]
    best = min(kept, key=lambda rules: accepted(wrong, rules))
    print(f"alone: {accepted(digits, best)} of {len(digits)} digits are kept")
    print(f"and {accepted(wrong, best)} of {len(wrong)} words and scribbles")
    return best


def texts(seen: Seen, network: LineNetwork) -> list[list[str]]:
    """Return what each character of each line is read as."""
    given, found = iter(seen.probabilities), []
    for line in seen.lines:
        labels = [likeliest_digit(read, next(given), network) for read in line.characters]
        found.append(
            [
                str(label)
                if label is not None
                else UNREAD
                if read.text == network.reject
                else read.text
                for read, label in zip(line.characters, labels, strict=True)
            ]
        )
    return found


def whole(lines: list[list[str]]) -> str:
    """Return the text of lines in one."""
    return "".join(text for line in lines for text in line)


def certainties(seen: Seen, found: list[list[str]], network: LineNetwork) -> list[float]:
    """Return each line's certainty, as it was read in the end."""
    pairs = zip(seen.lines, found, strict=True)
    return [certainty(line, texts, network) for line, texts in pairs]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="real handwriting; else INKLING_DATA")
    return parser


BLANK = np.zeros((28, 28), np.float32)

if __name__ == "__main__":
    main()
