"""Return what a person sees of the page."""

START_MS = 240_000  # a busy machine needs minutes to start Python in a browser


def answer(page) -> str:
    """Return what the page has read, "" if nothing, once the reading has ended."""
    settle(page)
    return page.text_content("#answer")


def remark(page) -> str:
    """Return the page's remark, once the reading has ended."""
    settle(page)
    return page.text_content("#remark")


def settle(page) -> None:
    page.wait_for_selector('.reading[aria-busy="false"]')


def rest(page) -> None:
    """Wait until all transitions and animations have ended."""
    moving = """document.getAnimations().some(({playState, effect}) =>
        playState == "running" && effect.getComputedTiming().endTime < Infinity)"""
    page.wait_for_function(f"!{moving}")


def wait_until(page, *states: str) -> None:
    selector = ",".join(f'html[data-state="{state}"]' for state in states)
    page.wait_for_selector(selector, timeout=START_MS)


def wait_for_words(page, place: str, words: str) -> None:
    """Wait until the first element that matches a selector contains these words."""
    found = "([place, words]) => document.querySelector(place)?.textContent.includes(words)"
    page.wait_for_function(found, arg=[place, words], timeout=START_MS)


def ink_on(page, canvas: str = "#pad") -> int:
    """Return how many pixels of a canvas are not clear."""
    return page.evaluate(
        """canvas => {
            const {width, height} = canvas;
            const {data} = canvas.getContext("2d").getImageData(0, 0, width, height);
            return data.filter((value, index) => index % 4 == 3 && value > 0).length;
        }""",
        page.query_selector(canvas),
    )


def history(page) -> list[str]:
    """Return the answers in the history, the newest first."""
    return page.locator("#history .label").all_text_contents()


def spots(page) -> list[str]:
    """Return the labels of the boxes over the pad, in reading order."""
    settle(page)
    return page.locator("#spots button span").all_text_contents()


def chosen_bar(page) -> str:
    """Return the label of the bar that is marked as read."""
    return page.locator(".bars .read th").text_content()


def engine(page) -> str:
    """Return the engine of a page: "chromium", "firefox" or "webkit"."""
    browser = getattr(page.context, "browser", None)
    return browser.browser_type.name if browser else "webkit"
