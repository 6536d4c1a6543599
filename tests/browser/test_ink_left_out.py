"""Ink that was left out of a number is shown wherever the number is."""

import csv
import io

import pytest
from PIL import Image, ImageDraw
from support.gestures import clear, download, draw, open_picture, write_a_number
from support.handwriting import mnist_digits, numeral_strokes, pen_strokes
from support.page_state import answer, wait_for_words


def test_a_digit_that_a_frame_swallowed_is_said_outlined_and_kept(page, tmp_path):
    digits = mnist_digits("407").convert("L")
    picture = Image.new("L", (digits.width + 120, digits.height + 120), 255)
    picture.paste(digits, (60, 60))
    frame = (160, 80, picture.width - 80, picture.height - 80)  # its left side crosses the 4
    ImageDraw.Draw(picture).rectangle(frame, outline=40, width=6)
    picture.save(tmp_path / "form.png")
    write_a_number(page)
    open_picture(page, tmp_path / "form.png")
    wait_for_words(page, "#left-out", "One mark was left out.")
    assert answer(page) == "07"
    outline = page.locator("#spots i")
    assert outline.count() == 1
    box, digit = outline.bounding_box(), page.locator("#spots button >> nth=0").bounding_box()
    assert box["width"] > 0 and box["x"] + box["width"] <= digit["x"]
    assert page.get_attribute("#history button", "title") == "One mark was left out."
    page.click("#copy")
    wait_for_words(page, "#remark", "One mark was left out.")
    [row] = csv.DictReader(io.StringIO(download(page, "#download-history").decode("utf-8-sig")))
    assert (row["text"], row["reason"]) == ("07", "some ink was left out")
    assert float(row["confidence"]) <= 0.5


def test_a_digit_beside_others_is_less_sure_and_says_what_it_leaves_out(page, tmp_path):
    digits = mnist_digits("407").convert("L")
    picture = Image.new("L", (digits.width + 240, digits.height + 240), 255)
    picture.paste(digits, (120, 120))
    picture.save(tmp_path / "407.png")
    open_picture(page, tmp_path / "407.png")
    wait_for_words(page, "#left-out", "2 marks were left out.")
    assert answer(page) in ("4", "0", "7") and page.is_visible("#as-number")
    outlines = [box.bounding_box() for box in page.locator("#spots i").all()]
    assert len(outlines) == 2 and all(box["width"] > 0 for box in outlines)
    assert page.get_attribute("#history button", "title") == "2 marks were left out."
    [row] = csv.DictReader(io.StringIO(download(page, "#download-history").decode("utf-8-sig")))
    assert (row["text"], row["reason"]) == (answer(page), "some ink was left out")
    assert float(row["confidence"]) <= 0.5
    draw(page, pen_strokes(7))
    answer(page)
    assert page.locator("#spots i").count() == 0 and page.text_content("#left-out") == ""


def test_what_is_said_of_a_long_number_has_room(page):
    page.set_viewport_size({"width": 1280, "height": 800})
    write_a_number(page)
    draw(page, numeral_strokes("43/07/3407"))
    assert len(answer(page)) > 5
    said, reading = (page.locator(name).bounding_box() for name in (".said", ".reading"))
    assert said["width"] > 200
    assert said["y"] >= reading["y"]
    assert said["y"] + said["height"] <= reading["y"] + reading["height"]


@pytest.mark.parametrize("width", [832, 1280])
def test_what_is_said_beside_an_answer_never_lies_on_the_tabs(page, width, tmp_path):
    page.set_viewport_size({"width": width, "height": 800})
    write_a_number(page)
    draw(page, numeral_strokes("407"))
    assert answer(page) == "407"
    stands_above_the_tabs(page)
    page.click("#teach")
    page.wait_for_selector("#teach-digits [data-teach='0']:focus")
    stands_above_the_tabs(page)
    page.click("#teach")
    clear(page)
    page.wait_for_function(f"{HEIGHT} < 200")


HEIGHT = "document.querySelector('.reading').offsetHeight"


def stands_above_the_tabs(page):
    """Wait until all that is said lies between the answer's upper edge and the tabs."""
    page.wait_for_function(
        """() => {
            const box = (name) => document.querySelector(name).getBoundingClientRect();
            const said = box(".said"), reading = box(".reading"), tabs = box("nav");
            return said.top >= reading.top && said.bottom <= tabs.top;
        }"""
    )


def test_on_a_telephone_all_that_is_said_can_be_scrolled_to(page):
    page.set_viewport_size({"width": 390, "height": 640})
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    page.click("#teach")
    page.wait_for_selector("#teach-digits [data-teach='0']:focus")
    reading = page.locator(".reading")
    assert reading.evaluate("it => it.scrollHeight > it.clientHeight")
    reading.evaluate("it => it.scrollTo(0, 0)")
    first, frame = page.locator("#confidence").bounding_box(), reading.bounding_box()
    assert first["y"] >= frame["y"]
    page.click("#teach")
