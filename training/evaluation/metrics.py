"""Measure a reader's answers: accuracy, coverage, calibration, confusion, rejections.

Shares are rounded to five places, which is finer than ten thousand digits resolve.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from inkling.results import REJECT
from training.evaluation.calibration import expected_calibration_error, reliability, risk_coverage

DIGITS = 10
NORMAL = 1.96  # standard deviations on either side that hold 95 % of a normal distribution
MIN_COVERAGE = 0.8  # of the curve: a reader that rejects more than a fifth is of no use
POINTS = 60  # of the curve: as many as its plot can show


class Answers(NamedTuple):
    """True labels and answers of N pictures."""

    truth: np.ndarray  # (N,) int, the true digit, or REJECT
    label: np.ndarray  # (N,) int, the answer, or REJECT
    likeliest: np.ndarray  # (N,) int, the likeliest digit even if rejected; REJECT without ink
    confidence: np.ndarray  # (N,) float, calibrated probability of `likeliest`
    glyphs: np.ndarray  # (N, 28, 28) uint8, 255 = ink
    reasons: Sequence[str | None]  # N reasons for a rejection, or None
    writers: Sequence[str | None]  # N writers, or None if unknown

    @property
    def right(self) -> np.ndarray:
        """(N,) bool: the likeliest digit is the true one, rejected or not."""
        return (self.likeliest == self.truth) & (self.truth != REJECT)

    @property
    def answered(self) -> np.ndarray:
        """(N,) bool: the answer is a digit."""
        return self.label != REJECT


def measure_digits(answers: Answers) -> dict:
    """Measure answers to digits; a rejection counts as wrong.

    `interval` is the accuracy's 95 % confidence interval. `accuracy_by_writer` is the mean accuracy
    over writers, or None if they are unknown. `calibration_error` covers rejected digits too.
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


def measure_classes(answers: Answers) -> dict:
    """Return each digit's precision and recall, and the confusion matrix of the likeliest digits.

    `confusion` has a row for each true digit and a column for each reading, rejected or not.
    `misread` has [index, truth, answer or None, confidence] of each error, the surest first.
    """
    seen = answers.likeliest != REJECT
    confusion = np.zeros((DIGITS, DIGITS), int)
    np.add.at(confusion, (answers.truth[seen], answers.likeliest[seen]), 1)
    written = np.bincount(answers.truth, minlength=DIGITS)
    diagonal = np.diag(confusion)
    return {
        "precision": [rounded(v) for v in diagonal / np.maximum(confusion.sum(axis=0), 1)],
        "recall": [rounded(v) for v in diagonal / np.maximum(written, 1)],
        "confusion": confusion.tolist(),
        "misread": [_misread(answers, int(index)) for index in worst_first(answers)],
    }


def worst_first(answers: Answers) -> np.ndarray:
    """Return the indices of errors: misread digits by falling confidence, then rejected ones."""
    wrong = np.flatnonzero(answers.label != answers.truth)
    return wrong[np.lexsort((-answers.confidence[wrong], ~answers.answered[wrong]))]


def _misread(answers: Answers, index: int) -> list:
    label = int(answers.label[index])
    confidence = round(float(answers.confidence[index]), 4)
    return [index, int(answers.truth[index]), None if label == REJECT else label, confidence]


def measure_rejections(answers: Answers) -> dict:
    """Measure answers to pictures without a digit: the share answered, reasons of rejections."""
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
    """Return the bins of the reliability diagram, as the card holds them."""
    return [
        {"confidence": rounded(b.confidence), "accuracy": rounded(b.accuracy), "count": b.count}
        for b in reliability(answers.confidence, answers.right)
    ]


def coverage_curve(answers: Answers) -> dict:
    """Return risk against coverage from MIN_COVERAGE on, and the reader's own point on it."""
    coverage, risk = risk_coverage(answers.confidence, answers.right)
    chosen = np.unique(np.searchsorted(coverage, np.linspace(MIN_COVERAGE, 1, POINTS)))
    chosen = np.minimum(chosen, len(coverage) - 1)
    answered = answers.answered
    wrong = ~answers.right[answered]
    return {
        "coverage": [rounded(v) for v in coverage[chosen]],
        "risk": [rounded(v) for v in risk[chosen]],
        "shipped": {"coverage": share(answered), "risk": share(wrong) if len(wrong) else 0.0},
    }


def by_writer(hits: np.ndarray, writers: Sequence[str | None]) -> float | None:
    """Return the mean over writers of each one's accuracy; None if writers are unknown."""
    if None in writers:
        return None
    names = np.array(writers)
    return rounded(np.mean([hits[names == name].mean() for name in np.unique(names)]))


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Return the 95 % confidence interval of the share hits / count, 0 .. 1.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22,
    1927. Unlike the normal approximation it also holds near 100 %.
    """
    if not count:
        return 0.0, 1.0
    square = NORMAL**2 / count
    centre = hits / count + square / 2
    spread = NORMAL * np.sqrt(hits * (count - hits) / count**3 + square / (4 * count))
    low, high = (centre - spread) / (1 + square), (centre + spread) / (1 + square)
    return max(float(low), 0.0), min(float(high), 1.0)


def share(mask: np.ndarray) -> float:
    """Return the share of True in a non-empty mask, rounded."""
    return rounded(mask.mean())


def rounded(value: float) -> float:
    """Round to five places after the point."""
    return round(float(value), 5)
