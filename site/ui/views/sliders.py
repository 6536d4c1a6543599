"""Lay out the four distortions of the view Measure: slider, curve and digits to look at."""

from pyscript import document

from ui.browser.dom import find, make, set_text

# Each kind of distortion: the worker's name and the page's.
KINDS = (
    ("rotation", "Rotation"),
    ("shift", "Shift"),
    ("thickness", "Thickness"),
    ("noise", "Noise"),
)
SVG = "http://www.w3.org/2000/svg"
WIDTH, HEIGHT = 120, 60  # of a curve, in units of its SVG


def build() -> None:
    """Make the sliders; their texts are translated with those of the document."""
    for kind, name in KINDS:
        part = make("div", parent=find("disturbances"), id=f"robust-{kind}")
        make("label", name, part, for_=f"slide-{kind}", data_i18n="")
        part.append(" ")
        make("span", parent=part, class_="amount note")
        _make_chart(part)
        slider = make("input", parent=part, id=f"slide-{kind}", type="range", data_kind=kind)
        slider.min, slider.max, slider.value = "0", "8", "4"  # until the worker sends the amounts
        look = make("canvas", parent=part, class_="look pixels", role="img")
        look.setAttribute("aria-label", "Distorted digits")
        look.hidden = True
        make("p", parent=part, class_="read-as note")


def draw_curve(kind: str, points: list) -> None:
    """Draw a curve through points (place along the slider, accuracy), both from 0 to 1."""
    points = [(WIDTH * place, HEIGHT * (1 - accuracy)) for place, accuracy in points]
    chart = _chart(kind)
    chart.hidden = False
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    chart.querySelector("polyline").setAttribute("points", line)
    dots = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in points)
    chart.querySelector(".dots").setAttribute("d", dots)


def name_axes(kind: str, shares: list, amounts: list) -> None:
    """Write what stands at the ends of the accuracy's axis, and along the slider."""
    for selector, texts in ((".share", shares), (".ticks span", amounts)):
        ticks = _chart(kind).querySelectorAll(selector)
        for place, text in enumerate(texts):
            set_text(ticks[place], text)


def mark(kind: str, place: float) -> None:
    """Mark in the chart where its slider stands, from 0 to 1."""
    _chart(kind).querySelector(".marker").setAttribute("d", f"M{WIDTH * place:.1f} 0V{HEIGHT}")


def _make_chart(part):
    chart = make("div", parent=part, class_="chart", aria_hidden="true")
    chart.hidden = True
    make("span", parent=chart, class_="share")
    make("span", parent=chart, class_="share")
    # As wide as the slider's way; lines keep their width however it is stretched.
    box = f"0 0 {WIDTH} {HEIGHT}"
    svg = _make_svg("svg", chart, viewBox=box, preserveAspectRatio="none")
    _make_svg("path", svg, d=f"M0 0V{HEIGHT}H{WIDTH}M0 {HEIGHT // 2}H{WIDTH}M0 0H{WIDTH}")
    _make_svg("path", svg).setAttribute("class", "marker")
    _make_svg("polyline", svg)
    _make_svg("path", svg).setAttribute("class", "dots")
    ticks = make("p", parent=chart, class_="ticks")
    for _ in range(3):
        make("span", parent=ticks)


def _chart(kind):
    return find(f"robust-{kind}").querySelector(".chart")


def _make_svg(tag, parent, **attributes):
    element = document.createElementNS(SVG, tag)
    for name in attributes:
        element.setAttribute(name, attributes[name])
    parent.appendChild(element)
    return element
