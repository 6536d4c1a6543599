"""Alter a file as accidents and attackers do. Every function takes bytes and a random.Random."""

import random
import struct
import zlib
from collections.abc import Callable

# Counts, sizes and offsets at which programs fail: 0, 1, and the limits of number types.
TELLING = (0, 1, 2, 3, 7, 16, 127, 128, 255, 256, 4095, 8000, 16383, 16384, 32767, 32768, 65535)
HUGE = (2**16, 2**20, 2**24 - 1, 2**31 - 1, 2**31, 2**32 - 1)
HEADER = 64  # bytes: where files declare their sizes
PNG_START = 8


def mutate(file: bytes, other: bytes, generator: random.Random) -> bytes:
    """Alter a file one to four times; one alteration in twenty splices in the other file."""
    for _ in range(generator.choice((1, 1, 2, 4))):
        if generator.random() < 0.05:
            file = splice(file, other, generator)
        elif file.startswith(b"\x89PNG") and generator.random() < 0.6:
            file = alter_png(file, generator)
        elif file:
            file = generator.choice(ALTERATIONS)(file, generator)
    return file


def truncate(file: bytes, generator: random.Random) -> bytes:
    return file[: generator.randrange(len(file))]


def flip_bits(file: bytes, generator: random.Random) -> bytes:
    altered = bytearray(file)
    for _ in range(generator.choice((1, 1, 3, 20))):
        altered[generator.randrange(len(file))] ^= 1 << generator.randrange(8)
    return bytes(altered)


def replace_bytes(file: bytes, generator: random.Random) -> bytes:
    start = generator.randrange(len(file))
    length = generator.choice((1, 2, 8, 64))
    return file[:start] + generator.randbytes(length) + file[start + length :]


def set_number(file: bytes, generator: random.Random) -> bytes:
    """Overwrite two to four bytes with a number of TELLING or HUGE, mostly in the header."""
    within = min(len(file), HEADER) if generator.random() < 0.7 else len(file)
    start, length = generator.randrange(within), generator.choice((2, 2, 3, 4, 4))
    number = generator.choice(TELLING + HUGE) % 256**length
    order = generator.choice(("little", "big"))
    return file[:start] + number.to_bytes(length, order) + file[start + length :]


def repeat_piece(file: bytes, generator: random.Random) -> bytes:
    start = generator.randrange(len(file))
    piece = file[start : start + generator.choice((1, 4, 32, 400))]
    return file[:start] + piece * generator.choice((2, 3, 50)) + file[start:]


def remove_piece(file: bytes, generator: random.Random) -> bytes:
    start = generator.randrange(len(file))
    return file[:start] + file[start + generator.choice((1, 2, 4, 16, 200)) :]


def insert_noise(file: bytes, generator: random.Random) -> bytes:
    start = generator.randrange(len(file))
    return file[:start] + generator.randbytes(generator.choice((1, 4, 300))) + file[start:]


def splice(file: bytes, other: bytes, generator: random.Random) -> bytes:
    """Join the head of one file and the tail of the other."""
    return file[: generator.randrange(len(file) + 1)] + other[generator.randrange(len(other) + 1) :]


ALTERATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    truncate,
    flip_bits,
    replace_bytes,
    set_number,
    set_number,
    repeat_piece,
    remove_piece,
    insert_noise,
)


def alter_png(file: bytes, generator: random.Random) -> bytes:
    """Alter a PNG's chunks and correct their checksums, so that decoders read them."""
    chunks = [*png_chunks(file)]
    if not chunks:
        return truncate(file, generator)
    place = generator.randrange(len(chunks))
    kind, content = chunks[place]
    if generator.random() < 0.2:
        chunks.insert(generator.randrange(len(chunks)), chunks[place])
    elif generator.random() < 0.1:
        del chunks[place]
    elif kind == b"IDAT" and generator.random() < 0.5:
        chunks[place] = (kind, _alter_pixels(content, generator))
    elif content:
        chunks[place] = (kind, generator.choice(ALTERATIONS)(content, generator))
    return file[:PNG_START] + b"".join(png_chunk(*chunk) for chunk in chunks)


def _alter_pixels(packed: bytes, generator: random.Random) -> bytes:
    """Unpack the pixels, alter them, and pack them again."""
    try:
        pixels = zlib.decompress(packed)
    except zlib.error:
        return packed
    return zlib.compress(generator.choice(ALTERATIONS)(pixels, generator))


def png_chunks(file: bytes):
    """Yield (kind, content) of each complete chunk (PNG specification, 5.3)."""
    place = PNG_START
    while place + 12 <= len(file):
        length, kind = struct.unpack_from(">I4s", file, place)
        yield kind, file[place + 8 : place + 8 + length]
        place += 12 + length


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", _checksum(kind, content))
    )


def _checksum(kind: bytes, content: bytes) -> int:
    return zlib.crc32(kind + content)
