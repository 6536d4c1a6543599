"""Fill the view How: each step from picture to glyph, with settings to try."""

from ui.browser import masks, messages, router
from ui.browser.dom import css_value, find, find_all, on, set_text
from ui.browser.i18n import format_number, translate
from ui.browser.scheduling import start
from ui.reading.readings import text_of
from ui.worker.bridge import WorkerError

COARSE_WIDTH = 60  # pixels: narrower pictures are enlarged without smoothing
GLYPH_SIDE = 28


class How:
    """Shows the steps that led to the selected digit."""

    def __init__(self, bridge, selection):
        self._bridge = bridge
        self._selection = selection
        self._newest = 0
        selection.explainable.connect(lambda _: self.refresh())
        router.on_open("how", self.refresh)
        for control in find_all("#how select, #how input"):
            on(control, "input", lambda _: self.refresh())
        on(find("as-read"), "click", lambda _: self._reset())

    def refresh(self) -> None:
        """Show the selected digit; its pictures only while the view is in sight."""
        has_digit = self._selection.digit is not None
        find("steps").hidden = not has_digit
        find("no-steps").hidden = has_digit
        if not has_digit:
            set_text(find("otherwise"), "")
        if has_digit and router.current_view() == "how":
            start(self._fill())

    def _reset(self):
        find("polarity").value = "seems"
        find("threshold").value = "0"
        find("centred").checked = True
        self.refresh()

    async def _fill(self):
        self._newest += 1
        number = self._newest
        polarity, centred = find("polarity").value, find("centred").checked
        threshold = float(find("threshold").value)
        set_text(find("threshold-value"), messages.percent(threshold))
        try:
            steps = await self._bridge.call("explain_steps", polarity, threshold, centred)
        except WorkerError as failure:
            set_text(find("otherwise"), messages.failure(failure.kind, failure.facts))
            return
        if number == self._newest:
            _show_pictures(steps)
            _show_numbers(steps)
            _show_answer(steps.digit)


def _show_answer(digit):
    label = text_of(digit)
    if label:
        said = f"{label}, {messages.probability(digit.confidence)}"
    else:
        said = messages.no_digit(digit.reason, list(digit.probabilities), False)
    set_text(find("otherwise"), translate("With these settings: {answer}", answer=said))


def _show_pictures(steps):
    masks.show_picture(find("step-light"), steps.light)
    for name in ("step-light", "step-ink", "step-box"):
        find(name).classList.toggle("pixels", steps.light.width < COARSE_WIDTH)
    _show_mask("step-ink", steps.ink)
    _show_mask("step-box", steps.ink)
    for name in ("step-scaled", "step-glyph"):
        masks.wipe(find(name))
    if not hasattr(steps, "box"):
        return
    scale = steps.ink.width / steps.working[0]
    _draw_box(find("step-box"), [edge * scale for edge in steps.box])
    _show_mask("step-scaled", steps.scaled)
    masks.paint(find("step-glyph"), steps.digit.glyph, GLYPH_SIDE, GLYPH_SIDE)


def _show_mask(name, mask):
    canvas = find(name)
    masks.wipe(canvas)
    masks.paint(canvas, mask.pixels, mask.width, mask.height)


def _draw_box(canvas, box):
    left, top, right, bottom = box
    context = canvas.getContext("2d")
    context.strokeStyle = css_value("--accent")
    context.lineWidth = max(1, max(canvas.width, canvas.height) / 90)
    context.strokeRect(left, top, right - left, bottom - top)


def _show_numbers(steps):
    width, height = steps.size
    polarity = translate("dark on light") if steps.darkInk else translate("light on dark")
    numbers = {
        "light-numbers": f"{format_number(width)} × {format_number(height)} px",
        "ink-numbers": polarity + ", " + messages.percent(steps.share),
        "box-numbers": "",
        "scaled-numbers": "",
        "glyph-numbers": "",
    }
    if hasattr(steps, "box"):
        left, top, right, bottom = steps.box
        numbers["box-numbers"] = f"{right - left} × {bottom - top} px"
        scaled = f"{steps.scaled.width} × {steps.scaled.height} px"
        numbers["scaled-numbers"] = f"{scaled}, 1 : {format_number(steps.step, 1)}"
        numbers["glyph-numbers"] = "28 × 28 px, " + messages.moved(*steps.shift)
    for name in numbers:
        set_text(find(name), numbers[name])
