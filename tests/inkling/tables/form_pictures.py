"""A drawn form, blank and filled in, for the tests of forms."""

import base64
import io
import json

from PIL import Image, ImageDraw, ImageFont, ImageOps

SIZE = (800, 1000)
FIELDS = [
    {"name": "plot", "box": [260, 200, 460, 280], "kind": "integer"},
    {"name": "age", "box": [260, 400, 460, 480], "kind": "digits", "count": 2},
    {"name": "yield", "box": [260, 700, 460, 780]},
]
TEXTS = {"plot": "407", "age": "33", "yield": ""}


def blank_form():
    """Draw a form with a heading, a frame for each field, and words beside them."""
    paper = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(paper)
    draw.text((60, 40), "FIELD SURVEY - SHEET A", font=ImageFont.load_default(34), fill=0)
    draw.line((60, 100, 740, 100), fill=0, width=3)
    for field in FIELDS:
        left, top, *_ = field["box"]
        draw.rectangle(field["box"], outline=70, width=2)
        place = left - 180, top + 20
        draw.text(place, field["name"].title() + ":", font=ImageFont.load_default(28), fill=0)
    draw.text((500, 900), "Signature", font=ImageFont.load_default(22), fill=0)
    draw.line((480, 890, 740, 890), fill=0, width=2)
    return paper


def filled_form(drawn_digits, texts=TEXTS):
    """Write digits into the frames of the form."""
    paper = blank_form()
    for field in FIELDS:
        left, top, *_ = field["box"]
        for place, digit in enumerate(texts[field["name"]]):
            drawn = drawn_digits[int(digit)].convert("L")
            drawn = drawn.crop(ImageOps.invert(drawn).getbbox()).resize((36, 54))
            paper.paste(drawn, (left + 20 + 52 * place, top + 12))
    return paper


def template(fields=FIELDS, **changes):
    """Return the template's JSON, with the blank form in it."""
    file = io.BytesIO()
    blank_form().save(file, "PNG")
    picture = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
    return json.dumps({"inkling_form": 1, "blank": picture, "fields": fields} | changes)
