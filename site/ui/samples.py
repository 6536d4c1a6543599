"""MNIST's test digits: fetched sheet by sheet, and laid on the pad one at a time."""

import asyncio

import js

from ui import answer, words
from ui.bridge import WorkerError
from ui.dom import find, on_click_within
from ui.language import say
from ui.picture import Picture
from ui.whole import NotWholeError, fetched

MISSING = "MNIST's test digits are not on this site; if it is yours, run make site."


def why_not(failure) -> str:
    """Why no test digit can be read, from a NotWholeError or a WorkerError."""
    if failure.kind == "missing":
        return say(MISSING)
    return words.failure(failure.kind, failure.facts)


class Samples:
    """labels: of all test digits, as a text of figures, once `fetch_labels` has been awaited."""

    def __init__(self, desk):
        self._desk = desk
        self.labels = ""
        self._sheet_size = 0
        self._kept = set()
        self._hard = None
        desk.bridge.at_start.append(self._kept.clear)
        for place in ("sample-choice", "sources"):
            on_click_within(find(place), "[data-class]", self._choose)

    async def fetch_labels(self) -> None:
        """Have the labels; raises NotWholeError."""
        if not self.labels:
            described = await fetched("samples/labels.json", "json")
            self.labels = str(described.labels)
            self._sheet_size = int(described.sheet)

    async def bring(self, indices) -> None:
        """Have the worker keep the sheets that hold these digits; raises NotWholeError."""
        await self.fetch_labels()
        for number in sorted({index // self._sheet_size for index in indices} - self._kept):
            packed = await fetched(f"samples/sheet-{number}.z", "arrayBuffer")
            await self._desk.bridge.call("keep_sheet", number, js.Uint8Array.new(packed))
            self._kept.add(number)

    def lay(self, index: int) -> None:
        """Lay one on the pad and have it read, with its label beside the answer."""
        asyncio.create_task(self._lay(lambda: index))  # noqa: RUF006 - held by its loop

    def _choose(self, button):
        wanted = button.getAttribute("data-class")
        laying = self._lay(lambda: self._some(wanted), hard=wanted == "hard")
        asyncio.create_task(laying)  # noqa: RUF006 - as above

    async def _lay(self, choose, hard=False):
        try:
            await self.fetch_labels()
            if hard:
                await self._fetch_hard()
            index = choose()
            await self.bring([index])
        except (NotWholeError, WorkerError) as failure:
            answer.remark(why_not(failure))
            return

        async def question():
            await self.bring([index])
            return "read_sample", index

        name = say("MNIST test digit {index}", index=index)
        await self._desk.open(Picture(name, question, int(self.labels[index])))

    def _some(self, wanted):
        if wanted == "hard" and self._hard:
            return self._hard[_below(len(self._hard))]
        while True:
            index = _below(len(self.labels))
            if wanted in ("any", "hard", self.labels[index]):
                return index

    async def _fetch_hard(self):
        if self._hard is None:
            try:
                described = await fetched("model/hard.json", "json")
                self._hard = [int(index) for index in described.mnist_test]
            except NotWholeError as failure:
                if failure.kind != "missing":
                    raise
                self._hard = []  # not measured: then a hard one is any


def _below(count):
    return int(js.Math.random() * count)  # MicroPython's own begins alike on every visit
