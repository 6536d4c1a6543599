"""A picture that is not read says what is in the way, and a button offers the remedy."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps
from support.gestures import clear, draw, open_picture
from support.handwriting import mnist_digits, pen_strokes
from support.page_state import START_MS, answer, wait_for_words

SIDE = 200


def crossed_cell() -> Image.Image:
    """Draw a cross that touches a line at the left edge."""
    picture = Image.new("L", (SIDE, SIDE), 220)
    for line in ((9, 0, 9, SIDE), (9, 40, SIDE - 9, 160), (60, SIDE - 9, 140, 9)):
        ImageDraw.Draw(picture).line(line, fill=60, width=8)
    return picture.filter(ImageFilter.GaussianBlur(1))


def dark_label() -> Image.Image:
    """Draw a photograph of a dark label with a light digit, on light paper."""
    picture = Image.new("L", (SIDE, SIDE), 235)
    ImageDraw.Draw(picture).rectangle((50, 50, 150, 150), fill=20)
    digit = ImageOps.invert(mnist_digits("3").convert("L"))
    digit = digit.crop(digit.getbbox())
    digit.thumbnail((70, 70))
    bright = digit.point(lambda level: 20 + level * 215 // 255)
    picture.paste(bright, (100 - digit.width // 2, 100 - digit.height // 2))
    noise = np.random.default_rng(0).normal(0, 3, (SIDE, SIDE))
    lit = np.asarray(picture, float) * np.linspace(0.7, 1, SIDE)[:, None] + noise
    blurred = ImageFilter.GaussianBlur(1)
    return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8)).filter(blurred)


def test_a_picture_is_read_with_the_chosen_ink_again_after_a_reload(page, tmp_path):
    dark_label().save(tmp_path / "label.png")
    open_picture(page, tmp_path / "label.png")
    wait_for_words(page, "#remedy", "Read light ink on dark")
    page.click("#remedy")
    wait_for_words(page, "#history .label", "3")  # it is kept once the answer has been painted
    page.reload()
    page.wait_for_function("document.querySelector('#answer').textContent == '3'", timeout=START_MS)
    clear(page)
    page.locator("#history [data-revisit]").first.click()
    page.wait_for_function("document.querySelector('#answer').textContent == '3'")
    assert not page.is_visible("#remedy")


def test_what_is_in_the_way_is_said_and_its_remedy_offered(page, tmp_path):
    crossed_cell().save(tmp_path / "cell.png")
    open_picture(page, tmp_path / "cell.png")
    wait_for_words(page, "#remark", "Not read: a line at the left edge is in the way.")
    assert answer(page) == ""
    page.click("[data-language=de]")
    wait_for_words(page, "#remark", "Nicht gelesen: Eine Linie am linken Rand ist im Weg.")
    wait_for_words(page, "#remedy", "Ausschnitt wählen")
    page.click("[data-language=en]")
    wait_for_words(page, "#remedy", "Choose a part")
    page.click("#remedy")
    page.wait_for_selector(".crop-frame")
    page.keyboard.press("Escape")
    dark_label().save(tmp_path / "label.png")
    open_picture(page, tmp_path / "label.png")
    wait_for_words(page, "#remedy", "Read light ink on dark")
    page.click("#remedy")
    page.wait_for_function("document.querySelector('#answer').textContent == '3'")
    assert not page.is_visible("#remedy")
    draw(page, pen_strokes(7))
    assert answer(page) == "7" and not page.is_visible("#remedy")
