"""The sheet of paper: what is on it, and every earlier state to go back to.

Nothing here knows of a screen. Coordinates are in units of which the sheet is SIDE high, and SIDE
or WIDE wide: it is the same drawing on a telephone and on a wall.
"""

SIDE = 280
WIDE = 560  # for a number: four or five digits beside each other
STEPS = 200  # that can be undone


class Stroke:
    """One movement of the pen. points: lists [x, y, width, milliseconds since it was set down]."""

    def __init__(self, points=(), erase=False):
        self.points = list(points)
        self.erase = erase

    def plain(self) -> dict:
        """The stroke as JSON can hold it, in tenths of a unit."""
        points = [[round(x, 1), round(y, 1), round(w, 1), round(t)] for x, y, w, t in self.points]
        return {"erase": self.erase, "points": points}


class Drawing:
    """Strokes, the oldest first. entry: which entry of the history it grows in, None: a new one.
    wide: whether it was drawn on a sheet for numbers."""

    def __init__(self, strokes=(), entry=None, wide=False):
        self.strokes = tuple(strokes)
        self.entry = entry
        self.wide = wide

    def __bool__(self):
        return bool(self.strokes)

    def plain(self) -> list:
        """The drawing as JSON can hold it."""
        return [stroke.plain() for stroke in self.strokes]


def drawing_from(plain, entry=None, wide=False) -> Drawing:
    """A drawing from what `plain` made of one; an empty one from anything else."""
    try:
        strokes = [Stroke(_points(stroke["points"]), bool(stroke["erase"])) for stroke in plain]
        return Drawing((stroke for stroke in strokes if stroke.points), entry, wide)
    except (TypeError, ValueError, KeyError):
        return Drawing(entry=entry)


def _points(plain):
    return [[float(x), float(y), float(width), float(time)] for x, y, width, time in plain]


class Sheet:
    """The present content, a Drawing or a Picture, with undo and redo."""

    def __init__(self):
        self.content = Drawing()
        self._past = []
        self._future = []

    def put(self, content) -> None:
        """Replace the content; what it was can be had back."""
        self._past.append(self.content)
        del self._past[:-STEPS]
        self._future = []
        self.content = content

    def add(self, stroke: Stroke, wide: bool = False) -> None:
        """Add a stroke to the drawing, on a wide sheet or not; on a picture it begins a new one."""
        entry = self.content.entry if self.strokes else None
        wide = wide or (bool(self.strokes) and self.content.wide)
        self.put(Drawing(self.strokes + (stroke,), entry, wide))

    def undo(self) -> None:
        """Go back one step, if there is one."""
        if self._past:
            self._future.append(self.content)
            self.content = self._past.pop()

    def redo(self) -> None:
        """Take back the last undo, if nothing was done since."""
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
        """The drawing's strokes; none if a picture lies on the sheet."""
        return self.content.strokes if isinstance(self.content, Drawing) else ()
