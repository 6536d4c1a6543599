"""Show the card's plots in the view About: each small, and opened in place with its numbers."""

from ui.browser.dom import find_all, make, on, reveal
from ui.browser.i18n import translate
from ui.learn import plot_kinds
from ui.learn.misread import Misread

# Each plot: the key of the card that it needs, what it shows, and what draws it.
PLOTS = (
    ("history", "Accuracy and loss, epoch by epoch", plot_kinds.training),
    ("confusion", "Confusion matrix of MNIST's 10,000 test digits", plot_kinds.confusion),
    ("reliability", "Accuracy by confidence", plot_kinds.reliability),
    (
        "risk_coverage",
        "Error rate of the answers by share of digits answered",
        plot_kinds.risk_by_coverage,
    ),
    ("robustness", "Accuracy on distorted digits", plot_kinds.robustness),
)


class Plots:
    """All plots in one element. samples: MNIST's test digits; the misread ones are shown."""

    def __init__(self, parent, bridge, samples):
        self._parent = parent
        self._misread = Misread(bridge, samples)
        self._opened = set()  # keys of the plots that are open

    def show(self, card: dict) -> None:
        """Draw the plots of a card; those whose measures it lacks are left out."""
        self._parent.textContent = ""
        held = dict(card)
        held.update(card.get("mnist_test", {}))
        for key, title, draw in PLOTS:
            if key in held:
                figure = self._add(key, title)
                draw(figure, held[key])
        if held.get("misread"):
            figure = self._add("misread", "Every MNIST test digit that is misread")
            self._misread.show(figure, held["misread"])

    def _add(self, key, title):
        figure = Figure(self._parent, translate(title))
        on(figure.button, "click", lambda _: self._open_or_close(key, figure))
        figure.set_open(key in self._opened)
        return figure

    def _open_or_close(self, key, figure):
        opening = key not in self._opened
        if opening:
            self._opened.add(key)
        else:
            self._opened.remove(key)
        figure.set_open(opening)
        reveal(figure.button, figure.element)


class Figure:
    """One plot: a heading with the button that opens it, its panels and its numbers.

    panels: the element that charts go into.
    """

    def __init__(self, parent, title: str):
        self.element = make("figure", parent=parent)
        self.title = title
        caption = make("figcaption", parent=self.element)
        make("h3", title, caption)
        self.button = make("button", parent=caption, type="button")
        self.panels = make("div", parent=self.element, class_="panels")
        self._is_open = False

    def set_open(self, is_open: bool) -> None:
        """Show the plot as wide as the view, with its numbers, or small without."""
        self._is_open = is_open
        self.element.classList.toggle("open", is_open)
        self.button.setAttribute("aria-expanded", "true" if is_open else "false")
        self.button.textContent = translate("Smaller") if is_open else translate("Larger")
        self.button.setAttribute("aria-label", f"{self.title}: {self.button.textContent}")
        for table in find_all(".numbers", self.element):
            table.hidden = not is_open

    def panel(self, name: str = ""):
        """Return a new element for one chart, headed by a name."""
        panel = make("div", parent=self.panels)
        if name:
            make("p", name, panel, class_="note")
        return panel

    def numbers(self, heads: list, rows: list) -> None:
        """Add a table of texts, which is seen while the plot is open."""
        region = make("div", parent=self.element, class_="wide numbers", tabindex="0")
        region.setAttribute("role", "region")
        region.setAttribute("aria-label", self.title)
        region.hidden = not self._is_open
        table = make("table", parent=region, class_="layers")
        head = make("tr", parent=make("thead", parent=table))
        for text in heads:
            make("th", text, head, scope="col")
        body = make("tbody", parent=table)
        for first, *others in rows:
            row = make("tr", parent=body)
            make("th", first, row, scope="row")
            for text in others:
                make("td", text, row)
