"""Remove printed lines: ruled and graph paper, table cells, without the digit that crosses them.

A printed line is thin and runs from one border of the picture to the other. It is nearly straight:
paper is tilted, and curves under a lens. The picture is cut into narrow strips. In each strip a
line is a short ridge. Dynamic programming finds the best path from strip to strip (after
H. Talbot, B. Appleton, "Efficient complete and incomplete path openings and closings", Image and
Vision Computing 25(4), 2007). Strokes interrupt a line but do not end it. A removed line is
inpainted from both of its sides.

Ink here is (H, W) float32: how far each pixel departs from paper, about 0, towards ink, up to 1. A
line is (W,) int, the row of its middle in every column. `reach` is in pixels: how far from its
middle a line has ended.
"""

import numpy as np

from ..numeric import median, medians, quantile

STRIP = 12  # pixels; paths move by one row from a strip to the next: a tilt of up to 4.8 degrees
BLOCKS = 3  # in a strip: their median ignores a stroke, or a crossing line, in one of them
MAX_THICKNESS = 0.025  # of the longer side: what is thicker is drawn, not printed
MIN_TONE = 0.012  # of white: paler lines are too pale to be taken for ink
NOISE = 1.5  # standard deviations of a pixel that a strip's median hardly ever reaches
SUPPORT = 0.55  # of its strips, at least, must show a line; strokes cover it in the others
RULED = 3  # parallel lines from border to border are a ruling: no digit has as many
MAX_GAPS = 0.08  # of the width is bare paper along a single printed line; strokes, such as the
# bars of 4s in a row, leave more
BARE = 0.3  # of the line's tone: less than this is paper
MARGIN = 0.03  # of the width: a single printed line is not bare so long at an end,
OUTRUN = 0.06  # and outruns the ink by as much: the bar of a 4 that fills its picture does not
DITHERED = 0.08  # of white, between neighbours on average; on graph paper it is under 0.02
MAX_LINES = 100  # each is erased in turn; no paper has as many that lie so far apart
UNREST_STEP = 5  # every fifth row is enough for an average
SMOOTHING = 1  # strips on either side that a path is averaged over
BESIDE = 0.2  # of the height: lines so near an edge run along it
FAINT = 0.4  # of the strokes' contrast: paler lines are below the ink map's threshold
STROKES = 0.97  # quantile of the ink that stands for the strokes
INKED = 0.35  # of the darkest: what is left and that dark is ink
QUARTER = 0.25  # of a line: paper for as long is no printed line, but a row of strokes
SKIRT = 0.12  # of a line's tone: where its edges end
DARKER = 1.5  # of a line's tone: what is darker than this along it is the stroke upon it
SLANTS = (-1, -0.5, 0.5, 1)  # columns to a row, in which strokes cross a line, besides upright


def remove_ruled_lines(ink: np.ndarray, grain: float) -> np.ndarray:
    """Replace printed lines by paper, or by the stroke that crosses them.

    grain: standard deviation of the noise. Returns ink; `ink` itself if there is no printed line.
    """
    reach = _reach(ink.shape)
    # A line is much stronger than pixels differ on average. Only the dots of a dither line up at
    # random.
    unrest = float(np.abs(np.diff(ink[::UNREST_STEP], axis=1)).mean())
    if unrest > DITHERED:
        return ink
    level = max(MIN_TONE, NOISE * grain, unrest)
    across, ruled = _remove_horizontal(ink, reach, level, False)
    turned = across.T
    down, crossed = _remove_horizontal(turned, reach, level, ruled)
    if crossed and not ruled:  # few lines across are believed too, where many run down
        return _remove_horizontal(down.T, reach, level, True)[0]
    return ink if across is ink and down is turned else down.T


