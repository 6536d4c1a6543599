"""What was read: a digit, a letter, a number or a code of them, or a table of numbers."""

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from .record_format import UNREAD as UNREAD  # handed on: it stands in texts

if TYPE_CHECKING:  # the page's first answer does not need it
    from .value import Meaning, Value

NO_INK = "no ink"
NO_DIGIT = "not a digit"
NO_LETTER = "not a letter"
NO_NUMBER = "not a number"
NO_CODE = "not a code"
TOO_DENSE = "too much on the picture"
SIGN = "a sign"
PRINTED = "printed text"
NOT_EXPECTED = "not what is expected"
NO_FORM = "the printed marks of the form were not found"
REJECT = 10  # the label of the reject class: not a digit


@dataclass(frozen=True, repr=False)
class Digit:
    """One digit, read.

    label: 0 to 9, or None with a `reason` ("no ink", "not a digit", "unsure between 4 and 9").
    confidence: the calibrated probability of the likeliest digit, 0 .. 1, given or not; less if
    ink was left out. probabilities: (10,) float32; what they lack of 1 is the probability that it
    is no digit. box: (left, top, right, bottom) in pixels of the upright picture, the last two
    exclusive, or None without ink. glyph: (28, 28) float32, 1 = ink. left_out: the boxes of other
    ink that may be writing, if the digit was read alone.
    """

    label: int | None
    confidence: float
    probabilities: np.ndarray
    box: tuple[int, int, int, int] | None
    glyph: np.ndarray
    reason: str | None = None
    character: str = ""  # what stands for it in the text: a digit, a sign, UNREAD, or nothing
    left_out: tuple[tuple[int, ...], ...] = ()
    names: ClassVar[str] = string.digits  # of the probabilities, in order

    def __repr__(self) -> str:
        why = f", {self.reason!r}" if self.reason else ""
        return f"Digit({self.label}, {self.confidence * 100:.1f} %{why})"

    def _repr_html_(self) -> str:
        from .notebook import figure  # here, as the page does without

        return figure(self.glyph, repr(self)[len("Digit(") : -1])


@dataclass(frozen=True, repr=False)
class Letter:
    """One letter, read, or one character of a code.

    label: "A" to "z", or None with a `reason` ("no ink", "not a letter", "unsure between u and v").
    The case is the likelier one; where shape alone does not tell, as of c and C, both are named.
    confidence: the calibrated probability of the letter in either case, 0 .. 1, given or not.
    probabilities: (26,) float32, of A .. Z in either case, or (36,) in a code: of `names`.
    box, glyph: as of a Digit. alternatives: what else it may be, the likeliest first.
    """

    label: str | None
    confidence: float
    probabilities: np.ndarray
    box: tuple[int, int, int, int] | None
    glyph: np.ndarray
    reason: str | None = None
    character: str = ""  # what stands for it in a text: the label, or nothing
    alternatives: tuple[str, ...] = ()
    names: str = string.ascii_uppercase

    def __repr__(self) -> str:
        why = f", {self.reason!r}" if self.reason else ""
        others = f", or {' '.join(self.alternatives)}" if self.alternatives else ""
        return f"Letter({self.label}, {self.confidence * 100:.1f} %{others}{why})"

    def _repr_html_(self) -> str:
        from .notebook import figure  # here, as the page does without

        return figure(self.glyph, repr(self)[len("Letter(") : -1])


@dataclass(frozen=True, repr=False)
class Cell:
    """One cell of a table, read.

    An empty cell has neither text nor problem. A problem says why there is no text (NO_NUMBER,
    PRINTED, TOO_DENSE), or what fails in it (UNREAD in it, NOT_EXPECTED). Where that is sure, it
    names the obstacle and the remedy: see `record_format.refusal`.
    """

    row: int  # 0 is the topmost
    column: int  # 0 is the leftmost
    text: str  # of its digits and signs; "" if it is empty or unread
    confidence: float  # 0 .. 1, that this cell's whole text is right; 0 without text
    box: tuple[int, int, int, int]  # of the cell, left, top, right, bottom, in the upright picture
    crop: tuple[int, int, int, int]  # of the cell, likewise, in `Table.page`
    problem: str | None = None
    digits: list[Digit] = field(default_factory=list)  # boxes in pixels of the upright picture

    def __repr__(self) -> str:
        why = f", {self.problem!r}" if self.problem else ""
        place = f"row {self.row}, column {self.column}"
        return f"Cell({self.text!r}, {self.confidence * 100:.1f} %, {place}{why})"


