"""A number is offered where one digit was asked for."""

from PIL import Image, ImageDraw

from worker import session


def test_a_number_with_a_sign_is_offered_to_be_read_as_a_number(reader, drawn_digits):
    picture = Image.new("L", (1200, 500), 255)
    for place, digit in ((420, 4), (740, 7)):
        picture.paste(drawn_digits[digit].convert("L").resize((280, 280)), (place, 110))
    ImageDraw.Draw(picture).line((100, 260, 300, 260), fill=0, width=18)
    told, _ = session.read(reader, picture, session.DIGIT)
    assert session.with_offer(told, reader, picture)["several"]


def test_one_digit_is_not_offered_to_be_read_as_a_number(reader, drawn_digits):
    for picture in drawn_digits.values():
        told, _ = session.read(reader, picture, session.DIGIT)
        assert "several" not in session.with_offer(told, reader, picture)
