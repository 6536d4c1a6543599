"""On hard pages, what can be read is read; the rest is marked, and nothing is left out silently."""

import pytest
from hard_pages import PAGES, compose

DOUBTFUL = 0.95  # the page marks a cell below this confidence


def holds(box, other):
    """Return whether the middle of a box lies in another one."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= x <= other[2] and other[1] <= y <= other[3]


def overlap(box, other):
    across = min(box[2], other[2]) - max(box[0], other[0])
    return across > 0 and min(box[3], other[3]) > max(box[1], other[1])


@pytest.mark.parametrize("name", PAGES)
def test_what_can_be_read_is_and_the_rest_is_marked(reader, drawn_digits, name):
    page = compose(name, drawn_digits)
    table = reader.read_table(page.picture)
    for number, (box, text) in enumerate(page.numbers):
        cells = [cell for cell in table.cells if holds(box, cell.box)]
        marked = [cell for cell in cells if cell.problem or cell.confidence < DOUBTFUL]
        read = [cell for cell in cells if cell.text == text]
        assert read or (marked and number in page.disturbed), (text, cells)
    told = [cell.box for cell in table.cells if cell.text or cell.problem] + [*table.left_out]
    for box in page.others:
        assert any(overlap(box, its) for its in told), box
