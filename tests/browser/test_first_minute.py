"""A person who has never seen the page finds what to do, as docs/first_minute.md tells."""

import pytest
from support.gestures import ROOT
from support.page_state import answer, spots, wait_for_words

SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
# Whether an element can be seen without scrolling, and nothing lies upon its middle.
IN_SIGHT = """name => {
    const one = document.querySelector(name), box = one.getBoundingClientRect();
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return box.height > 0 && (one.contains(at) || at?.contains(one));
}"""


def in_sight(page, name):
    page.wait_for_function(IN_SIGHT, arg=name)


@pytest.mark.parametrize("size", SIZES)
def test_a_photo_of_a_number_is_read_with_two_clicks(page, size):
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    for name in ("#what-to-do .for-digit", "#pad", "#prompt", "#sources .primary"):
        in_sight(page, name)
    with page.expect_file_chooser() as chooser:
        page.get_by_text("Open pictures").click()
    chooser.value.set_files(ROOT / "docs" / "samples" / "number.jpg")
    wait_for_words(page, "#remark", "This looks like several digits.")
    in_sight(page, "#as-number")
    page.get_by_text("Read it as a number").click()
    wait_for_words(page, "#answer", "407")
    assert answer(page) == "407" and spots(page) == ["4", "0", "7"]
    in_sight(page, "#answer")
    box = page.locator("#spots button").last.bounding_box()  # the pad below it takes the tap
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    wait_for_words(page, "#runner-up", "Digit 3 of 3: 7")
    in_sight(page, "#runner-up")
    in_sight(page, "#copy")
