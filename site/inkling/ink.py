"""Lightness -> ink: which marks stand out from their paper, whatever the light and the colours.

The paper is found before the ink: a smooth surface is fitted to the lightness (light falls off
smoothly, ink does not), the marks that depart from it are set aside, and the paper underneath
them is filled in from around them. Ink is then how far a pixel departs from that paper, scaled so
that the stroke's core is 1.
"""

import numpy as np

from .drawing import FRINGE, PAPER_SIDE, SHADE, drawn_ink
from .filters import blurred, extreme, resized
from .linear import solved
from .quantiles import median, quantile
from .ruling import without_ruling
from .tones import (
    FAINTEST,
    NOISE,
    edge,
    grain_of,
    ink_is_dark,
    otsu,
    scaled,
    threshold,
    within_rim,
)

SURFACE_SIDE = 64  # a surface with six coefficients is fitted well enough at this size
RIDGE = 1e-9  # of the number of pixels
PHOTO_SIDE = 100  # smaller pictures are made, not photographed: their paper is one flat tone
FITS = 8  # rounds of fitting, each trusting less what departs from the last
FILL = 0.12  # of the longer side: how far around a mark its paper is looked for
LEAST_CLEAR = 1e-3  # share of paper around a place that tells what it is like under the ink
WIDEST = 10  # of the paper's 160 pixels, on either side of its middle: no stroke is wider
NARROW = 4  # likewise: most strokes are narrower, and what they enclose is wider
STROKES = 0.99  # quantile of a picture's pixels that its strokes exceed, where there are any
LIT = 0.75  # quantile of the paper's lightness that stands for its lit part
DIM = 0.5  # of the lit paper: what is darker is hardly shade, but a table beside the paper
QUIET = 0.5  # of the ink's contrast: noise that reaches further is evened out
SMOOTHING = 19 / 81  # of noise is left by two boxes of three pixels each way


def ink_map(light: np.ndarray, dark_ink: bool | None = None) -> np.ndarray:
    """Separate ink from paper.

    light: (H, W) float32, 0 black .. 1 white. dark_ink: whether the ink is darker than its paper;
    None decides it from the picture.
    Returns (H, W) float32, 0 paper .. 1 ink; all zero where nothing stands out.
    """
    if max(light.shape) > PHOTO_SIDE:
        drawn = drawn_ink(light, dark_ink)
        return _photographed(light, dark_ink) if drawn is None else drawn
    departure = light - _flat_tone(light)
    if dark_ink is None:
        dark_ink = ink_is_dark(departure)
    return scaled(-departure if dark_ink else departure, 0.0)


def _photographed(light: np.ndarray, dark_ink: bool | None) -> np.ndarray:
    """The ink of a picture whose paper is lit unevenly, and may be ruled, shaded or noisy."""
    small, grain = resized(light, PAPER_SIDE), grain_of(light)
    paper, rough = _surface(small), grain_of(small)
    shaded = _is_shaded(small - paper, rough)
    if dark_ink is None:
        dark_ink = _thin_is_dark(small) if shaded else ink_is_dark(within_rim(small - paper))
    sign = np.float32(-1 if dark_ink else 1)
    ground = resized(paper, light.shape)
    contrast = sign * (light - ground)
    plain = without_ruling(contrast, grain)
    if plain is not contrast:
        light = ground + sign * plain
        small = resized(light, PAPER_SIDE)
        rough = grain_of(small)
    if shaded:
        paper = sign * _opened(sign * blurred(small, 1))
    else:
        marks = sign * (small - paper)
        paper = _filled(small, marks > threshold(marks, rough), paper)
    ground = resized(paper, light.shape)
    contrast = sign * (light - ground)
    if shaded and dark_ink:  # in the shade ink is darker by the same share, not as much
        lit = quantile(paper, LIT)
        contrast *= lit / np.maximum(ground, DIM * lit)
    return scaled(*_smoothed(contrast, grain, sign * (small - paper), rough))


def _is_shaded(departure: np.ndarray, grain: float) -> bool:
    """Whether marks wider than any stroke come in from the edge: a shadow, or what is not paper."""
    level = max(FAINTEST, NOISE * grain)
    return any(
        float(edge(marks).mean()) > SHADE and float(edge(_opened(marks)).mean()) > SHADE
        for marks in (departure > level, departure < -level)
    )


def _thin_is_dark(light: np.ndarray) -> bool:
    """Whether what is narrow is darker than what is around it, wherever shade may lie."""
    smooth = blurred(light, 1)
    dark, bright = (tone - _opened(tone, NARROW) for tone in (-smooth, smooth))
    return quantile(dark, STROKES) >= quantile(bright, STROKES)


def _opened(values: np.ndarray, reach: int = WIDEST) -> np.ndarray:
    """Without what is narrower than `reach` on either side of its middle (an opening)."""
    return extreme(extreme(values, reach, np.minimum), reach, np.maximum)


def _smoothed(
    contrast: np.ndarray, grain: float, small: np.ndarray, rough: float
) -> tuple[np.ndarray, float]:
    """The contrast and its grain, evened out where single pixels would drown the ink in noise."""
    if NOISE * grain < QUIET * FAINTEST:  # no ink is fainter
        return contrast, grain
    marks = small[small > threshold(small, rough)]
    if not marks.size or NOISE * grain < QUIET * median(marks):
        return contrast, grain
    return blurred(contrast, 1), grain * SMOOTHING


def _surface(light: np.ndarray) -> np.ndarray:
    """The paper's lightness as a quadratic surface, fitted with little weight on outliers."""
    small = resized(light, SURFACE_SIDE)
    terms, target = _quadratic(small.shape), small.ravel()
    fitted = np.full_like(target, _flat_tone(small))  # a start that heavy ink cannot pull away
    for _ in range(FITS):
        residual = np.abs(target - fitted)
        weights = 1 / (1 + (residual / (2 * median(residual) + 1 / 255)) ** 2)
        weighted = terms * weights[:, None]
        # The touch on the diagonal is for narrow strips, on which the terms are not independent.
        normal = weighted.T @ terms + RIDGE * len(terms) * np.eye(terms.shape[1])
        fitted = terms @ solved(normal, (weighted.T @ target)[:, None])[:, 0]
    return resized(fitted.reshape(small.shape).astype(np.float32), light.shape)


def _flat_tone(light: np.ndarray) -> float:
    """The tone of the paper, were it flat: the one that most of it and of its edge share."""
    bright = light > otsu(light)
    if not bright.any() or bright.all():
        return median(light)
    return median(light[bright] if ink_is_dark(light) else light[~bright])


def _quadratic(shape: tuple[int, int]) -> np.ndarray:
    y, x = np.meshgrid(*(np.linspace(-1, 1, side) for side in shape), indexing="ij")
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1).reshape(-1, 6)


def _filled(light: np.ndarray, marks: np.ndarray, surface: np.ndarray) -> np.ndarray:
    """The paper's lightness with the marks filled in from the paper around them; amid marks so
    broad that there is none near, it is the fitted surface's."""
    clear = ~extreme(marks, FRINGE, np.maximum)
    reach = max(2, round(FILL * max(light.shape) / 2))
    share = blurred(clear.astype(np.float32), reach)
    near = blurred(light * clear, reach) / np.maximum(share, LEAST_CLEAR)
    return np.where(share > LEAST_CLEAR, near, surface)
