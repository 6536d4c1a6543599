"""A picture of any kind becomes upright grey pixels, or one clear sentence."""

import io
import zlib

import numpy as np
import pytest
from PIL import Image

from inkling import PictureError
from inkling.image import decode
from inkling.image import lightness as picture
from inkling.image.decode import MAX_PIXELS
from inkling.image.lightness import WORKING_SIDE, grey, lightness, upright

PAPER, INK = 255, 0


def page(width: int = 60, height: int = 40) -> Image.Image:
    """White paper with an L-shaped mark whose foot is to the right: no symmetry can hide a turn."""
    pixels = np.full((height, width), PAPER, np.uint8)
    pixels[5:35, 10:14] = INK
    pixels[31:35, 10:30] = INK
    return Image.fromarray(pixels)


def encoded(picture: Image.Image, kind: str, **options) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "GIF"])
def test_every_promised_format_gives_the_same_pixels(kind):
    options = {"WEBP": {"lossless": True}, "JPEG": {"quality": 95}}.get(kind, {})
    seen = grey(encoded(page(), kind, **options))
    assert seen.dtype == np.float32
    assert np.abs(seen - np.asarray(page(), np.float32) / 255).max() < 0.1


def test_the_picture_that_a_caller_has_opened_is_left_as_it_is():
    photo = Image.open(io.BytesIO(encoded(page().resize((4000, 3000)), "JPEG")))
    first, size = upright(photo)
    assert photo.size == size == (4000, 3000)
    again, size = upright(photo)
    assert size == (4000, 3000) and first.tobytes() == again.tobytes()


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "I", "F"])
def test_every_mode_is_understood(mode):
    picture = page().convert("RGB").convert(mode) if mode == "LAB" else page().convert(mode)
    seen = grey(picture)
    assert seen[20, 12] < 0.1 < 0.9 < seen[3, 3]


@pytest.mark.parametrize("bits", [10, 12, 14])
def test_grey_of_fewer_bits_kept_in_sixteen_uses_the_whole_range(bits):
    tones = np.asarray(page(), np.uint16) // 255 * (2**bits - 1)
    seen = grey(encoded(Image.fromarray(tones), "PNG"))
    assert np.abs(seen - np.asarray(page(), np.float32) / 255).max() < 0.01


@pytest.mark.parametrize("progressive", [False, True])
def test_a_video_behind_a_jpeg_is_no_damage(progressive):
    photo = encoded(page(), "JPEG", quality=95, progressive=progressive)
    video = bytes(1000) + 1000 * b"\xff\xda\x00\x08"
    assert np.array_equal(grey(photo + video), grey(photo))


def test_scans_within_a_jpeg_are_counted():
    photo = encoded(page(), "JPEG", progressive=True)
    assert decode.count_scans(encoded(page(), "JPEG")) == 1
    assert decode.count_scans(photo) == photo.count(b"\xff\xda") > 1
    last = photo.rindex(b"\xff\xda")
    many = photo[:last] + 50 * photo[last:-2] + photo[-2:]
    with pytest.raises(PictureError, match="damaged"):
        upright(many)


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1miaf", "AVIF"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0avifmiaf", "AVIF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1", "HEIC"),
        (b"%PDF-1.7\n", "PDF"),
        (b"II*\0\x08\0\0\0", "TIFF"),
    ],
)
def test_a_format_that_is_not_read_is_refused_by_name(start, kind):
    with pytest.raises(PictureError, match=f"{kind} files cannot be opened; save"):
        upright(start + bytes(100))


def test_sixteen_bit_grey_keeps_its_tones():
    ramp = np.linspace(0, 65535, 64, dtype=np.uint16).reshape(8, 8)
    seen = grey(encoded(Image.fromarray(ramp), "PNG"))
    assert np.abs(seen - ramp / 65535).max() < 0.01


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_in_the_file_is_applied(orientation):
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,  # what undoes the turn that the file asks for
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = page().transpose(turns[orientation]) if orientation in turns else page()
    exif = Image.Exif()
    exif[0x0112] = orientation
    seen, size = upright(encoded(stored, "PNG", exif=exif))
    assert size == page().size
    assert np.array_equal(np.rint(lightness(seen) * 255), np.asarray(page()))


@pytest.mark.parametrize("ink", [0, 255])
def test_ink_on_nothing_is_laid_over_its_opposite(ink):
    pixels = np.zeros((40, 60, 4), np.uint8)
    pixels[5:35, 10:14] = (ink, ink, ink, 255)
    seen = grey(Image.fromarray(pixels))
    assert abs(seen[20, 12] - seen[20, 40]) > 0.9


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ((255, 245, 80), (255, 255, 255)),  # a yellow highlighter
        ((255, 200, 90), (250, 250, 245)),
        ((208, 110, 106), (128, 152, 130)),  # red on green of the same lightness
        ((60, 90, 215), (70, 105, 60)),
        ((40, 60, 170), (255, 255, 255)),
        ((210, 40, 40), (235, 235, 225)),
    ],
)
def test_colours_of_the_same_lightness_are_told_apart(ink, paper):
    pixels = np.full((120, 160, 3), paper, np.uint8)
    pixels[30:90, 60:70] = ink
    seen = grey(pixels)
    assert abs(seen[60, 65] - seen[10, 10]) > 0.2
    assert seen.min() >= 0 and seen.max() <= 1


