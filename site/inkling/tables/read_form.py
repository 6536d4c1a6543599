"""A scan of a filled-in form -> its fields, each read by itself in its place."""

from typing import NamedTuple

import numpy as np

from ..errors import TooDenseError
from ..image.components import Components, connected_components
from ..image.filters import dilate
from ..image.segment import SOLID, part_of
from ..numeric import solve
from ..results import NO_FORM, TOO_DENSE, Cell, FormReading
from .align import align
from .expected import mismatch
from .form_template import Form
from .page import LevelPage, flat_page, level_page, whole_page
from .read_cells import CellInk, ReadInks, empty_cell, read_cells
from .read_table import writing_on_page
from .straighten import Page, apply, corners_of, frame, warp
from .table_grid import are_inside

PRINTED = 0.25  # of ink: what the blank form has
FRINGE = 3  # pixels around the blank form's ink in which a scan has it, too


class Blank(NamedTuple):
    """A blank form, straightened once for all scans."""

    form: Form
    page: LevelPage


def prepared(form: Form) -> Blank:
    """Straighten a blank form. Raises PictureError, OSError and TooDenseError."""
    return Blank(form, level_page(form.blank))


def read_form(image, blank: Blank, read_inks: ReadInks) -> FormReading:
    """Read a scan, in any form that `Reader.read` takes. read_inks: see cells.py."""
    try:
        level = level_page(image)
        matrix = align(blank.page.marks, level.marks)
        if matrix is None:
            return _nothing(blank.form, level.page, NO_FORM)
        flat = flat_page(level)
        marks = connected_components(flat.ink > SOLID)
        members = writing_on_page(marks, flat.beside | _printed(blank, matrix, flat.ink.shape))
    except TooDenseError:
        return _nothing(blank.form, whole_page(image), TOO_DENSE)
    boxes = _boxes(blank, matrix)
    cells = [empty_cell(flat.page, (0, place), box) for place, box in enumerate(boxes)]
    inks = [_ink_in(flat.ink, marks, members, box) for box in boxes]
    read = read_cells(cells, inks, flat.page, read_inks)
    fields = blank.form.fields
    read = [mismatch(cell, field.expected) for cell, field in zip(read, fields, strict=True)]
    return FormReading(blank.form.names, read, flat.page.light, corners_of(flat.page))


def _nothing(form: Form, page: Page, problem: str) -> FormReading:
    cells = [
        Cell(0, place, "", 0.0, (0, 0, 0, 0), (0, 0, 0, 0), problem)
        for place in range(len(form.fields))
    ]
    return FormReading(form.names, cells, page.light, corners_of(page), problem)


def _printed(blank: Blank, matrix: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Return where a scan has the blank form's ink, (H, W) bool."""
    ink = warp(blank.page.ink, solve(matrix, np.eye(3)), shape, 0.0)
    return dilate(ink > PRINTED, FRINGE)


def _boxes(blank: Blank, matrix: np.ndarray) -> list[tuple[float, float, float, float]]:
    """Return the fields' boxes in the scan's straightened page."""
    there = matrix @ solve(blank.page.page.to_picture, np.eye(3))
    found = []
    for field in blank.form.fields:
        left, top, right, bottom = field.box
        corners = np.array(frame((bottom - top, right - left))) + np.array([left, top])
        moved = apply(there, corners)
        (left, top), (right, bottom) = moved.min(axis=0), moved.max(axis=0)
        found.append((float(left), float(top), float(right), float(bottom)))
    return found


def _ink_in(
    ink: np.ndarray, marks: Components, members: np.ndarray, box: tuple[float, float, float, float]
) -> CellInk | None:
    """Return the writing in a box; None if there is none."""
    its = members[are_inside(marks.boxes[members], box)]
    if not len(its):
        return None
    part = part_of(ink, marks, its)
    return CellInk(part.ink, *part.box[:2])
