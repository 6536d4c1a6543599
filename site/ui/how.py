"""The view How: each step from picture to glyph, and what is read when it is done otherwise."""

import asyncio

from ui import paint, views, words
from ui.bridge import WorkerError
from ui.chosen import text_of
from ui.dom import find, find_all, on, say, style_of
from ui.language import number
from ui.language import say as translated

COARSE = 60  # pixels: smaller pictures are shown as the pixels that they are


class How:
    """Shows the steps of what lies on a desk's pad."""

    def __init__(self, desk):
        self._desk = desk
        self._newest = 0
        desk.chosen.explainers.append(lambda _: self.again())
        for control in find_all("#how select, #how input"):
            on(control, "input", lambda _: self.again())
        on(find("as-read"), "click", self._reset)

    def again(self) -> None:
        """Bring the view up to date; its pictures only if it is in sight."""
        seen = self._desk.chosen.digit is not None
        find("steps").hidden = not seen
        find("no-steps").hidden = seen
        if seen and views.current() == "how":
            asyncio.create_task(self._fill())  # noqa: RUF006 - this interpreter holds its tasks

    def _reset(self, _):
        find("polarity").value = "seems"
        find("threshold").value = "0"
        find("centred").checked = True
        self.again()

    async def _fill(self):
        self._newest += 1
        number_of_this = self._newest
        threshold = float(find("threshold").value)
        say(find("threshold-value"), words.percent(threshold))
        try:
            seen = await self._desk.bridge.call(
                "explain_steps", find("polarity").value, threshold, find("centred").checked
            )
        except WorkerError as failure:
            say(find("otherwise"), words.failure(failure.kind, failure.facts))
            return
        if number_of_this == self._newest:
            _show_pictures(seen)
            _show_numbers(seen)
            self._show_answer(seen.digit)

    def _show_answer(self, digit):
        label = text_of(digit)
        if label:
            said = f"{label}, {words.chance(digit.confidence)}"
        else:
            said = words.abstention(digit.reason, list(digit.probabilities), False)
        say(find("otherwise"), translated("Read this way: {answer}", answer=said))


def _show_pictures(seen):
    paint.put(find("step-light"), seen.light)
    for name in ("step-light", "step-ink", "step-box"):
        find(name).classList.toggle("pixels", seen.light.width < COARSE)
    _show("step-ink", seen.ink)
    _show("step-box", seen.ink)
    for name in ("step-scaled", "step-glyph"):
        paint.wipe(find(name))
    if not hasattr(seen, "box"):
        return
    scale = seen.ink.width / seen.working[0]
    left, top, right, bottom = (edge * scale for edge in seen.box)
    _line(find("step-box"), lambda context: context.rect(left, top, right - left, bottom - top))
    _show("step-scaled", seen.scaled)
    glyph = find("step-glyph")
    paint.wipe(glyph)
    paint.paint(glyph, seen.digit.glyph, 28, 28)


def _show(name, mask):
    canvas = find(name)
    paint.wipe(canvas)
    paint.paint(canvas, mask.pixels, mask.width, mask.height)


def _line(canvas, path):
    context = canvas.getContext("2d")
    context.strokeStyle = style_of("--accent")
    context.lineWidth = max(1, max(canvas.width, canvas.height) / 90)
    context.beginPath()
    path(context)
    context.stroke()


def _show_numbers(seen):
    width, height = seen.size
    say(find("light-numbers"), f"{number(width)} × {number(height)} px")
    say(find("ink-numbers"), _ink_numbers(seen))
    numbers = {"box-numbers": "", "scaled-numbers": "", "glyph-numbers": ""}
    if hasattr(seen, "box"):
        left, top, right, bottom = seen.box
        numbers["box-numbers"] = f"{right - left} × {bottom - top} px"
        scaled = f"{seen.scaled.width} × {seen.scaled.height} px, 1 : {number(seen.step, 1)}"
        numbers["scaled-numbers"] = scaled
        right, down = seen.shift
        moved = translated("moved {right} px right, {down} px down", right=right, down=down)
        numbers["glyph-numbers"] = "28 × 28 px, " + moved
    for name in numbers:
        say(find(name), numbers[name])


def _ink_numbers(seen):
    tone = translated("dark on light") if seen.darkInk else translated("light on dark")
    return tone + ", " + words.percent(seen.share)
