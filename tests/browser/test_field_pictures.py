"""Pictures as phones, scanners and other tools make them are read, or refused by name."""

import random

import numpy as np
from PIL import Image, ImageOps
from support.gestures import open_picture
from support.page_state import answer, wait_for_words
from test_pictures import encoded, seven

AVIF = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + bytes(300)
VIDEO = random.Random(1).randbytes(3_000_000) + b"\xff\xda" * 3000  # of a motion photo


def pictures():
    """Return sevens as the field has them: files by what is special about each."""
    tight = seven().crop(ImageOps.invert(seven()).getbbox())
    large = Image.new("L", (4000, 3000), "white")
    large.paste(seven((60, 78)), (1900, 1400))
    ten_bits = np.asarray(seven()).astype(np.uint16) * 1023 // 255
    return {
        "a video behind it": encoded(seven((800, 1040)), "JPEG") + VIDEO,
        "no margin": encoded(tight, "PNG"),
        "past the lower edge": encoded(seven().crop((0, 0, 200, 200)), "PNG"),
        "ten bits in sixteen": encoded(Image.fromarray(ten_bits), "PNG"),
        "tiny on twelve megapixels": encoded(large, "PNG"),
    }


def test_a_digit_is_read_whatever_made_its_picture(page, tmp_path):
    read = {}
    for place, (what, content) in enumerate(pictures().items()):
        path = tmp_path / f"{place}.jpg"
        path.write_bytes(content)
        open_picture(page, path)
        page.wait_for_function(
            "count => document.querySelectorAll('#history li').length == count", arg=place + 1
        )
        read[what] = answer(page)
    assert read == dict.fromkeys(read, "7")
    (tmp_path / "photo.avif").write_bytes(AVIF)
    open_picture(page, tmp_path / "photo.avif")
    wait_for_words(page, "#remark", "AVIF files cannot be opened")
