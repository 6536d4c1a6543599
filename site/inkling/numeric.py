"""Quantiles and the linear algebra that reading needs, where the page's numpy lacks them.

`np.median` needs `numpy.ma`. LAPACK, for `numpy.linalg`, is 0.4 MB more to fetch and two to compile
before the first digit is read. So export/site/runtime_modules.py leaves both out of the page.
"""

import numpy as np

# Each squaring squares the ratio of every share to the largest. After 48, only directions whose
# shares differ by less than 1e-12 are still mixed.
SQUARINGS = 48
# Products of fewer terms are faster by matmul, of more terms by einsum. This holds without a BLAS,
# as in the page. There matmul starts at once; einsum adds four products before it waits for the
# sum.
LONG = 64


def quantile(values: np.ndarray, share: float) -> float:
    """Return np.quantile of all values, any shape, in a quarter of its time.

    share: 0 .. 1. There must be at least one value.
    """
    values = values.ravel()
    place = share * (values.size - 1)
    below, above = int(place), min(int(place) + 1, values.size - 1)
    ordered = np.partition(values, (below, above))
    return float(ordered[below] + (ordered[above] - ordered[below]) * (place - below))


def median(values: np.ndarray) -> float:
    """Return the middle value, or the mean of the two in the middle."""
    return quantile(values, 0.5)


def medians(values: np.ndarray, axis: int) -> np.ndarray:
    """Return the medians along one axis, in the type of the values if that is a float."""
    return np.quantile(values, 0.5, axis=axis)


def products(rows: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Multiply every row with every other row: (..., N, C) and (..., D, C) -> (..., N, D)."""
    if rows.shape[-1] < LONG:
        return rows @ others.swapaxes(-1, -2)
    return np.einsum("...nc,...dc->...nd", rows, others)


def solve(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Solve matrix @ x = right for x: (N, N) and (N, M) -> (N, M), float64.

    Gauss-Jordan elimination with partial pivoting (G. Golub, C. Van Loan, "Matrix Computations",
    3.4). The matrix must not be singular.
    """
    rows = np.concatenate([matrix, right], axis=1, dtype=np.float64)
    for step in range(len(rows)):
        pivot = step + int(np.abs(rows[step:, step]).argmax())
        rows[[step, pivot]] = rows[[pivot, step]]
        rows[step] /= rows[step, step]
        others = np.arange(len(rows)) != step
        rows[others] -= rows[others, step, None] * rows[step]
    return rows[:, len(rows) :]


def main_direction(spread: np.ndarray) -> np.ndarray:
    """Return the unit eigenvector, (N,) float64, of the largest eigenvalue of `spread`.

    spread: (N, N), symmetric, without negative eigenvalues. Power iteration by squaring: in a high
    power of the matrix hardly anything but the main direction is left.
    """
    power = np.array(spread, np.float64)
    if not np.trace(power):  # no spread: any direction will do
        return np.eye(len(power))[-1]
    for _ in range(SQUARINGS):
        power /= np.trace(power)
        power = power @ power
    column = power[:, np.diag(power).argmax()]
    return column / np.sqrt(column @ column)
