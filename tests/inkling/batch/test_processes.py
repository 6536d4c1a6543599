"""Several processes: order, death, and an end that waits for little."""

import os
import signal
import time

import pytest

from inkling.batch.processes import in_order
from inkling.many import read_many


def doubled(number):
    return 2 * number


def deadly(number):
    """Double a number, unless it is 13: then the process is gone, as one without memory is."""
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def slow(number):
    time.sleep(0.02)
    return number


def test_results_come_in_the_order_of_the_items_with_the_items():
    read = list(in_order(doubled, iter(range(500)), jobs=2))
    assert read == [(number, 2 * number) for number in range(500)]


def test_a_process_that_dies_costs_one_item_and_the_rest_is_read():
    read = dict(in_order(deadly, range(40), jobs=2))
    died = read.pop(13)
    assert isinstance(died, ChildProcessError) and "died" in str(died)
    assert read == {number: 2 * number for number in range(40) if number != 13}


def test_who_wants_no_more_waits_for_no_more_than_is_being_read():
    taken = []
    endless = (taken.append(number) or number for number in iter(lambda: len(taken), None))
    read = in_order(slow, endless, jobs=2)
    assert [next(read)[1] for _ in range(20)] == list(range(20))
    read.close()
    count = len(taken)
    assert count < 200 and next(iter(read), None) is None and len(taken) == count


def test_heavy_items_are_not_gathered_in_memory():
    taken = []
    heavy = (taken.append(number) or bytes(17_000_000) for number in range(12))
    read = in_order(len, heavy, jobs=1)
    assert next(read)[1] == 17_000_000 and len(taken) == 1
    read = in_order(len, heavy, jobs=2)
    assert next(read)[1] == 17_000_000 and len(taken) <= 9  # four groups of one for each process


def test_no_process_is_no_number_of_processes(reader):
    with pytest.raises(ValueError, match="0 jobs"):
        read_many(reader, [], jobs=0)
