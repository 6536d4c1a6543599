"""Strokes, drawings and undo, which depend on no screen."""

import json

import pytest

from ui.pad.strokes import MAX_UNDO_STEPS, Drawing, Stroke, UndoStack, drawing_from_json

DOT = Stroke([[1, 2, 20, 0]])
LINE = Stroke([[0, 0, 20, 0], [9.96, 5, 18.25, 12.4]], erase=True)


def test_undo_and_redo_walk_through_every_state():
    stack = UndoStack()
    stack.add(DOT)
    stack.add(LINE)
    stack.put(Drawing())
    assert [walk(stack, "undo") for _ in range(3)] == [2, 1, 0]
    assert not stack.can_undo
    assert [walk(stack, "redo") for _ in range(3)] == [1, 2, 0]
    assert not stack.can_redo


def test_a_new_stroke_ends_what_could_be_redone():
    stack = UndoStack()
    stack.add(DOT)
    stack.undo()
    stack.add(LINE)
    stack.redo()
    assert stack.strokes == (LINE,)


def test_undo_with_nothing_to_undo_changes_nothing():
    stack = UndoStack()
    stack.undo()
    stack.redo()
    assert stack.strokes == ()


def test_only_so_many_steps_are_kept():
    stack = UndoStack()
    for _ in range(MAX_UNDO_STEPS + 10):
        stack.add(DOT)
    while stack.can_undo:
        stack.undo()
    assert len(stack.strokes) == 10


def test_a_drawing_goes_through_json_in_tenths_of_a_unit():
    text = json.dumps(Drawing([DOT, LINE]).to_json())
    dot, line = drawing_from_json(json.loads(text)).strokes
    assert dot.points == [[1, 2, 20, 0]] and not dot.erase
    assert line.points[1] == [10.0, 5, 18.2, 12] and line.erase


@pytest.mark.parametrize(
    "damaged", [None, 3, "ink", [1], [{"points": []}], [{"erase": 0, "points": [[1]]}], {}]
)
def test_what_is_not_a_drawing_becomes_an_empty_one(damaged):
    assert not drawing_from_json(damaged)


def test_a_drawing_grows_in_its_own_entry_of_the_history_and_an_empty_pad_begins_another():
    stack = UndoStack()
    stack.add(DOT)
    stack.content.entry = "first"
    stack.add(LINE)
    assert stack.content.entry == "first"
    stack.put(Drawing())
    stack.add(DOT)
    assert stack.content.entry is None


def walk(stack, way):
    getattr(stack, way)()
    return len(stack.strokes)
