"""MNIST's test digits are shown on the pad, measured by the thousand and distorted."""

import json

import pytest
from support.gestures import ROOT, open_view
from support.page_state import answer

from inkling.explain.corruptions import corrupt

SAMPLES = ROOT / "site" / "samples"


@pytest.fixture(scope="module")
def labels():
    if not (SAMPLES / "labels.json").exists():
        pytest.fail("site/samples is not there; run `make site`.")
    return json.loads((SAMPLES / "labels.json").read_text())["labels"]


def run(page, count):
    open_view(page, "measure")
    page.click(f'[data-run="{count}"]')


def finish(page):
    page.wait_for_selector("#stop", state="hidden", timeout=120_000)


@pytest.mark.parametrize("wanted", ["0", "9", "any", "hard"])
def test_a_test_digit_is_laid_on_the_pad_with_its_true_label(page, labels, wanted):
    page.click(f'#sample-choice [data-class="{wanted}"]')
    page.wait_for_function("document.querySelector('#truth').textContent")
    said = page.inner_text("#truth")
    assert "MNIST label is " in said
    if wanted.isdigit():
        assert wanted in said
    if wanted != "hard":
        assert answer(page) in said


def test_a_hundred_are_read_and_counted_in_a_confusion_matrix(page, labels, reader):
    from training.data.datasets import mnist

    run(page, 100)
    finish(page)
    right = sum(
        reader.read_digit(picture).label == label
        for picture, label in zip(*(part[:100] for part in mnist("test")), strict=True)
    )
    assert f"{right} of 100 right" in page.inner_text("#run-said")
    cells = page.locator("#confusion td").all_inner_texts()
    assert sum(int(cell) for cell in cells if cell.isdigit()) == 100


def test_a_run_can_be_stopped_and_keeps_what_it_has(page, labels):
    run(page, 10_000)
    page.wait_for_function("/^[1-9]/.test(document.querySelector('#run-said').textContent)")
    page.click("#stop")
    finish(page)
    done = int(page.inner_text("#run-said").split(" of ")[1].split()[0].replace(",", ""))
    assert 0 < done < 10_000
    assert page.is_visible(".confusion")
    page.click('[data-run="10000"]')
    assert page.text_content("#run-said") == "" and page.is_hidden(".confusion")
    page.click("#stop")
    finish(page)


def test_a_cell_shows_its_misread_digits_and_each_can_be_laid_on_the_pad(page, labels):
    hard = json.loads((ROOT / "site" / "model" / "hard.json").read_text())["mnist_test"]
    first = min(hard[:20])  # the first that the network gets wrong or nearly so
    run(page, 1000 if first < 1000 else 10_000)
    page.wait_for_function(
        "least => document.querySelector('#run-progress').value > least",
        arg=min(first + 20, 990),
        timeout=240_000,
    )
    page.click("#stop")
    finish(page)
    page.locator("#confusion [data-cell]").first.click()
    page.wait_for_selector("#cell-digits button")
    page.wait_for_function("document.activeElement.id === 'cell-name'")
    page.wait_for_function("""() => {
        const { top, bottom } = document.querySelector("#cell-digits").getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
    }""")
    truth = page.inner_text("#cell-name")[0]
    page.locator("#cell-digits button").first.click()
    page.wait_for_function("document.querySelector('#truth').textContent")
    assert f"MNIST label is {truth}" in page.inner_text("#truth")


def test_a_slider_disturbs_ten_digits_and_says_what_is_read(page, labels, reader):
    from training.data.datasets import mnist

    pictures = [corrupt(picture, "noise", 0.05) for picture in mnist("test")[0][:10]]
    read = [reader.read_digit(picture).label for picture in pictures]
    open_view(page, "measure")
    slider = page.locator("#slide-noise")
    page.wait_for_function("document.querySelector('#slide-noise').max == 6")
    slider.fill("1")
    page.wait_for_function("document.querySelector('#robust-noise .read-as').textContent")
    said = page.inner_text("#robust-noise .read-as").removeprefix("Read as ").split()
    assert said == ["–" if label is None else str(label) for label in read]
    assert "5 %" in slider.get_attribute("aria-valuetext")


def test_curves_are_drawn_point_by_point_and_can_be_stopped(page, labels):
    open_view(page, "measure")
    page.click("[data-curve]")
    drawn = (
        "document.querySelector('#robust-rotation .dots').getAttribute('d')?.split('M').length > 2"
    )
    page.wait_for_function(drawn, timeout=120_000)
    assert page.inner_text("[data-curve]") == "Stop"
    page.click("[data-curve]")
    page.wait_for_function("document.querySelector('[data-curve]').textContent.includes('Draw')")
    part = page.locator("#robust-rotation")
    assert part.locator(".ticks").inner_text().split() == ["-60°", "0°", "60°"]
    slider, marker = part.locator("input"), part.locator(".marker")
    for key, share in (("Home", 0), ("End", 1)):  # the marker stands above the thumb
        slider.press(key)
        track, line = slider.bounding_box(), marker.bounding_box()
        assert abs(track["x"] + share * track["width"] - line["x"]) < 14
    slider.press("Home")
    assert "% right" in slider.get_attribute("aria-valuetext")  # every point, by the keyboard


def test_without_the_samples_the_page_says_so_and_goes_on(visit):
    page = visit(lambda page: page.route("**/samples/*", lambda route: route.fulfill(status=404)))
    page.wait_for_selector("html.alive")
    page.click("#sample")
    page.wait_for_function("document.querySelector('#remark').textContent.includes('make site')")
