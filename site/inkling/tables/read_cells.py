"""The ink of cells -> cells that are read: each by itself, so that one tells of no other."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ..image.legibility import is_faint, is_small
from ..image.segment import Part
from ..record_format import FAINT, SMALL, refusal
from ..results import NO_NUMBER, PRINTED, TOO_DENSE, UNREAD, Cell, Digit, Reading
from .straighten import Page, picture_box

MARGIN = 4  # blank pixels around a cell's ink, so that no stroke touches an edge
LIKELY = 0.3  # confidence from which even type is read, as printed digits can be
PARTLY_READ = "some characters were not read"

ReadInks = Callable[[list[np.ndarray]], list[Reading | None]]


class CellInk(NamedTuple):
    """The writing in a cell."""

    ink: np.ndarray  # (h, w) float32, 0 paper .. 1 ink
    left: int  # where it begins in the page
    top: int
    regular: bool = False  # whether it stands in a line as type does


def empty_cell(page: Page, place: tuple[int, int], box: Sequence[float]) -> Cell:
    """Return a cell without content. place: its row and column. box: in the page, in pixels."""
    height, width = page.light.shape
    left, right = (int(x) for x in np.clip(np.rint([box[0], box[2]]), 0, width))
    top, bottom = (int(y) for y in np.clip(np.rint([box[1], box[3]]), 0, height))
    crop = left, top, right, bottom
    return Cell(*place, "", 0.0, picture_box(page, crop), crop)


def read_cells(
    cells: list[Cell], inks: list[CellInk | None], page: Page, read_inks: ReadInks
) -> list[Cell]:
    """Return cells with their texts.

    inks: of each cell; None where it is empty. read_inks: reads ink maps, (H, W) float32, each of
    one cell; None for one that is too dense.
    """
    written = [its for its in inks if its is not None]
    readings = iter(read_inks([np.pad(its.ink, MARGIN) for its in written]))
    return [
        cell if its is None else _with_reading(cell, its, next(readings), page)
        for cell, its in zip(cells, inks, strict=True)
    ]


def _with_reading(cell: Cell, its: CellInk, reading: Reading | None, page: Page) -> Cell:
    if reading is None:
        return replace(cell, problem=TOO_DENSE)
    digits = [_in_picture(digit, its, page) for digit in reading.digits]
    if its.regular and (not reading.text or UNREAD in reading.text or reading.confidence < LIKELY):
        return replace(cell, problem=PRINTED, digits=digits)
    if not reading.text:
        return replace(cell, problem=_why(reading, its, page), digits=digits)
    return replace(
        cell,
        text=reading.text.replace("\n", " "),
        confidence=reading.confidence,
        problem=PARTLY_READ if UNREAD in reading.text else None,
        digits=digits,
    )


def _why(reading: Reading, its: CellInk, page: Page) -> str:
    """Return why a cell was not read, and what is in the way and helps if that is sure."""
    reason = reading.reason or NO_NUMBER
    height, width = its.ink.shape
    part = Part(its.ink, (its.left, its.top, its.left + width, its.top + height))
    obstacle = FAINT if is_faint(page.light, part) else SMALL if is_small(part) else None
    return refusal(reason, obstacle)


def _in_picture(digit: Digit, its: CellInk, page: Page) -> Digit:
    """Return a digit with its box in the upright picture instead of its cell's ink."""
    if digit.box is None:
        return digit
    left, top, right, bottom = digit.box
    x, y = its.left - MARGIN, its.top - MARGIN
    return replace(digit, box=picture_box(page, (left + x, top + y, right + x, bottom + y)))
