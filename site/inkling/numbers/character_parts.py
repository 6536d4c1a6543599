"""Steps at which the line network says a character -> where its ink lies."""

from itertools import pairwise

import numpy as np

from ..image.components import connected_components
from ..image.filters import dilate
from ..image.segment import SOLID, Part
from .ctc import Symbol
from .cut_lines import CutLine
from .line_network import STEP

REACH = 0.8  # digit heights: ink this far above and below the band belongs to the line
MIN_SHARE = 0.5  # of a component inside a character's box: then it is the character's own


def character_parts(line: CutLine, symbols: list[Symbol]) -> list[Part]:
    """Return each character's ink, and its box in the picture's ink map.

    Between two characters the line is cut at the column with the least ink.
    """
    ink, image = line.ink, line.image
    columns = image.pixels.sum(axis=0)
    middles = [(symbol.start + symbol.stop) / 2 * STEP for symbol in symbols]
    bounds = [0.0]
    for before, after in pairwise(middles):
        first, last = int(before), max(int(before) + 1, int(np.ceil(after)))
        between = columns[first:last]
        least = np.flatnonzero(between <= between.min() + 1e-3)
        bounds.append(first + float(least[len(least) // 2]) + 0.5)
    bounds.append(float(len(columns)))
    places = [round(image.left + bound * image.scale) for bound in bounds]
    height = image.band.bottom - image.band.top
    top, bottom = image.band.top - REACH * height, image.band.bottom + REACH * height
    rows = max(0, int(top)), min(ink.shape[0], int(bottom) + 1)
    labels = connected_components(ink > SOLID).labels
    areas = np.bincount(labels.ravel())
    limits = [int(np.clip(place, 0, ink.shape[1] - 1)) for place in places]
    found = [
        _part(ink, labels, areas, (left, rows[0], max(right, left + 1), rows[1]))
        for left, right in pairwise(limits)
    ]
    return [_raised(part, line) for part in found]


def _raised(part: Part, line: CutLine) -> Part:
    """Put a character's box back to where it stood before the line was levelled."""
    left, top, right, bottom = part.box
    height, width = line.ink.shape
    down = round(line.slope * ((left + right) / 2 - width / 2))
    down = int(np.clip(down, -top, height - bottom))
    return Part(part.ink, (left, top + down, right, bottom + down))


def _part(ink: np.ndarray, labels: np.ndarray, areas: np.ndarray, box) -> Part:
    """Return a character's ink: of a box, without components that lie mostly outside it."""
    left, top, right, bottom = box
    crop, own = ink[top:bottom, left:right], labels[top:bottom, left:right]
    inside = np.bincount(own.ravel(), minlength=len(areas)) / np.maximum(areas, 1)
    ours = (own > 0) & (inside[own] >= MIN_SHARE)
    if not ours.any():  # cut out of a component that several characters share
        ours = own > 0
    if not ours.any():
        return Part(crop, box)
    kept = crop * (dilate(ours, 1) & (ours | (own == 0)))
    down, across = np.flatnonzero(ours.any(axis=1)), np.flatnonzero(ours.any(axis=0))
    y0, y1 = max(int(down[0]) - 1, 0), min(int(down[-1]) + 2, crop.shape[0])
    x0, x1 = max(int(across[0]) - 1, 0), min(int(across[-1]) + 2, crop.shape[1])
    return Part(kept[y0:y1, x0:x1], (left + x0, top + y0, left + x1, top + y1))