@dataclass(frozen=True, repr=False)
class Table:
    """A page of cells, read. Every row has as many cells as there are columns.

    page: (H, W) float32, 0 black .. 1 white, the page straightened. corners: where its corners
    lie in the upright picture, (x, y) in pixels, clockwise from the top left.
    """

    rows: list[list[Cell]]
    page: np.ndarray
    corners: tuple[tuple[float, float], ...]
    ruled: bool = False  # whether its cells are those of drawn lines
    problem: str | None = None  # why nothing was read: NO_INK, NO_NUMBER, TOO_DENSE
    left_out: tuple[tuple[int, int, int, int], ...] = ()  # boxes of the writing around it

    @property
    def cells(self) -> Iterator[Cell]:
        """All cells in reading order."""
        return (cell for row in self.rows for cell in row)

    @property
    def texts(self) -> list[list[str]]:
        """The cells' texts, row by row; "" where one is empty or unread."""
        return [[cell.text for cell in row] for row in self.rows]

    def __repr__(self) -> str:
        columns = len(self.rows[0]) if self.rows else 0
        why = f", {self.problem!r}" if self.problem else ""
        return f"Table({len(self.rows)} rows, {columns} columns{why})"


@dataclass(frozen=True, repr=False)
class FormReading:
    """A filled-in form, read: one cell for each field, in row 0.

    page, corners: as `Table` has them. problem: why no field was read.
    """

    names: list[str]  # of the fields
    cells: list[Cell]
    page: np.ndarray
    corners: tuple[tuple[float, float], ...]
    problem: str | None = None

    @property
    def texts(self) -> dict[str, str]:
        """The fields' texts by their names; "" where one is empty or unread."""
        return {name: cell.text for name, cell in zip(self.names, self.cells, strict=True)}

    def __repr__(self) -> str:
        why = f", {self.problem!r}" if self.problem else ""
        return f"FormReading({self.texts}{why})"


@dataclass(frozen=True, repr=False)
class Reading:
    """A picture, read.

    lines: its digits and signs, line by line. light: the picture's lightness, (H, W) float32,
    0 black .. 1 white, at the size at which it was read. ink: the ink map of that size, (H, W)
    float32, 0 paper .. 1 ink.
    reason: None, or why there is no text ("no ink", "not a number").
    confidence: the probability, 0 .. 1, that the whole text is right; less if ink was left out, 0
    where nothing was read. The line network gives it as the probability of the text. Read digit by
    digit, it is the probability of every digit, times that of their count. The latter is the share
    of all paths through the lattice that have as many digits.
    table: the same page by rows and columns, if it was asked for. left_out: boxes of ink that may
    be writing but is in no digit. They are (left, top, right, bottom) in pixels of the upright
    picture.
    """

    lines: Sequence[Sequence[Digit | Letter]]
    light: np.ndarray
    ink: np.ndarray
    confidence: float = 0.0
    reason: str | None = None
    table: Table | None = None
    left_out: list[tuple[int, ...]] = field(default_factory=list)

    @property
    def digits(self) -> list[Digit | Letter]:
        """All digits and signs in reading order; of a code, its letters and digits."""
        return [digit for line in self.lines for digit in line]

    @property
    def text(self) -> str:
        """Return digits and signs as text, a line break between lines; UNREAD where one is neither.

        "" if there is a reason why not.
        """
        if self.reason:
            return ""
        lines = ["".join(digit.character for digit in line) for line in self.lines]
        return "\n".join(line for line in lines if line)

    @property
    def meaning(self) -> "Meaning":
        """Return the value that the text stands for and a note on it: see `value.Meaning`.

        The value is an int, Decimal, date, time or Comparison, or None where several are possible.
        """
        from .value import meaning  # here, as the page's first answer does not need it

        return meaning(self.text)

    @property
    def value(self) -> "Value | None":
        """Return the value that the text stands for, or None: see `meaning`."""
        return self.meaning.value

    def __repr__(self) -> str:
        if self.reason or not self.text:
            return f"Reading({self.text!r}, {self.reason!r})"
        return f"Reading({self.text!r}, {self.confidence * 100:.1f} %)"

    def _repr_html_(self) -> str:
        from .notebook import heading  # here, as the page does without

        return heading(repr(self)) + "".join(digit._repr_html_() for digit in self.digits)
