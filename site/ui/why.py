"""Two questions in the view Inside: what mattered, and what would change the answer."""

import asyncio

from ui import paint, words
from ui.bridge import WorkerError
from ui.chosen import has_ink
from ui.dom import find, make, on, say, style_of
from ui.language import say as translated

SIDE = 28


class Why:
    """Asks the worker piece by piece, and shows each piece as it comes."""

    def __init__(self, desk):
        self._desk = desk
        self._turn = 0  # a new picture, or a new question, ends the one that is under way
        desk.chosen.explainers.append(self._forget)
        on(find("find-matter"), "click", lambda _: self._run(self._matter(), "matter-said"))
        on(find("find-change"), "click", lambda _: self._run(self._change(), "change-said"))

    def _run(self, search, said):
        self._turn += 1
        asyncio.create_task(self._safely(search, said))  # noqa: RUF006 - held by its loop

    async def _safely(self, search, said):
        try:
            await search
        except WorkerError as failure:
            say(find(said), words.failure(failure.kind, failure.facts))

    def _forget(self, digit):
        self._turn += 1
        say(find("matter-said"), "")
        say(find("change-said"), "")
        if digit is None or not has_ink(digit):
            return
        self.again()
        self._shares = list(digit.probabilities)
        first, second = words.likeliest(self._shares)[:2]
        targets = find("target")
        targets.textContent = ""
        for digit in range(10):
            if digit != first:
                make("option", str(digit), targets, value=digit)
        targets.value = str(second)

    def again(self) -> None:
        """Show the glyph that the questions are about."""
        digit = self._desk.chosen.digit
        for name in ("matter", "changed"):
            paint.wipe(find(name))
            if digit is not None and has_ink(digit):
                paint.paint(find(name), digit.glyph, SIDE, SIDE)

    async def _matter(self):
        turn, part, falls, last = self._turn, 0, [], False
        canvas = find("matter")
        paint.wipe(canvas)
        paint.paint(canvas, self._desk.chosen.digit.glyph, SIDE, SIDE, "--line")
        say(find("matter-said"), translated("Covering one place after another."))
        while not last:
            piece = await self._desk.bridge.call("occlusion", part)
            if turn != self._turn:
                return
            falls += list(piece.fall)
            last, part = piece.last, part + 1
        _shade(canvas, falls, piece.across, piece.stride)
        digit = words.likeliest(self._shares)[0]
        if max(falls) <= 0:
            said = translated("No single place matters: the {digit} stands without any of them.")
        else:
            said = translated("The redder a place, the more the {digit} rests on it.")
        say(find("matter-said"), said.format(digit=digit))

    async def _change(self):
        turn, target = self._turn, int(find("target").value)
        say(find("change-said"), translated("Trying small changes."))
        finished, begin = False, True
        while not finished:
            change = await self._desk.bridge.call("change", target, begin)
            if turn != self._turn:
                return
            finished, begin = change.finished, False
            _show_change(find("changed"), change)
        sentence = "With {dabs} small dabs it becomes a {digit}."
        if change.dabs == 1:
            sentence = "With one small dab it becomes a {digit}."
        if not change.found:
            sentence = "{dabs} small dabs were not enough to make it a {digit}."
        say(find("change-said"), translated(sentence, dabs=change.dabs, digit=target))


def _shade(canvas, falls, across, stride):
    """Tint each place by how far the answer falls when it is covered."""
    context = canvas.getContext("2d")
    context.fillStyle = style_of("--accent")
    most = max(max(falls), 1e-9)
    for index, fall in enumerate(falls):
        if fall > 0:
            context.globalAlpha = 0.85 * fall / most
            x, y = index % across * stride, index // across * stride
            context.fillRect(x, y, stride, stride)
    context.globalAlpha = 1


def _show_change(canvas, change):
    paint.wipe(canvas)
    for name, colour in (("kept", "--ink"), ("removed", "--line"), ("added", "--accent")):
        mask = getattr(change, name)
        paint.paint(canvas, mask.pixels, mask.width, mask.height, colour)
