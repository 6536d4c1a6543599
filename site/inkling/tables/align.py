"""A blank form, and a scan of it filled in -> where each point of the form is in it.

Both pages have been straightened before, so that they differ by a scale and a shift along each
axis. These are found from the profiles of their marks, row by row and column by column. Then
patches of the blank form are looked for near their places. An affine map is fitted to those that
were found (B. Zitova, J. Flusser, "Image registration methods: a survey", Image and Vision
Computing 21(11), 2003).
"""

import numpy as np

from ..image.filters import max_filter
from ..numeric import median, quantile, solve
from .straighten import apply, warp

SCALES = (0.7, 1.4)  # of the scan to the blank form, beside what their marks' extent tells
STEP = 1.02  # of the scale in the first search, and of the second a tenth
SAMPLES = 700  # of a profile
LEAST = 0.08  # of the strokes' contrast: paler marks are noise
PATCHES = 8  # along each side of the form
SIDE = 40  # pixels of a patch
REACH = 16  # pixels by which a patch may be off
ALIKE = 0.5  # correlation from which a patch was found
FEWEST = 6  # patches: an affine map has six unknowns
OFF = 3.0  # pixels: patches that are further off are not the form's own
SEEN = 0.6  # of the blank form's marks must be in the scan


def align(blank: np.ndarray, scan: np.ndarray) -> np.ndarray | None:
    """Return the (3, 3) matrix that takes points of a blank form to those of a scan of it.

    blank, scan: (H, W) float32, marks of the straightened pages: see rules.py. None if the blank
    form's marks are not in the scan.
    """
    blank, scan = (np.where(marks > LEAST, np.minimum(marks, 1), 0) for marks in (blank, scan))
    if not blank.any() or not scan.any():
        return None
    (sx, tx), (sy, ty) = (
        _scale_and_shift(blank.sum(axis=axis), scan.sum(axis=axis)) for axis in (0, 1)
    )
    matrix = np.array([[sx, 0, tx], [0, sy, ty], [0, 0, 1]])
    for _ in range(2):
        seen = warp(scan, matrix, blank.shape, 0.0)
        shifts = _fitted(*_patch_shifts(blank, seen))
        if shifts is None:
            break
        matrix = matrix @ shifts
    seen = warp(scan, matrix, blank.shape, 0.0)
    return matrix if _share_seen(blank, seen) >= SEEN else None


def _scale_and_shift(blank: np.ndarray, scan: np.ndarray) -> tuple[float, float]:
    """Return the scale and shift that take one profile's places to the other's."""
    step = max(len(blank), len(scan)) / SAMPLES
    one, other = (
        np.sqrt(_at(profile, np.arange(0, len(profile), step))) for profile in (blank, scan)
    )
    extent = _extent(other) / max(_extent(one), 1)
    count = round(np.log(SCALES[1] / SCALES[0]) / np.log(STEP))
    best = max(_match(one, other, extent * SCALES[0] * STEP**k) for k in range(count + 1))
    fine = STEP**0.1
    best = max(_match(one, other, best[1] * fine**k) for k in range(-10, 11))
    return best[1], best[2] * step


def _extent(profile: np.ndarray) -> float:
    """Return the length between the first and the last of a profile's marks."""
    total = np.cumsum(profile)
    inner = np.searchsorted(total, [0.01 * total[-1], 0.99 * total[-1]])
    return float(inner[1] - inner[0])


def _match(one: np.ndarray, other: np.ndarray, scale: float) -> tuple[float, float, float]:
    """Return how well a profile fits another after scaling, the scale, and the best shift."""
    length = max(2, round(len(one) * scale))
    scaled = _at(one, np.arange(length) / scale)
    a, b = scaled - scaled.mean(), other - other.mean()
    fits = np.correlate(b, a, mode="full")
    best = int(fits.argmax())
    norm = float(np.sqrt((a @ a) * (b @ b))) or 1.0
    return float(fits[best]) / norm, scale, best - (length - 1)


def _at(profile: np.ndarray, places: np.ndarray) -> np.ndarray:
    return np.interp(places, np.arange(len(profile)), profile, right=0.0)


def _patch_shifts(blank: np.ndarray, seen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of patches of a form, (n, 2) x and y, and where the scan has them."""
    places, found = [], []
    for place in _telling(blank):
        x, y = place
        patch = blank[y : y + SIDE, x : x + SIDE]
        around = seen[y - REACH : y + SIDE + REACH, x - REACH : x + SIDE + REACH]
        windows = np.lib.stride_tricks.sliding_window_view(around, (SIDE, SIDE))
        patch = patch - patch.mean()
        product = np.einsum("abij,ij->ab", windows, patch)
        square = np.einsum("abij,abij->ab", windows, windows)
        spread = square - windows.sum(axis=(2, 3)) ** 2 / SIDE**2
        alike = product / np.sqrt(np.maximum(spread, 1e-6) * (patch**2).sum())
        row, column = np.unravel_index(int(alike.argmax()), alike.shape)
        if alike[row, column] >= ALIKE:
            middle = np.array([x, y]) + SIDE / 2
            places.append(middle)
            found.append(middle + np.array([column - REACH, row - REACH]))
    return np.array(places).reshape(-1, 2), np.array(found).reshape(-1, 2)


def _telling(blank: np.ndarray) -> list[tuple[int, int]]:
    """Return the left and top of a form's patches that can be told along both axes."""
    height, width = blank.shape
    across, down = (np.abs(np.diff(blank, axis=axis)) for axis in (1, 0))
    chosen = []
    for y in _starts(height):
        for x in _starts(width):
            one = across[y : y + SIDE, x : x + SIDE].sum()
            other = down[y : y + SIDE, x : x + SIDE].sum()
            chosen.append((float(min(one, other)), x, y))
    least = 0.3 * max(weight for weight, _, _ in chosen) if chosen else 0
    return [(x, y) for weight, x, y in chosen if weight > least]


def _starts(length: int) -> list[int]:
    room = length - SIDE - 2 * REACH
    if room < 0:
        return []
    return [REACH + round(share * room) for share in np.linspace(0, 1, PATCHES)]


def _fitted(places: np.ndarray, found: np.ndarray) -> np.ndarray | None:
    """Return the affine matrix that takes places to where they were found; None of too few."""
    matrix = None
    for _ in range(3):
        if len(places) < FEWEST:
            return matrix
        terms = np.concatenate([places, np.ones((len(places), 1))], axis=1)
        normal = terms.T @ terms + 1e-6 * np.eye(3)
        matrix = np.vstack([solve(normal, terms.T @ found).T, [0, 0, 1]])
        off = np.hypot(*(apply(matrix, places) - found).T)
        kept = off <= max(OFF, 2 * median(off))
        places, found = places[kept], found[kept]
    return matrix


def _share_seen(blank: np.ndarray, seen: np.ndarray) -> float:
    """Return the share of a form's marks that a scan has within two pixels."""
    strong = blank > 0.5 * quantile(blank[blank > 0], 0.9)
    near = max_filter(seen, 2) > LEAST
    return float(near[strong].mean()) if strong.any() else 0.0
