"""Ink -> the characters of each text line, read by the line network.

The network reads a whole line. A line of which it is not sure is read again in other crops.
"""

from typing import NamedTuple

import numpy as np

from ..image.segment import Part, Writing
from ..results import UNREAD
from .character_parts import character_parts
from .ctc import decode, log_likelihood
from .cut_lines import CutLine, cut_lines, other_views
from .line_network import LineNetwork

TINY = 1e-12  # added to probabilities before their logarithm
SURE = 0.9  # confidence of a line that needs no second look


class Character(NamedTuple):
    """One character of a line."""

    text: str  # a digit, a sign, or the reject class's
    confidence: float  # 0 .. 1
    digits: np.ndarray  # (10,) float32, the line network's probability of each digit
    part: Part  # its ink, and its box in the ink map


class LineReading(NamedTuple):
    """One line, read."""

    characters: list[Character]  # from left to right
    confidence: float  # 0 .. 1, that the whole line is right


def read_lines(ink: np.ndarray, writing: Writing, network: LineNetwork) -> list[LineReading]:
    """Read what is written, line by line from the top.

    ink: (H, W) float32, 0 paper .. 1 ink. writing: its connected components.
    """
    lines = cut_lines(ink, writing)
    readings = _read(lines, network)
    doubtful = [i for i, reading in enumerate(readings) if reading.confidence < SURE]
    views = [(i, view) for i in doubtful for view in other_views(lines[i])]
    for (i, _), reading in zip(views, _read([view for _, view in views], network), strict=True):
        if reading.confidence > readings[i].confidence:
            readings[i] = reading
    return readings


def likeliest_digit(read: Character, probabilities: np.ndarray, network: LineNetwork) -> int | None:
    """Return the digit that both networks together find likeliest; None for a sign or a reject.

    probabilities: (11,) float32, the digit network's for the character's own ink. The line network
    knows the neighbours, the digit network more of each shape. A sure digit network overrules the
    reject class.
    """
    rules = network.rules
    if read.text == network.reject and probabilities[:10].max() >= rules.overruled:
        return int(probabilities[:10].argmax())
    if not read.text.isdigit():
        return None
    by_line = np.log(read.digits + rules.line_floor + TINY)
    return int((by_line + np.log(probabilities[:10] + rules.digit_floor + TINY)).argmax())


def is_number(lines: list[LineReading], texts: list[str], network: LineNetwork) -> bool:
    """Return whether lines hold a number: sure enough, with a digit, and few characters unread.

    texts: what each character was read as in the end.
    """
    unread = sum(text == UNREAD for text in texts)
    if not any(text.isdigit() for text in texts) or unread > network.rules.max_unread * len(texts):
        return False
    return surest(lines) >= network.rules.threshold


def surest(lines: list[LineReading]) -> float:
    """Return the highest confidence of a line, as the geometric mean over its characters."""
    return max((line.confidence ** (1 / max(len(line.characters), 1)) for line in lines), default=0)


def _read(lines: list[CutLine], network: LineNetwork) -> list[LineReading]:
    given = network.probabilities([line.image.pixels for line in lines])
    return [_reading(line, found, network) for line, found in zip(lines, given, strict=True)]


def _reading(line: CutLine, probabilities: np.ndarray, network: LineNetwork) -> LineReading:
    symbols = decode(probabilities)
    if not symbols:
        return LineReading([], 0.0)
    likelihood = log_likelihood(probabilities, [symbol.index for symbol in symbols])
    parts = character_parts(line, symbols)
    characters = [
        Character(
            network.alphabet[symbol.index - 1], symbol.probability, symbol.classes[1:11], part
        )
        for symbol, part in zip(symbols, parts, strict=True)
    ]
    return LineReading(characters, float(np.exp(min(likelihood, 0.0))))
