"""Ten pages of numbers with what people and offices put on them, all of known content."""

import math
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont, ImageOps

SIDE, PITCH, STEP = (36, 54), 100, 230  # pixels: a digit, a row, a column
LEFT, TOP = 90, 260
SIZE = 860, 980
TEXTS = [
    ["40", "7", "33"],
    ["70", "34", "4"],
    ["4", "0", "73"],
    ["3", "47", "30"],
    ["74", "3", "7"],
]
Box = tuple[int, int, int, int]


class HardPage(NamedTuple):
    """A picture, and the boxes of what was put on it."""

    picture: Image.Image
    numbers: list[tuple[Box, str]]
    others: list[Box]  # type, stamps, signatures
    disturbed: list[int]  # places in `numbers` of those that need not be read, but marked


class _Sheet:
    """A page that is filled in."""

    def __init__(self, drawn_digits, texts=TEXTS):
        self.paper = Image.new("L", SIZE, 255)
        self.pen = ImageDraw.Draw(self.paper)
        self.numbers, self.others, self.disturbed = [], [], []
        for r, row in enumerate(texts):
            for c, text in enumerate(row):
                self._number(drawn_digits, r, c, text)

    def _number(self, drawn_digits, r, c, text):
        x, y = LEFT + c * STEP + 40, TOP + r * PITCH + 22
        for place, digit in enumerate(text):
            drawn = drawn_digits[int(digit)].convert("L")
            drawn = drawn.crop(ImageOps.invert(drawn).getbbox()).resize(SIDE)
            self.paper.paste(drawn, (x + 46 * place, y + 3 * place))
        right = x + 46 * (len(text) - 1) + SIDE[0]
        self.numbers.append(((x, y, right, y + SIDE[1] + 3 * len(text)), text))

    def ruled(self, wander=0.0):
        """Draw lines between the cells. wander: pixels by which they stray, as by hand."""
        rows, columns = 5, 3
        for r in range(rows + 1):
            self._line((LEFT, TOP + r * PITCH), (LEFT + columns * STEP, TOP + r * PITCH), wander)
        for c in range(columns + 1):
            self._line((LEFT + c * STEP, TOP), (LEFT + c * STEP, TOP + rows * PITCH), wander)
        return self

    def _line(self, start, end, wander):
        points = []
        for step in range(41):
            along = step / 40
            stray = wander * math.sin(5 * along + start[0] + start[1])
            upright = start[0] == end[0]
            x = start[0] + along * (end[0] - start[0]) + (stray if upright else 0)
            y = start[1] + along * (end[1] - start[1]) + (0 if upright else stray)
            points.append((x, y))
        self.pen.line(points, fill=90, width=3)

    def type(self, place, words, size):
        font = ImageFont.load_default(size)
        self.pen.text(place, words, font=font, fill=0)
        self.others.append(tuple(map(round, self.pen.textbbox(place, words, font=font))))
        return self

    def stamp(self, place, words="RECEIVED", tone=110, degrees=14):
        stamp = Image.new("L", (260, 110), 0)
        pen = ImageDraw.Draw(stamp)
        pen.rectangle((4, 4, 255, 105), outline=255, width=6)
        pen.text((24, 30), words, font=ImageFont.load_default(42), fill=255)
        stamp = stamp.rotate(degrees, Image.Resampling.BICUBIC, expand=True)
        self.paper.paste(tone, place, stamp)
        self.others.append((*place, place[0] + stamp.width, place[1] + stamp.height))
        return self

    def signature(self, x, y):
        points = [(x + 3 * t, y + 30 * math.sin(t / 2.2) * math.cos(t / 9)) for t in range(90)]
        self.pen.line(points, fill=20, width=4, joint="curve")
        self.others.append((x, y - 30, x + 270, y + 30))
        return self

    def circle(self, number):
        left, top, right, bottom = self.numbers[number][0]
        self.pen.ellipse((left - 22, top - 12, right + 22, bottom + 10), outline=30, width=4)
        self.disturbed.append(number)
        return self

    def cross_out(self, number):
        left, top, right, bottom = self.numbers[number][0]
        for y, end in ((top + 14, bottom - 12), (bottom - 12, top + 16), (top + 30, bottom - 22)):
            self.pen.line((left - 12, y, right + 12, end), fill=20, width=5)
        self.disturbed.append(number)
        return self

    def page(self, picture=None):
        return HardPage(picture or self.paper, self.numbers, self.others, self.disturbed)


def compose(name: str, drawn_digits) -> HardPage:
    """Return one of the pages in PAGES."""
    return PAGES[name](lambda: _Sheet(drawn_digits))


def _headed(new):
    sheet = new().ruled().type((90, 40), "DELIVERY NOTE No. 2216", 36)
    return sheet.type((90, 120), "Use a black pen, please.", 24).page()


def _stamped_beside(new):
    return new().ruled().stamp((520, 30)).page()


def _stamped_over(new):
    sheet = new().ruled().stamp((LEFT + STEP - 10, TOP + 2 * PITCH), "PAID", tone=150)
    sheet.disturbed += [4, 5, 7, 8, 10, 11]  # a stamp lies over them or beside
    return sheet.page()


def _signed(new):
    return new().ruled().signature(480, 870).type((480, 915), "Signature", 22).page()


def _ruled_by_hand(new):
    return new().ruled(wander=5).page()


def _circled(new):
    return new().ruled().circle(4).page()


def _crossed_out(new):
    return new().ruled().cross_out(6).cross_out(2).page()


def _unevenly_lit(new):
    sheet = new().ruled().type((90, 60), "WEIGHTS, kg", 30)
    shade = Image.linear_gradient("L").rotate(90).resize(SIZE).point(lambda t: 120 + t // 2)
    picture = Image.composite(sheet.paper, Image.new("L", SIZE, 0), shade)
    return sheet.page(picture)


def _without_lines(new):
    sheet = new().type((90, 40), "Harvest of the plots, in bags", 32)
    return sheet.type((90, 850), "Counted twice and signed by both", 24).signature(420, 930).page()


def _all_of_it(new):
    sheet = new().ruled(wander=3).type((90, 50), "STOCK LIST", 34).stamp((540, 60))
    sheet.circle(0).cross_out(8).signature(420, 860)
    return sheet.page()


PAGES = {
    "printed headings": _headed,
    "a stamp beside the table": _stamped_beside,
    "a stamp over cells": _stamped_over,
    "a signature": _signed,
    "lines ruled by hand": _ruled_by_hand,
    "a circled number": _circled,
    "crossed-out cells": _crossed_out,
    "uneven light": _unevenly_lit,
    "no lines, a heading, a note and a signature": _without_lines,
    "all of it": _all_of_it,
}
