"""Lightness -> ink: which marks stand out from their paper, whatever the light and the colours.

The paper is found before the ink: a smooth surface is fitted to the lightness (light falls off
smoothly, ink does not), the marks that depart from it are set aside, and the paper underneath
them is filled in from around them. Ink is then how far a pixel departs from that paper, scaled so
that the stroke's core is 1.
"""

import numpy as np
from PIL import Image, ImageFilter

SURFACE_SIDE = 48  # lightness varies slowly, so its surface is fitted on a picture of this size
PHOTO_SIDE = 100  # smaller pictures are made, not photographed: their paper is one flat tone
FILL = 0.12  # the paper is smoothed over this share of the longer side
FAINTEST = 0.035  # of white: less contrast than this is paper texture or JPEG noise, not ink
NOISE = 4.0  # standard deviations of the paper below which nothing counts as ink
CORE = 0.9  # quantile of the marks' contrast that counts as fully inked
FOOT, HEAD = 0.15, 0.85  # of the core's contrast: where ink begins, and where it is 1


def ink_map(light: np.ndarray, dark_ink: bool | None = None) -> np.ndarray:
    """Separate ink from paper.

    light: (H, W) float32, 0 black .. 1 white. dark_ink: whether the ink is darker than its paper;
    None decides it from the picture.
    Returns (H, W) float32, 0 paper .. 1 ink; all zero where nothing stands out.
    """
    surface = _surface(light)
    departure = light - surface
    if dark_ink is None:
        dark_ink = ink_is_dark(departure)
    sign = -1 if dark_ink else 1
    marks = _marks(sign * departure)
    if max(light.shape) > PHOTO_SIDE:
        departure = light - _filled(light, marks)
        marks = _marks(sign * departure)
    return _scaled(sign * departure, marks)


def ink_is_dark(departure: np.ndarray) -> bool:
    """Whether ink is darker than paper: the paper is what fills the picture and lines its edge.

    departure: (H, W) float32, lightness less the paper's fitted lightness.
    """
    bright = departure > otsu(departure)
    edge = np.concatenate([bright[0], bright[-1], bright[:, 0], bright[:, -1]])
    return float(bright.mean()) + float(edge.mean()) > 1


def otsu(values: np.ndarray) -> float:
    """The threshold that best splits values in two (N. Otsu, IEEE Trans. SMC 9(1), 1979)."""
    counts, edges = np.histogram(values, bins=256)
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
    if max(light.shape) <= PHOTO_SIDE:
        return np.full_like(light, _flat_tone(light))
    small = _resized(light, SURFACE_SIDE)
    terms = _quadratic(small.shape)
    weights, target = np.ones(small.size, np.float32), small.ravel()
    for _ in range(8):  # iteratively reweighted: |residual| instead of its square, then less
        scaled = terms * weights[:, None]
        coefficients = np.linalg.lstsq(scaled, target * weights, rcond=None)[0]
        residual = np.abs(target - terms @ coefficients)
        weights = 1 / (1 + (residual / (2 * np.median(residual) + 1 / 255)) ** 2)
    return _resized((terms @ coefficients).reshape(small.shape).astype(np.float32), light.shape)


def _flat_tone(light: np.ndarray) -> float:
    """The tone of a made picture's paper: the one that most of it and of its edge share."""
    split = otsu(light)
    bright = light > split
    if not bright.any() or bright.all():
        return float(np.median(light))
    return float(np.median(light[bright] if ink_is_dark(light) else light[~bright]))


def _quadratic(shape: tuple[int, int]) -> np.ndarray:
    y, x = np.meshgrid(*(np.linspace(-1, 1, side) for side in shape), indexing="ij")
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)
    return terms.reshape(-1, 6).astype(np.float32)


def _marks(contrast: np.ndarray) -> np.ndarray:
    """Where the contrast (positive = towards ink) is too large to be paper: (H, W) bool."""
    paper = contrast[contrast < max(otsu(contrast), FAINTEST)]
    noise = 1.4826 * float(np.median(np.abs(paper - np.median(paper)))) if paper.size else 0.0
    floor = max(FAINTEST, NOISE * noise)
    strong = contrast[contrast > floor]
    if not strong.size:
        return np.zeros(contrast.shape, bool)
    return contrast > max(floor, 0.5 * float(np.quantile(strong, CORE)))


def _filled(light: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """The paper's lightness with the marks filled in from the paper around them."""
    radius = max(2.0, FILL * SURFACE_SIDE * 2)
    spread = Image.fromarray(marks.astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(5))
    clear = 1 - np.asarray(spread, np.float32) / 255
    weight = _resized(clear, 2 * SURFACE_SIDE)
    paper = _resized(light * clear, 2 * SURFACE_SIDE)
    share = _blurred(weight, radius)
    smooth = _blurred(paper, radius) / np.maximum(share, 1e-3)
    return _resized(smooth, light.shape)


def _scaled(contrast: np.ndarray, marks: np.ndarray) -> np.ndarray:
    if not marks.any():
        return np.zeros_like(contrast)
    core = float(np.quantile(contrast[marks], 0.5))
    return np.clip((contrast / core - FOOT) / (HEAD - FOOT), 0, 1).astype(np.float32)


def _resized(values: np.ndarray, size: int | tuple[int, int]) -> np.ndarray:
    """(H, W) float32 resized to a shape (H, W), or so that its longer side is at most `size`."""
    if isinstance(size, int):
        scale = min(1.0, size / max(values.shape))
        size = tuple(max(2, round(side * scale)) for side in values.shape)
    picture = Image.fromarray(np.ascontiguousarray(values, np.float32))
    filtered = Image.Resampling.BOX if size[0] < values.shape[0] else Image.Resampling.BILINEAR
    return np.asarray(picture.resize(size[::-1], filtered))


def _blurred(values: np.ndarray, radius: float) -> np.ndarray:
    """Three box blurs by cumulative sums, close to a Gaussian; edges are extended."""
    reach = max(1, round(radius / 2))
    for axis in (0, 1, 0, 1):
        pad = [(reach + 1, reach) if a == axis else (0, 0) for a in (0, 1)]
        total = np.cumsum(np.pad(values, pad, mode="edge"), axis=axis, dtype=np.float64)
        length = values.shape[axis]
        upper = np.take(total, range(2 * reach + 1, 2 * reach + 1 + length), axis)
        lower = np.take(total, range(length), axis)
        values = ((upper - lower) / (2 * reach + 1)).astype(np.float32)
    return values
