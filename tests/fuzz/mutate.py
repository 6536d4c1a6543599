"""Alters a file as accidents and attackers do. Every function takes bytes and a random.Random."""

import random
import struct
import zlib
from collections.abc import Callable

# Counts, sizes and offsets that programs stumble over: nothing, one, the ends of the types.
TELLING = (0, 1, 2, 3, 7, 16, 127, 128, 255, 256, 4095, 8000, 16383, 16384, 32767, 32768, 65535)
HUGE = (2**16, 2**20, 2**24 - 1, 2**31 - 1, 2**31, 2**32 - 1)
HEADER = 64  # bytes: where files say how large they are
PNG_START = 8


def mutated(file: bytes, other: bytes, chance: random.Random) -> bytes:
    """A file after one to four alterations; now and then one of them grafts on the other file."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        if chance.random() < 0.05:
            file = spliced(file, other, chance)
        elif file.startswith(b"\x89PNG") and chance.random() < 0.6:
            file = png_altered(file, chance)
        elif file:
            file = chance.choice(ALTERATIONS)(file, chance)
    return file


def cut(file: bytes, chance: random.Random) -> bytes:
    return file[: chance.randrange(len(file))]


def bits_flipped(file: bytes, chance: random.Random) -> bytes:
    altered = bytearray(file)
    for _ in range(chance.choice((1, 1, 3, 20))):
        altered[chance.randrange(len(file))] ^= 1 << chance.randrange(8)
    return bytes(altered)


def bytes_replaced(file: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(file))
    length = chance.choice((1, 2, 8, 64))
    return file[:start] + chance.randbytes(length) + file[start + length :]


def number_set(file: bytes, chance: random.Random) -> bytes:
    """Overwrite two, three or four bytes with a telling number, likeliest in the header."""
    within = min(len(file), HEADER) if chance.random() < 0.7 else len(file)
    start, length = chance.randrange(within), chance.choice((2, 2, 3, 4, 4))
    number = chance.choice(TELLING + HUGE) % 256**length
    order = chance.choice(("little", "big"))
    return file[:start] + number.to_bytes(length, order) + file[start + length :]


def piece_repeated(file: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(file))
    piece = file[start : start + chance.choice((1, 4, 32, 400))]
    return file[:start] + piece * chance.choice((2, 3, 50)) + file[start:]


def piece_removed(file: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(file))
    return file[:start] + file[start + chance.choice((1, 2, 4, 16, 200)) :]


def noise_inserted(file: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(file))
    return file[:start] + chance.randbytes(chance.choice((1, 4, 300))) + file[start:]


def spliced(file: bytes, other: bytes, chance: random.Random) -> bytes:
    """The head of one and the tail of the other."""
    return file[: chance.randrange(len(file) + 1)] + other[chance.randrange(len(other) + 1) :]


ALTERATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    cut,
    bits_flipped,
    bytes_replaced,
    number_set,
    number_set,
    piece_repeated,
    piece_removed,
    noise_inserted,
)


def png_altered(file: bytes, chance: random.Random) -> bytes:
    """Alter what is inside a PNG's chunks and mend their checksums: else no decoder would look."""
    chunks = [*png_chunks(file)]
    if not chunks:
        return cut(file, chance)
    place = chance.randrange(len(chunks))
    kind, content = chunks[place]
    if chance.random() < 0.2:
        chunks.insert(chance.randrange(len(chunks)), chunks[place])
    elif chance.random() < 0.1:
        del chunks[place]
    elif kind == b"IDAT" and chance.random() < 0.5:
        chunks[place] = (kind, _repacked(content, chance))
    elif content:
        chunks[place] = (kind, chance.choice(ALTERATIONS)(content, chance))
    return file[:PNG_START] + b"".join(png_chunk(*chunk) for chunk in chunks)


def _repacked(packed: bytes, chance: random.Random) -> bytes:
    """Pixels altered before they are packed: their filters and lengths, not only the packing."""
    try:
        pixels = zlib.decompress(packed)
    except zlib.error:
        return packed
    return zlib.compress(chance.choice(ALTERATIONS)(pixels, chance))


def png_chunks(file: bytes):
    """(kind, content) of each whole chunk (PNG specification, 5.3)."""
    place = PNG_START
    while place + 12 <= len(file):
        length, kind = struct.unpack_from(">I4s", file, place)
        yield kind, file[place + 8 : place + 8 + length]
        place += 12 + length


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", _sum(kind, content))


def _sum(kind: bytes, content: bytes) -> int:
    return zlib.crc32(kind + content)
