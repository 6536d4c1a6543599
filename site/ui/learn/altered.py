"""Let a person move or turn the glyph, and show what the network then makes of it."""

from ui.browser import masks, messages
from ui.browser.dom import find, on, set_text
from ui.browser.i18n import format_number, translate
from ui.browser.scheduling import start
from ui.learn import value_bars
from ui.learn.newest_question import NewestQuestion

RANGES = {"moved": (-8, 8, 1), "turned": (-180, 180, 5)}  # least, most, step
NAMES = {"moved": "Right by", "turned": "Turned by"}
UNITS = {"moved": "px", "turned": "°"}


class Altered:
    """Two sliders, the altered glyph and its probabilities."""

    def __init__(self, later):
        self._later = later
        self._kind = "moved"
        self._newest = NewestQuestion(self._look, find("altered-said"))
        for name in ("first", "second"):
            on(find(name), "input", lambda _: start(self._newest.ask()))

    def show(self, kind: str) -> None:
        """Begin with the unaltered glyph; kind: "moved" or "turned"."""
        self._kind = kind
        first, (least, most, step) = find("first"), RANGES[kind]
        first.min, first.max, first.step = str(least), str(most), str(step)
        first.value = find("second").value = "0"
        find("second-label").hidden = kind != "moved"
        set_text(find("first-name"), translate(NAMES[kind]))
        start(self._newest.ask())

    async def _look(self):
        ways = [float(find(name).value) for name in ("first", "second")]
        seen = await self._later.call("lessons", "altered", self._kind, *ways)
        self._show(ways, seen)

    def _show(self, ways, seen):
        for name, way in zip(("first", "second"), ways):  # noqa: B905 - MicroPython
            set_text(find(f"{name}-value"), f"{format_number(way)} {UNITS[self._kind]}")
        canvas, glyph = find("altered-glyph"), seen.glyph
        masks.wipe(canvas)
        masks.paint(canvas, glyph.pixels, glyph.width, glyph.height)
        values, labels = list(seen.values), list(seen.labels)
        best = values.index(max(values))
        bars = find("lesson-altered").querySelector(".values")
        value_bars.show(bars, values, labels, best, True)
        name = translate(str(labels[best]))
        facts = {"name": name, "share": messages.probability(values[best])}
        said = translate("The network says {name}: {share}", **facts)
        bars.setAttribute("aria-label", said)
        set_text(find("altered-said"), said)
