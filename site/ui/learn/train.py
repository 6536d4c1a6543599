"""Train a small network in the page: start, pause, step, reset; it reads the pad meanwhile."""

import js

from ui.browser import messages, router
from ui.browser.dom import find, make, on, on_click_within, set_text
from ui.browser.i18n import format_number, translate, translate_count
from ui.browser.scheduling import start, yield_to_browser
from ui.browser.site_files import SiteFileError, fetch_file
from ui.learn import tiles
from ui.learn.curves import Curves
from ui.reading.readings import has_ink
from ui.sources.mnist import why_unavailable
from ui.worker.bridge import WorkerError

FILE = "samples/train.z"
SLICE_MS = 80  # of training at a time: a reading waits no longer
PAUSE_AT = 1500  # steps: by then little more is learned
TEST_EVERY = 250  # steps
QUICK, FULL = 500, 2000  # test digits
AT_ONCE = 100  # test digits to a call


class Train:
    """The part of the view Learn that trains; samples: MNIST's test digits."""

    def __init__(self, later, selection, samples):
        self._later = later
        self._selection = selection
        self._samples = samples
        self._curves = Curves(find("train-curve"))
        self._is_running, self._is_busy = False, False
        self._waiting = 0  # of the task that follows the present one
        self._steps, self._seconds = 0, 0
        self._has_begun = False
        self._parameters = 0
        self._tested = None  # (right, count, steps)
        for label in range(10):
            classes = find("train-own").querySelector(".classes")
            make("button", str(label), classes, type="button", data_own=label)
        on(find("train-run"), "click", lambda _: self._toggle())
        on(find("train-step"), "click", lambda _: self._pause_for(self._step))
        on(find("train-reset"), "click", lambda _: self._pause_for(self._begin))
        on(find("train-shape"), "change", lambda _: self._change_shape())
        on(find("train-rate"), "change", lambda _: start(self._guard(self._set_rate)))
        on_click_within(find("train-own"), "[data-own]", self._add_own)
        selection.explainable.connect(lambda _: start(self._guard(self._read)))
        later.worker_lost.connect(self._forget)

    def refresh(self) -> None:
        """Show everything in the present language and colours."""
        self._show_button()
        self._say()
        self._curves.draw()

    @property
    def _is_in_sight(self):
        return router.current_view() == "learn" and router.lesson() == 0

    def _forget(self):
        """The worker has been replaced: what was learned is gone."""
        self._is_running, self._has_begun = False, False
        self._show_button()

    def _toggle(self):
        self._is_running = not self._is_running
        self._show_button()
        if self._is_running:
            start(self._in_turn(self._train))

    def _pause_for(self, act):
        """Pause, then do something else."""
        self._is_running = False
        start(self._in_turn(act))

    def _change_shape(self):
        if self._has_begun:
            self._pause_for(self._begin)

    def _show_button(self):
        name = "Pause" if self._is_running else "Go on" if self._steps else "Start"
        set_text(find("train-run"), translate(name))

    async def _in_turn(self, act):
        """Do one thing after another."""
        self._waiting += 1
        while self._is_busy:
            await yield_to_browser()
        self._waiting -= 1
        self._is_busy = True
        await self._guard(act)
        self._is_busy = False
        self._show_button()

    async def _guard(self, act):
        """Do something, and say why if it cannot be done."""
        try:
            await act()
        except (WorkerError, SiteFileError) as failure:
            self._is_running = False
            set_text(find("train-said"), why_unavailable(failure))

    async def _fetch(self):
        """Bring the worker the digits to train on, and begin, unless that has been done."""
        if self._has_begun:
            return
        set_text(find("train-said"), translate("Fetching the digits."))
        packed = await fetch_file(FILE, "arrayBuffer")
        await self._later.call("train_steps", "keep_samples", js.Uint8Array.new(packed))
        await self._begin_anew()

    async def _begin(self):
        """Begin from new random weights."""
        if self._has_begun:
            await self._begin_anew()
        else:
            await self._fetch()

    async def _begin_anew(self):
        self._has_begun = True
        shape, rate = find("train-shape").value, float(find("train-rate").value)
        seed = int(js.Math.random() * 1000000)
        begun = await self._later.call("train_steps", "begin", shape, rate, seed)
        self._parameters = begun.parameters
        self._steps, self._seconds, self._tested = 0, 0, None
        self._curves.clear()
        find("train-pictures").hidden = find("train-own").hidden = False
        tiles.paint(find("train-filters"), begun.filters)
        self._say()
        set_text(find("train-tested"), "")
        await self._read()

    async def _train(self):
        """Train until it is paused, in slices that let readings in between."""
        await self._fetch()
        until = (self._steps // PAUSE_AT + 1) * PAUSE_AT
        count = 1
        while self._is_running and self._steps < until and self._is_in_sight:
            before = self._steps
            milliseconds = await self._go(count) / count
            count = min(max(int(SLICE_MS / max(milliseconds, 1)), 1), until - self._steps or 1)
            if before // TEST_EVERY != self._steps // TEST_EVERY:
                await self._test(QUICK)
            await yield_to_browser()
        self._is_running = False
        if not self._waiting:
            await self._test(FULL)

    async def _step(self):
        await self._fetch()
        await self._go(1)

    async def _go(self, count):
        """Train for some steps and show what came of them; return the milliseconds."""
        done = await self._later.call("train_steps", "run", count)
        self._steps = done.steps
        self._seconds += done.milliseconds / 1000
        self._curves.add(done.steps, list(done.losses), list(done.shares))
        tiles.paint(find("train-filters"), done.filters)
        self._say()
        await self._read()
        return done.milliseconds

    async def _test(self, count):
        """Count how many test digits are read right."""
        await self._samples.send(range(count))
        right = 0
        for first in range(0, count, AT_ONCE):
            answers = list(await self._later.call("train_steps", "test", first, AT_ONCE))
            labels = self._samples.labels[first : first + AT_ONCE]
            right += sum(str(read) == label for read, label in zip(answers, labels))  # noqa: B905
        self._tested = (right, count, self._steps)
        self._curves.add_test(self._steps, right / count)
        if count == FULL:
            self._say_tested()

    async def _set_rate(self):
        if self._has_begun:
            await self._later.call("train_steps", "set_rate", float(find("train-rate").value))

    def _add_own(self, button):
        digit = self._selection.digit
        if digit is None or not has_ink(digit):
            set_text(find("train-own-said"), translate("Write a digit first."))
            return
        start(self._guard(lambda: self._send_own(int(button.textContent))))

    async def _send_own(self, label):
        count = await self._later.call("train_steps", "add_own", label)
        set_text(find("train-own-said"), translate("{count} of yours", count=count))

    # ---- Showing ----

    def _say(self):
        if not self._has_begun:
            return
        facts = {
            "steps": format_number(self._steps),
            "seconds": format_number(self._seconds, 1),
            "parameters": format_number(self._parameters),
        }
        one = "{parameters} parameters; {steps} step of 32 digits in {seconds} seconds."
        many = "{parameters} parameters; {steps} steps of 32 digits in {seconds} seconds."
        said = translate_count(one, many, self._steps, **facts)
        if self._curves.latest:
            loss, share = self._curves.latest
            facts = {"loss": format_number(loss, 3), "share": messages.percent(share)}
            said += " " + translate("Loss {loss}, accuracy {share}.", **facts)
        set_text(find("train-said"), said)
        find("train-curve").setAttribute("aria-label", said)

    def _say_tested(self):
        right, count, steps = self._tested
        facts = {
            "share": messages.percent(right / count, 1),
            "count": format_number(count),
            "steps": format_number(steps),
        }
        one = "After {steps} step it reads {share} of {count} test digits right."
        many = "After {steps} steps it reads {share} of {count} test digits right."
        set_text(find("train-tested"), translate_count(one, many, steps, **facts))

    async def _read(self):
        """Show what the trained network reads on the pad, beside the page's own answer."""
        digit = self._selection.digit
        if not self._has_begun or digit is None or not has_ink(digit) or not self._is_in_sight:
            return
        shares = list(await self._later.call("train_steps", "read"))
        if not shares:
            return
        best = shares.index(max(shares))
        ours = str(digit.label) if hasattr(digit, "label") else translate("no digit")
        facts = {"ours": ours, "best": best, "share": messages.probability(shares[best])}
        text = "On the pad: this page's network reads {ours}, yours {best} ({share})."
        set_text(find("train-reads"), translate(text, **facts))
