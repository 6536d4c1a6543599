"""Share one page among many tests, each of which finds it as a first visit shows it.

Opening a page takes seconds, so a page is used again. What a person can take back is taken back
before each test; where a test has changed what cannot be taken back, a new page is opened.
"""

from support import gestures, page_state
from support.engines import is_alive, new_page

DESKTOP = {"width": 1280, "height": 720}
NO_WISHES = {"color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}

# Remember the names of all globals, and the value of every control that a person can set.
REMEMBER = """() => {
    const names = new Set([...Object.getOwnPropertyNames(window), "atFirst"]);
    const values = {brush: document.querySelector("#brush").value};
    for (const control of document.querySelectorAll("#how input, #how select"))
        values[control.id] = control.type == "checkbox" ? control.checked : control.value;
    window.atFirst = {names, values};
}"""

# Name what a test has left behind that only a new page is free of.
WORN = """() => {
    const {names} = window.atFirst ?? {};
    if (!names) return "the page was reloaded";
    if (document.documentElement.dataset.state != "ready") return "the reader is not ready";
    const ofLibraries = /^(axe|__core-js_shared__|\\d+)$/;
    const added = Object.getOwnPropertyNames(window).filter((name) => !names.has(name));
    const foreign = added.filter((name) => !ofLibraries.test(name)).map((name) => "window." + name);
    const left = {
        "a layer of Inside": "#diagram [aria-pressed=true]:not([data-layer='1'])",
        "a network that was trained": "#train-said:not(:empty)",
        "a network that was brought": "#bring-said:not(:empty)",
        "a run over test digits": "#run-said:not(:empty)",
        "a distortion": "#robust .read-as:not(:empty), #robust .dots[d]:not([d=''])",
        "numbers of a plot": "#plots .numbers:not([hidden])",
        "a frame around a part": ".crop-frame, [data-corner]",
        "a table": "#table-link:not([hidden])",
        "a hand": "#teach-undo:not(:disabled)",
        "a dialogue": "dialog[open]",
        "the presentation of a lesson": "html.presenting",
    };
    const found = Object.entries(left).filter(([, place]) => document.querySelector(place));
    return [...foreign, ...found.map(([name]) => name)].join(", ");
}"""

# Set the controls to their first values, as a person would.
RESTORE = """() => {
    for (const [id, value] of Object.entries(window.atFirst.values)) {
        const control = document.getElementById(id);
        const property = control.type == "checkbox" ? "checked" : "value";
        if (control[property] === value) continue;
        control[property] = value;
        control.dispatchEvent(new Event("input", {bubbles: true}));
    }
    const stop = document.querySelector("#batch-stop");
    if (!stop.hidden) stop.click();
}"""


class SharedPage:
    """A page, ready, and a new one whenever a test has left it worn."""

    def __init__(self, browser, address: str, **options):
        self._browser = browser
        self._address = address
        self._options = options
        self._page = None

    def anew(self):
        """Return the page as a first visit shows it."""
        if self._page is not None and why_worn(self._page):
            self.close()
        if self._page is None:
            self._page = self._opened()
        restore(self._page)
        return self._page

    def close(self) -> None:
        """Close the page; the next test gets a new one."""
        if self._page is not None:
            self._page.context.close()
            self._page = None

    def _opened(self):
        page = new_page(self._browser, viewport=DESKTOP, **self._options)
        page.goto(self._address)
        page_state.wait_until(page, "ready")  # on a busy machine "failed" may come before it
        page.evaluate(REMEMBER)
        return page


def why_worn(page) -> str:
    """Return what the page keeps of the last test, "" if all of it can be taken back."""
    return page.evaluate(WORN) if is_alive(page) else "the page is gone"


def restore(page) -> None:
    """Take back what a test has done, as a person could by hand."""
    page.unroute_all()
    page.emulate_media(**NO_WISHES)
    page.set_viewport_size(DESKTOP)
    page.mouse.move(0, 0)  # nothing is hovered over
    _speak_english(page)
    page.evaluate(RESTORE)
    gestures.start_anew(page)
    page.wait_for_selector("html[data-view=read]")
    gestures.clear(page)  # it withdraws the offer to undo a deletion
    gestures.write_a_number(page)  # the keyboard's pen goes to the middle with each switch
    gestures.write_one_digit(page)
    page_state.settle(page)
    page.wait_for_selector("#flights:empty", state="attached")
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


def _speak_english(page):
    if page.get_attribute("html", "lang") != "en":
        page.click("[data-language=en]")
        page.wait_for_selector('html[lang="en"]')
