"""What was read: a digit, or a number of them."""

from dataclasses import dataclass, field

import numpy as np

NO_INK = "no ink"
NO_DIGIT = "not a digit"
NO_NUMBER = "not a number"


@dataclass(frozen=True)
class Digit:
    """One digit, read.

    label: 0 to 9, or None with a `reason` ("no ink", "not a digit", "unsure between 4 and 9").
    confidence: the calibrated probability of the likeliest digit, 0 .. 1, given or not.
    probabilities: (10,) float32; what they lack of 1 is the probability that it is no digit.
    box: (left, top, right, bottom) in pixels of the upright picture, the last two exclusive, or
    None without ink. glyph: (28, 28) float32, 1 = ink.
    """

    label: int | None
    confidence: float
    probabilities: np.ndarray
    box: tuple[int, int, int, int] | None
    glyph: np.ndarray
    reason: str | None = None


@dataclass(frozen=True)
class Reading:
    """A picture, read.

    lines: its digits and signs, line by line. light, ink: (H, W) float32, what was seen (0 black
    .. 1 white) and what was taken for ink (0 .. 1), at the size that was worked on. reason: None,
    or why there is no text ("no ink", "not a number").
    confidence: the probability, 0 .. 1, that the whole text is right: for each line, that it has
    as many digits, which is the share that the ways to group and cut it so have in all ways; times
    the probability of every digit. 0 where nothing was read.
    """

    lines: list[list[Digit]]
    light: np.ndarray = field(repr=False)
    ink: np.ndarray = field(repr=False)
    confidence: float = 0.0
    reason: str | None = None

    @property
    def digits(self) -> list[Digit]:
        """All digits and signs in reading order."""
        return [digit for line in self.lines for digit in line]

    @property
    def text(self) -> str:
        """The digits as text, a line break between lines; without signs and what was not read."""
        if self.reason:
            return ""
        lines = ["".join(str(d.label) for d in line if d.label is not None) for line in self.lines]
        return "\n".join(line for line in lines if line)
