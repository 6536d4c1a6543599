"""Answer two questions in the view Inside: what mattered, and what would change the answer."""

from ui.browser import masks, messages
from ui.browser.dom import css_value, find, make, on, set_text
from ui.browser.i18n import translate
from ui.browser.scheduling import start
from ui.reading.readings import has_ink, name_of, ranking
from ui.worker.bridge import WorkerError

GLYPH_SIDE = 28
MAX_TINT = 0.85  # opacity of the place that mattered most


class Why:
    """Asks the worker piece by piece, and shows each piece as it comes."""

    def __init__(self, bridge, selection):
        self._bridge = bridge
        self._selection = selection
        self._question = 0  # number of the newest; an older one stops
        self._shares = []
        selection.explainable.connect(self._reset)
        on(find("find-matter"), "click", lambda _: self._ask(self._show_matter, "matter-said"))
        on(find("find-change"), "click", lambda _: self._ask(self._show_change, "change-said"))
        self._reset(selection.digit)  # that was there before this view was first opened

    def refresh(self) -> None:
        """Show the glyph that the questions are about."""
        digit = self._selection.digit
        for name in ("matter", "changed"):
            masks.wipe(find(name))
            if digit is not None and has_ink(digit):
                masks.paint(find(name), digit.glyph, GLYPH_SIDE, GLYPH_SIDE)

    def _ask(self, search, said):
        self._question += 1
        start(self._answer(search, said))

    async def _answer(self, search, said):
        try:
            await search(self._question)
        except WorkerError as failure:
            set_text(find(said), messages.failure(failure.kind, failure.facts))

    def _reset(self, digit):
        """Begin anew with another digit; None: there is none."""
        self._question += 1
        set_text(find("matter-said"), "")
        set_text(find("change-said"), "")
        if digit is None or not has_ink(digit):
            return
        self.refresh()
        self._shares = list(digit.probabilities)
        first, second = ranking(self._shares)[:2]
        targets = find("target")
        targets.textContent = ""
        count = len(self._shares)
        for target in range(count):
            if target != first:
                make("option", name_of(target, count), targets, value=target)
        targets.value = str(second)

    async def _show_matter(self, question):
        canvas = find("matter")
        masks.wipe(canvas)
        masks.paint(canvas, self._selection.digit.glyph, GLYPH_SIDE, GLYPH_SIDE, "--line")
        set_text(find("matter-said"), translate("Covering one place after another."))
        part, falls, is_last = 0, [], False
        while not is_last:
            piece = await self._bridge.call("occlusion", part)
            if question != self._question:
                return
            falls += list(piece.fall)
            is_last, part = piece.last, part + 1
        _tint(canvas, falls, piece.across, piece.stride)
        sentence = "The redder a place, the more the {digit} depends on it."
        if max(falls) <= 0:
            sentence = (
                "No single place decides: without any one of them it is still read as {digit}."
            )
        digit = name_of(ranking(self._shares)[0], len(self._shares))
        set_text(find("matter-said"), translate(sentence, digit=digit))

    async def _show_change(self, question):
        target = int(find("target").value)
        set_text(find("change-said"), translate("Trying small changes."))
        is_finished, begin = False, True
        while not is_finished:
            change = await self._bridge.call("change", target, begin)
            if question != self._question:
                return
            is_finished, begin = change.finished, False
            _show_changed_glyph(find("changed"), change)
        sentence = "With {count} small brush marks it is read as {digit}."
        if change.dabs == 1:
            sentence = "With one small brush mark it is read as {digit}."
        if not change.found and change.dabs == 1:
            sentence = "Even with one small brush mark it is not read as {digit}."
        elif not change.found:
            sentence = "Even with {count} small brush marks it is not read as {digit}."
        digit = name_of(target, len(self._shares))
        text = translate(sentence, count=change.dabs, digit=digit)
        set_text(find("change-said"), text)


def _tint(canvas, falls, across, stride):
    """Tint each place by how far the answer's odds fall when it is covered."""
    context = canvas.getContext("2d")
    context.fillStyle = css_value("--accent")
    most = max(max(falls), 1e-9)
    for index, fall in enumerate(falls):
        if fall > 0:
            context.globalAlpha = MAX_TINT * fall / most
            x, y = index % across * stride, index // across * stride
            context.fillRect(x, y, stride, stride)
    context.globalAlpha = 1


def _show_changed_glyph(canvas, change):
    masks.wipe(canvas)
    for name, colour in (("kept", "--ink"), ("removed", "--line"), ("added", "--accent")):
        mask = getattr(change, name)
        masks.paint(canvas, mask.pixels, mask.width, mask.height, colour)
