"""Ink -> the characters of each text line, read by the line network.

The network reads a line as a whole. If its confidence is low, it reads other crops of the line. It
tries other sizes first, then other heights.
"""

from typing import NamedTuple

import numpy as np

from ..image.segment import Part, Writing
from ..network.in_turn import InTurn, Question, alone
from ..results import UNREAD
from .character_parts import character_parts
from .ctc import decode, log_likelihood
from .cut_lines import CutLine, cut_lines, other_views
from .line_network import LineNetwork

TINY = 1e-12  # added to probabilities before their logarithm
SURE = 0.96  # confidence for each character of a line that needs no second look
# Of the band of digits: sizes and shifts, in its heights, that are tried together.
VIEWS = (((1.15, 0), (0.87, 0)), ((1, 0.1), (1, -0.1)))


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
    probabilities: np.ndarray  # (T, K) float32, of each class at each step


def read_lines(ink: np.ndarray, writing: Writing, network: LineNetwork) -> list[LineReading]:
    """Read the writing, line by line from the top.

    ink: (H, W) float32, 0 paper .. 1 ink. writing: its connected components.
    """
    return alone(read_in_turn(ink, writing, network))


def read_in_turn(
    ink: np.ndarray, writing: Writing, network: LineNetwork
) -> InTurn[list[LineReading]]:
    """Do what `read_lines` does, in turn with other readings: see in_turn.py."""
    lines = cut_lines(ink, writing)
    readings = yield from _read(lines, network)
    for views in VIEWS:  # some may be sure before all have been looked at
        doubtful = [place for place, reading in enumerate(readings) if not _is_sure(reading)]
        seen = [(place, view) for place in doubtful for view in other_views(lines[place], views)]
        if not seen:
            break
        found = yield from _read([view for _, view in seen], network)
        for (place, _), reading in zip(seen, found, strict=True):
            if reading.confidence > readings[place].confidence:
                readings[place] = reading
    return readings


def _is_sure(reading: LineReading) -> bool:
    return per_character(reading.confidence, len(reading.characters)) >= SURE


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


def is_no_digit(lines: list[LineReading], digit: float, network: LineNetwork) -> bool:
    """Return whether a picture's one mark is no digit, although the digit network says so.

    digit: the digit network's confidence. It takes some scribbles for a digit, but is hardly ever
    sure of it.
    """
    texts = [character.text for line in lines for character in line.characters]
    return texts == [network.reject] and digit < network.rules.alone


def is_number(certainties: list[float], lines: list[list[str]], network: LineNetwork) -> bool:
    """Return whether lines hold a number: sure enough, with a digit, and few characters unread.

    certainties: of each line, by `certainty`. lines: what each character was read as in the end.
    """
    texts = [text for line in lines for text in line]
    unread = sum(text == UNREAD for text in texts)
    if not any(text.isdigit() for text in texts) or unread > network.rules.max_unread * len(texts):
        return False
    pairs = zip(certainties, lines, strict=True)
    surest = max(per_character(chance, len(line)) for chance, line in pairs)
    return surest >= network.rules.threshold


def per_character(confidence: float, count: int) -> float:
    """Return a line's confidence as the geometric mean over its characters, `count` of them.

    So long lines need not be surer than short ones.
    """
    return confidence ** (1 / max(count, 1))


def certainty(line: LineReading, texts: list[str], network: LineNetwork) -> float:
    """Return the line network's probability of a line as it was read in the end, 0 .. 1.

    texts: what each of its characters was read as. A digit in place of another changes nothing:
    the digit network tells shapes apart. One in place of a reject has to be likely here, too.
    Else two letters would be as sure a number as they were surely none.
    """
    pairs = list(zip(line.characters, texts, strict=True))
    overruled = [read.text == network.reject and text.isdigit() for read, text in pairs]
    if not any(overruled):
        return line.confidence
    changed = [
        text if over else read.text for (read, text), over in zip(pairs, overruled, strict=True)
    ]
    labels = [network.alphabet.index(text) + 1 for text in changed]
    return float(np.exp(min(log_likelihood(line.probabilities, labels), 0.0)))


def _read(lines: list[CutLine], network: LineNetwork) -> InTurn[list[LineReading]]:
    given = yield Question(network, [line.image.pixels for line in lines])
    return [_reading(line, found, network) for line, found in zip(lines, given, strict=True)]


def _reading(line: CutLine, probabilities: np.ndarray, network: LineNetwork) -> LineReading:
    symbols = decode(probabilities)
    if not symbols:
        return LineReading([], 0.0, probabilities)
    likelihood = log_likelihood(probabilities, [symbol.index for symbol in symbols])
    parts = character_parts(line, symbols)
    characters = [
        Character(
            network.alphabet[symbol.index - 1], symbol.probability, symbol.classes[1:11], part
        )
        for symbol, part in zip(symbols, parts, strict=True)
    ]
    return LineReading(characters, float(np.exp(min(likelihood, 0.0))), probabilities)
