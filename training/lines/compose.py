"""A text and the strokes of one writer -> the strokes of a line, in units of a digit's height.

Digits keep their own proportions and stand on a baseline that rises and falls a little. A sign has
its place. A minus is in the middle, a decimal mark at the foot, a slash from foot to top and
beyond.
"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from training.lines.mark_gap import MARKS, THIN_PEN, is_beside_mark, missing_gap, random_mark_gap
from training.lines.texts import DIGITS

Strokes = list[np.ndarray]  # each (n, 2) float, x right, y down
Random = np.random.Generator

EVEN = (0.84, 1.08)  # of the digit height: how even a writer's digits are
LEVEL = 0.05  # standard deviation of a digit's rise or fall, in digit heights
WIDEST = 1.15  # digit heights: a wider sample is narrowed
GAP = (0.16, 0.11)  # mean and standard deviation of the gap between characters, in digit heights
CLOSE = 0.17  # share of lines whose characters touch or overlap
CLOSE_GAP = (-0.03, 0.05)
WIDE = 0.08  # share of lines whose characters stand far apart
WIDE_GAP = (0.6, 0.25)
UNDER_SLASH = 0.3  # digit heights: how far a slash leans over its neighbours at most
LIGATURES = 0.12  # share of lines whose digits are joined by connecting strokes
JOINED = 0.6  # share of neighbouring digits that such a line joins
LONGEST_LIGATURE = 0.9  # digit heights
HABIT = 0.06  # share of lines whose digits look like letters
HABITS = {"0": "OD", "2": "Z", "5": "S", "6": "b", "8": "B", "9": "PPg"}
WARP = 0.03  # digit heights: how far a digit's points are bent at most
SLANT = 0.16  # standard deviation, radians, of a line's additional slant
STEEP = 0.1  # share of lines that slant far more
STEEPEST = 0.5  # radians
STRETCH = (0.75, 1.35)  # width over height of a line
SLOPE = 0.02  # standard deviation, radians, of a line's rise
# For each sign: height and middle, in digit heights from the top; both with half their spread.
PLACES = {
    ".": ((0.08, 0.06), (0.96, 0.1)),
    ",": ((0.26, 0.13), (1.08, 0.14)),
    ":": ((0.5, 0.15), (0.6, 0.1)),
    "/": ((1.15, 0.25), (0.52, 0.1)),
    "+": ((0.66, 0.32), (0.52, 0.1)),
    "-": ((0.5, 0.24), (0.54, 0.18)),
    "=": ((0.45, 0.22), (0.54, 0.18)),
    "×": ((0.6, 0.25), (0.55, 0.12)),
    "÷": ((0.55, 0.15), (0.54, 0.1)),
    "%": ((0.95, 0.15), (0.5, 0.08)),
    "(": ((1.25, 0.2), (0.52, 0.08)),
    ")": ((1.25, 0.2), (0.52, 0.08)),
    "$": ((1.2, 0.2), (0.5, 0.08)),
    "€": ((1.0, 0.12), (0.5, 0.07)),
}
BY_WIDTH = "-="  # signs whose size is their width
LETTER = (0.55, 1.1)  # digit heights of a letter in a word


class Hands:
    """The samples of all writers, by writer and by character.

    names: the characters that samples of some labels stand for.
    """

    def __init__(self, rows: Iterable[dict], names: dict[str, str] | None = None):
        self._own: dict[str, dict[str, list]] = defaultdict(lambda: defaultdict(list))
        self._all: dict[str, list] = defaultdict(list)
        for row in rows:
            character = (names or {}).get(row["label"], row["label"])
            self._own[row["writer"]][character].append(row["strokes"])
            self._all[character].append(row["strokes"])
        self._writers = [name for name, own in self._own.items() if sum(map(len, own.values())) > 7]

    def choose_writer(self, random: Random) -> str:
        """Return the name of a writer with enough samples."""
        return self._writers[random.integers(len(self._writers))]

    def sample(self, writer: str, character: str, random: Random) -> Strokes:
        """Return one sample of a character: the writer's own, or else another's."""
        if character in "÷€":
            return made_sign(character, random)
        own = self._own[writer].get(character) or self._all[character]
        chosen = own[random.integers(len(own))]
        return [np.asarray(stroke, float) for stroke in chosen if len(stroke)]


def made_sign(character: str, random: Random) -> Strokes:
    """Return strokes of a sign that no writer's samples hold: a division or euro sign."""
    bend = lambda n: random.normal(0, 0.03, (n, 2))  # noqa: E731
    if character == "÷":
        line = np.array([(0, 0.5), (0.4, 0.5), (0.8, 0.5)]) + bend(3)
        dots = [
            np.array([(0.4, y), (0.42, y + 0.01)]) + random.normal(0, 0.04, 2) for y in (0.15, 0.85)
        ]
        return [dots[0], line, dots[1]]
    turn = np.linspace(random.uniform(-0.9, -0.5), random.uniform(-5.7, -5.3), 14)
    arc = np.stack([0.4 + 0.38 * np.cos(turn), 0.5 + 0.5 * np.sin(turn)], axis=1) + bend(14) / 2
    bars = [np.array([(-0.12, y), (0.45, y)]) + bend(2) for y in (0.42, 0.6)]
    return [arc, *bars]


