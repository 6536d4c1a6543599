"""Run the small network of the first look: two dense layers in plain Python.

The weights of one input are the digits of one long whole number, so that one multiplication in C
serves all hidden units: in a loop of MicroPython it would take thirty times as long. The file is
JSON, and each weight a letter of it, which C decodes too. training/first_look/ writes it. Depends
on no browser, so that CPython measures the same arithmetic.
"""

import json
import math
from array import array

ZERO = 80  # code of the letter that stands for a weight of 0
STEPS = 45  # weights are whole numbers from -STEPS to STEPS
LETTERS = "".join(chr(ZERO + step) for step in range(-STEPS, STEPS + 1))  # from "#" to "}"
LANES = "I"  # array type of a long number's parts, of 32 bits: no sum of a unit exceeds that
LANE_BYTES = 4
FULL = 255  # an input of 1 as a whole number
CLASSES = 11  # the ten digits, and the reject class


class ModelFileError(ValueError):
    """The file is not one of this network; the message names the fault."""


class SmallNetwork:
    """A network read from its file.

    threshold: the least probability of an answer.
    """

    def __init__(self, text: str, inputs: int):
        """Read a file's text. inputs: how many the page makes. Raises ModelFileError."""
        try:
            fields = json.loads(text)
            self.threshold = float(fields["threshold"])
            self._hidden_scale = float(fields["hidden_scale"])
            self._output_scale = float(fields["output_scale"])
            self._hidden_bias = [float(value) for value in fields["hidden_bias"]]
            self._output_bias = [float(value) for value in fields["output_bias"]]
            hidden, output = (_codes(fields[name + "_weights"]) for name in ("hidden", "output"))
        except (AttributeError, KeyError, TypeError, ValueError) as problem:
            raise ModelFileError(f"not a model of the first look: {problem}") from None
        units = len(self._hidden_bias)
        sizes = (len(self._output_bias), len(hidden), len(output))
        if not units or sizes != (CLASSES, inputs * units, units * CLASSES):
            raise ModelFileError(f"{units} hidden units do not fit arrays of {sizes}")
        if not 0 < self.threshold <= 1:
            raise ModelFileError(f"the threshold {self.threshold} is no probability")
        self._hidden = _long_numbers(hidden, units)
        self._output = [[code - ZERO for code in row] for row in _rows(output, CLASSES)]

    def probabilities(self, inputs: list) -> list:
        """Return the probabilities of the CLASSES. inputs: values from 0 to 1."""
        sums, ink = 0, 0
        for value, weights in zip(inputs, self._hidden):  # noqa: B905
            whole = int(value * FULL + 0.5)
            if whole:
                ink += whole
                sums += whole * weights
        units = len(self._hidden_bias)
        totals = array(LANES, sums.to_bytes(LANE_BYTES * units, "little"))
        logits = list(self._output_bias)
        for total, bias, row in zip(totals, self._hidden_bias, self._output):  # noqa: B905
            unit = (total - ZERO * ink) * self._hidden_scale + bias
            if unit > 0:
                unit *= self._output_scale
                logits = [logit + unit * weight for logit, weight in zip(logits, row)]  # noqa: B905
        return _softmax(logits)

    def answer(self, inputs: list):
        """Return the digit where it is sure enough, else None."""
        shares = self.probabilities(inputs)
        share = max(shares)
        digit = shares.index(share)
        return digit if digit < CLASSES - 1 and share >= self.threshold else None


def _codes(text):
    """Return the letters' codes as bytes. Raises ValueError if a letter stands for no weight."""
    if text.strip(LETTERS):
        raise ValueError("letters that stand for no weight")
    return text.encode()


def _long_numbers(codes, units):
    """Return a number for each input, with its units' codes in the lanes, the first lowest.

    codes: of LANE_BYTES inputs at a time, unit by unit.
    """
    lowest = int.from_bytes((b"\xff" + bytes(LANE_BYTES - 1)) * units, "little")
    groups = [int.from_bytes(group, "little") for group in _rows(codes, LANE_BYTES * units)]
    return [group >> 8 * place & lowest for group in groups for place in range(LANE_BYTES)]


def _rows(values, width):
    return [values[start : start + width] for start in range(0, len(values), width)]


def _softmax(logits):
    highest = max(logits)
    powers = [math.exp(logit - highest) for logit in logits]
    total = sum(powers)
    return [power / total for power in powers]
