"""Fetch MNIST's test digits sheet by sheet, and put one on the pad."""

import js

from ui.browser import messages
from ui.browser.dom import find, on_click_within
from ui.browser.i18n import translate
from ui.browser.scheduling import start
from ui.browser.site_files import SiteFileError, fetch_file
from ui.pad.picture import Picture
from ui.reading import answer
from ui.worker.bridge import WorkerError

MISSING = "MNIST's test digits are not on this site; if it is yours, run make site."


def why_unavailable(failure) -> str:
    """Say why no test digit can be read, from a SiteFileError or a WorkerError."""
    if failure.kind == "missing":
        return translate(MISSING)
    return messages.failure(failure.kind, failure.facts)


class MnistSamples:
    """MNIST's test digits.

    open_picture: async function that has a Picture read and puts it on the pad.
    labels: of all digits, as one text of figures; "" until `fetch_labels` has been awaited.
    """

    def __init__(self, bridge, open_picture):
        self._bridge = bridge
        self._open_picture = open_picture
        self.labels = ""
        self._sheet_size = 0
        self._sent_sheets = set()
        self._hard = None
        bridge.restarted.connect(self._sent_sheets.clear)
        for place in ("sample-choice", "sources"):
            on_click_within(find(place), "[data-class]", self._on_choice)

    async def fetch_labels(self) -> None:
        """Fetch the labels; raises SiteFileError."""
        if not self.labels:
            described = await fetch_file("samples/labels.json", "json")
            self.labels = str(described.labels)
            self._sheet_size = int(described.sheet)

    async def send(self, indices) -> None:
        """Send the worker the sheets with these digits; raises SiteFileError and WorkerError."""
        await self.fetch_labels()
        sheets = {index // self._sheet_size for index in indices} - self._sent_sheets
        for number in sorted(sheets):
            packed = await fetch_file(f"samples/sheet-{number}.z", "arrayBuffer")
            await self._bridge.call("keep_sheet", number, js.Uint8Array.new(packed))
            self._sent_sheets.add(number)

    def show(self, index: int) -> None:
        """Put a digit on the pad and have it read; its label is shown beside the answer."""
        start(self._show(lambda: index))

    def _on_choice(self, button):
        wanted = button.getAttribute("data-class")
        start(self._show(lambda: self._random_index(wanted), hard=wanted == "hard"))

    async def _show(self, choose, hard=False):
        try:
            await self.fetch_labels()
            if hard:
                await self._fetch_hard()
            index = choose()
            await self.send([index])
        except (SiteFileError, WorkerError) as failure:
            answer.set_remark(why_unavailable(failure))
            return

        async def question():
            await self.send([index])  # once more, for a worker that was restarted
            return "read_sample", index

        name = translate("MNIST test digit {index}", index=index)
        await self._open_picture(Picture(name, question, int(self.labels[index])))

    def _random_index(self, wanted):
        """Return the index of a random digit: of a class "0" to "9", "any", or "hard"."""
        if wanted == "hard" and self._hard:
            return self._hard[_random_below(len(self._hard))]
        while True:
            index = _random_below(len(self.labels))
            if wanted in ("any", "hard", self.labels[index]):
                return index

    async def _fetch_hard(self):
        if self._hard is None:
            try:
                described = await fetch_file("model/hard.json", "json")
                self._hard = [int(index) for index in described.mnist_test]
            except SiteFileError as failure:
                if failure.kind != "missing":
                    raise
                self._hard = []  # not measured: any digit stands in for a hard one


def _random_below(count):
    return int(js.Math.random() * count)  # MicroPython's random has the same seed on every visit
