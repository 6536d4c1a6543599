"""The tones of paper and ink: which is which, where they part, and how noisy they are."""

import math

import numpy as np

from .quantiles import median, quantile

RIM = 0.03  # of the longer side: a photo's edge may be a frame's, or the table's
RIMLESS = 64  # pixels: a smaller picture is no photo
SAMPLE = 60_000  # pixels are enough to know a picture's levels
LEVELS = 256  # as many as a picture has; otsu looks for the best border between two of them
EVEN = 1e-4  # of white: smaller differences are rounding
FAINTEST = 0.035  # of white: less contrast than this is paper texture or JPEG noise, not ink
NOISE = 4.0  # standard deviations of the paper below which nothing counts as ink
CORE = 0.9  # quantile of the marks' contrast that stands for them
FOOT, HEAD = 0.15, 0.85  # of the core's contrast: where ink begins, and where it is 1


def edge(values: np.ndarray) -> np.ndarray:
    """The first and last rows and columns of (H, W), one after the other."""
    return np.concatenate([values[0], values[-1], values[:, 0], values[:, -1]])


def within_rim(values: np.ndarray) -> np.ndarray:
    """(H, W) without the outermost pixels, unless there are few in all."""
    rim = round(RIM * max(values.shape)) if min(values.shape) > RIMLESS else 0
    return values[rim : len(values) - rim, rim : values.shape[1] - rim]


def ink_is_dark(departure: np.ndarray) -> bool:
    """Whether ink is darker than paper: the paper is what fills the picture and lines its edge.

    departure: (H, W) float32, lightness less the paper's fitted lightness.
    """
    bright = departure > otsu(departure)
    return float(bright.mean()) + float(edge(bright).mean()) > 1


def otsu(values: np.ndarray) -> float:
    """The threshold that best splits values in two (N. Otsu, IEEE Trans. SMC 9(1), 1979).

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
    """Standard deviation of the noise: neighbours differ by it alone but where strokes end.

    A normal difference of two exceeds 1.81 standard deviations of one in a fifth of the cases.
    """
    rows = light[:: max(1, light.size // SAMPLE)]
    return quantile(np.abs(np.diff(rows, axis=1)), 0.8) / 1.81


def threshold(contrast: np.ndarray, grain: float) -> float:
    """The contrast (positive = towards ink) above which a pixel is a mark, not paper."""
    paper = contrast[contrast < max(otsu(contrast), FAINTEST)]
    noise = 1.4826 * median(np.abs(paper - median(paper))) if paper.size else 0.0
    return level(contrast, max(FAINTEST, NOISE * max(noise, grain)))


def level(contrast: np.ndarray, floor: float) -> float:
    """Half of what the core of all that exceeds the floor has."""
    strong = contrast[contrast > floor]
    return max(floor, 0.5 * quantile(strong, CORE)) if strong.size else math.inf


def scaled(contrast: np.ndarray, grain: float) -> np.ndarray:
    """Contrast as ink: 0 at the foot, 1 at the head of what the strokes' middles have."""
    sample = sample_of(contrast)
    marks = sample[sample > threshold(sample, grain)]
    return toned(contrast, marks)


def sample_of(contrast: np.ndarray) -> np.ndarray:
    """Every so many rows and columns, so that there are about SAMPLE pixels."""
    step = max(1, math.isqrt(contrast.size // SAMPLE))
    return contrast[::step, ::step]


def toned(contrast: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """Contrast as ink, where the strokes have the contrasts in `marks`."""
    if not marks.size:
        return np.zeros_like(contrast)
    core = median(marks)
    return np.clip(contrast * (1 / core / (HEAD - FOOT)) - FOOT / (HEAD - FOOT), 0, 1)
