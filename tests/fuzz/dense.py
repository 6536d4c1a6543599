"""Dense pictures: whole files without any damage, on which there is more than can be read.

A page of digits, print, textures, grids, scribbles and collages of all of them. Everything follows
from the picture's number and the seed.
"""

import math
import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.fuzz.seeds import encode

SIDES = (300, 520, 800, 1100)  # pixels; readers work at no more than 800
PAPER, INK = 240, 20
LETTERS = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"


def picture(number: int, seed: int) -> bytes:
    """A dense picture as a file; the kinds take turns, JPEG and PNG by chance."""
    chance = random.Random(f"dense {seed}:{number}")
    drawn = KINDS[number % len(KINDS)](chance)
    if chance.random() < 0.4:
        return encode(drawn, "JPEG", quality=chance.choice((40, 75, 90)))
    return encode(drawn, "PNG", compress_level=1)


def name(number: int) -> str:
    """What kind of picture a number stands for."""
    return f"{KINDS[number % len(KINDS)].__name__} {number}"


def _page(chance: random.Random) -> Image.Image:
    return Image.new("L", (chance.choice(SIDES), chance.choice(SIDES)), PAPER)


def _written(chance: random.Random, alphabet: str) -> Image.Image:
    """Line after line of characters; where lines or letters are tight, they touch."""
    page = _page(chance)
    pen = ImageDraw.Draw(page)
    size = chance.choice((9, 14, 22, 36, 60))
    font = ImageFont.load_default(size)
    stroke, down = chance.choice((0, 0, 1, 2)), size * chance.choice((0.7, 0.9, 1.3))
    for line in range(math.ceil(page.height / down)):
        text = "".join(chance.choice(alphabet) for _ in range(page.width // max(1, size // 3)))
        pen.text((3, line * down), text, fill=INK, font=font, stroke_width=stroke)
    return page


def digits(chance: random.Random) -> Image.Image:
    """A page of digits."""
    return _written(chance, DIGITS + chance.choice(("", " ", "   ")))


def print_(chance: random.Random) -> Image.Image:
    """A page of text, perhaps turned a little."""
    return _written(chance, LETTERS).rotate(chance.uniform(-4, 4), fillcolor=PAPER)


def texture(chance: random.Random) -> Image.Image:
    """Noise, smoothed into grain, spots or clouds, and perhaps cut at a threshold."""
    page = _page(chance)
    tones = np.random.default_rng(chance.randrange(2**32)).random(page.size[::-1]) * 255
    cloud = Image.fromarray(tones.astype(np.uint8))
    cloud = cloud.filter(ImageFilter.GaussianBlur(chance.choice((0, 1, 2, 4, 9))))
    levels = np.asarray(cloud, np.float32)
    if chance.random() < 0.7:
        levels = 255 * (levels > np.quantile(levels, chance.choice((0.3, 0.5, 0.7, 0.9, 0.97))))
    return Image.fromarray(levels.astype(np.uint8))


def checkers(chance: random.Random) -> Image.Image:
    """Squares, dots, bars or a comb of bars that hang together: as many notches as fit."""
    page = _page(chance)
    rows, columns = np.indices(page.size[::-1])
    across, down = chance.randint(2, 24), chance.randint(2, 60)
    bars = columns % across < max(1, across // 2)
    inked = {
        "squares": (columns // across + rows // down) % 2 == 0,
        "dots": bars & (rows % down < max(1, down // 2)),
        "comb": (bars & (rows % down < down - 2)) | (rows % down == 0),
        "combs back to back": bars & (rows % down < down - 2) | (abs(rows % down - down // 2) < 2),
    }
    return Image.fromarray(np.where(inked[chance.choice([*inked])], INK, PAPER).astype(np.uint8))


def grid(chance: random.Random) -> Image.Image:
    """A sudoku: cells with digits, some of which touch their lines, on unevenly lit paper."""
    page = _page(chance)
    pen, count = ImageDraw.Draw(page), chance.choice((3, 9, 16, 25))
    wide, high = page.width / count, page.height / count
    for i in range(count + 1):
        line = chance.choice((1, 2, 4))
        pen.line((i * wide, 0, i * wide, page.height), fill=INK, width=line)
        pen.line((0, i * high, page.width, i * high), fill=INK, width=line)
    font = ImageFont.load_default(max(6, min(wide, high) * chance.choice((0.5, 0.8, 1.1))))
    for i in range(count * count):
        if chance.random() < 0.6:
            corner = (i % count + chance.uniform(0, 0.4)) * wide, i // count * high
            pen.text(corner, chance.choice(DIGITS), fill=INK, font=font)
    light = np.linspace(chance.uniform(0.4, 1), 1, page.width)
    page = Image.fromarray((np.asarray(page) * light).astype(np.uint8))
    return page.rotate(chance.uniform(-8, 8), fillcolor=PAPER)


def scribble(chance: random.Random) -> Image.Image:
    """Long strokes that cross each other: few marks, each with very many places to cut it."""
    page = _page(chance)
    pen = ImageDraw.Draw(page)
    for _ in range(chance.choice((1, 3, 12))):
        middle, reach = chance.uniform(0.1, 0.9) * page.height, chance.uniform(8, 120)
        waves, drift = chance.uniform(10, page.width / 5), chance.uniform(0, 2)
        steps = np.linspace(0, 1, 4000)
        x = 10 + steps * (page.width - 20) + reach * drift * np.cos(waves * 6.28 * steps)
        y = middle + reach * np.sin(waves * 6.28 * steps + chance.random())
        pen.line([*zip(x.tolist(), y.tolist(), strict=True)], INK, width=chance.choice((1, 2, 5)))
    return page


def rings(chance: random.Random) -> Image.Image:
    """Frames in frames, and digits between them."""
    page = _page(chance)
    pen, pitch = ImageDraw.Draw(page), chance.choice((4, 7, 12, 30))
    form = chance.choice((pen.rectangle, pen.ellipse))
    for inset in range(5, min(page.size) // 2 - 5, pitch):
        form((inset, inset, page.width - inset, page.height - inset), outline=INK, width=2)
    for _ in range(chance.choice((0, 20, 200))):
        corner = chance.randrange(page.width), chance.randrange(page.height)
        pen.text(corner, chance.choice(DIGITS), fill=INK, font=ImageFont.load_default(20))
    return page


def strip(chance: random.Random) -> Image.Image:
    """A picture that is very long and low, with writing or a comb from end to end."""
    low = chance.choice((6, 12, 24, 48))
    long = Image.new("L", (low * chance.choice((20, 60, 200)), low), PAPER)
    patch = chance.choice((digits, checkers, scribble))(chance)
    for left in range(0, long.width, patch.width):
        long.paste(patch, (left, 0))
    return long.transpose(Image.Transpose.ROTATE_90) if chance.random() < 0.3 else long


def collage(chance: random.Random) -> Image.Image:
    """Pieces of all the others, side by side."""
    page = _page(chance)
    for _ in range(chance.choice((3, 6, 12))):
        patch = chance.choice(KINDS[:-1])(chance)
        share = chance.uniform(0.1, 0.6)
        size = [max(4, round(side * share)) for side in page.size]
        corner = chance.randrange(page.width), chance.randrange(page.height)
        shrunk = chance.random() < 0.5
        page.paste(patch.resize(size) if shrunk else patch.crop((0, 0, *size)), corner)
    return page


KINDS: tuple[Callable[[random.Random], Image.Image], ...] = (
    digits,
    print_,
    texture,
    checkers,
    grid,
    scribble,
    rings,
    strip,
    collage,
)