def cannot_be_ruled(inked: np.ndarray) -> bool:
    """Return whether `remove_ruled_lines` would surely find no line in this ink, (H, W) bool.

    It would not if all ink stays clear of the picture's edges. A line comes in from an edge, and
    moves by one row from a strip to the next.
    """
    height, width = inked.shape
    margin = max(STRIP, _reach(inked.shape) + max(height, width) // STRIP) + 1
    middle = inked[margin : height - margin, margin : width - margin]
    return np.count_nonzero(middle) == np.count_nonzero(inked)


def inpaint(ink: np.ndarray, line: np.ndarray, reach: int) -> np.ndarray:
    """Fill a line from both of its sides, but keep the stroke that is clearly darker than it."""
    columns, last = np.arange(ink.shape[1]), len(ink) - 1
    offsets = np.arange(-reach - 2, reach + 3)[:, None]
    values = ink[np.clip(line + offsets, 0, last), columns]
    tone, first, stop = _extent(values)
    # At the picture's own edge there is only one side.
    above = np.where(line + offsets[first, 0] < 0, values[stop], values[first])
    below = np.where(line + offsets[stop, 0] > last, values[first], values[stop])
    fill = _bridge(above, below, stop - first)
    band, places = values[first : stop + 1], line + offsets[first : stop + 1]
    stroke = band > fill + DARKER * tone
    filled = np.where(stroke, band, np.minimum(band, fill))
    inside = (places >= 0) & (places <= last)
    result = ink.copy()
    result[places[inside], np.broadcast_to(columns, places.shape)[inside]] = filled[inside]
    return result


def _reach(shape: tuple[int, int]) -> int:
    return max(3, round(MAX_THICKNESS * max(shape)))


def _remove_horizontal(
    ink: np.ndarray, reach: int, level: float, ruled: bool
) -> tuple[np.ndarray, bool]:
    """Remove the lines that run from left to right; return also whether the paper is ruled so.

    ruled: whether the paper is known to be ruled the other way. Then a single line is printed, too.
    """
    if min(ink.shape) < 4 * max(reach, STRIP):
        return ink, False
    profile = _profile(ink)
    ridge = _ridge(profile, reach)
    shown = ridge > level
    if shown.any(axis=0).mean() < SUPPORT:  # the usual case, a clean picture, ends here
        return ink, False
    lines = _find_lines(ridge, shown, reach, ink.shape[1])
    if len(lines) >= RULED and not _is_faint(ink, lines):
        lines = [line for line in lines if not _is_interrupted(ink, line)]
    if len(lines) < RULED and not ruled:
        lines = [
            line
            for line in lines
            if not _is_broken(profile, line, reach) and not _is_beside_edge(line, len(ink))
        ]
    if lines and _is_faint(ink, lines):
        return ink, False
    rest = ink
    for line in lines:
        rest = inpaint(rest, line, reach)
    many = len(lines) >= RULED
    return (rest if many or ruled or _is_outrun(rest) else ink), many


def _profile(ink: np.ndarray) -> np.ndarray:
    """Return the median of a strip's three blocks in every row, (H, strips)."""
    strips, width = ink.shape[1] // STRIP, STRIP // BLOCKS
    used = ink[:, : strips * STRIP]
    blocks = sum(used[:, i::width] for i in range(width)) / width
    a, b, c = (blocks[:, i::BLOCKS] for i in range(BLOCKS))
    return np.maximum(np.minimum(a, b), np.minimum(np.maximum(a, b), c))


def _ridge(profile: np.ndarray, reach: int) -> np.ndarray:
    """Return how much each row rises above both rows at a distance of `reach`."""
    padded = np.pad(profile, ((reach, reach), (0, 0)), mode="reflect")
    return profile - np.maximum(padded[: -2 * reach], padded[2 * reach :])


def _find_lines(ridge: np.ndarray, shown: np.ndarray, reach: int, width: int) -> list[np.ndarray]:
    """Return the lines from border to border. shown: (H, strips) bool, where a ridge is strong."""
    paths = _best_paths(np.where(shown, np.minimum(ridge, 4 * median(ridge[shown])), 0))
    strips = np.arange(ridge.shape[1])
    seen = shown[paths, strips]
    end = max(1, len(strips) // 12)
    outside = (paths <= reach) | (paths >= len(ridge) - 1 - reach)  # left by the top or the bottom
    ends = seen | outside
    whole = ends[:, :end].any(axis=1) & ends[:, -end:].any(axis=1)
    whole &= seen.mean(axis=1) >= SUPPORT
    weight = (ridge[paths, strips] * seen).sum(axis=1)
    lines = _separate(paths[whole], weight[whole], reach)
    columns, middles = np.arange(width), (strips + 0.5) * STRIP
    ridge = np.where(shown, ridge, 0)
    centred = (_centre(path, ridge, reach) for path in lines)
    return [np.rint(np.interp(columns, middles, path)).astype(np.intp) for path in centred]


def _best_paths(score: np.ndarray) -> np.ndarray:
    """Return the best path to every row of the last strip, (H, strips) int. score: (H, strips)."""
    height, strips = score.shape
    bend = 0.01 * float(score.max())  # of two equal paths the straighter one
    back = np.zeros((strips, height), np.intp)
    padded = np.full(height + 2, -np.inf, score.dtype)
    best = padded[1:-1]  # there is no path a row further on either side
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


def _separate(paths: np.ndarray, weight: np.ndarray, reach: int) -> list[np.ndarray]:
    """Choose the heaviest path, the heaviest that runs clear of it, and so on."""
    lines, paths = [], paths[np.argsort(-weight, kind="stable")]
    while len(paths) and len(lines) < MAX_LINES:  # ends: the first path is always dropped
        lines.append(paths[0])
        paths = paths[medians(np.abs(paths - paths[0]), axis=1) > reach]
    return lines


def _centre(path: np.ndarray, ridge: np.ndarray, reach: int) -> np.ndarray:
    """Move a path to the middle of its line, and interpolate where the line is covered."""
    strips = np.arange(len(path))
    rows = np.clip(path + np.arange(-reach // 2, reach // 2 + 1)[:, None], 0, len(ridge) - 1)
    weight = ridge[rows, strips]
    total = weight.sum(axis=0)
    seen = total > 0
    middle = (rows * weight).sum(axis=0)[seen] / total[seen]
    interpolated = np.interp(strips, strips[seen], middle)
    padded = np.pad(interpolated, SMOOTHING, "reflect", reflect_type="odd")
    window = 2 * SMOOTHING + 1
    return np.convolve(padded, np.full(window, 1 / window), mode="valid")


def _is_broken(profile: np.ndarray, line: np.ndarray, reach: int) -> bool:
    """Return whether bare paper interrupts a line, or lies at one of its ends.

    Such a line may be a side of a frame. An end that leaves by the top or bottom does not count.
    """
    height, strips = profile.shape
    places = line[np.arange(strips) * STRIP + STRIP // 2]
    near = np.clip(places + np.arange(-1, 2)[:, None], 0, height - 1)
    tones = profile[near, np.arange(strips)].max(axis=0)
    bare = tones < BARE * median(tones)
    ends = bare & (places > reach) & (places < height - 1 - reach)
    end = max(1, round(MARGIN * strips))
    return bool(bare.mean() > MAX_GAPS or ends[:end].all() or ends[-end:].all())


def _is_interrupted(ink: np.ndarray, line: np.ndarray) -> bool:
    """Return whether a quarter of a line is no darker than paper: strokes in a row look like it."""
    tones = ink[np.clip(line, 0, len(ink) - 1), np.arange(len(line))]
    return quantile(tones, QUARTER) <= 0


def _is_beside_edge(line: np.ndarray, height: int) -> bool:
    """Return whether a line is so near the top or the bottom that form_lines.py judges it.

    It may be the bar of a 7 that fills its picture.
    """
    return bool(line.max() < BESIDE * height or line.min() > (1 - BESIDE) * height)


def _is_faint(ink: np.ndarray, lines: list[np.ndarray]) -> bool:
    """Return whether the lines are so much paler than the strokes that they never become ink.

    To remove them would only cost the strokes that lie along them.
    """
    columns = np.arange(ink.shape[1])
    tones = np.stack([ink[np.clip(line, 0, len(ink) - 1), columns] for line in lines])
    return median(tones) < FAINT * quantile(ink[::2, ::2], STROKES)


def _is_outrun(rest: np.ndarray) -> bool:
    """Return whether ink is left, clear of both ends of the removed lines."""
    inked = np.flatnonzero((rest > max(MIN_TONE, INKED * float(rest.max()))).any(axis=0))
    margin = OUTRUN * rest.shape[1]
    return len(inked) > 0 and inked[0] >= margin and inked[-1] < rest.shape[1] - margin


def _extent(values: np.ndarray) -> tuple[float, int, int]:
    """Measure the line in a band, (rows, W), around it.

    Returns its tone above the paper, and the rows of the band just above and just below the line.
    """
    across = medians(values, axis=1)
    across = np.maximum(across - max(across.min(), min(across[0], across[-1])), 0)
    middle, paper = len(across) // 2, np.flatnonzero(across <= SKIRT * across.max())
    before, after = paper[paper < middle], paper[paper > middle]
    first = max(0, int(before.max(initial=0)) - 1)  # a path is a row off here and there
    stop = min(len(across) - 1, int(after.min(initial=len(across) - 1)) + 1)
    darkest = values[first : stop + 1].max(axis=0) - np.minimum(values[first], values[stop])
    return median(darkest), first, stop


def _bridge(above: np.ndarray, below: np.ndarray, rows: int) -> np.ndarray:
    """Interpolate between the sides of a band, (W,) each, straight down or along a slant.

    Returns (rows + 1, W), the darkest of these.
    """
    share = np.linspace(0, 1, rows + 1, dtype=np.float32)[:, None]
    fill = above + (below - above) * share
    last, down = len(above) - 1, np.arange(rows + 1)[:, None]
    for slant in SLANTS:
        across = np.rint(slant * down).astype(np.intp)
        start = np.clip(np.arange(last + 1) - across, 0, last)
        end = np.clip(start + round(slant * rows), 0, last)
        fill = np.maximum(fill, np.minimum(above[start], below[end]))
    return fill
