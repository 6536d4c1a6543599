"""The tones of paper and ink: which is which, where they part, and how noisy they are."""

import math

import numpy as np

from ..numeric import median, quantile
from .filters import min_filter

RIM = 0.03  # of the longer side: a photo's edge may be a frame's, or the table's
RIMLESS = 64  # pixels: a smaller picture is no photo
SAMPLE = 60_000  # pixels are enough to know a picture's levels
LEVELS = 256  # as many as a picture has; otsu looks for the best border between two of them
EVEN = 1e-4  # of white: smaller differences are rounding
FAINTEST = 0.035  # of white: less contrast than this is paper texture or JPEG noise, not ink
NOISE = 4.0  # standard deviations of the paper below which nothing counts as ink
CORNER = 0.08  # of the shorter side: the corners of a picture, which a digit leaves blank
TONE = 5  # levels of 255: so many in a row are one tone
APART = 24  # levels of 255 between paper and ink, at least
TWO_TONED = 0.85  # of the pixels, at least, have one of a drawing's two tones
BORDER = 0.01  # of the longer side: half of the width of a stroke's soft border, at most
THIRD = 0.002  # of the pixels, at most, lie in wider areas of a third tone, such as shade
SMALL = 100  # pixels: in a smaller picture most pixels may lie on the soft border of a stroke,
FLAT = 0.4  # and it is enough if as many have the paper's tone
CORE = 0.9  # quantile of the marks' contrast that stands for them
FOOT, HEAD = 0.15, 0.85  # of the core's contrast: where ink begins, and where it is 1


def edge(values: np.ndarray) -> np.ndarray:
    """Return the first and last rows and columns of (H, W), one after the other."""
    return np.concatenate([values[0], values[-1], values[:, 0], values[:, -1]])


def within_rim(values: np.ndarray) -> np.ndarray:
    """Return (H, W) without the outermost pixels, unless there are few in all."""
    rim = round(RIM * max(values.shape)) if min(values.shape) > RIMLESS else 0
    return values[rim : len(values) - rim, rim : values.shape[1] - rim]


def ink_is_dark(departure: np.ndarray) -> bool:
    """Return whether ink is darker than paper.

    The paper is what fills most of the picture, of its edge and of its corners: two of three.
    departure: (H, W) float32, lightness less the paper's fitted lightness.
    """
    bright = departure > otsu(departure)
    return float(bright.mean()) + float(edge(bright).mean()) + _corners(bright) > 1.5


def edge_contradicts(departure: np.ndarray) -> bool:
    """Return whether most of the picture's edge is unlike most of the picture, as with a frame."""
    bright = departure > otsu(departure)
    return bool((bright.mean() > 0.5) != (edge(bright).mean() > 0.5))


def _corners(mask: np.ndarray) -> float:
    """Return the share of True in the four corners of (H, W)."""
    side = max(1, round(CORNER * min(mask.shape)))
    parts = (mask[:side, :side], mask[:side, -side:], mask[-side:, :side], mask[-side:, -side:])
    return float(np.mean([part.mean() for part in parts]))


def is_two_toned(light: np.ndarray) -> bool:
    """Return whether a picture was drawn or scanned in two tones, the paper's and the ink's.

    A photograph has many tones. light: (H, W) float32, 0 black .. 1 white.
    """
    levels = np.rint(sample_of(light) * 255).astype(np.intp).ravel()
    counts = np.bincount(levels, minlength=256)
    share = np.convolve(counts, np.ones(TONE), mode="same") / counts.sum()
    paper = int(share.argmax())
    if max(light.shape) <= SMALL and share[paper] > FLAT:
        return True
    apart = share * (np.abs(np.arange(256) - paper) > APART)
    ink = int(apart.argmax())
    if share[paper] + apart[ink] < TWO_TONED:
        return False
    between = [np.abs(light * 255 - tone) > APART for tone in (paper, ink)]
    reach = max(1, round(BORDER * max(light.shape)))
    return bool(min_filter(np.float32(between[0] & between[1]), reach).mean() <= THIRD)


def otsu(values: np.ndarray) -> float:
    """Return the threshold that best splits values in two (N. Otsu, IEEE Trans. SMC 9(1), 1979).

    Where all values are the same but for rounding, none is above it.
    """
    low, high = float(values.min()), float(values.max())
    if high - low < EVEN:
        return high
    edges = np.linspace(low, high, LEVELS + 1)
    levels = ((values - low) * (LEVELS / (high - low))).astype(np.intp).ravel()
    counts = np.bincount(np.minimum(levels, LEVELS - 1), minlength=LEVELS)
    centres = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * centres)
    gap = sums / np.maximum(below, 1) - (sums[-1] - sums) / np.maximum(above, 1)
    between = below.astype(np.float64) * above * gap**2
    best = np.flatnonzero(between >= between.max() * (1 - 1e-9))
    return float((edges[best[0] + 1] + edges[best[-1] + 1]) / 2)


def grain_of(light: np.ndarray) -> float:
    """Return the noise's standard deviation: neighbours differ by it except at strokes' ends.

    A normal difference of two exceeds 1.81 standard deviations of one in a fifth of the cases. On a
    small picture the soft borders of strokes are more than a fifth. There neighbours change evenly,
    so second differences are taken; these exceed 1.65 standard deviations in half of the cases.
    """
    rows = light[:: max(1, light.size // SAMPLE)]
    grain = quantile(np.abs(np.diff(rows, axis=1)), 0.8) / 1.81
    if max(light.shape) > RIMLESS or light.shape[1] < 3:
        return grain
    return min(grain, quantile(np.abs(np.diff(rows, 2, axis=1)), 0.5) / 1.65)


def threshold(contrast: np.ndarray, grain: float) -> float:
    """Return the contrast (positive = towards ink) above which a pixel is a mark.

    The noise is the grain, or what the paper departs from its median. On a small picture much of
    the paper lies on the soft borders of strokes. There it is the grain alone.
    """
    noise = grain
    if max(contrast.shape) > RIMLESS:
        paper = contrast[contrast < max(otsu(contrast), FAINTEST)]
        spread = 1.4826 * median(np.abs(paper - median(paper))) if paper.size else 0.0
        noise = max(grain, spread)
    return level(contrast, max(FAINTEST, NOISE * noise))


def level(contrast: np.ndarray, floor: float) -> float:
    """Return half the contrast of the core of all that exceeds the floor."""
    strong = contrast[contrast > floor]
    return max(floor, 0.5 * quantile(strong, CORE)) if strong.size else math.inf


def scaled(contrast: np.ndarray, grain: float, lines: np.ndarray | None = None) -> np.ndarray:
    """Scale contrast to ink: 0 at the foot, 1 at the head of the strokes' middles.

    lines: (H, W) bool, printed lines; they set the scale only if nothing else would.
    """
    sample = sample_of(contrast if lines is None else np.where(lines, 0, contrast))
    marks = sample[sample > threshold(sample, grain)]
    if lines is not None and not marks.size:
        return scaled(contrast, grain)
    return toned(contrast, marks)


def sample_of(contrast: np.ndarray) -> np.ndarray:
    """Return evenly spaced rows and columns that hold about SAMPLE pixels."""
    step = max(1, math.isqrt(contrast.size // SAMPLE))
    return contrast[::step, ::step]


def toned(contrast: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """Scale contrast to ink, where the strokes have the contrasts in `marks`."""
    if not marks.size:
        return np.zeros_like(contrast)
    core = median(marks)
    return np.clip(contrast * (1 / core / (HEAD - FOOT)) - FOOT / (HEAD - FOOT), 0, 1)
