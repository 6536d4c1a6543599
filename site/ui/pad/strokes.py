"""Hold a drawing as strokes, and what was on the pad before, for undo and redo.

Nothing here depends on a screen. The pad is SIDE units high, and SIDE or WIDE units wide. So a
drawing is the same on a telephone and on a projector.
"""

SIDE = 280  # units
WIDE = 560  # units, for a number: four or five digits beside each other
MAX_UNDO_STEPS = 200


class Stroke:
    """One movement of the pen.

    points: lists [x, y, width, milliseconds since the pen was set down].
    """

    def __init__(self, points=(), erase=False):
        self.points = list(points)
        self.erase = erase

    def to_json(self) -> dict:
        """Return the stroke as JSON can hold it, rounded to tenths of a unit."""
        points = [[round(x, 1), round(y, 1), round(w, 1), round(t)] for x, y, w, t in self.points]
        return {"erase": self.erase, "points": points}


class Drawing:
    """Strokes, the oldest first.

    entry: id of its entry in the history, None before it has one.
    wide: whether a stroke was drawn on the wide pad for numbers.
    """

    def __init__(self, strokes=(), entry=None, wide=False):
        self.strokes = tuple(strokes)
        self.entry = entry
        self.wide = wide

    def __bool__(self):
        return bool(self.strokes)

    def to_json(self) -> list:
        """Return the strokes as JSON can hold them."""
        return [stroke.to_json() for stroke in self.strokes]


def drawing_from_json(strokes, entry=None, wide=False) -> Drawing:
    """Return the drawing that `to_json` was called on; an empty one if the JSON is damaged."""
    try:
        drawn = [Stroke(_points(stroke["points"]), bool(stroke["erase"])) for stroke in strokes]
        return Drawing((stroke for stroke in drawn if stroke.points), entry, wide)
    except (TypeError, ValueError, KeyError):
        return Drawing(entry=entry)


def _points(points):
    return [[float(x), float(y), float(width), float(time)] for x, y, width, time in points]


class UndoStack:
    """The present content of the pad, a Drawing or a Picture, and its earlier states."""

    def __init__(self):
        self.content = Drawing()
        self._past = []
        self._future = []

    def put(self, content) -> None:
        """Replace the content; the old one can be had back by `undo`."""
        self._past.append(self.content)
        del self._past[:-MAX_UNDO_STEPS]
        self._future = []
        self.content = content

    def add(self, stroke: Stroke, wide: bool = False) -> None:
        """Add a stroke to the drawing; on a picture it begins a new drawing.

        wide: whether it was drawn on the wide pad.
        """
        entry = self.content.entry if self.strokes else None
        wide = wide or (bool(self.strokes) and self.content.wide)
        self.put(Drawing(self.strokes + (stroke,), entry, wide))

    def undo(self) -> None:
        """Go back one step, if there is one."""
        if self._past:
            self._future.append(self.content)
            self.content = self._past.pop()

    def redo(self) -> None:
        """Take back the last undo, unless the content has been changed since."""
        if self._future:
            self._past.append(self.content)
            self.content = self._future.pop()

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    @property
    def strokes(self) -> tuple:
        """The drawing's strokes; none if the content is a picture."""
        return self.content.strokes if isinstance(self.content, Drawing) else ()
