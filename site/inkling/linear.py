"""The little linear algebra that reading needs: products, systems of a few equations, a main
direction.

numpy.linalg has both, but by LAPACK: in the page 0.4 MB more to fetch and two to compile, of which
nothing else is used, before anything can be read (export/kept.py leaves it out there).
"""

import numpy as np

# Each squaring squares the ratio of what is left to what is sought: after so many, only directions
# whose shares differ by less than a millionth of a millionth are still mixed.
SQUARINGS = 48
# Without a BLAS, as in the page, sums of fewer terms are faster by matmul, whose loops start at
# once; longer ones by einsum, which adds four products before it has to wait for the sum.
LONG = 64


def products(rows: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Every row's product with every other: (..., N, C) and (..., D, C) -> (..., N, D)."""
    if rows.shape[-1] < LONG:
        return rows @ others.swapaxes(-1, -2)
    return np.einsum("...nc,...dc->...nd", rows, others)


def solved(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The solution x of matrix @ x = right: (N, N) and (N, M) -> (N, M), float64.

    Gauss and Jordan's elimination with the largest pivots (G. Golub, C. Van Loan, "Matrix
    Computations", 3.4). The matrix must not be singular.
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
    """The direction in which there is most of a spread: of a symmetric matrix (N, N) without
    negative eigenvalues, an eigenvector (N,) float64 of the largest one; its length is 1.

    A power of the matrix has hardly anything left but that direction.
    """
    power = np.array(spread, np.float64)
    if not np.trace(power):  # no spread at all: any direction will do
        return np.eye(len(power))[-1]
    for _ in range(SQUARINGS):
        power /= np.trace(power)
        power = power @ power
    column = power[:, np.diag(power).argmax()]
    return column / np.sqrt(column @ column)
