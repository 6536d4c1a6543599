"""A blank form becomes a template, and scans are read by it as rows of plain values."""

import base64
import io
import json
from types import SimpleNamespace

import pytest
from PIL import Image

from tests.inkling.tables.form_pictures import FIELDS, TEXTS, blank_form, filled_form, template
from tests.worker.test_worker_tables import is_plain
from worker.learn import read_forms
from worker.session import Pad


@pytest.fixture
def pad(reader):
    return Pad(reader)


def file_of(picture, **settings):
    file = io.BytesIO()
    picture.save(file, "PNG", **settings)
    return SimpleNamespace(to_bytes=file.getvalue)


def test_the_picture_of_a_large_blank_form_is_upright_and_as_large_as_needed(pad):
    large = blank_form().resize((2400, 3000)).transpose(Image.Transpose.ROTATE_90)
    told = read_forms.blank_picture(pad, file_of(large), 1)
    assert (told["width"], told["height"]) == (1280, 1600)
    kind, data = told["picture"].split(",")
    assert kind == "data:image/jpeg;base64"
    opened = Image.open(io.BytesIO(base64.b64decode(data)))
    assert opened.size == (1280, 1600) and opened.mode == "L"


def test_a_form_drawn_on_that_picture_reads_scans(pad, drawn_digits):
    told = read_forms.blank_picture(pad, file_of(blank_form()), 0)
    made = template(blank=told["picture"])
    assert read_forms.check(pad, made) == {"width": 800, "height": 1000}
    scan = filled_form(drawn_digits).rotate(3, expand=True, fillcolor=255)
    read = read_forms.read(pad, file_of(scan), made)
    pixels = read.pop("page")["pixels"]
    assert len(pixels) > 0 and is_plain(read)
    assert [[cell["text"] for cell in row] for row in read["rows"]] == [list(TEXTS.values())]


def test_another_template_is_taken_for_the_next_scan(pad, drawn_digits):
    scan = file_of(filled_form(drawn_digits))
    assert len(read_forms.read(pad, scan, template())["rows"][0]) == len(FIELDS)
    assert len(read_forms.read(pad, scan, template(FIELDS[:1]))["rows"][0]) == 1


def test_another_page_has_no_rows_and_a_bad_template_says_why(pad):
    page = Image.new("L", (800, 1000), 255)
    told = read_forms.read(pad, file_of(page), template())
    assert told["rows"] == [] and "were not found" in told["problem"]
    told = read_forms.check(pad, json.dumps({"inkling_form": 1}))
    assert told["error"]["sentence"].startswith("The template names no picture")
    told = read_forms.read(pad, SimpleNamespace(to_bytes=lambda: b"Dear Sir"), template())
    assert "error" in told
