"""The record of learned numbers: fits replace their own entries, and the model file carries all."""

import json

from training import learned_numbers


def test_a_fit_replaces_its_own_entries_and_keeps_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr(learned_numbers, "RECORD", tmp_path / "numbers.json")
    (tmp_path / "numbers.json").write_text(json.dumps({"trust": 1.0, "reject_odds": 50}))
    learned_numbers.update_numbers(trust=0.9, digit_costs={"cut": 1.5})
    expected = {"trust": 0.9, "reject_odds": 50, "digit_costs": {"cut": 1.5}}
    assert learned_numbers.read_numbers() == expected


def test_the_committed_record_has_what_the_description_of_the_file_lists():
    numbers = learned_numbers.read_numbers()
    assert set(numbers) == {"trust", "reject_odds", "digit_costs", "reject_costs", "acceptance"}
    assert numbers["digit_costs"].keys() == numbers["reject_costs"].keys()
    assert set(numbers["acceptance"]) == {"weights", "bias", "threshold"}
