"""Draw docs/paper.png: what the reader makes of digits on difficult paper, before and after.

    python -m training.report.paper_sheet

Every row is composed here from one of our own drawn digits (tests/fixtures). "Before" is one smooth
surface fitted to the paper, and one global threshold. "After" is the ink map of the package.
"""

import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from inkling import Reader
from inkling.image.ink import ink_map
from inkling.image.lightness import grey
from inkling.image.threshold import otsu
from inkling.ink_reader import InkReader
from inkling.results import Digit
from training.synth.render import render_strokes

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "docs" / "paper.png"
SIDE, GAP, HEAD = 150, 12, 34  # pixels of a picture, between two, and of the head line
LABELS = 150  # pixels of the first column
COLUMNS = ("picture", "ink before", "glyph", "answer", "ink after", "glyph", "answer")
PAPER, INK = 0.82, 0.25  # lightness
NOISE = 0.012  # of white


def main() -> None:
    """Write the sheet, and print the answers."""
    reader = Reader.load(ROOT / "site" / "model" / "digits.npz")
    rows = [(name, *read_both(reader, picture)) for name, _, picture in cases()]
    for (name, label, _), row in zip(cases(), rows, strict=True):
        print(f"{name}: {label}, before {_said(row[3])}, after {_said(row[5])}")
    sheet = draw_sheet(rows)
    sheet.save(TARGET, optimize=True)
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size / 1000:.0f} kB")


def cases() -> list[tuple[str, int, Image.Image]]:
    """Return the name, the digit and the composed picture of each difficulty."""
    return [
        ("framed cell", 0, framed_cell()),
        ("security pattern", 3, security_pattern()),
        ("ruling through\nthe stem", 7, ruled_stem()),
        ("faint pencil", 3, faint_pencil()),
        ("soft focus", 4, soft_focus()),
        ("bleed-through", 7, bleed_through()),
    ]


def framed_cell() -> Image.Image:
    """Write a pale 0 beside the dark lines of its cell."""
    light = _written(0, ink=0.5)
    light[:, 5:11] = light[-9:-4] = 0.15
    return _photographed(light)


def security_pattern() -> Image.Image:
    """Write a 3 on the fine winding lines of a cheque."""
    light = _written(3)
    y, x = np.mgrid[:SIDE, :SIDE]
    waves = np.cos((y + 4 * np.sin(x / 17)) * (2 * np.pi / 7)) > 0.3
    return _photographed(light * np.where(waves, 0.78, 1))


def ruled_stem() -> Image.Image:
    """Write a 7 on squared paper whose lines run through it."""
    light = _written(7)
    ruled = np.ones((SIDE, SIDE))
    ruled[10::26] = ruled[11::26] = ruled[:, 10::26] = ruled[:, 11::26] = 0.6
    return _photographed(light * ruled)


def faint_pencil() -> Image.Image:
    """Write a 3 with a hard pencil, in the shadow of a hand."""
    light = _written(3, ink=PAPER - 0.13)
    shadow = np.clip((np.mgrid[:SIDE, :SIDE].sum(axis=0) - 0.9 * SIDE) / 30, 0, 1)
    return _photographed(light * (1 - 0.35 * shadow))


def soft_focus() -> Image.Image:
    """Take a picture of a 4 out of focus, small, in falling light."""
    light = _written(4, ink=0.4) * np.linspace(0.55, 1, SIDE)
    picture = _photographed(light).filter(ImageFilter.GaussianBlur(5))
    return picture.resize((36, 36), Image.Resampling.BOX)


def bleed_through() -> Image.Image:
    """Write a 7 on thin paper with writing on its back."""
    back = 1 - 0.22 * np.roll(_ink(3)[:, ::-1], 18, axis=1)
    return _photographed(_written(7, ink=0.4) * back)


def read_both(
    reader: Reader, picture: Image.Image
) -> tuple[Image.Image, np.ndarray, Digit, np.ndarray, Digit]:
    """Return a picture, and its ink and answer before and after."""
    light = grey(picture)
    before, after = one_threshold(light), ink_map(light)
    return picture, before, _read(reader, before), after, _read(reader, after)


