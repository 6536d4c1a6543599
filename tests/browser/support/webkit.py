"""Drive WebKitGTK, which shares Safari's engine, through Playwright's interface.

Playwright drives a WebKit of its own making, which not every machine can fetch; a distribution's
WebKitGTK is driven over WebDriver (W3C). Only the words that gestures.py and the tests in every
engine need are here; each means what it means in Playwright.
"""

import time
from contextlib import contextmanager
from functools import partial

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from support.screen_reader import Ear
from support.webkit_start import screen, session

WAIT_MS = 30_000
LOOK_S = 0.1
KEYS = {"Space": " ", "ArrowLeft": Keys.LEFT, "ArrowRight": Keys.RIGHT}
KEYS |= {"ArrowUp": Keys.UP, "ArrowDown": Keys.DOWN, "Tab": Keys.TAB, "Enter": Keys.ENTER}
# As Playwright's `evaluate`: the value of an expression, or of a function called with an argument.
EVALUATE = """
const [source, argument, done] = arguments;
(async () => {
    const value = (0, eval)(source);
    return typeof value === "function" ? await value(argument) : await value;
})().then(value => done({value}), error => done({error: String(error)}));
"""


@contextmanager
def browser(driver: str):
    """Return a Browser, driven by the WebKitWebDriver at a path."""
    with screen() as environment, Ear() as ear:
        yield Browser(driver, environment, ear)


class Browser:
    """A browser whose contexts are WebDriver sessions of their own."""

    def __init__(self, driver, environment, ear):
        self._start = partial(session, driver, environment, ear.place)
        self._ear = ear

    def new_context(self) -> "Context":
        return Context(self._start(), self._ear)


class Context:
    def __init__(self, session, ear):
        self._session = session
        self._ear = ear

    def new_page(self) -> "Page":
        return Page(self, self._session, self._ear)

    def close(self) -> None:
        self._session.quit()


class Page:
    def __init__(self, context, session, ear):
        self.context = context
        self._session = session
        self._ear = ear
        self.mouse = Mouse(session)
        self.keyboard = Keyboard(session)

    # ---- Where the page is ----

    def goto(self, address) -> None:
        self._session.get(address)

    def reload(self) -> None:
        self._session.refresh()

    def title(self) -> str:
        return self._session.title

    def requested(self) -> list[str]:
        """Return what the page has requested, and all requests to other hosts."""
        named = "performance.getEntries().map(entry => entry.name).filter(n => n.includes(':'))"
        return self.evaluate(named) + self._ear.heard

    # ---- What is in it ----

    def evaluate(self, source, argument=None):
        said = self._session.execute_async_script(EVALUATE, source, argument)
        if "error" in said:
            raise RuntimeError(said["error"])
        return said.get("value")

    def query_selector(self, selector):
        return self._session.find_element(By.CSS_SELECTOR, selector)

    def locator(self, selector) -> "Locator":
        return Locator(self, selector)

    def text_content(self, selector) -> str:
        return self._of(selector, "element.textContent")

    def input_value(self, selector) -> str:
        return self._of(selector, "element.value")

    def get_attribute(self, selector, name):
        return self.query_selector(selector).get_dom_attribute(name)

    def is_visible(self, selector) -> bool:
        return any(
            element.is_displayed()
            for element in self._session.find_elements(By.CSS_SELECTOR, selector)
        )

    def _of(self, selector, expression):
        return self.evaluate(f"element => {expression}", self.query_selector(selector))

    # ---- What a person does ----

    def click(self, selector) -> None:
        self._until(lambda: self.is_visible(selector), selector, WAIT_MS)
        self.query_selector(selector).click()

    def check(self, selector, force=False) -> None:
        """Check a box, even if something covers it: `force` is always on."""
        self._of(selector, "element.checked || element.click()")

    def focus(self, selector) -> None:
        self._of(selector, "element.focus()")

    def set_input_files(self, selector, paths) -> None:
        paths = paths if isinstance(paths, list) else [paths]
        self.query_selector(selector).send_keys("\n".join(map(str, paths)))

    # ---- Waiting ----

    def wait_for_selector(self, selector, timeout=WAIT_MS) -> None:
        self._until(lambda: self.is_visible(selector), selector, timeout)

    def wait_for_function(self, source, arg=None, timeout=WAIT_MS) -> None:
        self._until(lambda: self.evaluate(source, arg), source, timeout)

    def _until(self, holds, what, timeout) -> None:
        end = time.monotonic() + timeout / 1000
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError(f"{what} did not come in {timeout} ms")
            time.sleep(LOOK_S)


class Locator:
    def __init__(self, page, selector):
        self._page = page
        self._selector = selector

    def bounding_box(self) -> dict:
        frame = "(({x, y, width, height}) => ({x, y, width, height}))"
        return self._page._of(self._selector, frame + "(element.getBoundingClientRect())")

    def all_text_contents(self) -> list[str]:
        found = "selector => [...document.querySelectorAll(selector)].map(it => it.textContent)"
        return self._page.evaluate(found, self._selector)

    def count(self) -> int:
        return len(self.all_text_contents())

    def scroll_into_view_if_needed(self) -> None:
        self._page._of(self._selector, "element.scrollIntoView({block: 'nearest'})")


class Hand:
    """Something that acts through WebDriver's actions (W3C WebDriver, 17.5)."""

    def __init__(self, session):
        self._session = session

    def _act(self, *steps) -> None:
        source = {"type": self.kind, "id": self.kind, "actions": list(steps)}
        self._session.execute("actions", {"actions": [source | self.parameters]})


class Mouse(Hand):
    kind, parameters = "pointer", {"parameters": {"pointerType": "mouse"}}

    def move(self, x, y) -> None:
        place = {"x": round(x), "y": round(y), "duration": 0, "origin": "viewport"}
        self._act({"type": "pointerMove", **place})

    def down(self) -> None:
        self._act({"type": "pointerDown", "button": 0})

    def up(self) -> None:
        self._act({"type": "pointerUp", "button": 0})


class Keyboard(Hand):
    kind, parameters = "key", {}

    def press(self, name) -> None:
        key = KEYS.get(name, name)
        self._act({"type": "keyDown", "value": key}, {"type": "keyUp", "value": key})
