"""Boxes stay on the form, names stay unique, and a template holds what was drawn."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkling.tables.form_template import parse_form
from tests.inkling.tables.form_pictures import template
from ui.pages import form_fields, table_files
from ui.pages.cells import new_cell
from ui.pages.form_fields import between, from_template, moved, new_field, problem_of, resized

SIZE = (800, 1000)
DRAWN = [260, 200, 460, 280]
steps = st.floats(-3000, 3000)


def test_a_box_may_be_drawn_from_any_of_its_corners():
    for start, end in (
        ((260, 200), (460, 280)),
        ((460, 280), (260, 200)),
        ((460, 200), (260, 280)),
    ):
        assert between(start, end, SIZE) == DRAWN
    assert between((-50, 990), (30, 2000), SIZE) == [0, 990, 30, 1000]
    assert between((100, 100), (104, 300), SIZE) is None, "too narrow"


@given(steps, steps)
def test_a_moved_box_keeps_its_size_and_stays_on_the_form(right, down):
    left, top, far, low = moved(DRAWN, right, down, SIZE)
    assert (far - left, low - top) == (200, 80)
    assert left >= 0 and top >= 0 and far <= SIZE[0] and low <= SIZE[1]


@given(steps, steps)
def test_a_resized_box_keeps_its_corner_and_never_turns_over(right, down):
    left, top, far, low = resized(DRAWN, right, down, SIZE)
    assert [left, top] == DRAWN[:2]
    assert left + form_fields.MIN_SIDE <= far <= 800 and top + form_fields.MIN_SIDE <= low <= 1000


def test_a_new_field_gets_a_name_that_is_free():
    fields = [new_field("Field 2", DRAWN)]
    assert form_fields.free_name(fields, "Field") == "Field 3"
    assert form_fields.free_name([], "Feld") == "Feld 1"


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ([], "Draw a box"),
        (["a", " "], "Field {number}"),
        (["a", "a "], "Two fields"),
        (["a"], None),
    ],
)
def test_what_is_missing_is_said(names, sentence):
    problem = problem_of([new_field(name, DRAWN) for name in names])
    assert problem is None if sentence is None else problem[0].startswith(sentence)


def test_the_command_line_understands_what_was_drawn():
    first, second = new_field(" age ", DRAWN), new_field("yield", [1, 2, 30, 40])
    first["kind"], first["count"], second["count"] = "digits", 2, 3  # a count needs a kind
    picture = json.loads(template())["blank"]
    made = form_fields.to_template(picture, [first, second])
    assert list(made) == ["inkling_form", "fields", "blank"]
    form = parse_form(json.dumps(made))
    assert form.names == ["age", "yield"] and form.fields[1].expected is None
    assert tuple(form.fields[0].expected) == ("digits", 2)
    assert from_template(json.loads(json.dumps(made))) == [
        {"name": "age", "box": DRAWN, "kind": "digits", "count": 2},
        {"name": "yield", "box": [1, 2, 30, 40], "kind": "", "count": 0},
    ]


def test_scans_of_a_form_have_a_row_each_below_the_names():
    def scan(name, *texts):
        cells = [new_cell(0, c, text, 0.9, "", [0] * 4, [0] * 4) for c, text in enumerate(texts)]
        rows = [cells] if texts else []
        return {
            **{"name": name, "number": 1, "count": 1, "rows": rows},
            **{"form": "7", "names": ["plot", "yield"]},
        }

    pages = [scan("1.png", "407", "2,5"), scan("other.png"), scan("2.png", "88", "")]
    assert table_files.table_rows(pages, ",", ".") == [
        ["file", "plot", "yield"],
        ["1.png", "407", "2.5"],
        ["other.png", "", ""],
        ["2.png", "88", ""],
    ]