def compose_line(
    text: str,
    hands: Hands,
    random: Random,
    letters: Hands | None = None,
    pen: float = THIN_PEN,
) -> Strokes:
    """Compose a line of one writer's characters; the digits stand between y = 0 and y = 1.

    letters: samples of letters, for writers whose digits look like these. pen: width of the strokes
    in digit heights; decimal marks keep clear of wide ones.
    """
    writer = hands.choose_writer(random)
    gap = _gap(random)
    habit = letters is not None and random.random() < HABIT
    joined = JOINED if random.random() < LIGATURES else 0.0
    line, edge, before, last, mark_gap = [], 0.0, None, [], 0.0
    for place, character in enumerate(text):
        if habit and character in HABITS:
            strokes = letters.sample(writer, _letter_like(character, random), random)
        else:
            strokes = hands.sample(writer, character, random)
        strokes = placed(strokes, character, random)
        left = min(stroke[:, 0].min() for stroke in strokes)
        strokes = [shifted(stroke, edge - left, 0) for stroke in strokes]
        if character in MARKS:
            mark_gap = random_mark_gap(random, pen)
        if last and is_beside_mark(text, place):
            more = missing_gap(last, strokes, mark_gap)
            strokes, edge = [shifted(stroke, more, 0) for stroke in strokes], edge + more
        if before is not None and character in DIGITS and random.random() < joined:
            line += ligature(before, strokes[0][0], random)
        line += strokes
        last = strokes
        before = strokes[-1][-1] if character in DIGITS else None
        width = max(stroke[:, 0].max() for stroke in strokes) - edge
        edge += width + max(random.normal(*gap), -0.12) + (0.08 if width < 0.1 else 0.0)
        if character == "/" or text[place + 1 : place + 2] == "/":
            edge -= random.uniform(0, UNDER_SLASH)
    return lean(line, random)


def _letter_like(digit: str, random: Random) -> str:
    return HABITS[digit][random.integers(len(HABITS[digit]))]


def ligature(start: np.ndarray, end: np.ndarray, random: Random) -> Strokes:
    """Return the stroke of a pen that is not lifted between two digits, if they are near."""
    if np.hypot(*(end - start)) > LONGEST_LIGATURE:
        return []
    middle = (start + end) / 2 + random.normal(0, 0.06, 2)
    return [np.stack([start, middle, end])]


def _gap(random: Random) -> tuple[float, float]:
    """Return mean and standard deviation of the gaps within one line."""
    kind = random.random()
    if kind < CLOSE:
        return CLOSE_GAP
    return WIDE_GAP if kind > 1 - WIDE else (random.normal(*GAP), 0.06)


def compose_word(letters: Strokes, random: Random) -> Strokes:
    """Set samples of letters side by side as a word, about as high as digits."""
    size, line, edge = random.uniform(0.7, 1.1), [], 0.0
    for strokes in letters:
        high = size * random.uniform(*LETTER)
        strokes = scaled(strokes, high)
        line += [shifted(stroke, edge, 1 - high) for stroke in strokes]
        edge += max(stroke[:, 0].max() for stroke in strokes) + random.normal(0.1, 0.1)
    return lean(line, random)


def placed(strokes: Strokes, character: str, random: Random) -> Strokes:
    """Scale one character and put it where it belongs between y = 0 and y = 1."""
    if character in DIGITS:
        strokes = warped(scaled(strokes, random.uniform(*EVEN)), random)
        rise = 1 - max(stroke[:, 1].max() for stroke in strokes) + random.normal(0, LEVEL)
        return [shifted(stroke, 0, rise) for stroke in strokes]
    (size, more), (middle, off) = PLACES[character]
    size = max(size + more * random.uniform(-1, 1), 0.02)
    strokes = scaled(strokes, size, by_width=character in BY_WIDTH)
    tall = max(stroke[:, 1].max() for stroke in strokes)
    rise = middle + off * random.uniform(-1, 1) - tall / 2
    return [shifted(stroke, 0, rise) for stroke in strokes]


def shifted(stroke: np.ndarray, right: float, down: float) -> np.ndarray:
    """Move a stroke."""
    return stroke + np.array([right, down])


def scaled(strokes: Strokes, size: float, by_width: bool = False) -> Strokes:
    """Scale strokes to a height (or width), with their box's corner at 0."""
    low = np.min([stroke.min(axis=0) for stroke in strokes], axis=0)
    extent = np.max([stroke.max(axis=0) for stroke in strokes], axis=0) - low
    factor = size / max(extent[0] if by_width else extent[1], 1e-6)
    factors = np.array([factor, factor])
    if not by_width:
        factor = min(factor, size / max(extent.max(), 1e-6) * WIDEST)
        factors[:] = factor
    return [(stroke - low) * factors for stroke in strokes]


def warped(strokes: Strokes, random: Random) -> Strokes:
    """Bend strokes by one smooth wave across and one down."""
    size, phase = random.uniform(0, WARP, 2), random.uniform(0, 2 * np.pi, 2)
    turns = random.uniform(3, 7, 2)

    def bend(points: np.ndarray) -> np.ndarray:
        return points + size * np.sin(points[:, ::-1] * turns + phase)

    return [bend(stroke) for stroke in strokes]


def lean(strokes: Strokes, random: Random) -> Strokes:
    """Slant and stretch a whole line and let it rise or fall a little."""
    steep = random.random() < STEEP
    slant = random.uniform(-STEEPEST, STEEPEST) if steep else random.normal(0, SLANT)
    slope = random.normal(0, SLOPE)
    matrix = np.array([[random.uniform(*STRETCH), np.tan(slope)], [-np.tan(slant), 1]])
    return [stroke @ matrix for stroke in strokes]
