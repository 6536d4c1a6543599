"""Lightness -> ink: which marks stand out from their paper, whatever the light and the colours.

The paper is found before the ink. A smooth surface is fitted to the lightness, as light falls off
smoothly and ink does not. The marks that depart from it are set aside, and the paper underneath
them is filled in from around them. Ink is how far a pixel departs from that paper, scaled so that
the stroke's core is 1.
"""

import numpy as np

from ..numeric import median, quantile, solve
from .filters import box_blur, max_filter, opening, resize
from .flat_paper import FRINGE, PAPER_SIDE, SHADE, drawn_ink
from .form_lines import erase_edge_lines, find_edge_lines, inside_edge_lines, union
from .printed_rules import erase_rules, holds_row
from .ruled_lines import remove_ruled_lines
from .threshold import (
    FAINTEST,
    NOISE,
    edge,
    edge_contradicts,
    grain_of,
    ink_is_dark,
    is_two_toned,
    otsu,
    scaled,
    threshold,
    within_rim,
)

SURFACE_SIDE = 64  # a surface with six coefficients is fitted well enough at this size
CROP_SIDE = 100  # pixels: over a smaller picture, often cut from a form, light changes evenly
CROPPED = 400  # pixels: hardly a larger picture was cut from a form
INNER_RIM = 0.1  # of each side of such a crop: a frame lies within
SMALLEST = 6  # pixels: a smaller picture shows no digit
RIDGE = 1e-9  # of the number of pixels
PHOTO_SIDE = 16  # pixels: the light on a smaller picture cannot be told from its ink
FITS = 8  # rounds of fitting, each trusting less what departs from the last
FILL = 0.12  # of the longer side: how far around a mark its paper is looked for
LEAST_CLEAR = 1e-3  # share of paper around a place that tells what it is like under the ink
WIDEST = 10  # of the paper's 160 pixels, on either side of its middle: no stroke is wider
NARROW = 4  # likewise: most strokes are narrower, and what they enclose is wider
SLENDER = 3  # likewise: strokes that are thin beyond doubt, also on a small picture
THIN_MARKS = 0.9  # quantile of a picture's pixels that stands for such strokes
STROKES = 0.99  # quantile of a picture's pixels that its strokes exceed, where there are any
LIT = 0.75  # quantile of the paper's lightness that stands for its lit part
DIM = 0.5  # of the lit paper: what is darker is hardly shade, but a table beside the paper
QUIET = 0.5  # of the ink's contrast: noise that reaches further is evened out
SMOOTHING = 19 / 81  # of noise is left by two boxes of three pixels each way


def ink_map(
    light: np.ndarray, dark_ink: bool | None = None, with_lines: bool = False
) -> np.ndarray:
    """Separate ink from paper.

    light: (H, W) float32, 0 black .. 1 white. dark_ink: whether the ink is darker than its paper;
    None decides it from the picture. with_lines: whether a form's printed lines stay in the map.
    Returns (H, W) float32, 0 paper .. 1 ink; all zero where nothing stands out.
    """
    drawn = drawn_ink(light, dark_ink)
    if drawn is not None:
        return drawn
    if min(light.shape) >= PHOTO_SIDE and not is_two_toned(light):
        return _photographed(light, dark_ink, with_lines)
    return _on_flat_paper(light, dark_ink, with_lines)


def is_crop(light: np.ndarray, dark_ink: bool | None = None) -> bool:
    """Return whether a picture may be a crop from a form: a small photograph, and no drawing.

    Takes what `ink_map` takes.
    """
    small = max(light.shape) <= CROPPED
    return small and drawn_ink(light, dark_ink) is None and not is_two_toned(light)


def inner_ink(light: np.ndarray, dark_ink: bool | None = None) -> np.ndarray | None:
    """Look at a small photograph a second time: without its rim, and on paper of one tone.

    For a crop from a form in which `ink_map` finds no writing. There a frame or a broad pen may
    cover so much that no surface can be fitted. Takes what `ink_map` takes, and returns the like.
    None for a drawing and for a large picture.
    """
    if not is_crop(light, dark_ink):
        return None
    down, across = (max(1, round(INNER_RIM * side)) for side in light.shape)
    inner = light[down:-down, across:-across]
    if min(inner.shape) < SMALLEST:
        return None
    return np.pad(_on_flat_paper(inner, dark_ink), ((down, down), (across, across)))


def _on_flat_paper(
    light: np.ndarray, dark_ink: bool | None, with_lines: bool = False
) -> np.ndarray:
    """Return the ink on paper of one tone."""
    departure = light - _flat_tone(light)
    if dark_ink is None:
        dark_ink = _is_dark(departure)
    contrast = -departure if dark_ink else departure
    if with_lines:
        return scaled(contrast, 0.0)
    return _without_edge_lines(remove_ruled_lines(contrast, 0.0), 0.0)


