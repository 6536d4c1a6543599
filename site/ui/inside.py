"""The view Inside: the network's layers at work on what lies on the pad."""

import asyncio

from ui import paint, views, words
from ui.bridge import WorkerError
from ui.chosen import has_ink
from ui.dom import find, find_all, make, on_click_within, say
from ui.language import number
from ui.language import say as translated

OPS = {
    "conv2d": "Convolution",
    "relu": "Only what is positive",
    "max_pool2d": "Maximum of each 2 × 2",
    "global_average_pool": "Average of each map",
    "flatten": "In one row",
    "dense": "Weighted sums",
}


class Inside:
    """Shows layers, feature maps and filters."""

    def __init__(self, desk):
        self._desk = desk
        self._chosen = 0
        self._filters_shown = False
        desk.chosen.explainers.append(lambda _: self.show())
        on_click_within(find("layers"), "[data-layer]", self._choose)

    def again(self) -> None:
        """Show everything anew, in other colours too."""
        self._filters_shown = False
        self.show()

    def show(self) -> None:
        """Bring the view up to date; its pictures only if it is in sight."""
        seen = self._desk.chosen.digit is not None and has_ink(self._desk.chosen.digit)
        find("inside-part").hidden = not seen
        find("no-inside").hidden = seen
        if seen and views.current() == "inside":
            asyncio.create_task(self._fill())  # noqa: RUF006 - this interpreter holds its tasks

    def _choose(self, button):
        self._chosen = int(button.getAttribute("data-layer"))
        asyncio.create_task(self._show_maps())  # noqa: RUF006 - this interpreter holds its tasks

    async def _fill(self):
        try:
            self._show_layers(list(await self._desk.bridge.call("layers")))
            await self._show_maps()
            if not self._filters_shown:
                _show_signed(find("filters"), await self._desk.bridge.call("filters"))
                self._filters_shown = True
        except WorkerError as failure:
            say(find("maps-caption"), words.failure(failure.kind, failure.facts))

    def _show_layers(self, layers):
        rows = find("layers")
        rows.textContent = ""
        parameters = time = 0
        for index, layer in enumerate(layers):
            row = make("tr", parent=rows)
            head = make("th", parent=row, scope="row")
            name = translated(OPS.get(str(layer.op), str(layer.op)))
            make("button", name, head, type="button", data_layer=index)
            make("td", " × ".join(number(side) for side in layer.shape), row)
            make("td", number(layer.parameters) if layer.parameters else "", row)
            make("td", number(layer.milliseconds, 1), row)
            parameters += layer.parameters
            time += layer.milliseconds
        say(find("all-parameters"), number(parameters))
        say(find("all-time"), number(time, 1))
        self._chosen = min(self._chosen, len(layers) - 1)

    async def _show_maps(self):
        for button in find_all("#layers [data-layer]"):
            chosen = button.getAttribute("data-layer") == str(self._chosen)
            button.setAttribute("aria-pressed", "true" if chosen else "false")
            if chosen:
                layer = button.textContent
        maps = await self._desk.bridge.call("maps", self._chosen)
        _show_signed(find("maps"), maps)
        height, width = maps.size
        caption = "{layer}: {count} maps of {width} × {height}"
        if width * height == 1:
            caption = "{layer}: {count} values"
        facts = {"layer": layer, "count": number(maps.count), "width": width, "height": height}
        say(find("maps-caption"), translated(caption, **facts))
        find("maps").setAttribute("aria-label", translated(caption, **facts))


def _show_signed(canvas, maps):
    paint.wipe(canvas)
    canvas.style.aspectRatio = f"{maps.positive.width} / {maps.positive.height}"
    for name, colour in (("positive", "--ink"), ("negative", "--accent")):
        mask = getattr(maps, name)
        paint.paint(canvas, mask.pixels, mask.width, mask.height, colour)
