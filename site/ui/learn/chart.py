"""Draw a chart in the page's own colours and type: axes with ticks, lines, areas and dots.

The curves are SVG that is stretched to its box. All text is HTML beside it, so that it keeps the
page's size however wide the chart is.
"""

from pyscript import document

from ui.browser.dom import make

SVG = "http://www.w3.org/2000/svg"
WIDTH, HEIGHT = 100, 60  # of a chart, in units of its SVG


class Chart:
    """One chart. Points are (x, y) in the units of the axes; what lies outside is cut off.

    x, y: the ends of the axes, (first, last). kinds of lines and areas: "first" and "second" for
    two series, "quiet" for what they are compared with.
    """

    def __init__(self, parent, name: str, x: tuple, y: tuple):
        self._x, self._y = x, y
        self._box = make("div", parent=parent, class_="plot", role="img", aria_label=name)
        box = f"0 0 {WIDTH} {HEIGHT}"
        self._svg = _make(
            "svg", self._box, viewBox=box, preserveAspectRatio="none", class_="curves"
        )
        _make("path", self._svg, d=f"M0 0V{HEIGHT}H{WIDTH}", class_="axis")

    def ticks(self, across: list, up: list) -> None:
        """Write the labels of ticks, (value, text), along both axes; rule lines at those of y."""
        for value, text in across:
            span = make("span", text, self._box, class_="across")
            span.style.left = f"{self._share(value, self._x) * 100:.2f}%"
        for value, text in up:
            share = self._share(value, self._y)
            span = make("span", text, self._box, class_="up")
            span.style.bottom = f"{share * 100:.2f}%"
            y = HEIGHT * (1 - share)
            _make("path", self._svg, d=f"M0 {y:.2f}H{WIDTH}", class_="rule")

    def line(self, points: list, kind: str) -> None:
        """Draw a line through points."""
        _make("polyline", self._svg, points=self._pairs(points), class_=f"line {kind}")

    def area(self, low: list, high: list, kind: str) -> None:
        """Fill what lies between two lines."""
        _make("polygon", self._svg, points=self._pairs(low + high[::-1]), class_=f"area {kind}")

    def dots(self, points: list, kind: str) -> None:
        """Draw a dot at each point."""
        for x, y in points:
            left, down = self._place(x, y)
            _make("path", self._svg, d=f"M{left:.2f} {down:.2f}h0", class_=f"dot {kind}")

    def bars(self, spans: list) -> None:
        """Draw a vertical bar from low to high at each (x, low, high)."""
        for x, low, high in spans:
            left, bottom = self._place(x, low)
            _make(
                "path",
                self._svg,
                d=f"M{left:.2f} {bottom:.2f}V{self._down(high):.2f}",
                class_="bar",
            )

    def _pairs(self, points):
        return " ".join("{:.2f},{:.2f}".format(*self._place(x, y)) for x, y in points)

    def _place(self, x, y):
        return WIDTH * self._share(x, self._x), self._down(y)

    def _down(self, y):
        return HEIGHT * (1 - self._share(y, self._y))

    def _share(self, value, ends):
        first, last = ends
        return (value - first) / (last - first)


def make_key(parent, names: list) -> None:
    """Name the lines of a chart: (kind, text), each beside a sample of it."""
    key = make("p", parent=parent, class_="key note")
    for kind, text in names:
        make("span", text, key, class_=kind)


def _make(tag, parent, class_, **attributes):
    element = document.createElementNS(SVG, tag)
    element.setAttribute("class", class_)
    for name in attributes:
        element.setAttribute(name, attributes[name])
    parent.appendChild(element)
    return element
