"""Show one layer at work: its maps, and how the value pointed at comes about.

Pointing at a map, or the arrow keys on it, chooses a value. The worker computes; meanwhile only the
newest choice waits.
"""

from ui.browser.dom import on, set_text
from ui.browser.i18n import format_number, translate
from ui.browser.scheduling import start, yield_to_browser
from ui.learn import number_grid, tiles, value_bars
from ui.learn.equations import equation, value_text
from ui.learn.layer_names import layer_does, layer_name
from ui.learn.newest_question import NewestQuestion

STRONGEST = -1  # channel: the input that counts most
LARGEST = (-1, -1, -1)  # place: of the largest value
MOVES = {"ArrowLeft": (0, -1), "ArrowRight": (0, 1), "ArrowUp": (-1, 0), "ArrowDown": (1, 0)}


class Explorer:
    """Shows the pictures and the arithmetic of one layer in an element.

    index: of the layer; place: [depth, row, column] of the value looked at.
    """

    def __init__(self, later, root):
        self._later = later
        later.fill(root, "explorer")
        self._root = root
        self.index = 0
        self.place = [0, 0, 0]
        self._channel = STRONGEST
        self._layers = []
        self._seen = None  # what the worker told last
        self._newest = NewestQuestion(self._look, self._find(".equation"))
        for name in ("inputs", "kernel", "maps", "map"):
            self._connect(name)
        bars = self._find(".values")
        on(bars, "click", lambda event: self._choose_value(self._bar_at(event)))
        on(bars, "keydown", self._press_on_bars)

    async def show(self, layers, index: int) -> None:
        """Show a layer of those that the worker has described."""
        if index != self.index or not self._seen:
            self.place, self._channel = list(LARGEST), STRONGEST
        self._layers, self.index = layers, index
        await self._newest.ask()

    def follow(self) -> None:
        """Show the same place of the digit that is being drawn."""
        if self._seen is not None:
            start(self._newest.ask())

    def _find(self, selector):
        return self._root.querySelector(selector)

    # ---- Choosing ----

    def _connect(self, name):
        canvas = self._find(f".of-{name} canvas")
        events = "pointermove pointerdown" if name == "map" else "pointerdown"
        on(canvas, events, lambda event: self._point(name, canvas, event))
        if name != "kernel":
            on(canvas, "keydown", lambda event: self._press(name, event))

    def _point(self, name, canvas, event):
        if self._seen is None:
            return
        across = event.offsetX / max(canvas.clientWidth, 1)
        down = event.offsetY / max(canvas.clientHeight, 1)
        picture = self._picture(name)
        if picture is not None:
            self._choose(name, *tiles.at(picture, across, down))

    def _press(self, name, event):
        if event.key not in MOVES or self._seen is None:
            return
        event.preventDefault()
        down, across = MOVES[event.key]
        picture = self._picture(name)
        if name == "map":
            row, column = self.place[1] + down, self.place[2] + across
            inside = 0 <= row < picture.height and 0 <= column < picture.width
            if inside:
                self._choose(name, 0, row, column)
            return
        tile = self._seen.channel if name == "inputs" else self.place[0]
        tile += down * picture.across + across
        if 0 <= tile < picture.count:
            self._choose(name, tile, self.place[1], self.place[2])

    def _choose(self, name, tile, row, column):
        """Choose a tile of a picture, and a place in it."""
        if name == "map":
            self.place = [self.place[0], row, column]
        elif name == "maps":
            self.place[0], self._channel = tile, STRONGEST
        elif str(self._layers[self.index].op) in ("conv2d", "dense"):
            self._channel = tile
        else:
            self.place[0] = tile
        start(self._newest.ask())

    def _bar_at(self, event):
        bars = self._find(".values")
        return value_bars.index_at(bars, event.clientX - bars.getBoundingClientRect().left)

    def _press_on_bars(self, event):
        if event.key in MOVES:
            event.preventDefault()
            index = self._bar_chosen() + sum(MOVES[event.key])
            self._choose_value(min(max(index, 0), len(list(self._seen.units)) - 1))

    def _bar_chosen(self):
        units = list(self._seen.units)
        return units.index(self.place[0]) if self.place[0] in units else 0

    def _choose_value(self, index):
        self.place = [int(list(self._seen.units)[index]), 0, 0]
        self._channel = STRONGEST
        start(self._newest.ask())

    def _picture(self, name):
        return getattr(self._seen, name, None)

    # ---- Showing ----

    async def _look(self):
        question = [self.index] + self.place + [self._channel]
        self._seen = await self._later.call("layer_values", "look", *question)
        if question[0] != self.index:
            return
        self._show_pictures()
        await yield_to_browser()  # all at once would keep the thread from a moving pen
        if question[0] == self.index:
            self._show_arithmetic()

    def _show_pictures(self):
        seen, layer = self._seen, self._layers[self.index]
        self.place = list(seen.place)[1:]
        self._say_layer(layer)
        has_values = hasattr(seen, "values")
        for name in ("inputs", "kernel", "maps", "map"):
            picture = self._picture(name)
            hidden = picture is None or (has_values and name in ("maps", "map"))
            figure = self._find(f".of-{name}")
            figure.hidden = hidden
            if not hidden:
                tiles.paint(figure.querySelector("canvas"), picture)
        self._show_markers(seen)
        self._show_scale(seen, has_values)

    def _show_arithmetic(self):
        seen, layer = self._seen, self._layers[self.index]
        has_values = hasattr(seen, "values")
        self._show_values(seen, layer if has_values else None)
        number_grid.show(self._find(".products"), seen)
        after = self._layers[self.index + 1 : self.index + 2]
        next_op = str(after[0].op) if after else ""
        set_text(self._find(".equation"), equation(seen, str(layer.op), next_op))

    def _say_layer(self, layer):
        set_text(self._find(".layer-name"), layer_name(layer))
        set_text(self._find(".layer-does"), layer_does(layer))
        time = format_number(layer.milliseconds, 1) + " ms" if layer.milliseconds else ""
        set_text(self._find(".layer-facts"), time)

    def _show_markers(self, seen):
        depth, row, column = self.place
        tiles.mark(self._find(".of-maps .tile"), seen.maps, depth)
        tiles.mark(self._find(".of-map .patch"), seen.map, 0, (row, column), (1, 1))
        name = translate("Map {number} of {count}", number=depth + 1, count=seen.maps.count)
        set_text(self._find(".of-map figcaption"), name)
        _tell(self._find(".of-maps canvas"), "Output maps", depth, seen.maps.count, name)
        where = translate("Row {row}, column {column}", row=row + 1, column=column + 1)
        said = f"{where}: {value_text(seen.value)}"
        cells = seen.map.height * seen.map.width
        at = row * seen.map.width + column
        _tell(self._find(".of-map canvas"), "Values of the map", at, cells, said)
        if not hasattr(seen, "inputs"):
            return
        tile, patch = self._find(".of-inputs .tile"), self._find(".of-inputs .patch")
        tiles.mark(tile, seen.inputs, seen.channel)
        tiles.mark(patch, seen.inputs, seen.channel, list(seen.corner), list(seen.window))
        chosen = translate(
            "Map {number} of {count}", number=seen.channel + 1, count=seen.inputs.count
        )
        _tell(
            self._find(".of-inputs canvas"), "Input maps", seen.channel, seen.inputs.count, chosen
        )
        if hasattr(seen, "kernel"):
            tiles.mark(self._find(".of-kernel .tile"), seen.kernel, seen.channel)
            label = translate("The kernel of map {number}", number=depth + 1)
            self._find(".of-kernel canvas").setAttribute("aria-label", label)

    def _show_scale(self, seen, hidden):
        self._find(".colours").hidden = hidden
        set_text(self._find(".least"), value_text(-seen.maps.scale))
        set_text(self._find(".most"), value_text(seen.maps.scale))

    def _show_values(self, seen, layer):
        """Show a bar for each answer: its logit, or its probability; layer: None for no bars."""
        bars = self._find(".values")
        bars.hidden = layer is None
        if layer is None:
            return
        chosen, values, labels = self._bar_chosen(), list(seen.values), list(seen.labels)
        value_bars.show(bars, values, labels, chosen, str(layer.op) == "softmax")
        said = f"{translate(str(labels[chosen]))}: {value_text(values[chosen])}"
        _tell(bars, "The values of this layer", chosen, len(values), said)


def _tell(canvas, label, now, count, said):
    """Describe a picture to assistive technology as a slider over its tiles or values."""
    canvas.setAttribute("aria-label", translate(label))
    canvas.setAttribute("aria-valuemin", "1")
    canvas.setAttribute("aria-valuemax", str(count))
    canvas.setAttribute("aria-valuenow", str(now + 1))
    canvas.setAttribute("aria-valuetext", said)
