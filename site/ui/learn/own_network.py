"""Bring a network of one's own: opened or dropped, tried, and compared with the page's."""

import js

from ui.browser import messages
from ui.browser.dom import find, make, on, set_text
from ui.browser.i18n import format_number, translate
from ui.browser.scheduling import start, yield_to_browser
from ui.browser.site_files import SiteFileError
from ui.reading.readings import has_ink
from ui.sources.mnist import why_unavailable
from ui.worker.bridge import WorkerError

NPZ = ".npz"
KINDS = (".onnx", NPZ)
MAX_MEGABYTES = 32
COMPARED = 1000  # test digits, the first of them
TRIED_FROM, TRIED = 1000, 50  # on these others the way is found in which it takes digits
AT_ONCE = 50  # digits to a call at most: the worker ends a call when its time has passed
INKS = {"bright": "bright ink on dark paper", "dark": "dark ink on bright paper"}
SCALES = {
    "0 to 1": "values from 0 to 1",
    "0 to 255": "values from 0 to 255",
    "-1 to 1": "values from -1 to 1",
    "standard score": "MNIST's standard scores",
}
ROWS = ("Parameters", "The digit on the pad", "Test digits read right", "Time for a digit")


class OwnNetwork:
    """The part of the view Learn for a network that a person brings.

    samples: MNIST's test digits.
    """

    def __init__(self, later, selection, samples):
        self._later = later
        self._selection = selection
        self._samples = samples
        self._run = 0  # number of what runs: of an older number, everything ends
        self._said = lambda: ""  # what was done last, in the page's language
        self._parameters = None  # (the page's, one's own) of a network that is open
        self._on_pad = None  # a function that gives both answers
        self._counts = (0, (0, 0), (0, 0))  # digits, (read right), (seconds), the page's first
        on(find("bring-open"), "change", self._on_choice)
        on(find("bring-stop"), "click", lambda _: self._end())
        on(find("learn"), "dragover", self._on_drag)
        on(find("learn"), "drop", self._on_drop)
        selection.explainable.connect(lambda _: start(self._guard(self._read())))
        later.worker_lost.connect(self._forget)

    def refresh(self) -> None:
        """Show everything in the present language."""
        set_text(find("bring-said"), self._said())
        self._show_table()

    # ---- What a person does ----

    def _on_choice(self, event):
        files = list(event.target.files)
        if files:
            self._begin(files[0])
        event.target.value = ""  # so that the same file can be chosen again

    def _on_drag(self, event):
        """Keep the pad from being marked as the place to drop at."""
        if any(str(kind) == "Files" for kind in event.dataTransfer.types):
            event.preventDefault()

    def _on_drop(self, event):
        files = [f for f in event.dataTransfer.files if f.name.lower().endswith(KINDS)]
        if files:  # else it is a picture, which the page reads wherever it is dropped
            event.preventDefault()
            event.stopPropagation()
            js.document.body.classList.remove("dropping")
            self._begin(files[0])

    def _begin(self, file):
        self._run += 1
        start(self._guard(self._open(file, self._run)))

    def _end(self):
        """End what runs; what has been counted stays."""
        self._run += 1
        self._show_progress(None)

    def _forget(self):
        """The worker has been replaced: the network is gone."""
        self._end()
        self._parameters = self._on_pad = None
        self.refresh()

    # ---- What follows from it ----

    async def _guard(self, act):
        """Do something, and say why if it cannot be done."""
        try:
            await act
        except (WorkerError, SiteFileError) as failure:
            reason = failure  # the name above ends with this block
            self._end()
            self._say(lambda: why_unavailable(reason))

    async def _open(self, file, run):
        """Have the worker open a file, try it, and compare it."""
        self._parameters = self._on_pad = None
        self._counts = (0, (0, 0), (0, 0))
        self.refresh()
        name = str(file.name)
        if file.size > MAX_MEGABYTES * 1e6:
            sentence = "This file has more than {megabytes} MB; choose a smaller network."
            self._show_progress(None)
            self._say(lambda: translate(sentence, megabytes=MAX_MEGABYTES))
            return
        self._say(lambda: translate("Opening {name}.", name=name))
        self._show_progress(0)
        tried = range(TRIED_FROM, TRIED_FROM + TRIED)
        await self._samples.send(tried)
        labels = self._samples.labels[TRIED_FROM : TRIED_FROM + TRIED]
        content = js.Uint8Array.new(await file.arrayBuffer())
        is_npz = name.lower().endswith(NPZ)
        opened = await self._ask("open_file", content, is_npz, TRIED_FROM, labels)
        if run != self._run or self._is_refused(opened):
            return
        way = await self._try(run)
        if way is None:
            return
        self._parameters = (opened.ours, opened.theirs)
        self._say(lambda: _described(name, way))
        await self._read()
        await self._compare(run)

    async def _try(self, run):
        """Return how the network takes digits, once that is known; None if it cannot be had."""
        while run == self._run:
            tried = await self._ask("try_ways")
            if run != self._run or self._is_refused(tried):
                break
            self._show_progress(tried.done)
            if tried.done == 1:
                return tried
            await yield_to_browser()
        return None

    async def _compare(self, run):
        """Read the test digits with both networks, in slices that let readings in between."""
        await self._samples.send(range(COMPARED))
        done = 0
        while done < COMPARED and run == self._run:
            labels = self._samples.labels[done : min(done + AT_ONCE, COMPARED)]
            found = await self._ask("compare", done, labels)
            if run != self._run or self._is_refused(found):
                return
            done += found.count
            self._add(found)
            self._show_progress(done / COMPARED)
            await yield_to_browser()
        self._show_progress(None)

    def _add(self, found):
        count, right, seconds = self._counts
        self._counts = (
            count + found.count,
            (right[0] + found.ours, right[1] + found.theirs),
            (seconds[0] + found.our_seconds, seconds[1] + found.their_seconds),
        )
        self._show_table()

    async def _read(self):
        """Read the pad's digit with the network that is open."""
        digit = self._selection.digit
        if self._parameters is None:
            return
        self._on_pad = None
        if digit is not None and has_ink(digit):
            found = await self._ask("read")
            if self._is_refused(found):
                return
            if hasattr(found, "confidence"):
                self._on_pad = lambda: (_answer(digit), _answer(found))
        self._show_table()

    async def _ask(self, name, *arguments):
        return await self._later.call("foreign_file", name, *arguments)

    # ---- Showing ----

    def _is_refused(self, found) -> bool:
        """Say why the worker refuses a network, if it does."""
        if not hasattr(found, "error"):
            return False
        self._end()
        self._parameters = None
        self._show_table()
        self._say(lambda: messages.refusal(found.error))
        return True

    def _say(self, said):
        self._said = said
        set_text(find("bring-said"), said())

    def _show_progress(self, share):
        """Show the share that is done; None if nothing runs."""
        for name in ("bring-progress", "bring-stop"):
            find(name).hidden = share is None
        find("bring-progress").value = share or 0

    def _show_table(self):
        find("bring-table").hidden = self._parameters is None
        if self._parameters is None:
            return
        body = find("bring-table").querySelector("tbody")
        if not body.children.length:
            for _ in ROWS:
                row = make("tr", parent=body)
                make("th", parent=row, scope="row")
                make("td", parent=row)
                make("td", parent=row)
        for row, name, cells in zip(body.children, ROWS, self._cells()):  # noqa: B905
            for cell, text in zip(row.children, (translate(name), cells[0], cells[1])):  # noqa: B905
                set_text(cell, text)

    def _cells(self):
        """Return the texts of each row, the page's first."""
        count, right, seconds = self._counts
        facts = [{"right": format_number(each), "count": format_number(count)} for each in right]
        times = [format_number(1000 * each / max(count, 1), 1) + "\u00a0ms" for each in seconds]
        return (
            [format_number(each) for each in self._parameters],
            self._on_pad() if self._on_pad else ("", ""),
            [translate("{right} of {count}", **each) for each in facts] if count else ("", ""),
            times if count else ("", ""),
        )


def _described(name, way):
    """Say how a network takes digits; an .npz of ours says it itself."""
    if not hasattr(way, "ink"):
        return translate("{name} is open.", name=name)
    facts = {"name": name, "ink": translate(INKS[str(way.ink)])}
    facts["scale"] = translate(SCALES[str(way.scale)])
    said = translate("{name} takes {ink}, as {scale}.", **facts)
    if way.turned:
        said += " " + translate("Its rows and columns are exchanged.")
    facts = {"share": messages.percent(way.share), "count": TRIED}
    found = "Found by trying: this way it reads {share} of {count} other test digits right."
    return said + " " + translate(found, **facts)


def _answer(read):
    """Return a digit with its probability, or that there is none."""
    if not hasattr(read, "label"):
        return translate("no digit")
    return f"{read.label} ({messages.probability(read.confidence)})"
