"""A picture's preview keeps its scale, and a large photo is decoded twice at most."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFile

from inkling import Reader
from inkling.record_format import SEVERAL_MARKS
from worker import session

LETTERS = Path(__file__).resolve().parents[2] / "site" / "model" / "letters.npz"


def photo(digit: Image.Image, orientation: int) -> bytes:
    """Return a large JPEG of a digit, turned as its EXIF data says."""
    sheet = Image.new("L", (1600, 1200), 255)
    sheet.paste(digit.convert("L").resize((600, 800)), (500, 200))
    exif, file = Image.Exif(), io.BytesIO()
    exif[0x0112] = orientation
    turned = sheet.rotate(90, expand=True) if orientation == 6 else sheet
    turned.save(file, "JPEG", exif=exif)
    return file.getvalue()


def test_a_preview_is_upright_and_knows_its_scale(reader, drawn_digits):
    for orientation in (1, 6):
        encoded = photo(drawn_digits[3], orientation)
        result, _ = session.read(reader, encoded, session.DIGIT)
        result = session.with_preview(result, reader, encoded, 560)
        preview = result["preview"]
        assert result["label"] == 3 and "several" not in result
        assert (preview["width"], preview["height"], preview["scale"]) == (560, 420, 0.35)


def test_a_photo_is_decoded_for_the_answer_and_once_more(reader, drawn_digits, monkeypatch):
    loads = []
    load = ImageFile.ImageFile.load
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: loads.append(self) or load(self))
    encoded = photo(drawn_digits[3], 1)
    result, _ = session.read(reader, encoded, session.DIGIT)
    session.with_preview(result, reader, encoded, 560)
    assert len({id(picture) for picture in loads}) == 2


def test_a_refused_letter_says_what_is_in_the_way():
    reader = Reader.load(LETTERS)
    sheet = Image.new("L", (300, 200), 255)
    for left in (40, 170):
        draw = ImageDraw.Draw(sheet)
        draw.line((left, 40, left + 80, 160), fill=0, width=9)
        draw.line((left, 160, left + 80, 40), fill=0, width=9)
        draw.line((left + 40, 30, left + 40, 170), fill=0, width=9)
    file = io.BytesIO()
    sheet.save(file, "PNG")
    result, _ = session.read(reader, file.getvalue(), session.LETTER)
    assert "label" not in result
    result = session.with_preview(result, reader, file.getvalue(), 560)
    assert result["obstacle"] == SEVERAL_MARKS
