"""Show the MNIST test digits that the network misreads; each can be laid on the pad."""

from pyscript.ffi import to_js

from ui.browser import masks, messages
from ui.browser.dom import make, on_click_within, set_text
from ui.browser.i18n import format_number, translate
from ui.browser.scheduling import start
from ui.browser.site_files import SiteFileError
from ui.sources.mnist import why_unavailable
from ui.worker.bridge import WorkerError

BATCH = 10  # digits to a call: the pad is read in between


class Misread:
    """The misread digits, with what was read. samples: MNIST's test digits."""

    def __init__(self, bridge, samples):
        self._bridge = bridge
        self._samples = samples

    def show(self, figure, digits: list) -> None:
        """List digits, [index, truth, read or None, confidence], the surest first.

        Their pictures are fetched once a person asks for them: they are half a megabyte.
        """
        words = "{count} of 10,000 digits are misread or not read."
        count = format_number(len(digits))
        make("p", translate(words, count=count), figure.panels, class_="note")
        button = make("button", translate("Show them"), figure.panels, type="button")
        listed = make("ul", parent=figure.panels, class_="digits")
        on_click_within(button, "button", lambda _: start(self._fill(button, listed, digits)))
        on_click_within(listed, "[data-index]", self._lay_on_pad)

    async def _fill(self, button, listed, digits):
        button.hidden = True
        try:
            for first in range(0, len(digits), BATCH):
                batch = digits[first : first + BATCH]
                indices = [index for index, *_ in batch]
                await self._samples.send(indices)
                pictures = list(await self._bridge.call("thumbs", to_js(indices)))
                for row, mask in zip(batch, pictures):  # noqa: B905 - MicroPython
                    _add(listed, row, mask)
        except (SiteFileError, WorkerError) as failure:
            button.hidden = False
            set_text(button.previousElementSibling, why_unavailable(failure))

    def _lay_on_pad(self, button):
        self._samples.show(int(button.getAttribute("data-index")))


def _add(listed, row, mask):
    index, truth, read, confidence = row
    button = make("button", parent=make("li", parent=listed), type="button", data_index=index)
    button.title = translate("Show MNIST test digit {index} on the pad", index=index)
    canvas = make("canvas", parent=button, class_="pixels", aria_hidden="true")
    masks.paint(canvas, mask.pixels, mask.width, mask.height)
    share = messages.probability(confidence)
    facts = {"truth": truth, "read": read}
    text = "{truth}, not read" if read is None else "{truth}, read as {read}"
    make("span", translate(text, **facts), button)
    make("span", share, button, class_="note")
