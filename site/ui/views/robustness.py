"""Measure in the view Measure how accuracy falls when test digits are distorted."""

from pyscript.ffi import to_js

from ui.browser import masks, messages, router
from ui.browser.dom import find, find_all, on, on_click_within, set_text
from ui.browser.i18n import format_number, translate
from ui.browser.scheduling import start
from ui.browser.site_files import SiteFileError
from ui.sources.mnist import why_unavailable
from ui.views import sliders
from ui.worker.bridge import WorkerError

DIGITS = 100  # the test set's first: the standard error of their accuracy is about 2 %
BATCH = 10  # digits to a call
UNITS = {"rotation": "°", "shift": " px", "thickness": " px", "noise": " %"}


class Robustness:
    """Four kinds of distortion, each with a slider, ten digits to look at and a curve."""

    def __init__(self, bridge, samples):
        self._bridge = bridge
        self._samples = samples
        self._amounts = {}  # kind -> amounts, one for each position of the slider
        self._curves = {}  # kind -> {amount: accuracy}
        self._is_running = False
        sliders.build()
        for slider in find_all("#robust input"):
            on(slider, "input", lambda event: self._on_slider(event.target))
        on_click_within(find("robust"), "[data-curve]", self._start_or_stop)
        router.on_open("measure", self._open)

    def refresh(self) -> None:
        """Show the amounts in the present language."""
        for slider in find_all("#robust input") if self._amounts else ():
            self._show_amount(slider, slider.getAttribute("data-kind"))

    def _open(self):
        if not self._amounts:
            start(self._prepare())

    async def _prepare(self):
        try:
            await self._fetch_amounts()
        except WorkerError:
            return  # it is asked for again, and said, when the curves are drawn

    async def _fetch_amounts(self):
        amounts = await self._bridge.call("amounts")
        for slider in find_all("#robust input"):
            kind = slider.getAttribute("data-kind")
            self._amounts[kind] = [float(amount) for amount in getattr(amounts, kind)]
            slider.max = len(self._amounts[kind]) - 1
            slider.value = self._amounts[kind].index(0)
            self._show_amount(slider, kind)

    def _amount(self, slider):
        kind = slider.getAttribute("data-kind")
        return kind, self._amounts[kind][int(slider.value)]

    def _on_slider(self, slider):
        if self._amounts:
            kind, amount = self._amount(slider)
            self._show_amount(slider, kind)
            start(self._read_few(slider, kind, amount))

    async def _read_few(self, slider, kind, amount):
        try:
            result = await self._distort(range(BATCH), kind, amount)
        except (SiteFileError, WorkerError) as failure:
            set_text(find("robust-said"), why_unavailable(failure))
            return
        if self._amount(slider) == (kind, amount):
            _show_few(kind, result)

    def _show_amount(self, slider, kind):
        amounts, place = self._amounts[kind], int(slider.value)
        amount, text = amounts[place], _with_unit(kind, amounts[place])
        curve = self._curves.get(kind, {})
        if amount in curve:
            text += ": " + translate("{share} right", share=messages.percent(curve[amount]))
        slider.setAttribute("aria-valuetext", text)
        set_text(find(f"robust-{kind}").querySelector(".amount"), text)
        ends = [_with_unit(kind, amounts[i]) for i in (0, len(amounts) // 2, -1)]
        sliders.name_axes(kind, [messages.percent(1), messages.percent(0)], ends)
        sliders.mark(kind, place / (len(amounts) - 1))

    def _start_or_stop(self, _):
        self._is_running = not self._is_running
        if self._is_running:
            start(self._measure_curves())

    async def _measure_curves(self):
        button = find("robust").querySelector("[data-curve]")
        set_text(button, translate("Stop"))
        try:
            if not self._amounts:  # the button was pressed before they came
                await self._fetch_amounts()
            for slider in find_all("#robust input"):
                await self._measure_curve(slider)
        except (SiteFileError, WorkerError) as failure:
            set_text(find("robust-said"), why_unavailable(failure))
        self._is_running = False
        set_text(button, translate("Draw the four curves"))

    async def _measure_curve(self, slider):
        kind = slider.getAttribute("data-kind")
        curve = self._curves[kind] = {}
        for amount in self._amounts[kind]:
            right = 0
            for first in range(0, DIGITS, BATCH):
                if not self._is_running:
                    return
                result = await self._distort(range(first, first + BATCH), kind, amount)
                truths = self._samples.labels[first : first + BATCH]
                pairs = zip(result.labels, truths)  # noqa: B905 - MicroPython's has no `strict`
                right += sum(str(label) == truth for label, truth in pairs)
            curve[amount] = right / DIGITS
            self._show_curve(kind)
            self._show_amount(slider, kind)

    async def _distort(self, indices, kind, amount):
        await self._samples.send(indices)
        return await self._bridge.call("disturb", to_js(list(indices)), kind, amount)

    def _show_curve(self, kind):
        amounts, curve = self._amounts[kind], self._curves[kind]
        last = len(amounts) - 1
        points = [(i / last, curve[amount]) for i, amount in enumerate(amounts) if amount in curve]
        sliders.draw_curve(kind, points)


def _with_unit(kind, amount):
    shown = amount * 100 if kind == "noise" else amount
    return format_number(shown, 1 if kind == "thickness" else 0) + UNITS[kind]


def _show_few(kind, result):
    """Show ten distorted digits, and what was read in them."""
    part = find(f"robust-{kind}")
    canvas = part.querySelector(".look")
    canvas.hidden = False
    masks.wipe(canvas)
    masks.paint(canvas, result.look.pixels, result.look.width, result.look.height)
    read = " ".join("–" if label < 0 else str(label) for label in result.labels)
    name = translate("Read as {digits}", digits=read)
    canvas.setAttribute("aria-label", name)
    set_text(part.querySelector(".read-as"), name)
