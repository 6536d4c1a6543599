"""The number field on a page of another origin: write, type, submit."""

from urllib.parse import urlsplit

import pytest
from support.handwriting import number_strokes
from support.page_state import START_MS
from support.shop import Shop

LOOK_MS = 100
ASPECT = 2  # of the pad that number_strokes is for
TYPED = {"customer": "12345", "article": "0815", "price": "1,234.50", "delivery": "3/14/2026"}


@pytest.fixture
def shop(address):
    site = "{0.scheme}://{0.netloc}/".format(urlsplit(address))
    policy = (
        f"default-src 'none'; script-src {site} 'unsafe-inline'; frame-src {site}; "
        "style-src 'unsafe-inline'; form-action 'self'"
    )
    shop = Shop(address, policy)
    yield shop
    shop.down()


def field(page, name, inner=""):
    return page.locator(f"inkling-number[name={name}] {inner}")


def note(page, name) -> str:
    return field(page, name, ".note").text_content()


def until_noted(page, name, words) -> None:
    for _ in range(START_MS // LOOK_MS):
        if words in note(page, name):
            return
        page.wait_for_timeout(LOOK_MS)
    pytest.fail(f"{words} did not come to stand there, but {note(page, name)}")


def write(page, name, digits) -> None:
    """Write digits with the mouse into the middle of a field's pad."""
    frame = field(page, name, "canvas").bounding_box()
    width = ASPECT * frame["height"]
    left = frame["x"] + (frame["width"] - width) / 2
    for stroke in number_strokes(digits):
        points = [(left + x * width, frame["y"] + y * frame["height"]) for x, y in stroke]
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points[1:]:
            page.mouse.move(*point)
        page.mouse.up()


def until(page, condition) -> None:
    """Wait until an expression holds; Playwright's own way needs a policy that allows `eval`."""
    for _ in range(START_MS // LOOK_MS):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(LOOK_MS)
    pytest.fail(f"{condition} did not come to hold")


def wait_for_value(page, name, value) -> None:
    until(page, f"document.querySelector('[name={name}]').value === '{value}'")


def test_a_number_written_into_a_form_of_another_site_is_submitted(visit, shop, address, axe):
    page = visit(address=shop.address)
    page.evaluate("""window.heard = []; for (const type of ["input", "change"])
        document.forms[0].addEventListener(type, (event) =>
            heard.push([type, event.target.name, event.target.value]))""")
    assert not any("embed.html" in url for url in page.log.requests)  # Python waits to be needed
    write(page, "quantity", "407")
    assert page.evaluate("document.forms[0].checkValidity()") is False  # it has not been read
    wait_for_value(page, "quantity", "407")
    until_noted(page, "quantity", "Read 407")
    until(page, "heard.at(-1)[0] === 'change'")
    assert page.evaluate("heard.at(-1)") == ["change", "quantity", "407"]
    for name, text in TYPED.items():
        field(page, name, "input").fill(text)
    write(page, "discount", "30")  # by the same Python
    wait_for_value(page, "discount", "30")
    assert sum("embed.html" in url for url in page.log.requests) == 1
    assert sum("pyodide.asm.wasm" in url for url in page.log.requests) == 1
    assert axe(page) == []
    page.click("text=Order >> nth=-1")
    page.wait_for_load_state()
    told = {"customer": "12345", "article": "0815", "price": "1234.50", "delivery": "2026-03-14"}
    assert shop.orders == [told | {"quantity": "407", "discount": "30"}]
    places = {urlsplit(url.removeprefix("blob:")).netloc for url in page.log.requests}
    assert places == {urlsplit(shop.address).netloc, urlsplit(address).netloc}
    assert page.log.complaints == [] and page.log.errors == []


def test_a_field_says_what_is_wrong_and_can_be_reset_and_disabled(visit, shop):
    page = visit(address=shop.address)

    def flaw(name, text):
        field(page, name, "input").fill(text)
        return page.evaluate(
            """name => { const { validity, validationMessage } = document.forms[0].elements[name];
                for (const flag in validity) if (flag !== "valid" && validity[flag])
                    return [flag, validationMessage]; }""",
            name,
        )

    assert flaw("quantity", "")[0] == "valueMissing"
    assert flaw("quantity", "0") == ["rangeUnderflow", "The least is 1."]
    assert flaw("quantity", "501") == ["rangeOverflow", "The most is 500."]
    assert flaw("quantity", "4x")[0] == "badInput"
    assert flaw("customer", "123") == ["patternMismatch", "It has to have 5 digits."]
    assert flaw("delivery", "2/30/2026")[0] == "badInput"
    assert flaw("delivery", "12/31/2025")[0] == "rangeUnderflow"
    assert flaw("quantity", "500") is None
    page.keyboard.press("Enter")  # submits; what is wrong is shown and has the focus
    assert shop.orders == []
    assert page.evaluate("document.activeElement.name") == "customer"
    page.click("text=Start again")
    assert page.evaluate("[...new FormData(document.forms[0]).values()].join()") == ",,,,,0"
    page.evaluate("document.forms[0].elements.quantity.disabled = true")
    assert field(page, "quantity", "input").is_disabled()
    assert not page.evaluate("new FormData(document.forms[0]).has('quantity')")
    assert not any("embed.html" in url for url in page.log.requests)


def test_without_the_site_a_field_is_typed_into(visit, shop):
    page = visit(
        lambda page: page.route("**/embed.html", lambda route: route.abort()), shop.address
    )
    write(page, "quantity", "407")
    until(
        page, "document.querySelector('[name=quantity]').shadowRoot.textContent.includes('type.')"
    )
    assert note(page, "quantity") == "Handwriting cannot be read now. Please type."
    field(page, "quantity", "input").fill("407")
    assert page.evaluate("document.forms[0].elements.quantity.checkValidity()")
    page.unroute("**/embed.html")
    write(page, "discount", "30")  # the connection is back
    wait_for_value(page, "discount", "30")


def test_the_frame_answers_only_the_page_that_made_it(visit, address, shop):
    page = visit(address=shop.address)
    page.evaluate(
        """address => {
        window.heard = [];
        addEventListener("message", ({ data }) => heard.push(data.state ?? data.number));
        const frame = Object.assign(document.createElement("iframe"), { id: "forged" });
        frame.src = address + "embed.html#" + encodeURIComponent("https://other.example");
        frame.onload = () => {
            const image = new ImageData(9, 9);
            frame.contentWindow.postMessage({ inkling: 1, number: 1, image }, "*");
            window.isLoaded = true;
        };
        document.body.append(frame);
    }""",
        address,
    )
    until(page, "window.isLoaded")
    page.wait_for_timeout(500)
    assert page.evaluate("heard") == []
