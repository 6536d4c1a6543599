"""Pages of tables for the tests, as pictures and as files of several pages."""

import io

from PIL import Image, ImageDraw, ImageFont
from support.handwriting import mnist_digits

CELL = (260, 150)  # pixels
MARGIN = 80


def ruled_table(rows: list) -> Image.Image:
    """Return a page with a ruled table of numbers, black on white, in mode L."""
    width, height = CELL
    size = len(rows[0]) * width + 2 * MARGIN, len(rows) * height + 2 * MARGIN
    page = Image.new("L", size, 255)
    pen = ImageDraw.Draw(page)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            x, y = MARGIN + column * width, MARGIN + row * height
            pen.rectangle((x, y, x + width, y + height), outline=60, width=3)
            if text:
                number = mnist_digits(text)
                number.thumbnail((width - 40, height - 30))
                page.paste(number, (x + 20, y + 15))
    return page


def pdf(pages: list) -> bytes:
    """Return a PDF with a picture on each page."""
    file = io.BytesIO()
    pages[0].convert("RGB").save(
        file, "PDF", save_all=True, append_images=pages[1:], resolution=150
    )
    return file.getvalue()


def tiff(pages: list) -> bytes:
    """Return a TIFF with several pages, packed as fax machines do."""
    file = io.BytesIO()
    bilevel = [page.convert("1") for page in pages]
    bilevel[0].save(file, "TIFF", save_all=True, append_images=bilevel[1:], compression="group4")
    return file.getvalue()


SHEET = (800, 1000)  # pixels of a form
FIELDS = ((260, 200, 520, 290), (260, 500, 460, 590))  # its frames: left, top, right, bottom


def form_page(texts=()) -> Image.Image:
    """Return a form with a heading and two frames, blank or filled in, in mode L."""
    page = Image.new("L", SHEET, 255)
    pen = ImageDraw.Draw(page)
    pen.text((60, 40), "FIELD SURVEY - SHEET A", font=ImageFont.load_default(34), fill=0)
    pen.line((60, 100, 740, 100), fill=0, width=3)
    for box, name in zip(FIELDS, ("Plot:", "Age:"), strict=True):
        pen.rectangle(box, outline=70, width=2)
        pen.text((box[0] - 180, box[1] + 20), name, font=ImageFont.load_default(28), fill=0)
    pen.text((500, 900), "Signature", font=ImageFont.load_default(22), fill=0)
    pen.line((480, 890, 740, 890), fill=0, width=2)
    for box, text in zip(FIELDS, texts, strict=False):
        if text:
            number = mnist_digits(text)
            number.thumbnail((box[2] - box[0] - 30, box[3] - box[1] - 16))
            page.paste(number, (box[0] + 12, box[1] + 8))
    return page
