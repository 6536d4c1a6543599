"""Pictures that hold no number at all: a page of text, a cat."""

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
