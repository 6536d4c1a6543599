"""Sound picture files are read; bad ones get a sentence and change nothing."""

import io

import pytest
from PIL import Image, ImageDraw
from support.gestures import draw, open_picture
from support.handwriting import pen_strokes
from support.page_state import answer, ink_on, remark

FORMATS = ["PNG", "JPEG", "WEBP", "BMP", "GIF"]


def seven(size=(200, 260)):
    """A seven, black on white, as a picture."""
    picture = Image.new("L", size, "white")
    corners = [(0.25, 0.2), (0.72, 0.2), (0.5, 0.5), (0.4, 0.8)]
    line = [(x * size[0], y * size[1]) for x, y in corners]
    ImageDraw.Draw(picture).line(line, "black", width=size[0] // 12, joint="curve")
    return picture


def encoded(picture, kind, **options):
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def bad_pictures():
    """Return names of files, their bytes, and a word of the sentence about each."""
    jpeg = encoded(seven((800, 900)), "JPEG")
    return [
        ("empty.png", b"", "empty"),
        ("text.png", b"Dear Sir or Madam,\n" * 50, "not a picture"),
        ("cut-short.jpg", jpeg[: len(jpeg) // 2], "damaged"),
        ("one-pixel.png", encoded(Image.new("L", (1, 1)), "PNG"), "too small"),
        ("photo.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200), "cannot be opened"),
        ("poster.jpg", encoded(Image.new("L", (10_000, 10_000)), "JPEG"), "million"),
        ("enormous.png", encoded(Image.new("1", (20_000, 20_000)), "PNG"), "million"),
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_file_is_read_and_shown(page, tmp_path, kind):
    path = tmp_path / f"seven.{kind.lower()}"
    path.write_bytes(encoded(seven(), kind))
    open_picture(page, path)
    assert answer(page) == "7"
    assert remark(page) == ""
    assert ink_on(page) > 10_000  # the picture itself lies on the pad


def test_a_picture_taken_sideways_is_turned_upright(page, tmp_path):
    path = tmp_path / "sideways.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter to the right
    path.write_bytes(encoded(seven().rotate(90, expand=True), "JPEG", exif=exif))
    open_picture(page, path)
    assert answer(page) == "7"


def test_a_picture_without_ink_gets_no_digit(page, tmp_path):
    path = tmp_path / "blank.png"
    path.write_bytes(encoded(Image.new("L", (100, 100), "white"), "PNG"))
    open_picture(page, path)
    assert answer(page) == ""
    assert remark(page) == "No ink found in this picture."


def test_drawing_on_after_a_picture_begins_anew(page, tmp_path):
    path = tmp_path / "seven.png"
    path.write_bytes(encoded(seven(), "PNG"))
    open_picture(page, path)
    assert answer(page) == "7"
    draw(page, pen_strokes(3))
    assert answer(page) == "3"


@pytest.mark.parametrize(
    ("name", "content", "word"), bad_pictures(), ids=lambda value: str(value)[:12]
)
def test_a_bad_picture_gets_one_sentence_and_nothing_is_lost(page, tmp_path, name, content, word):
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    ink = ink_on(page)
    path = tmp_path / name
    path.write_bytes(content)
    open_picture(page, path)
    sentence = remark(page)
    assert word in sentence and sentence.endswith(".") and len(sentence) < 150
    assert answer(page) == "7" and ink_on(page) == ink
    draw(page, pen_strokes(3)[:1])
    assert remark(page) != sentence
