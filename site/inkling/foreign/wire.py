"""Read protocol buffers' wire format, in which ONNX files are written.

The format is small (https://protobuf.dev/programming-guides/encoding/). A message is a row of
fields, each with a number and one of four types. Reading it here instead of by the protobuf package
saves the page that download. Nothing is copied, and a field that is declared too long is refused
before it gets memory: every field lies within the file.
"""

import struct
from collections.abc import Iterator

import numpy as np

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5  # the wire types; 3 and 4 are obsolete
MAX_FIELDS = 200_000  # of all messages in a file: a network for digits has hundreds
MAX_VARINT_BYTES = 10
SIGN = 1 << 63

Fields = dict[int, list]  # by number: the values of each time that a field occurs


class WireError(ValueError):
    """Bytes that are no message."""


def fields(message: memoryview, budget: list[int]) -> Fields:
    """Return a message's fields: int, or memoryview for BYTES and the fixed types.

    budget: [fields left], of all messages that share it. Raises WireError.
    """
    found: Fields = {}
    for number, value in _pairs(message):
        budget[0] -= 1
        if budget[0] < 0:
            raise WireError(f"more than {MAX_FIELDS} fields")
        found.setdefault(number, []).append(value)
    return found


def text(value) -> str:
    """Return a field as text. Raises WireError."""
    try:
        return bytes(_view(value)).decode()
    except UnicodeDecodeError:
        raise WireError("a name is no text") from None


def signed(value) -> int:
    """Return a varint as the int64 that it stands for. Raises WireError."""
    if not isinstance(value, int):
        raise WireError("a number is missing")
    return value - (SIGN << 1) if value >= SIGN else value


def real(value) -> float:
    """Return a fixed field of four bytes as a float. Raises WireError."""
    view = _view(value)
    if len(view) != 4:
        raise WireError("a number has a wrong length")
    return struct.unpack("<f", view)[0]


def integers(values: list) -> list[int]:
    """Return a repeated integer, packed or not. Raises WireError."""
    found = []
    for value in values:
        if isinstance(value, int):
            found.append(signed(value))
            continue
        place = 0
        while place < len(value):
            number, place = _varint(value, place)
            found.append(signed(number))
    return found


def reals(values: list, kind: str = "<f4") -> np.ndarray:
    """Return a repeated number of fixed length, packed or not. Raises WireError."""
    packed = b"".join(bytes(_view(value)) for value in values)
    if len(packed) % np.dtype(kind).itemsize:
        raise WireError("numbers have a wrong length")
    return np.frombuffer(packed, kind)


def _pairs(message: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    place = 0
    while place < len(message):
        key, place = _varint(message, place)
        number, kind = key >> 3, key & 7
        if kind == VARINT:
            value, place = _varint(message, place)
        else:
            length = {FIXED64: 8, FIXED32: 4}.get(kind)
            if kind == BYTES:
                length, place = _varint(message, place)
            if length is None or length > len(message) - place:
                raise WireError("a field is longer than the file")
            value, place = message[place : place + length], place + length
        yield number, value


def _varint(message: memoryview, place: int) -> tuple[int, int]:
    """Return an unsigned integer and the place behind it."""
    value = 0
    for count in range(MAX_VARINT_BYTES):
        if place >= len(message):
            raise WireError("it ends within a number")
        byte = message[place]
        place += 1
        value |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            return value & ((SIGN << 1) - 1), place
    raise WireError("a number has more than ten bytes")


def _view(value) -> memoryview:
    if isinstance(value, int):
        raise WireError("a field has a wrong type")
    return value
