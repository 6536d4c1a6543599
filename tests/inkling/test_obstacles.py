"""What is in the way of a refused picture is found where it was put, and nowhere else."""

import csv
import json
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from inkling import output, record_format
from inkling.__main__ import main
from inkling.image.ink import ink_map
from inkling.image.lightness import grey
from inkling.image.segment import part_of, writing
from inkling.obstacles import edge_line, faint, find_obstacle, several_marks, small
from inkling.record_format import (
    DARK_INK,
    EDGE_LINES,
    FAINT,
    LIGHT_INK,
    LINE_AT_EDGE,
    REMEDIES,
    SEVERAL_MARKS,
    SMALL,
)
from inkling.results import NO_CODE
from tests.ui.test_messages import SITE, strings_in
from training.evaluation.non_digits import picture as non_digit
from ui.batch import records

SIDE = 200
PAPER, INK = 220, 60
UPPER, RIGHT, LOWER, LEFT = LINE_AT_EDGE
LINES = {
    UPPER: (0, 9, SIDE, 9),
    RIGHT: (SIDE - 9, 0, SIDE - 9, SIDE),
    LOWER: (0, SIDE - 9, SIDE, SIDE - 9),
    LEFT: (9, 0, 9, SIDE),
}


def cell(*edges: str, ink: int = INK, paper: int = PAPER) -> Image.Image:
    """Draw a cross that reaches from edge to edge of a cell, with lines at some edges."""
    picture = Image.new("L", (SIDE, SIDE), paper)
    pen = ImageDraw.Draw(picture)
    for edge in edges:
        pen.line(LINES[edge], fill=ink, width=6)
    pen.line((9, 40, SIDE - 9, 160), fill=ink, width=10)
    pen.line((60, SIDE - 9, 140, 9), fill=ink, width=10)
    return picture.filter(ImageFilter.GaussianBlur(1))


def seen(picture: Image.Image):
    """Return a picture's lightness, its ink, and its one mark."""
    light = grey(picture)
    ink = ink_map(light)
    found = writing(ink)
    return light, ink, part_of(ink, found.marks, found.one), found


@pytest.mark.parametrize("edge", LINE_AT_EDGE)
def test_a_line_that_the_writing_touches_is_named_by_its_edge(edge):
    light, _, part, _ = seen(cell(edge))
    assert edge_line(light, part) == edge


def test_lines_at_several_edges_are_told_at_once():
    light, _, part, _ = seen(cell(UPPER, LOWER))
    assert edge_line(light, part) == EDGE_LINES


def test_a_cross_without_lines_has_none():
    light, _, part, _ = seen(cell())
    assert edge_line(light, part) is None


@pytest.mark.parametrize(("contrast", "fact"), [(12, FAINT), (18, FAINT), (40, None), (160, None)])
def test_writing_is_faint_by_its_contrast_with_the_paper(contrast, fact):
    light, _, part, _ = seen(cell(ink=PAPER - contrast))
    assert faint(light, part) == fact


@pytest.mark.parametrize(("side", "fact"), [(5, SMALL), (24, None)])
def test_writing_is_small_by_its_pixels(side, fact):
    picture = Image.new("L", (90, 90), PAPER)
    ImageDraw.Draw(picture).ellipse((40, 40, 40 + side, 40 + side), outline=0, width=2)
    _, ink, part, _ = seen(picture)
    assert small(ink, part) == fact


@pytest.mark.parametrize(
    ("places", "fact"),
    [
        ([(20, 70), (120, 70)], SEVERAL_MARKS),
        ([(70, 10), (70, 120)], SEVERAL_MARKS),
        ([(70, 70)], None),
        ([(70, 20), (80, 75)], SEVERAL_MARKS),
    ],
)
def test_several_marks_stand_beside_each_other(places, fact):
    picture = Image.new("L", (SIDE, SIDE), PAPER)
    for x, y in places:
        ImageDraw.Draw(picture).ellipse((x, y, x + 50, y + 50), outline=INK, width=6)
    assert several_marks(seen(picture)[3]) == fact


