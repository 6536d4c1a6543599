"""Lightness -> ink: which marks stand out from their paper, whatever the light and the colours.

The paper is found before the ink: a smooth surface is fitted to the lightness (light falls off
smoothly, ink does not), the marks that depart from it are set aside, and the paper underneath
them is filled in from around them. Ink is then how far a pixel departs from that paper, scaled so
that the stroke's core is 1.
"""

import math

import numpy as np
from PIL import Image

PAPER_SIDE = 160  # light varies slowly, so paper is looked for in a picture of this size
SURFACE_SIDE = 64  # and a surface with six coefficients is fitted well enough on this one
RIDGE = 1e-9  # of the number of pixels
PHOTO_SIDE = 100  # smaller pictures are made, not photographed: their paper is one flat tone
FITS = 8  # rounds of fitting, each trusting less what departs from the last
FILL = 0.12  # of the longer side: how far around a mark its paper is looked for
SAMPLE = 60_000  # pixels are enough to know a picture's levels
LEVELS = 256  # as many as a picture has; otsu looks for the best border between two of them
EVEN = 1e-4  # of white: smaller differences are rounding
FAINTEST = 0.035  # of white: less contrast than this is paper texture or JPEG noise, not ink
NOISE = 4.0  # standard deviations of the paper below which nothing counts as ink
CORE = 0.9  # quantile of the marks' contrast that stands for them
FOOT, HEAD = 0.15, 0.85  # of the core's contrast: where ink begins, and where it is 1


def ink_map(light: np.ndarray, dark_ink: bool | None = None) -> np.ndarray:
    """Separate ink from paper.

    light: (H, W) float32, 0 black .. 1 white. dark_ink: whether the ink is darker than its paper;
    None decides it from the picture.
    Returns (H, W) float32, 0 paper .. 1 ink; all zero where nothing stands out.
    """
    small = _resized(light, PAPER_SIDE)
    photo = max(light.shape) > PHOTO_SIDE
    paper = _surface(small) if photo else np.full_like(small, _flat_tone(small))
    if dark_ink is None:
        dark_ink = ink_is_dark(small - paper)
    sign = np.float32(-1 if dark_ink else 1)
    if photo:
        contrast = sign * (small - paper)
        paper = _filled(small, contrast > _threshold(contrast, _grain(small)))
    grain = _grain(light) if photo else 0.0
    return _scaled(sign * (light - _resized(paper, light.shape)), grain)


def ink_is_dark(departure: np.ndarray) -> bool:
    """Whether ink is darker than paper: the paper is what fills the picture and lines its edge.

    departure: (H, W) float32, lightness less the paper's fitted lightness.
    """
    bright = departure > otsu(departure)
    edge = np.concatenate([bright[0], bright[-1], bright[:, 0], bright[:, -1]])
    return float(bright.mean()) + float(edge.mean()) > 1


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


def _surface(light: np.ndarray) -> np.ndarray:
    """The paper's lightness as a quadratic surface, fitted with little weight on outliers."""
    small = _resized(light, SURFACE_SIDE)
    terms, target = _quadratic(small.shape), small.ravel()
    fitted = np.full_like(target, _flat_tone(small))  # a start that heavy ink cannot pull away
    for _ in range(FITS):
        residual = np.abs(target - fitted)
        weights = 1 / (1 + (residual / (2 * np.median(residual) + 1 / 255)) ** 2)
        weighted = terms * weights[:, None]
        # The touch on the diagonal is for narrow strips, on which the terms are not independent.
        normal = weighted.T @ terms + RIDGE * len(terms) * np.eye(terms.shape[1])
        fitted = terms @ np.linalg.solve(normal, weighted.T @ target)
    return _resized(fitted.reshape(small.shape).astype(np.float32), light.shape)


def _flat_tone(light: np.ndarray) -> float:
    """The tone of the paper, were it flat: the one that most of it and of its edge share."""
    bright = light > otsu(light)
    if not bright.any() or bright.all():
        return float(np.median(light))
    return float(np.median(light[bright] if ink_is_dark(light) else light[~bright]))


def _quadratic(shape: tuple[int, int]) -> np.ndarray:
    y, x = np.meshgrid(*(np.linspace(-1, 1, side) for side in shape), indexing="ij")
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1).reshape(-1, 6)


def _grain(light: np.ndarray) -> float:
    """Standard deviation of the noise: neighbours differ by it alone but where strokes end.

    A normal difference of two exceeds 1.81 standard deviations of one in a fifth of the cases.
    """
    rows = light[:: max(1, light.size // SAMPLE)]
    return float(np.quantile(np.abs(np.diff(rows, axis=1)), 0.8)) / 1.81


def _threshold(contrast: np.ndarray, grain: float) -> float:
    """The contrast (positive = towards ink) above which a pixel is a mark, not paper."""
    paper = contrast[contrast < max(otsu(contrast), FAINTEST)]
    noise = 1.4826 * float(np.median(np.abs(paper - np.median(paper)))) if paper.size else 0.0
    floor = max(FAINTEST, NOISE * max(noise, grain))
    strong = contrast[contrast > floor]
    return max(floor, 0.5 * float(np.quantile(strong, CORE))) if strong.size else math.inf


def _filled(light: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """The paper's lightness with the marks filled in from the paper around them."""
    clear = _blurred(marks.astype(np.float32), 1) < 1e-3  # not the marks, nor their fringe
    reach = max(2, round(FILL * max(light.shape) / 2))
    share = _blurred(clear.astype(np.float32), reach)
    return _blurred(light * clear, reach) / np.maximum(share, 1e-3)


def _scaled(contrast: np.ndarray, grain: float) -> np.ndarray:
    """Contrast as ink: 0 at the foot, 1 at the head of what the strokes' middles have."""
    step = max(1, math.isqrt(contrast.size // SAMPLE))
    sample = contrast[::step, ::step]
    marks = sample[sample > _threshold(sample, grain)]
    if not marks.size:
        return np.zeros_like(contrast)
    core = float(np.median(marks))
    return np.clip(contrast * (1 / core / (HEAD - FOOT)) - FOOT / (HEAD - FOOT), 0, 1)


def _resized(values: np.ndarray, size: int | tuple[int, int]) -> np.ndarray:
    """(H, W) float32 resized to a shape (H, W), or so that its longer side is at most `size`."""
    if isinstance(size, int):
        scale = min(1.0, size / max(values.shape))
        size = tuple(max(2, round(side * scale)) for side in values.shape)
    if size == values.shape:
        return values
    picture = Image.fromarray(np.ascontiguousarray(values, np.float32))
    kind = Image.Resampling.BOX if size[0] < values.shape[0] else Image.Resampling.BILINEAR
    return np.asarray(picture.resize(size[::-1], kind))


def _blurred(values: np.ndarray, reach: int) -> np.ndarray:
    """Two box blurs of 2 reach + 1 pixels, each way, by running sums; edges are extended."""
    for axis in (0, 1, 0, 1):
        pad = [(reach + 1, reach) if a == axis else (0, 0) for a in (0, 1)]
        total = np.cumsum(np.pad(values, pad, mode="edge"), axis=axis, dtype=np.float64)
        upper, lower = (slice(2 * reach + 1, None), slice(None, values.shape[axis]))
        if axis:
            upper, lower = (slice(None), upper), (slice(None), lower)
        values = ((total[upper] - total[lower]) / (2 * reach + 1)).astype(np.float32)
    return values
