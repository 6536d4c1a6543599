"""Write a drawing as a short text for an address, and read it back, whoever wrote it.

"1" is the format's version, then "d" for the pad of one digit or "w" for the wide one. Each stroke
follows after a ".". It has "p" for pen or "e" for eraser, the pen's width, its first point, and its
steps. Numbers are characters of BASE64; a step has one for each direction, in steps of STEP units.
Nothing here needs a browser, so CPython can test it.
"""

from ui.pad.strokes import SIDE, WIDE, Drawing, Stroke

BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
VERSION = "1"
STEP = 2  # units of the pad: half of it is the largest error
ZERO = 32  # the character of no movement
FARTHEST = 31  # steps that one character can say
POINT_MS = 15  # milliseconds between two points, for a replay
MAX_LENGTH = 8000  # characters: of a page full of writing
MAX_POINTS = 3000
MAX_WIDTH = 63  # units, of the pen
TOLERANCE = 1.2  # units that the line may deviate by leaving points out


def encode(drawing) -> str:
    """Return a drawing as a text of letters, figures, "-", "_" and "."."""
    parts = [VERSION + ("w" if drawing.wide else "d")]
    parts += [_encode_stroke(stroke) for stroke in drawing.strokes if stroke.points]
    return ".".join(parts)


def decode(text: str):
    """Return the Drawing of a text; None if it is not one, is too long, or leaves the pad."""
    if len(text) > MAX_LENGTH or text[:1] != VERSION or text[1:2] not in ("d", "w"):
        return None
    wide = text[1] == "w"
    strokes = []
    for part in text[2:].split(".")[1:]:
        stroke = _decode_stroke(part, WIDE if wide else SIDE)
        if stroke is None:
            return None
        strokes.append(stroke)
    points = sum(len(stroke.points) for stroke in strokes)
    return Drawing(strokes, wide=wide) if 0 < points <= MAX_POINTS else None


def _encode_stroke(stroke):
    points = [(round(x / STEP), round(y / STEP)) for x, y in _simplify(stroke.points)]
    points = [(max(x, 0), max(y, 0)) for x, y in points]
    widths = sum(point[2] for point in stroke.points) / len(stroke.points)
    x, y = points[0]
    text = "e" if stroke.erase else "p"
    text += BASE64[min(max(round(widths), 1), MAX_WIDTH)] + _two(x) + _two(y)
    for next_x, next_y in points[1:]:
        way = max(abs(next_x - x), abs(next_y - y))
        for left in range(-(-way // FARTHEST), 0, -1):  # a long way takes several equal steps
            right, down = round((next_x - x) / left), round((next_y - y) / left)
            text += BASE64[ZERO + right] + BASE64[ZERO + down]
            x, y = x + right, y + down
    return text


def _decode_stroke(text, right_edge):
    """Return a stroke; None unless it is well-formed and lies on the pad."""
    values = [BASE64.find(character) for character in text[1:]]
    if text[:1] not in ("p", "e") or len(values) < 5 or len(values) % 2 == 0 or -1 in values:
        return None
    width = values[0]
    x, y = values[1] * 64 + values[2], values[3] * 64 + values[4]
    points = [(x, y)]
    for index in range(5, len(values), 2):
        x, y = x + values[index] - ZERO, y + values[index + 1] - ZERO
        points.append((x, y))
    inside = all(0 <= x * STEP <= right_edge and 0 <= y * STEP <= SIDE for x, y in points)
    if not inside or width < 1:
        return None
    timed = [[x * STEP, y * STEP, width, POINT_MS * i] for i, (x, y) in enumerate(points)]
    return Stroke(timed, erase=text[0] == "e")


def _two(number):
    return BASE64[number // 64] + BASE64[number % 64]


def _simplify(points):
    """Leave out points of a line that hardly bend it (U. Ramer, 1972; without recursion)."""
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        farthest, distance = 0, TOLERANCE
        for index in range(first + 1, last):
            away = _distance(points[index], points[first], points[last])
            if away > distance:
                farthest, distance = index, away
        if farthest:
            kept.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return [points[index][:2] for index in sorted(kept)]


def _distance(point, start, end):
    """Return how far a point lies from the line between two others."""
    x, y = point[0] - start[0], point[1] - start[1]
    across, down = end[0] - start[0], end[1] - start[1]
    length = across * across + down * down
    share = min(max((x * across + y * down) / length, 0), 1) if length else 0
    return ((x - share * across) ** 2 + (y - share * down) ** 2) ** 0.5
