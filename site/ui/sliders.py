"""The four sliders of the view Measure, each with room for its curve and for disturbed digits."""

from pyscript import document

from ui.dom import find, make

# Each kind of disturbance, as the worker calls it, and its name.
KINDS = (
    ("rotation", "Rotation"),
    ("shift", "Shift"),
    ("thickness", "Thickness"),
    ("noise", "Noise"),
)
SVG = "http://www.w3.org/2000/svg"
WIDTH, HEIGHT = 120, 60  # of a curve, in its own units
RIM = 4  # room for the dots of the curve at its edges


def build() -> None:
    """Lay out the sliders; their texts are translated with those of the document."""
    for kind, name in KINDS:
        part = make("div", parent=find("disturbances"), id=f"robust-{kind}")
        make("label", name, part, for_=f"slide-{kind}", data_say="")
        part.append(" ")
        make("span", parent=part, class_="amount note")
        slider = make("input", parent=part, id=f"slide-{kind}", type="range", data_kind=kind)
        slider.min, slider.max, slider.value = "0", "8", "4"  # until the worker tells how far
        _make_drawing(part)
        look = make("canvas", parent=part, class_="look pixels", role="img")
        look.setAttribute("aria-label", "Disturbed digits")
        look.hidden = True
        make("p", parent=part, class_="read-as note")


def draw_curve(kind: str, shares: list) -> None:
    """Draw a curve through some of its points: (place along it, share), both from 0 to 1."""
    points = [(WIDTH * place, HEIGHT * (1 - share)) for place, share in shares]
    drawing = find(f"robust-{kind}").querySelector("svg")
    drawing.removeAttribute("hidden")
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    drawing.querySelector("polyline").setAttribute("points", line)
    for dot in list(drawing.querySelectorAll("circle")):
        dot.remove()
    for x, y in points:
        _draw("circle", drawing, cx=f"{x:.1f}", cy=f"{y:.1f}", r="2")


def _make_drawing(part):
    box = f"{-RIM} {-RIM} {WIDTH + 2 * RIM} {HEIGHT + 2 * RIM}"
    drawing = _draw("svg", part, viewBox=box, hidden="")
    drawing.setAttribute("aria-hidden", "true")
    _draw("path", drawing, d=f"M0 0V{HEIGHT}H{WIDTH}")  # the axes
    _draw("polyline", drawing)


def _draw(tag, parent, **attributes):
    element = document.createElementNS(SVG, tag)
    for name in attributes:
        element.setAttribute(name, attributes[name])
    parent.appendChild(element)
    return element
