"""A person teaches the page their hand, sees what that changes, and takes it back."""

import json

from support.gestures import download, draw
from support.handwriting import fixture_strokes
from support.page_state import answer, settle, wait_for_words, wait_until


def teach_that_it_is_a_1(page, axe):
    """All ten digits are offered, to the keyboard too."""
    page.click("#teach")
    page.wait_for_selector("#teach-digits [data-teach='0']:focus")
    assert page.locator("#teach-digits button").all_text_contents() == list("0123456789")
    page.keyboard.press("1")
    wait_for_words(page, "#answer", "1")
    wait_for_words(page, "#teach-changes", "500 MNIST digits")
    assert "0 got worse" in page.inner_text("#teach-changes")
    assert "Your 1 sample: 0 right before" in page.inner_text("#teach-changes")
    assert axe(page) == []


def bring_the_hand_back(page, saved, tmp_path):
    """A saved file brings the hand back; another file does not."""
    hand, other = tmp_path / "hand.json", tmp_path / "other.json"
    hand.write_bytes(saved)
    other.write_text(json.dumps({"kind": "inkling-hand", "samples": [{"label": 12}]}))
    page.set_input_files("#teach-import", other)
    wait_for_words(page, "#teach-said", "holds no samples")
    page.set_input_files("#teach-import", hand)
    wait_for_words(page, "#answer", "1")


def find_the_hand_again_in_german(page):
    """The hand is still there at the next visit."""
    page.reload()
    wait_until(page, "ready")
    wait_for_words(page, "#answer", "1")
    page.click("[data-language=de]")
    wait_for_words(page, "#teach", "beibringen")
    page.click("#teach")
    wait_for_words(page, "#teach-changes", "1 Beispiel ist bekannt.")


def test_a_hand_is_taught_kept_saved_and_forgotten(visit, axe, tmp_path):
    page = visit()
    wait_until(page, "ready")
    fetched = "performance.getEntriesByType('resource').some(e => e.name.includes('prototypes'))"
    draw(page, fixture_strokes(7))
    assert answer(page) == "7"
    assert not page.evaluate(fetched)  # it is fetched on first use

    teach_that_it_is_a_1(page, axe)
    saved = download(page, "#teach-export")
    page.click("#teach-undo")
    wait_for_words(page, "#answer", "7")
    assert page.is_disabled("#teach-undo")

    bring_the_hand_back(page, saved, tmp_path)
    find_the_hand_again_in_german(page)
    page.click("#teach-forget")
    wait_for_words(page, "#answer", "7")
    page.click("#undelete")
    wait_for_words(page, "#answer", "1")
    page.click("#teach-forget")
    wait_for_words(page, "#answer", "7")
    page.reload()
    wait_until(page, "ready")
    settle(page)
    wait_for_words(page, "#answer", "7")
    assert page.log.errors == []
