"""Records of readings, as CSV and JSON have them."""

import json
from types import SimpleNamespace

import pytest

from inkling.record_format import COLUMNS, REMEDIES, failed_record, obstacle_in, refusal
from ui.batch.records import csv_rows, record_of

KEYS = ["file", "text", "label", "confidence", "reason", "probabilities", "digits", "left_out"]
BOX = (1, 2, 30, 40)


def digit(best, share, **facts):
    """A digit as the worker sends it: what is None is left out."""
    shares = [(1 - share) / 20] * 10
    shares[best] = share
    return SimpleNamespace(confidence=share, probabilities=shares, box=BOX, **facts)


def test_a_single_digit_has_its_label_and_the_probabilities_of_all_classes():
    record = record_of("seven.png", digit(7, 0.9, label=7))
    assert list(record) == KEYS
    assert (record["file"], record["text"], record["label"]) == ("seven.png", "7", 7)
    assert record["confidence"] == 0.9 and record["reason"] is None
    assert list(record["probabilities"]) == [*"0123456789", "none"]
    assert sum(record["probabilities"].values()) == pytest.approx(1)
    assert record["probabilities"]["none"] == pytest.approx(0.055)


def test_a_number_has_no_label_of_its_own_and_lists_its_digits():
    digits = [digit(4, 0.9, label=4), digit(2, 0.8, label=2)]
    record = record_of("42.png", SimpleNamespace(text="42", confidence=0.7, digits=digits))
    assert record["text"] == "42" and record["label"] is None and record["probabilities"] is None
    assert [(d["label"], d["box"]) for d in record["digits"]] == [(4, [*BOX]), (2, [*BOX])]


def test_ink_that_was_left_out_is_the_reason_why_a_number_is_not_whole():
    digits = [digit(0, 0.9, label=0), digit(7, 0.8, label=7)]
    reading = SimpleNamespace(text="07", confidence=0.4, digits=digits, left_out=[BOX])
    record = record_of("407.png", reading)
    assert record["reason"] == "some ink was left out" and record["left_out"] == [[*BOX]]


def test_a_refused_digit_has_the_reason_and_neither_label_nor_confidence():
    record = record_of("blot.png", digit(3, 0.2, reason="not a digit"))
    assert record["text"] == "" and record["label"] is None and record["confidence"] is None
    assert record["reason"] == "not a digit"


def test_a_refused_number_of_one_mark_has_the_reason_of_the_mark():
    mark = digit(3, 0.2, reason="not a digit")
    reading = SimpleNamespace(text="", confidence=0.0, reason="not a number", digits=[mark])
    assert record_of("x.png", reading)["reason"] == "not a digit"


def test_a_file_that_cannot_be_read_has_the_same_keys():
    assert list(failed_record("letter.pdf", "Not a picture.")) == KEYS


def test_csv_has_a_header_and_confidences_to_four_places():
    records = [record_of("7.png", digit(7, 0.98765, label=7)), failed_record("a.pdf", "No.")]
    assert csv_rows(records) == [
        COLUMNS,
        ["7.png", "7", 7, "0.9877", None],
        ["a.pdf", "", None, None, "No."],
    ]
    json.dumps(records)


def test_what_a_refusal_names_is_found_again():
    for obstacle in REMEDIES:
        assert obstacle_in(refusal("not a number", obstacle)) == obstacle
    assert obstacle_in(refusal("not a number")) is None
    assert obstacle_in("unsure, perhaps 7: 3 of 4; 5") is None
