"""A picture of a page -> its table."""

from collections.abc import Sequence

import numpy as np

from ..errors import TooDenseError
from ..image.component_rules import frames
from ..image.components import Components, connected_components
from ..image.segment import SOLID, part_of
from ..numbers.text_lines import typical_height
from ..results import NO_INK, NO_NUMBER, TOO_DENSE, Table
from .expected import Expected, mismatch
from .page import LARGE, FlatPage, digit_height, flat_page, level_page, whole_page
from .printed import is_regular
from .read_cells import CellInk, ReadInks, empty_cell, read_cells
from .rules import continue_rules
from .straighten import Page, corners_of, picture_box
from .table_grid import SMALL, Grid, are_inside, find_grid, outline

MAX_MARKS = 20_000  # components of a page; one of 1 000 digits has about 1 200
LEFT_OVER = 0.6  # of a component lies on a line: it is a rest of that
DUST = 0.06  # of the usual length: a decimal mark is longer
SHORTEST = 0.3  # of the usual length: a cell with nothing longer is empty
MAX_CELLS = 2_000  # of a page; one of 12 x 20 has 240


def read_table(
    image,
    read_inks: ReadInks,
    expected: Expected | Sequence[Expected | None] | None = None,
    corners: Sequence[tuple[float, float]] | None = None,
) -> Table:
    """Read a page as a table: see `Reader.read_table`. read_inks: see cells.py."""
    try:
        flat = flat_page(level_page(image, corners))
        marks = connected_components(flat.ink > SOLID)
        members = writing_on_page(marks, flat.beside)
    except TooDenseError:
        return _nothing(whole_page(image, corners), TOO_DENSE)
    members = members[~continue_rules(marks.boxes[members], flat.across, flat.down)]
    if not len(members):
        return _nothing(flat.page, NO_INK)
    grid, ruled = find_grid(marks.boxes[members], flat.across, flat.down)
    if (len(grid.rows) - 1) * (len(grid.columns) - 1) > MAX_CELLS:
        return _nothing(flat.page, TOO_DENSE)
    inside = are_inside(marks.boxes[members], outline(grid))
    around, members = marks.boxes[members[~inside]], members[inside]
    rows = _rows(flat, grid, _cell_inks(flat.ink, marks, members, grid), read_inks)
    rows = [[mismatch(cell, _of(expected, cell.column)) for cell in row] for row in rows]
    problem = None if any(cell.text for row in rows for cell in row) else NO_NUMBER
    lines = tuple(picture_box(flat.page, box) for box in _lines_around(around, flat))
    return Table(rows, flat.page.light, corners_of(flat.page), ruled, problem, lines)


def writing_on_page(marks: Components, beside: np.ndarray) -> np.ndarray:
    """Return the components that may be writing: no dust, no frame, nothing left of a line.

    beside: (H, W) bool, where something was that is no writing. Raises TooDenseError.
    """
    if not len(marks.areas):
        return np.zeros(0, np.intp)
    if len(marks.areas) > MAX_MARKS:
        raise TooDenseError
    lengths = _lengths(marks.boxes)
    beside_them = np.bincount(marks.labels[beside], minlength=len(marks.areas) + 1)[1:]
    kept = beside_them <= LEFT_OVER * marks.areas
    small = kept & (lengths <= LARGE * max(marks.labels.shape))
    least = DUST * typical_height(lengths[small]) if small.any() else 0
    return np.flatnonzero(kept & ~frames(marks) & (lengths >= least))


def _nothing(page: Page, problem: str) -> Table:
    return Table([], page.light, corners_of(page), False, problem)


def _lines_around(boxes: np.ndarray, flat: FlatPage) -> list[np.ndarray]:
    """Return the boxes of the lines in which components lie, from the top; specks are none."""
    boxes = boxes[_lengths(boxes) >= SMALL * digit_height(flat.ink)]
    lines: list[np.ndarray] = []
    for box in boxes[np.argsort(boxes[:, 1])]:
        if lines and box[1] < lines[-1][3]:
            lines[-1][:2] = np.minimum(lines[-1][:2], box[:2])
            lines[-1][2:] = np.maximum(lines[-1][2:], box[2:])
        else:
            lines.append(box.copy())
    return lines


def _lengths(boxes: np.ndarray) -> np.ndarray:
    return (boxes[:, 2:] - boxes[:, :2]).max(axis=1)


def _cell_inks(
    ink: np.ndarray, marks: Components, members: np.ndarray, grid: Grid
) -> dict[tuple[int, int], CellInk]:
    """Return the ink of each cell that is not empty, by its row and column."""
    places = _places(grid, marks.boxes[members])
    lengths = _lengths(marks.boxes[members])
    inks = {}
    for place in sorted(set(map(tuple, places.tolist()))):
        its = (places == place).all(axis=1)
        if lengths[its].max() >= SHORTEST * typical_height(lengths):
            part = part_of(ink, marks, members[its])
            regular = is_regular(marks.boxes[members[its]])
            inks[place] = CellInk(part.ink, *part.box[:2], regular)
    return inks


def _places(grid: Grid, boxes: np.ndarray) -> np.ndarray:
    """Return row and column of each component, (n, 2) int, by its middle."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    row = np.clip(np.searchsorted(grid.rows, y) - 1, 0, len(grid.rows) - 2)
    column = np.clip(np.searchsorted(grid.columns, x) - 1, 0, len(grid.columns) - 2)
    return np.stack([row, column], axis=1)


def _rows(flat: FlatPage, grid: Grid, inks: dict, read_inks: ReadInks) -> list[list]:
    """Return the cells, row by row, read."""
    places = [(r, c) for r in range(len(grid.rows) - 1) for c in range(len(grid.columns) - 1)]
    cells = [
        empty_cell(
            flat.page,
            (r, c),
            (grid.columns[c], grid.rows[r], grid.columns[c + 1], grid.rows[r + 1]),
        )
        for r, c in places
    ]
    cells = read_cells(cells, [inks.get(place) for place in places], flat.page, read_inks)
    width = len(grid.columns) - 1
    return [cells[start : start + width] for start in range(0, len(cells), width)]


def _of(expected, column: int) -> Expected | None:
    """Return what a column is expected to hold."""
    if expected is None or isinstance(expected, Expected):
        return expected
    return expected[column] if column < len(expected) else None
