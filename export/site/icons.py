"""Draw site/icons/*.png, which operating systems need, from icon.svg.

    python -m export.site.icons

The same sources give the same pictures; they are committed, as they are small.
"""

import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw

from export.setup.machine import ROOT

FOLDER = ROOT / "site" / "icons"
SVG = "{http://www.w3.org/2000/svg}"
FINER = 4  # times the size, then averaged: smooth edges
STEPS = 64  # points on a curve
# Name: (side in pixels, whether it may be cut to any shape and so fills its square). The sign lies
# within W3C's safe zone, a circle of 0.8 of the width, as it is.
ICONS = {
    "icon-192.png": (192, False),
    "icon-512.png": (512, False),
    "maskable-192.png": (192, True),
    "maskable-512.png": (512, True),
    "apple-touch-icon.png": (180, True),  # iOS rounds the corners itself
}


def curves(path: str) -> list[list[tuple[float, float]]]:
    """Return the lines of an SVG path of M and c alone: a list of points for each M."""
    lines = []
    for command, numbers in re.findall(r"([Mc])([^Mc]*)", path):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        points = list(zip(values[::2], values[1::2], strict=True))
        if command == "M":
            lines.append(points)
        for start in range(0, len(points) if command == "c" else 0, 3):
            lines[-1] += _bezier(lines[-1][-1], *points[start : start + 3])
    return lines


def _bezier(origin, first, second, end):
    """Yield points on a cubic Bezier curve whose three points are relative to its origin."""
    for step in range(1, STEPS + 1):
        t = step / STEPS
        weights = 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
        yield tuple(
            origin[axis]
            + sum(w * p[axis] for w, p in zip(weights, (first, second, end), strict=True))
            for axis in (0, 1)
        )


def drawn(svg: Path, side: int, fills: bool) -> Image.Image:
    """Draw icon.svg as an RGBA picture, side x side; `fills`: with paper in the corners, too."""
    rectangle, path = ElementTree.parse(svg).getroot()
    assert (rectangle.tag, path.tag) == (SVG + "rect", SVG + "path")
    scale = FINER * side / float(rectangle.get("width"))
    picture = Image.new("RGBA", (FINER * side, FINER * side))
    pen = ImageDraw.Draw(picture)
    radius = 0 if fills else scale * float(rectangle.get("rx"))
    pen.rounded_rectangle((0, 0, FINER * side, FINER * side), radius, rectangle.get("fill"))
    brush = scale * float(path.get("stroke-width")) / 2
    for line in curves(path.get("d")):
        for x, y in _close_together(line):
            dot = (scale * x - brush, scale * y - brush, scale * x + brush, scale * y + brush)
            pen.ellipse(dot, path.get("stroke"))
    return picture.resize((side, side), Image.Resampling.BOX)


def _close_together(line, gap=0.2):
    """Yield the points of a line and some between, so that round dots merge into a stroke."""
    for (x0, y0), (x1, y1) in pairwise(line):
        count = max(1, round(max(abs(x1 - x0), abs(y1 - y0)) / gap))
        for step in range(count + 1):
            yield x0 + (x1 - x0) * step / count, y0 + (y1 - y0) * step / count


def main() -> None:
    """Write all icons."""
    for name, (side, fills) in ICONS.items():
        drawn(FOLDER / "icon.svg", side, fills).quantize(64).save(FOLDER / name, optimize=True)
        print(f"site/icons/{name}: {(FOLDER / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
