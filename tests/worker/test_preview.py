"""A picture's preview keeps its scale, and a large photo is decoded twice at most."""

import io

from PIL import Image, ImageFile

from worker import session


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
