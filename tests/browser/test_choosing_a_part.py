"""A part of a picture is chosen by pointer or keys and read alone; no stale answer stays."""

from PIL import Image
from support.gestures import open_picture, write_a_number
from support.handwriting import mnist_digits
from support.page_state import answer, spots, wait_for_words

# What a person sees at the moment a reading begins: answer, boxes, and whether Copy is there.
RECORD = """() => {
    const seen = window.seenAtStart = [];
    const reading = document.querySelector(".reading");
    new MutationObserver(() => reading.ariaBusy === "true" && seen.push([
        document.querySelector("#answer").textContent,
        document.querySelectorAll("#spots button").length,
        !document.querySelector("#copy").hidden,
    ])).observe(reading, {attributeFilter: ["aria-busy"]});
}"""


def test_a_part_is_read_alone_and_undo_brings_the_whole_back(page, tmp_path, axe):
    write_a_number(page)
    path = tmp_path / "two-lines.png"
    mnist_digits("407\n312").save(path)
    open_picture(page, path)
    assert answer(page) == "407\n312"
    page.click("#crop")
    frame = page.wait_for_selector(".crop-frame").bounding_box()
    assert axe(page) == []
    # By pointer: the upper edge down to the middle.
    handle = page.locator("[data-edges=n]").bounding_box()
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + frame["height"] / 2, steps=3)
    page.mouse.up()
    page.click("#crop-read")
    wait_for_words(page, "#answer", "312")
    assert answer(page) == "312" and len(spots(page)) == 3
    # By keys: the frame as it was, then its right edge to the left until two digits are left.
    page.click("#crop")
    page.wait_for_selector(".crop-frame")
    page.focus("[data-edges=e]")
    for _ in range(17):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#answer').textContent == '31'")
    page.click("#undo")
    page.wait_for_function("document.querySelector('#answer').textContent == '312'")
    page.click("#undo")
    page.wait_for_function("document.querySelector('#answer').textContent == '407\\n312'")


def test_a_slanting_picture_is_turned_upright_and_the_frame_can_be_closed(page, tmp_path):
    write_a_number(page)
    path = tmp_path / "slanting.png"
    mnist_digits("407").rotate(35, expand=True, fillcolor=255).save(path)
    open_picture(page, path)
    answer(page)
    page.click("#crop")
    page.wait_for_selector(".crop-frame")
    page.keyboard.press("Escape")
    assert page.locator(".crop-frame").count() == 0 and page.is_visible("#clear")
    page.click("#crop")
    page.fill("#crop-degrees", "35")
    page.click("#crop-read")
    page.wait_for_function("document.querySelector('#answer').textContent == '407'")


def test_a_page_seen_aslant_is_straightened_by_its_corners(page, tmp_path, axe):
    write_a_number(page)
    number = mnist_digits("407")
    width, height = number.size
    # A page that leans back: its upper edge is half as long as the lower one.
    quad = (-width / 2, 0, 0, height, width, height, 3 * width / 2, 0)  # from the top left, down
    seen = number.transform(number.size, Image.Transform.QUAD, quad, fillcolor=255)
    path = tmp_path / "aslant.png"
    seen.save(path)
    open_picture(page, path)
    answer(page)
    page.click("#crop")
    page.click("#crop-corners")
    assert page.evaluate("document.activeElement.dataset.corner") == "0"
    assert axe(page) == []
    # By keys: the upper left corner to the right by a quarter.
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    # By pointer: the upper right one to the left.
    canvas = page.locator(".crop canvas").bounding_box()
    handle = page.locator("[data-corner='1']").bounding_box()
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    left = canvas["x"] + canvas["width"] - x
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - (canvas["width"] - 2 * left) / 4, y, steps=3)
    page.mouse.up()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#answer').textContent == '407'")
    page.click("#turn")
    page.wait_for_selector(".crop-frame", state="detached")
    page.click("#crop")
    assert page.locator("[data-corner]").count() == 4, "the corners are still chosen"
    page.keyboard.press("Escape")


def test_the_answer_of_the_page_before_is_gone_once_the_next_is_read(page, tmp_path):
    write_a_number(page)
    for number in ("407", "312"):
        mnist_digits(number).save(tmp_path / f"{number}.png")
    open_picture(page, tmp_path / "407.png")
    assert answer(page) == "407" and page.is_visible("#copy")
    page.evaluate(RECORD)
    open_picture(page, tmp_path / "312.png")
    page.wait_for_function("document.querySelector('#answer').textContent == '312'")
    assert page.evaluate("window.seenAtStart[0]") == ["", 0, False]


def test_a_reading_that_takes_long_can_be_stopped(visit, tmp_path):
    page = visit()
    path = tmp_path / "many.png"
    mnist_digits("\n".join(["40731264"] * 40)).save(path)
    write_a_number(page)
    page.wait_for_selector("html[data-state=ready]", timeout=240_000)
    open_picture(page, path)
    page.click("#stop-reading")
    wait_for_words(page, "#remark", "Stopped.")
    page.wait_for_selector("html[data-state=ready]", timeout=240_000)
    assert answer(page) == "" and not page.is_visible("#copy") and not page.is_visible("#busy")
    one = tmp_path / "one.png"
    mnist_digits("407").save(one)
    open_picture(page, one)
    page.wait_for_function("document.querySelector('#answer').textContent == '407'")


def test_a_reading_is_stopped_before_the_worker_was_asked_for_it(page, tmp_path):
    write_a_number(page)
    path = tmp_path / "slow.png"
    mnist_digits("407").save(path)
    page.evaluate(
        """() => {
            const {arrayBuffer} = Blob.prototype;
            Blob.prototype.arrayBuffer = function () {
                return new Promise((resolve) => { window.hand = resolve; })
                    .then(() => arrayBuffer.call(this));
            };
            window.restore = () => { Blob.prototype.arrayBuffer = arrayBuffer; };
        }"""
    )
    open_picture(page, path)
    page.click("#stop-reading")
    page.evaluate("window.restore(), window.hand()")
    wait_for_words(page, "#remark", "Stopped.")
    assert answer(page) == "" and not page.is_visible("#busy")
    open_picture(page, path)
    page.wait_for_function("document.querySelector('#answer').textContent == '407'")
