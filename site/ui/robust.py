"""The sliders of the view Measure: how much a digit may be disturbed and still be read."""

import asyncio

from pyscript.ffi import to_js

from ui import paint, sliders, views, words
from ui.bridge import WorkerError
from ui.dom import find, find_all, on, on_click_within, say
from ui.language import number
from ui.language import say as translated
from ui.samples import why_not
from ui.whole import NotWholeError

DIGITS = 100  # of the test set's first: their accuracy is known to about 2 %
AT_ONCE = 10
UNITS = {"rotation": "°", "shift": " px", "thickness": " px", "noise": " %"}


class Robust:
    """Four kinds of disturbance, each with a slider, ten digits to look at and a curve."""

    def __init__(self, desk, samples):
        self._desk = desk
        self._samples = samples
        self._amounts = {}
        self._curves = {}
        self._running = False
        sliders.build()
        for slider in find_all("#robust input"):
            on(slider, "input", lambda event: self._look(event.target))
        on_click_within(find("robust"), "[data-curve]", self._begin)

    def show(self) -> None:
        """Have the sliders know their amounts, once the view is in sight."""
        if views.current() == "measure" and not self._amounts:
            asyncio.create_task(self._prepare())  # noqa: RUF006 - this interpreter holds its tasks

    def again(self) -> None:
        """Say everything anew, in another language."""
        for slider in find_all("#robust input") if self._amounts else ():
            self._say_amount(slider, slider.getAttribute("data-kind"))

    async def _prepare(self):
        try:
            amounts = await self._desk.bridge.call("amounts")
        except WorkerError:
            return
        for slider in find_all("#robust input"):
            kind = slider.getAttribute("data-kind")
            self._amounts[kind] = [float(amount) for amount in getattr(amounts, kind)]
            slider.max = len(self._amounts[kind]) - 1
            slider.value = self._amounts[kind].index(0)
            self._say_amount(slider, kind)

    def _amount(self, slider):
        kind = slider.getAttribute("data-kind")
        return kind, self._amounts[kind][int(slider.value)]

    def _look(self, slider):
        if self._amounts:
            kind, amount = self._amount(slider)
            self._say_amount(slider, kind)
            asyncio.create_task(self._read_few(slider, kind, amount))  # noqa: RUF006 - as above

    async def _read_few(self, slider, kind, amount):
        try:
            seen = await self._disturb(range(AT_ONCE), kind, amount)
        except (NotWholeError, WorkerError) as failure:
            say(find("robust-said"), why_not(failure))
            return
        if self._amount(slider) == (kind, amount):
            self._show_few(kind, seen)

    def _show_few(self, kind, seen):
        part = find(f"robust-{kind}")
        canvas = part.querySelector(".look")
        canvas.hidden = False
        paint.wipe(canvas)
        paint.paint(canvas, seen.look.pixels, seen.look.width, seen.look.height)
        read = " ".join("–" if label < 0 else str(label) for label in seen.labels)
        name = translated("Read as {digits}", digits=read)
        canvas.setAttribute("aria-label", name)
        say(part.querySelector(".read-as"), name)

    def _say_amount(self, slider, kind):
        amount = self._amounts[kind][int(slider.value)]
        shown = amount * 100 if kind == "noise" else amount
        text = number(shown, 1 if kind == "thickness" else 0) + UNITS[kind]
        curve = self._curves.get(kind, {})
        if amount in curve:
            text += ": " + translated("{share} right", share=words.percent(curve[amount]))
        slider.setAttribute("aria-valuetext", text)
        say(find(f"robust-{kind}").querySelector(".amount"), text)

    def _begin(self, _):
        self._running = not self._running
        if self._running:
            asyncio.create_task(self._draw_curves())  # noqa: RUF006 - held by its loop

    async def _draw_curves(self):
        button = find("robust").querySelector("[data-curve]")
        say(button, translated("Stop"))
        try:
            for slider in find_all("#robust input"):
                await self._draw_curve(slider)
        except (NotWholeError, WorkerError) as failure:
            say(find("robust-said"), why_not(failure))
        self._running = False
        say(button, translated("Draw the four curves"))

    async def _draw_curve(self, slider):
        kind = slider.getAttribute("data-kind")
        curve = self._curves[kind] = {}
        for amount in self._amounts[kind]:
            right = 0
            for start in range(0, DIGITS, AT_ONCE):
                if not self._running:
                    return
                indices = range(start, start + AT_ONCE)
                labels = (await self._disturb(indices, kind, amount)).labels
                truths = self._samples.labels[start : start + AT_ONCE]
                right += sum(str(label) == truth for label, truth in zip(labels, truths))  # noqa: B905
            curve[amount] = right / DIGITS
            self._show_curve(kind)
            self._say_amount(slider, kind)

    async def _disturb(self, indices, kind, amount):
        await self._samples.bring(indices)
        return await self._desk.bridge.call("disturb", to_js(list(indices)), kind, amount)

    def _show_curve(self, kind):
        amounts, curve = self._amounts[kind], self._curves[kind]
        last = len(amounts) - 1
        shares = [(i / last, curve[amount]) for i, amount in enumerate(amounts) if amount in curve]
        sliders.draw_curve(kind, shares)
