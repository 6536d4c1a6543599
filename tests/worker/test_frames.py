"""The pages of a TIFF file come out one by one, as they were put in."""

import io

import numpy as np
import pytest
from PIL import Image

from inkling import PictureError
from worker.frames import count_frames, frame_as_png


def pages(mode, count=3):
    """Pictures of a black square each, at places of its own."""
    made = []
    for number in range(count):
        pixels = np.full((120, 200), 255, np.uint8)
        pixels[20 : 20 + 20 * number + 10, 30:60] = 0
        made.append(Image.fromarray(pixels).convert(mode))
    return made


def tiff(pictures, **options):
    file = io.BytesIO()
    pictures[0].save(file, "TIFF", save_all=True, append_images=pictures[1:], **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("mode", "compression"),
    [("1", "group4"), ("L", "tiff_lzw"), ("RGB", "tiff_deflate"), ("L", None), ("I;16", None)],
)
def test_every_page_comes_out_as_it_was_put_in(mode, compression):
    put_in = pages("L" if mode == "I;16" else mode)
    if mode == "I;16":
        put_in = [Image.fromarray(np.asarray(page).astype(np.uint16) * 257) for page in put_in]
    packed = tiff(put_in, compression=compression)
    assert count_frames(packed) == 3
    for number, page in enumerate(pages("L")):
        taken = Image.open(io.BytesIO(frame_as_png(packed, number))).convert("L")
        assert np.array_equal(np.asarray(taken), np.asarray(page)), (mode, number)


def test_a_damaged_file_gets_a_sentence():
    packed = tiff(pages("L"))
    for bad in (packed[:50], b"II*\0" + bytes(20)):
        with pytest.raises(PictureError):
            count_frames(bad)
    with pytest.raises(PictureError):
        frame_as_png(packed[:2000], 2)


def test_a_page_of_too_many_pixels_is_refused():
    with pytest.raises(PictureError):
        frame_as_png(tiff([Image.new("1", (20_000, 20_000))], compression="group4"), 0)
