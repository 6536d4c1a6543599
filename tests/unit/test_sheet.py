"""The sheet of paper behind the pad, which knows of no screen."""

import json

import pytest

from ui.sheet import STEPS, Drawing, Sheet, Stroke, drawing_from

DOT = Stroke([[1, 2, 20, 0]])
LINE = Stroke([[0, 0, 20, 0], [9.96, 5, 18.25, 12.4]], erase=True)


def test_undo_and_redo_walk_through_every_state():
    sheet = Sheet()
    sheet.add(DOT)
    sheet.add(LINE)
    sheet.put(Drawing())
    assert [walk(sheet, "undo") for _ in range(3)] == [2, 1, 0]
    assert not sheet.can_undo
    assert [walk(sheet, "redo") for _ in range(3)] == [1, 2, 0]
    assert not sheet.can_redo


def test_a_new_stroke_ends_what_could_be_redone():
    sheet = Sheet()
    sheet.add(DOT)
    sheet.undo()
    sheet.add(LINE)
    sheet.redo()
    assert sheet.strokes == (LINE,)


def test_undo_with_nothing_to_undo_changes_nothing():
    sheet = Sheet()
    sheet.undo()
    sheet.redo()
    assert sheet.strokes == ()


def test_only_so_many_steps_are_kept():
    sheet = Sheet()
    for _ in range(STEPS + 10):
        sheet.add(DOT)
    while sheet.can_undo:
        sheet.undo()
    assert len(sheet.strokes) == 10


def test_a_drawing_goes_through_json_in_tenths_of_a_unit():
    text = json.dumps(Drawing([DOT, LINE]).plain())
    dot, line = drawing_from(json.loads(text)).strokes
    assert dot.points == [[1, 2, 20, 0]] and not dot.erase
    assert line.points[1] == [10.0, 5, 18.2, 12] and line.erase


@pytest.mark.parametrize(
    "damaged", [None, 3, "ink", [1], [{"points": []}], [{"erase": 0, "points": [[1]]}], {}]
)
def test_what_is_not_a_drawing_becomes_an_empty_one(damaged):
    assert not drawing_from(damaged)


def test_a_drawing_grows_in_its_own_entry_of_the_history_and_clean_paper_begins_another():
    sheet = Sheet()
    sheet.add(DOT)
    sheet.content.entry = "first"
    sheet.add(LINE)
    assert sheet.content.entry == "first"
    sheet.put(Drawing())
    sheet.add(DOT)
    assert sheet.content.entry is None


def walk(sheet, way):
    getattr(sheet, way)()
    return len(sheet.strokes)
