"""Draw the error sheet: the glyph of every digit that was misread or rejected."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from inkling.results import REJECT
from training.evaluation.metrics import Answers, worst_first
from training.report import plots

COLUMNS = 12
# In glyph pixels: a cell's side, the glyph's side, and the glyph's distance from the cell's edge.
CELL, GLYPH, GAP = 40, 28, 6
TITLE = 18  # glyph pixels above the cells
ZOOM = 3


def draw_errors(answers: Answers, title: str, path: Path, most: int | None = None) -> int:
    """Draw the misread digits, the most confident first, then the rejected ones.

    Each glyph is labelled with its true digit, the reading and the confidence. most: draw no more.
    Returns the number of all errors.
    """
    order = worst_first(answers)
    shown = order[:most]
    rows = max(-(-len(shown) // COLUMNS), 1)
    with plt.rc_context(plots.STYLE):
        mosaic = _mosaic(answers.glyphs[shown], rows)
        height, width = mosaic.shape
        # Every glyph pixel becomes exactly ZOOM x ZOOM pixels.
        size = np.array([width, height + TITLE]) * ZOOM / plots.DPI
        figure = plt.figure(figsize=size)
        axes = figure.add_axes([0, 0, 1, height / (height + TITLE)])
        axes.imshow(mosaic, plots.tint(plots.INK), aspect="auto", interpolation="nearest", vmax=255)
        for place, k in enumerate(shown):
            _caption(axes, answers, k, *divmod(place, COLUMNS))
        figure.text(GAP / width, 1 - GAP / (height + TITLE), title, va="top", fontsize=13)
        axes.set_axis_off()
        plots.save(figure, path)
    return len(order)


def _mosaic(glyphs: np.ndarray, rows: int) -> np.ndarray:
    """Return the glyphs in cells, with room for a caption under each."""
    mosaic = np.zeros((rows * (CELL + GAP), COLUMNS * CELL), np.uint8)
    for place, glyph in enumerate(glyphs):
        top, left = (n * s for n, s in zip(divmod(place, COLUMNS), (CELL + GAP, CELL), strict=True))
        mosaic[top : top + GLYPH, left + GAP : left + GAP + GLYPH] = glyph
    return mosaic


def _caption(axes, answers: Answers, k: int, row: int, column: int) -> None:
    middle = column * CELL + GAP + GLYPH / 2
    under = row * (CELL + GAP) + GLYPH + 1
    withheld = answers.label[k] == REJECT
    read = answers.likeliest[k] if answers.likeliest[k] != REJECT else "no ink"
    said = f"{answers.truth[k]} → {f'({read})' if withheld else read}"
    colour = plots.INK if withheld else plots.ACCENT
    axes.text(middle, under, said, ha="center", va="top", color=colour, fontsize=12, weight="bold")
    sure = f"{100 * answers.confidence[k]:.0f} %"
    axes.text(middle, under + 8, sure, ha="center", va="top", fontsize=9)
