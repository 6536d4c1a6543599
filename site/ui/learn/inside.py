"""Fill the view Inside: the network as one diagram, and the layer that is chosen in it."""

from ui.browser import messages, router
from ui.browser.dom import find, find_all, make, on, on_click_within, set_text
from ui.browser.i18n import format_number, translate
from ui.browser.scheduling import start
from ui.learn.explorer import Explorer
from ui.learn.layer_names import layer_name, shape_text
from ui.learn.why import Why
from ui.reading.readings import has_ink
from ui.worker.bridge import WorkerError

FIRST_LAYER = 1  # chosen at first: the first convolution
STEPS = {"ArrowLeft": -1, "ArrowUp": -1, "ArrowRight": 1, "ArrowDown": 1}


class Inside:
    """Shows the diagram of the network, and an Explorer of the layer chosen in it."""

    def __init__(self, later, bridge, selection, read_ahead):
        self._later = later
        self._selection = selection
        self._explorer = Explorer(later, find("inside-explorer"))
        self._why = Why(bridge, selection)
        self._layers = []
        self._layer = FIRST_LAYER
        selection.explainable.connect(lambda _: self.open())
        read_ahead.seen.connect(lambda _: self._follow())
        on_click_within(find("diagram"), "[data-layer]", self._choose)
        on(find("diagram"), "keydown", self._step)

    def refresh(self) -> None:
        """Show everything anew, in the present language and colours."""
        self._why.refresh()
        self._layers = []
        self.open()

    def open(self) -> None:
        """Show the selected digit; its pictures only while the view is in sight."""
        digit = self._selection.digit
        seen = digit is not None and has_ink(digit)
        find("inside-part").hidden = not seen
        find("no-inside").hidden = seen
        if seen and router.current_view() == "inside":
            start(self._fill())

    def _follow(self):
        """Show the digit that is being drawn."""
        if router.current_view() == "inside":
            self._explorer.follow()

    def _choose(self, button):
        self._layer = int(button.getAttribute("data-layer"))
        self._mark()
        start(self._explorer.show(self._layers, self._layer))

    def _step(self, event):
        """Go to the layer before or after with the arrow keys."""
        if event.key in STEPS:
            event.preventDefault()
            layer = min(max(self._layer + STEPS[event.key], 0), len(self._layers) - 1)
            button = find("diagram").querySelector(f"[data-layer='{layer}']")
            self._choose(button)
            button.focus()

    async def _fill(self):
        try:
            layers = list(await self._later.call("layer_values", "layers"))
        except WorkerError as failure:
            set_text(find("all-layers"), messages.failure(failure.kind, failure.facts))
            return
        if [shape_text(layer) for layer in self._layers] != [shape_text(layer) for layer in layers]:
            _show_diagram(layers)  # of the first digit, or of another network
        self._layers = layers
        self._layer = min(self._layer, len(layers) - 1)
        facts = {
            "parameters": format_number(sum(layer.parameters for layer in layers)),
            "time": format_number(sum(layer.milliseconds for layer in layers), 1),
        }
        text = translate("In all {parameters} parameters; {time} ms for this glyph.", **facts)
        set_text(find("all-layers"), text)
        self._mark()
        await self._explorer.show(layers, self._layer)

    def _mark(self):
        """Mark the chosen layer; Tab reaches this one alone, the arrow keys the others."""
        for button in find_all("#diagram [data-layer]"):
            chosen = button.getAttribute("data-layer") == str(self._layer)
            button.setAttribute("aria-pressed", "true" if chosen else "false")
            button.setAttribute("tabindex", "0" if chosen else "-1")


def _show_diagram(layers):
    diagram = find("diagram")
    diagram.textContent = ""
    for index, layer in enumerate(layers):
        item = make("li", parent=diagram)
        button = make("button", parent=item, type="button", data_layer=index)
        name, _, rest = layer_name(layer).partition(", ")
        make("span", name, button, class_="op")
        if rest:
            make("span", rest, button, class_="op")
        make("span", shape_text(layer).replace(" ", ""), button, class_="shape")
        if layer.parameters:
            text = translate("{count} par.", count=format_number(layer.parameters))
            make("span", text, button, class_="shape")
