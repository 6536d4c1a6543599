"""Letters are drawn, read and explained; their network comes when it is first needed."""

import numpy as np
import pytest
from support.gestures import clear, draw, open_view, write_a_letter, write_a_number, write_one_digit
from support.handwriting import ROOT, drawable_letters, letter_strokes, pen_strokes
from support.page_state import answer, history, wait_for_words, wait_until

MODEL = ROOT / "site" / "model" / "letters.npz"
FETCHED = "performance.getEntriesByType('resource').some(e => e.name.endsWith('/letters.npz'))"


@pytest.fixture
def lettered(page):
    """Return the page set to letters; it goes back to digits by itself for the next test."""
    write_a_letter(page)
    return page


def test_the_letter_network_is_fetched_when_a_letter_is_first_read(visit):
    page = visit()
    wait_until(page, "ready")
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    assert not page.evaluate(FETCHED)
    clear(page)
    write_a_letter(page)
    draw(page, letter_strokes("H"))
    page.wait_for_function(FETCHED)
    assert answer(page).upper() == "H"


def test_ten_letters_that_people_wrote_are_read(lettered):
    read = []
    for letter in drawable_letters():
        clear(lettered)
        draw(lettered, letter_strokes(letter))
        read.append(answer(lettered).upper())
    assert read == drawable_letters()
    assert [label.upper() for label in history(lettered)] == drawable_letters()[::-1]


def test_the_bars_are_those_of_the_ten_likeliest_letters(lettered):
    draw(lettered, letter_strokes("K"))
    assert answer(lettered).upper() == "K"
    names = lettered.locator("#bars th").all_text_contents()
    assert names[0] == "K" and len(set(names)) == 11 and names[-1] == "none"
    shares = lettered.eval_on_selector_all(
        "#bars tr", "rows => rows.map(row => Number(row.style.getPropertyValue('--share')))"
    )
    assert shares[:10] == sorted(shares[:10], reverse=True) and abs(sum(shares) - 1) < 0.05
    assert lettered.locator("#bars tr.read th").text_content() == "K"


def test_the_same_drawing_is_read_anew_when_the_mode_is_switched(lettered):
    draw(lettered, letter_strokes("X"))
    assert answer(lettered).upper() == "X"
    wait_for_words(lettered, "#runner-up", "Shape alone does not tell")
    write_one_digit(lettered)
    assert answer(lettered).upper() != "X"
    assert lettered.locator("#bars th").first.text_content() == "0"
    write_a_number(lettered)
    write_a_letter(lettered)
    assert answer(lettered).upper() == "X"


def test_how_a_letter_was_read_can_be_looked_at(lettered):
    draw(lettered, letter_strokes("H"))
    letter = answer(lettered)
    open_view(lettered, "how")
    wait_for_words(lettered, "#otherwise", letter)
    open_view(lettered, "inside")
    with np.load(MODEL) as arrays:
        learned = sum(arrays[name].size for name in arrays if name != "architecture")
    wait_for_words(lettered, "#all-layers", f"{learned:,}")