def _photographed(light: np.ndarray, dark_ink: bool | None, with_lines: bool) -> np.ndarray:
    """Return the ink on paper that is lit unevenly and may be ruled, shaded or noisy."""
    small, grain = resize(light, PAPER_SIDE), grain_of(light)
    paper, rough = _surface(small), grain_of(small)
    shaded = _is_shaded(small - paper, rough)
    if dark_ink is None:
        dark_ink = _thin_is_dark(small) if shaded else _strokes_are_dark(small, small - paper)
    sign = np.float32(-1 if dark_ink else 1)
    ground = resize(paper, light.shape)
    contrast = sign * (light - ground)
    plain = contrast if with_lines else remove_ruled_lines(contrast, grain)
    if plain is not contrast:
        light = ground + sign * plain
        small = resize(light, PAPER_SIDE)
        rough = grain_of(small)
    if shaded:
        paper = sign * opening(sign * box_blur(small, 1), WIDEST)
    else:
        marks = sign * (small - paper)
        paper = _filled(small, marks > threshold(marks, rough), paper)
    ground = resize(paper, light.shape)
    contrast = sign * (light - ground)
    if shaded and dark_ink:  # in the shade ink is darker by the same share, not as much
        lit = quantile(paper, LIT)
        contrast *= lit / np.maximum(ground, DIM * lit)
    smoothed = _smoothed(contrast, grain, sign * (small - paper), rough)
    return scaled(*smoothed) if with_lines else _without_edge_lines(*smoothed)


def _without_edge_lines(contrast: np.ndarray, grain: float) -> np.ndarray:
    """Scale contrast to ink, with the strokes' scale, and erase a form's lines at the edges."""
    lines = find_edge_lines(contrast, max(FAINTEST, NOISE / 2 * grain))
    ink = scaled(contrast, grain, union(lines) if lines else None)
    if holds_row(ink.shape):
        ink = erase_rules(ink)
    return erase_edge_lines(ink, lines) if lines else ink


def _is_dark(departure: np.ndarray) -> bool:
    """Return whether ink is dark; a frame, which fills the picture's edge, has no say."""
    framed = edge_contradicts(departure)
    return ink_is_dark(inside_edge_lines(departure) if framed else departure)


def _strokes_are_dark(light: np.ndarray, departure: np.ndarray) -> bool:
    """Return whether ink is dark on a photograph: it fills less of it, and is thin.

    The edge of a crop from a form has no say: the frame and the neighbours fill it.
    """
    departure = within_rim(departure)
    if edge_contradicts(departure):
        departure = inside_edge_lines(departure)
    bright = departure > otsu(departure)
    smooth = box_blur(light, 1)
    dark, pale = (quantile(t - opening(t, SLENDER), THIN_MARKS) for t in (-smooth, smooth))
    return 2 * float(bright.mean()) + (dark + RIDGE) / (dark + pale + 2 * RIDGE) > 1.5


def _is_shaded(departure: np.ndarray, grain: float) -> bool:
    """Return whether marks wider than any stroke, such as shadows, come in from the edge."""
    level = max(FAINTEST, NOISE * grain)
    return any(
        float(edge(marks).mean()) > SHADE and float(edge(opening(marks, WIDEST)).mean()) > SHADE
        for marks in (departure > level, departure < -level)
    )


def _thin_is_dark(light: np.ndarray) -> bool:
    """Return whether narrow marks are darker than their surroundings, in shade or light."""
    smooth = box_blur(light, 1)
    dark, bright = (tone - opening(tone, NARROW) for tone in (-smooth, smooth))
    return quantile(dark, STROKES) >= quantile(bright, STROKES)


def _smoothed(
    contrast: np.ndarray, grain: float, small: np.ndarray, rough: float
) -> tuple[np.ndarray, float]:
    """Return contrast and grain, smoothed where single pixels would drown the ink in noise."""
    if NOISE * grain < QUIET * FAINTEST:  # no ink is fainter
        return contrast, grain
    marks = small[small > threshold(small, rough)]
    if not marks.size or NOISE * grain < QUIET * median(marks):
        return contrast, grain
    return box_blur(contrast, 1), grain * SMOOTHING


def _surface(light: np.ndarray) -> np.ndarray:
    """Fit a quadratic surface to the paper's lightness, with little weight on outliers."""
    small = resize(light, SURFACE_SIDE)
    terms, target = _quadratic(small.shape), small.ravel()
    if max(light.shape) <= CROP_SIDE:
        terms = terms[:, :3]
    fitted = np.full_like(target, _flat_tone(small))  # a start that heavy ink cannot pull away
    for _ in range(FITS):
        residual = np.abs(target - fitted)
        weights = 1 / (1 + (residual / (2 * median(residual) + 1 / 255)) ** 2)
        weighted = terms * weights[:, None]
        # The touch on the diagonal is for narrow strips, on which the terms are not independent.
        normal = weighted.T @ terms + RIDGE * len(terms) * np.eye(terms.shape[1])
        fitted = terms @ solve(normal, (weighted.T @ target)[:, None])[:, 0]
    return resize(fitted.reshape(small.shape).astype(np.float32), light.shape)


def _flat_tone(light: np.ndarray) -> float:
    """Return the tone of flat paper: the one that most of it and of its edge share."""
    middle = otsu(light)
    bright = light > middle
    if not bright.any() or bright.all():
        return median(light)
    return median(light[bright] if _is_dark(light - middle) else light[~bright])


def _quadratic(shape: tuple[int, int]) -> np.ndarray:
    y, x = np.meshgrid(*(np.linspace(-1, 1, side) for side in shape), indexing="ij")
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1).reshape(-1, 6)


def _filled(light: np.ndarray, marks: np.ndarray, surface: np.ndarray) -> np.ndarray:
    """Return the paper's lightness, with the marks filled in from the paper around them.

    Amid broad marks, with no paper near, it is the fitted surface's.
    """
    clear = ~max_filter(marks, FRINGE)
    reach = max(2, round(FILL * max(light.shape) / 2))
    share = box_blur(clear.astype(np.float32), reach)
    near = box_blur(light * clear, reach) / np.maximum(share, LEAST_CLEAR)
    return np.where(share > LEAST_CLEAR, near, surface)