def one_threshold(light: np.ndarray) -> np.ndarray:
    """Return the ink by a quadratic surface, fitted to all pixels, and one threshold (Otsu's)."""
    y, x = np.meshgrid(*(np.linspace(-1, 1, side) for side in light.shape), indexing="ij")
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1).reshape(-1, 6)
    fitted = terms @ np.linalg.lstsq(terms, light.ravel(), rcond=None)[0]
    contrast = (fitted.reshape(light.shape) - light).astype(np.float32)
    return (contrast > otsu(contrast)).astype(np.float32)


def draw_sheet(rows: list) -> Image.Image:
    """Draw a row of pictures for each difficulty, under a head line."""
    width = LABELS + len(COLUMNS) * (SIDE + GAP)
    sheet = Image.new("L", (width, HEAD + len(rows) * (SIDE + GAP)), 255)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(18)
    for column, name in enumerate(COLUMNS):
        pen.text((LABELS + column * (SIDE + GAP), 6), name, font=font, fill=0)
    for row, (name, picture, before, was, after, now) in enumerate(rows):
        top = HEAD + row * (SIDE + GAP)
        pen.text((8, top + 50), name, font=font, fill=0)
        shown = (picture, _mask(before), _mask(was.glyph), was, _mask(after), _mask(now.glyph), now)
        for column, content in enumerate(shown):
            left = LABELS + column * (SIDE + GAP)
            if isinstance(content, Digit):
                _write_answer(pen, content, (left, top))
                continue
            sheet.paste(content.convert("L").resize((SIDE, SIDE), 0), (left, top))
            pen.rectangle((left, top, left + SIDE - 1, top + SIDE - 1), outline=180)
    return sheet.quantize(32)


def _read(reader: InkReader, ink: np.ndarray) -> Digit:
    part = reader.digit_part(ink)
    if part is None:
        return reader.blank("no ink")
    return reader._read_parts([part], np.ones(4))[0]


def _write_answer(pen: ImageDraw.ImageDraw, digit: Digit, place: tuple[int, int]) -> None:
    left, top = place
    answer = "-" if digit.label is None else str(digit.label)
    pen.text((left + 40, top + 20), answer, font=ImageFont.load_default(64), fill=0)
    said = digit.reason or f"{digit.confidence:.0%}"
    pen.text((left + 4, top + 110), said, font=ImageFont.load_default(16), fill=0)


def _said(digit: Digit) -> str:
    return digit.reason if digit.label is None else f"{digit.label} ({digit.confidence:.0%})"


def _mask(ink: np.ndarray) -> Image.Image:
    return Image.fromarray(np.uint8(255 * (1 - ink)))


def _ink(label: int) -> np.ndarray:
    """Return a drawn digit as ink, (SIDE, SIDE), 0 .. 1, two thirds as high as the picture."""
    strokes = json.loads((ROOT / "tests" / "fixtures" / f"{label}.json").read_text())
    drawn = render_strokes(strokes, np.random.default_rng(1)).convert("L")
    drawn.thumbnail((SIDE, 0.72 * SIDE))
    canvas = Image.new("L", (SIDE, SIDE), 255)
    canvas.paste(drawn, ((SIDE - drawn.width) // 2, (SIDE - drawn.height) // 2))
    return 1 - np.asarray(canvas, float) / 255


def _written(label: int, ink: float = INK) -> np.ndarray:
    return PAPER + (ink - PAPER) * _ink(label)


def _photographed(light: np.ndarray) -> Image.Image:
    """Return lightness as a picture with a camera's soft edges and noise."""
    noise = np.random.default_rng(5).normal(0, NOISE, light.shape)
    soft = Image.fromarray(np.uint8(255 * np.clip(light, 0, 1))).filter(
        ImageFilter.GaussianBlur(0.7)
    )
    return Image.fromarray(np.uint8(np.clip(np.asarray(soft) + 255 * noise, 0, 255)))


if __name__ == "__main__":
    main()
