"""A reader of glyphs in scikit-learn's shape, without scikit-learn: fit, predict, score."""

from typing import Any

import numpy as np

from .reader import Reader

DIGITS = 10


class Classifier:
    """Classify glyphs, as a trained estimator does; `fit` changes nothing.

    By default, every glyph gets its likeliest digit. With `abstain`, an integer such as -1, a glyph
    to which Reader.read_glyphs gives no label gets `abstain`. That is a class of its own, the
    first.

    Glyphs have any form that Reader.read_glyphs takes.
    """

    def __init__(self, reader: Reader | None = None, abstain: int | None = None) -> None:
        self.reader = reader
        self.abstain = abstain
        self._reader = Reader.load() if reader is None else reader

    @property
    def classes_(self) -> np.ndarray:
        """Return the classes, (10,) int64: 0 .. 9; (11,) with `abstain`, which is the first."""
        first = [] if self.abstain is None else [self.abstain]
        return np.array([*first, *range(DIGITS)], np.int64)

    def predict(self, glyphs: np.ndarray) -> np.ndarray:
        """Return the class of each glyph, (N,) int64."""
        read = self._reader.read_glyphs(glyphs)
        if self.abstain is None:
            return np.array([digit.probabilities.argmax() for digit in read], np.int64)
        return np.array([self.abstain if d.label is None else d.label for d in read], np.int64)

    def predict_proba(self, glyphs: np.ndarray) -> np.ndarray:
        """Return the probability of each class, (N, classes) float32; the sum of each row is 1.

        The column of `abstain` is the probability that the glyph is no digit. A reader also
        abstains between two digits, so `predict` is not always the likeliest column.
        """
        read = self._reader.read_glyphs(glyphs)
        digits = np.array([d.probabilities for d in read], np.float32).reshape(-1, DIGITS)
        sums = digits.sum(axis=1, keepdims=True)
        if self.abstain is None:
            shares: np.ndarray = digits / sums
            return shares
        return np.concatenate([np.clip(1 - sums, 0, 1), digits], axis=1)

    def score(self, glyphs: np.ndarray, labels: Any) -> float:
        """Return the share of glyphs, 0 .. 1, whose class is the label; labels: (N,)."""
        return float((self.predict(glyphs) == np.asarray(labels).astype(np.int64)).mean())

    def fit(self, glyphs: Any = None, labels: Any = None) -> "Classifier":
        """Return the classifier as it is: its network is trained already."""
        return self

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the parameters that a copy is made from, as scikit-learn's `clone` asks."""
        return {"reader": self.reader, "abstain": self.abstain}

    def set_params(self, **parameters: Any) -> "Classifier":
        """Change parameters, as scikit-learn's searches do. Raises TypeError for others."""
        vars(self).update(vars(type(self)(**{**self.get_params(), **parameters})))
        return self

    def __repr__(self) -> str:
        return "Classifier()" if self.abstain is None else f"Classifier(abstain={self.abstain})"
