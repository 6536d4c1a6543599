"""A picture file -> its pixels, and no harm done: the file may be damaged or made to do harm.

Before anything is decoded, the size that the file claims is looked at: a few bytes can claim
gigabytes. Only the promised formats are tried, so that Pillow's other decoders are out of reach.
"""

import io
import re
import warnings

import numpy as np
from PIL import Image

from ..errors import PictureError

FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF")
MAX_PIXELS = 64_000_000  # beyond any phone's camera; decoded, it still fits a browser's memory
MIN_SIDE = 4  # below this no stroke can have a shape
# A progressive JPEG is decoded once over for each of its scans. Cameras use about ten; a file made
# to keep a computer busy has thousands.
MAX_SCANS = 30
# ITU-T T.81, B.1.1.3: how a JPEG begins, its markers, and those that no length follows.
JPEG = b"\xff\xd8"
MARKER = re.compile(rb"\xff[^\x00\xff]")
END, SCAN = 0xD9, 0xDA
ALONE = (0x01, *range(0xD0, 0xD9))
# ISO 14496-12, 4.3: the brands of files that hold a still picture, which Pillow cannot read here.
BRANDS = {b"avif": "AVIF", b"avis": "AVIF", b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC"}
SIGNATURES = {b"%PDF-": "PDF", b"II*\0": "TIFF", b"MM\0*": "TIFF"}
BAND = 4_000_000  # pixels that are converted at a time

DAMAGED = "The picture is damaged or cut short; save or download it again."


def opened(encoded: bytes) -> Image.Image:
    """Open a picture file; read its header and check its size. Raise PictureError if unfit."""
    if not len(encoded):
        raise PictureError("The file is empty; choose one that holds a picture.")
    if canvas := webp_canvas(encoded):
        check_size(*canvas)
    if encoded.startswith(JPEG) and count_scans(encoded) > MAX_SCANS:
        raise PictureError(DAMAGED)
    if kind := foreign_format(encoded):
        raise PictureError(
            "{kind} files cannot be opened; save the picture as PNG or JPEG, or take a "
            "screenshot of it.",
            kind=kind,
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limit, with our own words, is below
            return Image.open(io.BytesIO(encoded), formats=FORMATS)
    except Image.DecompressionBombError:
        raise PictureError(
            "The picture has more pixels than the {million} million that are read; make it "
            "smaller first.",
            million=MAX_PIXELS // 1_000_000,
        ) from None
    except Exception:
        raise PictureError(
            "This file is not a picture that can be opened; use a PNG, JPEG, WebP, BMP or GIF."
        ) from None


def check_size(width: int, height: int) -> None:
    """Raise PictureError if a picture of this size, in pixels, cannot be read."""
    if min(width, height) < MIN_SIDE:
        raise PictureError(
            "The picture is {width} x {height} pixels, too small to hold a digit; "
            "use one of at least {least} x {least}.",
            width=width,
            height=height,
            least=MIN_SIDE,
        )
    if width * height > MAX_PIXELS:
        raise PictureError(
            "The picture is {width} x {height} pixels, more than the {million} million that are "
            "read; make it smaller first.",
            width=width,
            height=height,
            million=MAX_PIXELS // 1_000_000,
        )


def decoded(picture: Image.Image, side: int | None = None) -> Image.Image:
    """Load a picture, in mode L, RGB or RGBA; a JPEG no larger than it has to be to show `side`
    pixels, if they are given: then it is changed itself. Raises PictureError."""
    if side:  # a JPEG can be decoded at a half, a quarter or an eighth for much less work
        picture.draft(None, (side, side))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is wrong in a file that is readable still
            picture.load()
            return _in_a_common_mode(picture)
    except MemoryError:
        raise
    except Exception:  # each of Pillow's decoders has its own exceptions for damaged data
        raise PictureError(DAMAGED) from None


def _in_a_common_mode(picture: Image.Image) -> Image.Image:
    if picture.mode in ("I", "F") or picture.mode.startswith("I;16"):
        return _eight_bit(picture)
    if picture.mode in ("LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture if picture.mode in ("L", "RGB", "RGBA") else picture.convert("RGB")


def count_scans(encoded: bytes) -> int:
    """Count the scans of a JPEG, up to its end: a phone may have put a video behind it."""
    scans = place = 0
    while marker := MARKER.search(encoded, place):
        kind, place = encoded[marker.end() - 1], marker.end()
        if kind == END:
            break
        scans += kind == SCAN
        if kind not in ALONE:
            place += int.from_bytes(encoded[place : place + 2], "big")
    return scans


def foreign_format(encoded: bytes) -> str | None:
    """Return the name of a known format that is not read here; None for all other files."""
    for signature, kind in SIGNATURES.items():
        if encoded.startswith(signature):
            return kind
    if encoded[4:8] != b"ftyp":
        return None
    brands = encoded[8 : min(64, int.from_bytes(encoded[:4], "big"))]
    return next((kind for brand, kind in BRANDS.items() if brand in brands), None)


def webp_canvas(encoded: bytes) -> tuple[int, int] | None:
    """Return (width, height) as a WebP's first chunk claims, or None (RFC 9649, 2.5 ff.).

    Pillow asks for the memory of the whole canvas, twice, before it tells its size.
    """
    if encoded[:4] != b"RIFF" or encoded[8:12] != b"WEBP" or len(encoded) < 30:
        return None
    kind, body = encoded[12:16], encoded[20:30]
    if kind == b"VP8X":
        width, height = (int.from_bytes(body[place : place + 3], "little") for place in (4, 7))
        return width + 1, height + 1
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = (int.from_bytes(body[place : place + 2], "little") for place in (6, 8))
    return width & 0x3FFF, height & 0x3FFF


def _eight_bit(picture: Image.Image) -> Image.Image:
    """Scale sixteen-bit grey to eight bits: Pillow's own conversion clips instead of scaling.

    A scanner may keep ten or twelve bits in sixteen: white is the most that the bits in use hold.
    """
    levels = np.asarray(picture)
    top = np.nanmax(levels, initial=0, where=np.isfinite(levels)) if levels.size else 0
    if top <= 1:
        white = 1.0
    elif top <= 65535:
        white = max(255.0, 2.0 ** int(np.ceil(top)).bit_length() - 1)
    else:
        white = float(top)
    tones = np.empty(levels.shape, np.uint8)
    rows = max(1, BAND // max(1, levels.shape[1]))
    for row in range(0, len(levels), rows):  # in floats the whole would take four times the memory
        band = np.nan_to_num(levels[row : row + rows].astype(np.float32))
        tones[row : row + rows] = np.clip(band / white, 0, 1) * 255
    return Image.fromarray(tones)
