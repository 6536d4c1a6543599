"""Printed lines -> paper: ruled and graph paper, table cells, without the digit that crosses them.

A printed line is thin and runs from one border of the picture to the other, nearly straight but
not exactly: paper is tilted, and curves under a lens. So the picture is cut into narrow strips, in
each of which a line is a short ridge, and the best path from strip to strip is found by dynamic
programming (after H. Talbot, B. Appleton, "Efficient complete and incomplete path openings and
closings", Image and Vision Computing 25(4), 2007). Strokes break a line but do not end it.
"""

import numpy as np

from .erasure import erased
from .quantiles import median, medians

STRIP = 12  # pixels; paths move by one row from a strip to the next: a tilt of up to 4.8 degrees
BLOCKS = 3  # in a strip, whose median ignores a stroke, or a line across, in one of them
THICKEST = 0.025  # of the longer side: what is thicker is drawn, not printed
FAINTEST = 0.012  # of white: paler lines are too pale to be taken for ink
NOISE = 1.5  # standard deviations of a pixel that a strip's median hardly ever reaches
SUPPORT = 0.55  # of its strips, at least, must show a line; strokes cover it in the others
RULED = 3  # parallel lines from border to border are a ruling: no digit has as many
GAPS = 0.08  # of the width, at most, is bare paper along a line that is alone: else it is strokes,
BARE = 0.3  # of the line's tone, such as the bars of 4s in a row; less than this is paper
MARGIN = 0.03  # of the width: one line alone is printed only if it outruns the ink by as much
DITHERED = 0.08  # of white, between neighbours on average; on graph paper it is under 0.02
UNREST_STEP = 5  # every fifth row is enough for an average
EASE = 1  # strips on either side that a path is averaged over
INKED = 0.35  # of the darkest: rest that dark is ink


def without_ruling(ink: np.ndarray, grain: float) -> np.ndarray:
    """Replace printed lines by what lies on both sides of them: paper, or the stroke across them.

    ink: (H, W) float32, how far every pixel departs from the paper, about 0, towards ink, up to 1.
    grain: standard deviation of the noise.
    Returns (H, W) float32; `ink` itself if there is no printed line.
    """
    reach = _reach(ink.shape)
    # A line is much stronger than pixels differ on average, unless they are a dither's dots,
    # which line up at random.
    unrest = float(np.abs(np.diff(ink[::UNREST_STEP], axis=1)).mean())
    if unrest > DITHERED:
        return ink
    level = max(FAINTEST, NOISE * grain, unrest)
    across, ruled = _without_lines(ink, reach, level, False)
    turned = across.T
    down, crossed = _without_lines(turned, reach, level, ruled)
    if crossed and not ruled:  # few lines across are believed too, where many run down
        return _without_lines(down.T, reach, level, True)[0]
    return ink if across is ink and down is turned else down.T


