"""What a reader's answers are worth: how many are right, how many are given, how far to trust them.

A share is rounded to five places, which is finer than ten thousand digits can tell.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from training.calibration import expected_calibration_error, reliability, risk_coverage

NO_DIGIT = -1  # in place of a digit: not a digit, or none given
CLASSES = 10
NORMAL = 1.96  # standard deviations on either side that hold 95 % of a normal distribution
LEAST = 0.8  # coverage; whoever refuses more than a fifth of all digits is of no use
POINTS = 60  # of a curve in the card: as many as its plot can show


class Answers(NamedTuple):
    """What was written and what was read, N pictures.

    truth: (N,) int, the digit written, or NO_DIGIT. label: (N,) int, the answer given, or NO_DIGIT.
    likeliest: (N,) int, the likeliest digit, given or not; NO_DIGIT without ink. confidence: (N,)
    float, the calibrated probability of the likeliest. glyphs: (N, 28, 28) uint8, 255 = ink.
    reasons: why no answer was given, or None. writers: who wrote it, or None.
    """

    truth: np.ndarray
    label: np.ndarray
    likeliest: np.ndarray
    confidence: np.ndarray
    glyphs: np.ndarray
    reasons: Sequence[str | None]
    writers: Sequence[str | None]

    @property
    def right(self) -> np.ndarray:
        """(N,) bool: the likeliest digit is the one written, whether it was given or not."""
        return (self.likeliest == self.truth) & (self.truth != NO_DIGIT)

    @property
    def answered(self) -> np.ndarray:
        """(N,) bool: a digit was given."""
        return self.label != NO_DIGIT


def digit_measures(answers: Answers) -> dict:
    """Measures of a set of digits; an answer withheld counts as wrong.

    `interval` is the 95 % confidence interval of the accuracy; `accuracy_by_writer`, the mean over
    writers of the accuracy with each, is None where they are not known. `calibration_error` is of
    all likeliest digits, given or not.
    """
    hits = answers.label == answers.truth
    answered = answers.answered
    return {
        "digits": len(hits),
        "accuracy": share(hits),
        "interval": [rounded(bound) for bound in wilson(int(hits.sum()), len(hits))],
        "writers": len(set(answers.writers)) if None not in answers.writers else None,
        "accuracy_by_writer": by_writer(hits, answers.writers),
        "coverage": share(answered),
        "accuracy_of_answered": share(hits[answered]) if answered.any() else None,
        "calibration_error": rounded(expected_calibration_error(answers.confidence, answers.right)),
    }


def class_measures(answers: Answers) -> dict:
    """Precision and recall of each digit and the confusion matrix of the likeliest digits.

    `confusion` has a row for each true digit and a column for each reading, refused or not.
    """
    seen = answers.likeliest != NO_DIGIT
    confusion = np.zeros((CLASSES, CLASSES), int)
    np.add.at(confusion, (answers.truth[seen], answers.likeliest[seen]), 1)
    written = np.bincount(answers.truth, minlength=CLASSES)
    diagonal = np.diag(confusion)
    return {
        "precision": [rounded(v) for v in diagonal / np.maximum(confusion.sum(axis=0), 1)],
        "recall": [rounded(v) for v in diagonal / np.maximum(written, 1)],
        "confusion": confusion.tolist(),
    }


def refusal_measures(answers: Answers) -> dict:
    """Of pictures that are not digits: how many were answered with one, and why the others not."""
    reasons = Counter((reason or "").split(" between ")[0] for reason in answers.reasons)
    reasons.pop("", None)
    return {
        "pictures": len(answers.label),
        "answered": share(answers.answered),
        "interval": [
            rounded(bound) for bound in wilson(int(answers.answered.sum()), len(answers.label))
        ],
        "reasons": dict(sorted(reasons.items())),
    }


def reliability_bins(answers: Answers) -> list[dict]:
    """The bins of the reliability diagram, as the card holds them."""
    return [
        {"confidence": rounded(b.confidence), "accuracy": rounded(b.accuracy), "count": b.count}
        for b in reliability(answers.confidence, answers.right)
    ]


def coverage_curve(answers: Answers) -> dict:
    """Risk against coverage from LEAST on, in POINTS steps, and where the reader itself stands."""
    coverage, risk = risk_coverage(answers.confidence, answers.right)
    chosen = np.unique(np.searchsorted(coverage, np.linspace(LEAST, 1, POINTS)))
    chosen = np.minimum(chosen, len(coverage) - 1)
    answered = answers.answered
    wrong = ~answers.right[answered]
    return {
        "coverage": [rounded(v) for v in coverage[chosen]],
        "risk": [rounded(v) for v in risk[chosen]],
        "shipped": {"coverage": share(answered), "risk": share(wrong) if len(wrong) else 0.0},
    }


def by_writer(hits: np.ndarray, writers: Sequence[str | None]) -> float | None:
    """The mean over writers of the share of each that was read; None if they are not known."""
    if None in writers:
        return None
    names = np.array(writers)
    return rounded(np.mean([hits[names == name].mean() for name in np.unique(names)]))


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The 95 % confidence interval of a share of hits, 0 .. 1.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22,
    1927. It holds near 100 %, where the common "plus or minus" does not.
    """
    if not count:
        return 0.0, 1.0
    square = NORMAL**2 / count
    centre = hits / count + square / 2
    spread = NORMAL * np.sqrt(hits * (count - hits) / count**3 + square / (4 * count))
    low, high = (centre - spread) / (1 + square), (centre + spread) / (1 + square)
    return max(float(low), 0.0), min(float(high), 1.0)


def share(mask: np.ndarray) -> float:
    """The share of True in a non-empty mask, rounded."""
    return rounded(mask.mean())


def rounded(value: float) -> float:
    """Five places after the point."""
    return round(float(value), 5)
