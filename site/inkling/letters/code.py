"""Ink -> a code of letters and digits, such as B7 or SW1A, by the method of digits in a number."""

import numpy as np

from ..image.segment import Writing
from ..network.letter_labels import CODE
from ..numbers.acceptance import confidence, is_number
from ..numbers.read import ReadSegment, read_lines
from ..results import NO_LETTER, REJECT, Letter
from .letter_network import CodeNetwork

NAMED = 0.03  # probability from which another character is named
MAX_ALTERNATIVES = 3
# Where both may stand in a code, no shape tells them apart: each is named beside the other.
TWINS = dict(zip("0O1I", "O0I1", strict=True))


def read_code(
    ink: np.ndarray, found: Writing, network: CodeNetwork, scale: np.ndarray
) -> tuple[list[list[Letter]], float]:
    """Read lines of block letters and digits; returns them and the probability that all is right.

    ink: (H, W) float32. found: its marks. scale: (4,), picture pixels to one of the ink map. The
    probability is 0 if it looks like no text of separate characters. Raises TooDenseError.
    """
    lines = read_lines(ink, found.marks, found.all, network)
    segments = [segment for line in lines for segment in line.segments]
    if not segments:
        return [], 0.0
    shares = iter(network.by_character(np.stack([s.classified.glyph for s in segments])))
    letters = [
        [_character(segment, next(shares), scale) for segment in line.segments] for line in lines
    ]
    accepted = is_number(lines, network.numbers.acceptance)
    return letters, confidence(lines) if accepted else 0.0


def _character(segment: ReadSegment, shares: np.ndarray, scale: np.ndarray) -> Letter:
    """Return a character of a code. shares: (36,) float32, of CODE."""
    box = tuple(int(v) for v in np.rint(segment.classified.part.box * scale))
    best = int(shares.argmax())
    glyph, likeliest = segment.classified.glyph, float(shares[best])
    if segment.label == REJECT:
        return Letter(None, likeliest, shares, box, glyph, NO_LETTER, names=CODE)
    label = CODE[best]
    others = [CODE[k] for k in np.argsort(-shares, kind="stable")[1:] if shares[k] >= NAMED]
    if label in TWINS and TWINS[label] not in others:
        others.insert(0, TWINS[label])
    named = tuple(others[:MAX_ALTERNATIVES])
    return Letter(label, likeliest, shares, box, glyph, None, label, named, CODE)