def cannot_be_ruled(inked: np.ndarray) -> bool:
    """Whether ink, (H, W) bool, stays so far from the picture's edges that `without_ruling` would
    find no line: that comes in from an edge, and moves by one row from a strip to the next."""
    height, width = inked.shape
    margin = max(STRIP, _reach(inked.shape) + max(height, width) // STRIP) + 1
    middle = inked[margin : height - margin, margin : width - margin]
    return np.count_nonzero(middle) == np.count_nonzero(inked)


def _reach(shape: tuple[int, int]) -> int:
    """How many pixels from its middle a line has ended, on either side."""
    return max(3, round(THICKEST * max(shape)))


def _without_lines(
    ink: np.ndarray, reach: int, level: float, ruled: bool
) -> tuple[np.ndarray, bool]:
    """Without the lines that run from left to right; and whether the paper is ruled with them.

    ruled: whether it is known to be ruled the other way, so that even one line is a printed one.
    """
    if min(ink.shape) < 4 * max(reach, STRIP):
        return ink, False
    profile = _profile(ink)
    ridge = _ridge(profile, reach)
    shown = ridge > level
    if shown.any(axis=0).mean() < SUPPORT:  # the usual case, a clean picture, ends here
        return ink, False
    lines = _lines(ridge, shown, reach, ink.shape[1])
    if len(lines) < RULED and not ruled:
        lines = [rows for rows in lines if not _broken(profile, rows, reach)]
    rest = ink
    for rows in lines:
        rest = erased(rest, rows, reach)
    many = len(lines) >= RULED
    return (rest if many or ruled or _outrun(rest) else ink), many


def _profile(ink: np.ndarray) -> np.ndarray:
    """(H, strips): in every row, the median of a strip's three blocks."""
    strips, width = ink.shape[1] // STRIP, STRIP // BLOCKS
    used = ink[:, : strips * STRIP]
    blocks = sum(used[:, i::width] for i in range(width)) / width
    a, b, c = (blocks[:, i::BLOCKS] for i in range(BLOCKS))
    return np.maximum(np.minimum(a, b), np.minimum(np.maximum(a, b), c))


def _ridge(profile: np.ndarray, reach: int) -> np.ndarray:
    """How much a row rises above both those that lie `reach` before and after it."""
    padded = np.pad(profile, ((reach, reach), (0, 0)), mode="reflect")
    return profile - np.maximum(padded[: -2 * reach], padded[2 * reach :])


def _lines(ridge: np.ndarray, shown: np.ndarray, reach: int, width: int) -> list[np.ndarray]:
    """The lines from border to border: the row of each one's middle in every column, (W,) int."""
    paths = _paths(np.where(shown, np.minimum(ridge, 4 * median(ridge[shown])), 0))
    strips = np.arange(ridge.shape[1])
    seen = shown[paths, strips]
    end = max(1, len(strips) // 12)
    outside = (paths <= reach) | (paths >= len(ridge) - 1 - reach)  # left by the top or the bottom
    ends = seen | outside
    whole = ends[:, :end].any(axis=1) & ends[:, -end:].any(axis=1)
    whole &= seen.mean(axis=1) >= SUPPORT
    weight = (ridge[paths, strips] * seen).sum(axis=1)
    lines = _apart(paths[whole], weight[whole], reach)
    columns, middles = np.arange(width), (strips + 0.5) * STRIP
    ridge = np.where(shown, ridge, 0)
    centred = (_centred(path, ridge, reach) for path in lines)
    return [np.rint(np.interp(columns, middles, path)).astype(np.intp) for path in centred]


def _apart(paths: np.ndarray, weight: np.ndarray, reach: int) -> list[np.ndarray]:
    """The heaviest path, the heaviest that runs clear of it, and so on."""
    lines, paths = [], paths[np.argsort(-weight, kind="stable")]
    while len(paths):
        lines.append(paths[0])
        paths = paths[medians(np.abs(paths - paths[0]), axis=1) > reach]
    return lines


def _broken(profile: np.ndarray, rows: np.ndarray, reach: int) -> bool:
    """Whether there is bare paper along a line, given by its row in every column, or at an end of
    it, where it has not left by the top or the bottom: then it may be a side of a frame."""
    height, strips = profile.shape
    places = rows[np.arange(strips) * STRIP + STRIP // 2]
    near = np.clip(places + np.arange(-1, 2)[:, None], 0, height - 1)
    tones = profile[near, np.arange(strips)].max(axis=0)
    bare = tones < BARE * median(tones)
    ends = bare & (places > reach) & (places < height - 1 - reach)
    end = max(1, round(MARGIN * strips))
    return bool(bare.mean() > GAPS or ends[:end].all() or ends[-end:].all())


def _centred(path: np.ndarray, ridge: np.ndarray, reach: int) -> np.ndarray:
    """A path brought to the middle of its line, and led straight on where the line is covered."""
    strips = np.arange(len(path))
    rows = np.clip(path + np.arange(-reach // 2, reach // 2 + 1)[:, None], 0, len(ridge) - 1)
    weight = ridge[rows, strips]
    total = weight.sum(axis=0)
    seen = total > 0
    middle = (rows * weight).sum(axis=0)[seen] / total[seen]
    padded = np.pad(np.interp(strips, strips[seen], middle), EASE, "reflect", reflect_type="odd")
    return np.convolve(padded, np.full(2 * EASE + 1, 1 / (2 * EASE + 1)), mode="valid")


def _paths(score: np.ndarray) -> np.ndarray:
    """(H, strips) int: for every row of the last strip, the best path that ends there."""
    height, strips = score.shape
    bend = 0.01 * float(score.max())  # of two equal paths the straighter one
    back = np.zeros((strips, height), np.intp)
    padded = np.full(height + 2, -np.inf, score.dtype)
    best = padded[1:-1]  # a row further on either side there is no path
    best[:] = score[:, 0]
    for strip in range(1, strips):
        before = np.stack([best, padded[:-2] - bend, padded[2:] - bend])
        choice = before.argmax(axis=0)
        back[strip] = np.array([0, -1, 1])[choice]
        best[:] = score[:, strip] + before.max(axis=0)
    paths = np.empty((height, strips), np.intp)
    paths[:, -1] = np.arange(height)
    for strip in range(strips - 1, 0, -1):
        paths[:, strip - 1] = paths[:, strip] + back[strip][paths[:, strip]]
    return paths


def _outrun(rest: np.ndarray) -> bool:
    """Whether ink is left, clear of both ends of the lines that are gone."""
    inked = np.flatnonzero((rest > max(FAINTEST, INKED * float(rest.max()))).any(axis=0))
    margin = MARGIN * rest.shape[1]
    return len(inked) > 0 and inked[0] >= margin and inked[-1] < rest.shape[1] - margin
