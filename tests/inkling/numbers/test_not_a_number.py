"""Pictures that hold no number at all: a page of text, a cat, letters."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont


def text_page(size: int) -> Image.Image:
    page = Image.new("L", (700, 500), 255)
    said = (
        "The quick brown fox jumps\nover the lazy dog, and\nthen runs away from it\nall day long."
    )
    ImageDraw.Draw(page).multiline_text((30, 30), said, fill=20, font=ImageFont.load_default(size))
    return page


def cat(seed: int) -> Image.Image:
    """Light and fur, two ears, eyes and whiskers: what a photo of a cat is made of."""
    random = np.random.default_rng(seed)
    picture = Image.new("RGB", (480, 400), (150, 140, 120))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((110, 90, 370, 350), fill=(110, 85, 60))
    draw.polygon([(130, 160), (150, 30), (220, 110)], fill=(100, 75, 50))
    draw.polygon([(350, 160), (330, 30), (260, 110)], fill=(100, 75, 50))
    for x in (185, 285):
        draw.ellipse((x - 25, 180, x + 25, 220), fill=(190, 190, 90))
        draw.ellipse((x - 7, 182, x + 7, 218), fill=(10, 10, 10))
    draw.polygon([(225, 255), (255, 255), (240, 275)], fill=(60, 30, 30))
    for y in (260, 280, 300):
        draw.line((30, y - 20, 200, y), fill=(230, 230, 230), width=3)
        draw.line((450, y - 20, 280, y), fill=(230, 230, 230), width=3)
    light = np.linspace(0.6, 1.3, 480)[None, :, None]
    fur = random.normal(0, 16, (400, 480, 1)) + random.normal(0, 25, (100, 120, 1)).repeat(
        4, axis=0
    ).repeat(4, axis=1)
    return Image.fromarray(np.clip(np.asarray(picture) * light + fur, 0, 255).astype(np.uint8))


@pytest.mark.parametrize(
    "picture", [text_page(28), text_page(44), cat(0)], ids=["text", "larger text", "cat"]
)
def test_what_is_no_number_gets_a_reason_instead(reader, picture):
    reading = reader.read(picture)
    assert (reading.text, reading.confidence) == ("", 0.0)
    assert reading.reason in ("no ink", "not a number")


# As (x, y) from the letter's left and top, in its heights.
STRAIGHT = {
    "V": [(0, 0), (0.3, 1), (0.6, 0)],
    "M": [(0, 1), (0.12, 0), (0.4, 0.8), (0.68, 0), (0.8, 1)],
    "N": [(0, 1), (0.05, 0), (0.5, 1), (0.55, 0)],
    "W": [(0, 0), (0.2, 1), (0.4, 0.2), (0.6, 1), (0.8, 0)],
    "1": [(0, 0.25), (0.25, 0), (0.25, 1)],
}


def written(text: str, pen: int, high: int = 120, gap: int = 30) -> Image.Image:
    picture = Image.new("L", (560, 280), 255)
    draw, left = ImageDraw.Draw(picture), 60
    for letter in text:
        points = [(left + x * high, 80 + y * high) for x, y in STRAIGHT[letter]]
        draw.line(points, fill=0, width=pen, joint="curve")
        for x, y in points:
            draw.ellipse((x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2), fill=0)
        left = max(x for x, _ in points) + gap
    return picture


@pytest.mark.parametrize("pen", [8, 12, 18])
@pytest.mark.parametrize("word", ["V", "VV", "MV", "WM", "VN", "NM", "MVM", "VVV"])
def test_letters_of_straight_strokes_are_not_read_as_1s(reader, word, pen):
    assert reader.read(written(word, pen)).text == ""
    ones = "1" * len(word)
    assert reader.read(written(ones, pen)).text == ones


@pytest.mark.parametrize("pen", [8, 12, 18])
def test_two_sure_1s_are_read_even_where_they_touch(reader, pen):
    assert reader.read(written("11", pen, gap=0)).text == "11"
