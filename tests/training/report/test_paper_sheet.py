"""The sheet of difficult paper shows what it says: our ink map reads all of it."""

from inkling.image.ink import ink_map
from inkling.image.lightness import grey
from training.report import paper_sheet


def test_every_composed_digit_is_read_from_todays_ink(reader):
    for name, label, picture in paper_sheet.cases():
        assert reader.read_digit(picture).label == label, name
        assert paper_sheet.one_threshold(grey(picture)).shape == ink_map(grey(picture)).shape


def test_the_sheet_in_the_docs_is_small_enough_to_be_shown():
    assert 0 < paper_sheet.TARGET.stat().st_size < 400_000
