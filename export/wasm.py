"""WebAssembly's binary format, as far as trampolines.py needs it.

After chapter 5 of the W3C's "WebAssembly Core Specification", 2.0, and the proposal "Exception
Handling", whose first form Emscripten writes.
"""

from collections.abc import Iterator

MAGIC = b"\0asm\1\0\0\0"
TYPES, IMPORTS, FUNCTIONS, CODE = 1, 2, 3, 10  # ids of sections
LOCAL_GET, CALL, CALL_INDIRECT, END = 0x20, 0x10, 0x11, 0x0B
FUNCTION_TYPE = 0x60
I32 = b"\x7f"

# How many numbers follow an opcode. All numbers are LEB128, so a block's type is one of them.
NUMBERS = dict.fromkeys([0x00, 0x01, 0x05, 0x0B, 0x0F, 0x19, 0x1A, 0x1B, 0xD1], 0)
NUMBERS |= dict.fromkeys(range(0x45, 0xC5), 0)  # arithmetic
NUMBERS |= dict.fromkeys([0x02, 0x03, 0x04, 0x06, 0x0C, 0x0D, CALL], 1)  # blocks and jumps
NUMBERS |= dict.fromkeys([0x07, 0x08, 0x09, 0x18], 1)  # exceptions
NUMBERS |= dict.fromkeys([*range(LOCAL_GET, 0x27), 0x3F, 0x40, 0x41, 0x42, 0xD0, 0xD2], 1)
NUMBERS |= dict.fromkeys([CALL_INDIRECT, *range(0x28, 0x3F)], 2)  # and memory
LISTS = {0x0E: 1, 0x1C: 0}  # opcodes that a list follows, and how many numbers that has at its end
FLOATS = {0x43: 4, 0x44: 8}  # opcodes that so many bytes follow
FURTHER = 0xFC  # a number follows that tells more opcodes apart, and after it
FURTHER_NUMBERS = [0] * 8 + [2, 1, 2, 1, 2, 1, 2, 1, 1, 1]


def number(data: bytes, place: int) -> tuple[int, int]:
    """The unsigned number at a place, and the place after it."""
    value = shift = 0
    while True:
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, place


def encoded(value: int) -> bytes:
    """An unsigned number."""
    found = bytearray()
    while value >= 0x80:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def vector(items: list[bytes]) -> bytes:
    """Items, after their count."""
    return encoded(len(items)) + b"".join(items)


def sized(content: bytes) -> bytes:
    """Content, after its length in bytes."""
    return encoded(len(content)) + content


def sections(module: bytes) -> list[tuple[int, bytes]]:
    """(id, content) of every section, in order. Raises ValueError if it is no module."""
    if not module.startswith(MAGIC):
        raise ValueError("This is no WebAssembly of version 1.")
    found, place = [], len(MAGIC)
    while place < len(module):
        size, start = number(module, place + 1)
        found.append((module[place], module[start : start + size]))
        place = start + size
    return found


def joined(parts: list[tuple[int, bytes]]) -> bytes:
    """The module of these sections."""
    return MAGIC + b"".join(bytes([name]) + sized(content) for name, content in parts)


def instructions(code: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """(opcode, its place, the place after it) of every instruction from a place to the end.

    Raises ValueError for an opcode that is not known.
    """
    while place < len(code):
        opcode, start = code[place], place
        place += 1
        if opcode in FLOATS:
            place += FLOATS[opcode]
        else:
            count = NUMBERS.get(opcode)
            if count is None:
                count, place = _more(code, opcode, place)
            for _ in range(count):
                place = past(code, place)
        yield opcode, start, place


def past(data: bytes, place: int) -> int:
    """The place after a number, of either sign."""
    while data[place] >= 0x80:
        place += 1
    return place + 1


def _more(code: bytes, opcode: int, place: int) -> tuple[int, int]:
    """How many numbers follow a less common opcode, and from where."""
    more = None
    if opcode in LISTS or opcode == FURTHER:
        more, place = number(code, place)
    if opcode in LISTS:
        return more + LISTS[opcode], place
    if more is None or more >= len(FURTHER_NUMBERS):
        raise ValueError(f"The opcode {opcode:#x} {'' if more is None else more} is not known.")
    return FURTHER_NUMBERS[more], place