def test_a_faint_digit_that_leaves_no_ink_is_told(reader, drawn_digits):
    pale = drawn_digits[3].convert("L").point(lambda level: 200 + 6 * level // 255)
    assert reader.read_digit(pale).reason == "no ink"
    assert find_obstacle(reader, pale) == FAINT


@pytest.mark.parametrize("light_ink", [True, False])
def test_the_other_polarity_is_found_by_reading_it(reader, drawn_digits, light_ink):
    """A digit on a dark label that lies on light paper, and the other way round."""
    picture = label(drawn_digits[3])
    picture = picture if light_ink else ImageOps.invert(picture)
    assert reader.read_digit(picture).label is None
    assert find_obstacle(reader, picture) == (LIGHT_INK if light_ink else DARK_INK)
    assert reader.read_digit(picture, dark_ink=not light_ink).label == 3


def test_a_letter_is_not_read_again_in_search_of_an_obstacle(reader, drawn_digits, monkeypatch):
    monkeypatch.setattr(type(reader), "read_digit", None)
    assert find_obstacle(reader, label(drawn_digits[3]), letter=True) is None


def label(digit: Image.Image) -> Image.Image:
    """Return a photograph of a dark label with a light digit, on light paper."""
    picture = Image.new("L", (SIDE, SIDE), 235)
    ImageDraw.Draw(picture).rectangle((50, 50, 150, 150), fill=20)
    bright = ImageOps.invert(digit.convert("L")).resize((90, 90))
    picture.paste(bright.point(lambda level: 20 + level * 215 // 255), (55, 55))
    noise = np.random.default_rng(0).normal(0, 3, (SIDE, SIDE))
    lit = np.asarray(picture, float) * np.linspace(0.7, 1, SIDE)[:, None] + noise
    return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(1)
    )


def test_plain_digits_have_nothing_in_the_way(reader, drawn_digits):
    for digit in drawn_digits.values():
        assert find_obstacle(reader, digit) is None
        assert find_obstacle(reader, digit, number=True) is None


@pytest.mark.parametrize("kind", ["blank", "scribbles", "crosses"])
def test_no_reason_is_made_up_for_a_picture_that_holds_no_digit(reader, kind):
    assert [find_obstacle(reader, non_digit(kind, seed)) for seed in range(8)] == [None] * 8


def test_the_record_says_what_is_in_the_way_and_what_helps(reader):
    reading = reader.read(cell(LEFT))
    record = output.record("cell.png", reading, LEFT)
    assert record["reason"] == "not a digit: a line at the left edge; crop the picture"
    page = SimpleNamespace(text="", confidence=0.0, reason=reading.reason, digits=[], obstacle=LEFT)
    assert dict(records.record_of("cell.png", page))["reason"].endswith(f"{LEFT}; {REMEDIES[LEFT]}")


def test_the_command_line_and_its_csv_say_it(tmp_path, capsys):
    cell(LEFT).save(tmp_path / "cell.png")
    table = tmp_path / "table.csv"
    assert main([str(tmp_path / "cell.png"), "--single", "--csv", str(table)]) == 0
    told = "not a digit: a line at the left edge; crop the picture"
    assert capsys.readouterr().out.endswith(f"cell.png: {told}\n")
    with table.open(encoding="utf-8-sig") as file:
        [row] = csv.DictReader(file)
    assert row["reason"] == told and row["text"] == ""


def test_a_refused_code_says_it_too(tmp_path, capsys):
    tangle = Image.new("L", (SIDE, SIDE), PAPER)
    turns = np.random.default_rng(0).uniform(30, SIDE - 30, (24, 2))
    ImageDraw.Draw(tangle).line([tuple(turn) for turn in turns], fill=PAPER - 14, width=4)
    tangle.save(tmp_path / "code.png")
    main([str(tmp_path / "code.png"), "--letters"])
    assert capsys.readouterr().out.endswith(f"{NO_CODE}: {FAINT}; {REMEDIES[FAINT]}\n")


def test_the_command_line_reads_light_ink_when_told(tmp_path, capsys, drawn_digits):
    ImageOps.invert(drawn_digits[7].convert("L")).save(tmp_path / "7.png")
    assert main(["--json", "--single", "--ink", "light", str(tmp_path / "7.png")]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == "7"


def test_every_fact_has_a_sentence_in_the_page():
    sentences = strings_in(SITE / "ui" / "browser" / "messages.py")
    assert set(REMEDIES) <= sentences
    assert set(record_format.LINE_AT_EDGE) <= set(REMEDIES)