def test_a_screenshot_all_of_which_is_opaque_is_seen_in_its_colours():
    pixels = np.full((120, 160, 4), 255, np.uint8)
    pixels[30:90, 60:70] = (255, 245, 80, 255)
    assert np.array_equal(grey(pixels), grey(pixels[..., :3])) and np.ptp(grey(pixels)) > 0.2


def test_a_picture_without_colour_keeps_its_lightness():
    assert np.array_equal(grey(page().convert("RGB")), grey(page()))


def test_a_transparent_rim_takes_the_colour_of_its_paper():
    pixels = np.dstack([np.asarray(page())] * 3 + [np.full((40, 60), 255, np.uint8)])
    pixels[:3, :, 3] = 0
    assert grey(pixels)[1, 1] > 0.9


def test_a_palette_with_a_transparent_colour_is_understood():
    picture = page().convert("P")
    picture.info["transparency"] = int(np.asarray(picture)[0, 0])
    seen = grey(encoded(picture, "PNG", transparency=picture.info["transparency"]))
    assert seen[20, 12] < 0.1 < 0.9 < seen[3, 3]


def test_a_large_picture_is_brought_to_the_working_size_and_its_size_is_kept():
    seen, size = upright(page(1600, 1200))
    assert max(seen.size) == WORKING_SIDE
    assert size == (1600, 1200)


def test_a_progressive_picture_is_read_like_any_other():
    plain, progressive = (encoded(page(), "JPEG", progressive=p) for p in (False, True))
    assert np.array_equal(grey(plain), grey(progressive))


@pytest.mark.parametrize("options", [{}, {"lossless": True}, {"exif": b"Exif\0\0"}])
def test_every_kind_of_webp_gives_its_size(options):
    assert decode.webp_canvas(encoded(page(), "WEBP", **options)) == page().size


def test_a_picture_beyond_the_memory_gets_a_sentence(monkeypatch):
    def exhausted(picture, side):
        raise MemoryError

    monkeypatch.setattr(picture, "decoded", exhausted)
    with pytest.raises(PictureError, match="more memory than there is"):
        upright(page())


def test_a_very_long_picture_keeps_every_side():
    assert min(grey(Image.new("L", (20_000, 5), PAPER)).shape) >= 1


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header names a size: nothing has to be decoded to refuse it."""
    small = bytearray(encoded(Image.new("1", (8, 8)), "PNG"))
    header = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + small[24:29]
    small[12:33] = header + zlib.crc32(header).to_bytes(4, "big")
    return bytes(small)


def webp_that_claims(width: int, height: int) -> bytes:
    """An animation's first chunk (RFC 9649, 2.7): its canvas less one, in three bytes each."""
    canvas = b"".join((side - 1).to_bytes(3, "little") for side in (width, height))
    return b"RIFF\x00\x01\x00\x00WEBPVP8X\x0a\0\0\0\x02\0\0\0" + canvas + bytes(200)


def jpeg_of_scans(count: int) -> bytes:
    """A JPEG whose last scan comes over and over."""
    whole = encoded(page(), "JPEG", progressive=True)
    scan = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + scan * count + whole[-2:]


def png_with_too_many_transparencies() -> bytes:
    """More of them than colours, which only shows once the colours are looked up."""
    whole = encoded(page().convert("P"), "PNG")
    chunk = b"tRNS" + bytes(300)
    framed = (300).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    place = whole.index(b"IDAT") - 4
    return whole[:place] + framed + whole[place:]


@pytest.mark.parametrize(
    ("image", "said"),
    [
        (b"", "empty"),
        (b"Dear diary", "not a picture"),
        (b"%PDF-1.7\n", "PDF files cannot be opened"),
        (encoded(page(), "TIFF"), "TIFF files cannot be opened"),
        (encoded(page(), "JPEG")[:-200], "damaged or cut short"),
        (encoded(page(), "PNG")[:80], "damaged or cut short"),
        (encoded(Image.new("L", (1, 1)), "PNG"), "1 x 1 pixels, too small"),
        (png_that_claims(20_000, 20_000), "more"),
        (png_that_claims(8_100, 8_000), f"more than the {MAX_PIXELS // 1_000_000} million"),
        (webp_that_claims(16_000, 16_000), "16000 x 16000 pixels, more"),
        (jpeg_of_scans(1_000), "damaged"),
        (png_with_too_many_transparencies(), "damaged"),
        (np.zeros((5, 5, 2), np.uint8), "(5, 5, 2)"),
        (np.full((5, 5), 7.0), "float64"),
        (np.zeros((0, 5, 4), np.uint8), "(0, 5, 4)"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(image, said):
    with pytest.raises(PictureError) as refused:
        grey(image)
    sentence = str(refused.value)
    assert said in sentence
    assert sentence.endswith(".") and "\n" not in sentence
