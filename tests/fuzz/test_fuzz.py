"""Altered files do no harm: a short run of `make fuzz`."""

import os
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import cases, dense, guard

PICTURES, MODELS, DENSE = 300, 150, 9  # of the dense ones one of each kind
LITTLE = 400_000_000  # bytes that a process has while it reads pictures of an ordinary size
QUICK = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize(("kind", "count"), [("pictures", PICTURES), ("models", MODELS)])
def test_altered_files_do_no_harm(kind, count):
    seen = [*guard.outcomes(kind, range(count), seed=2)]
    assert [outcome for outcome in seen if outcome.said.startswith(guard.HARM)] == []
    assert [outcome.number for outcome in seen] == [*range(count)]
    # A test that no file passes, or that every file passes, would show nothing.
    assert len({outcome.said for outcome in seen}) > 1


def test_dense_pictures_end_soon_in_little_memory():
    seen = [*guard.outcomes("dense", range(DENSE), seed=1)]
    assert [outcome for outcome in seen if outcome.said.startswith(guard.HARM)] == []
    assert max(outcome.peak for outcome in seen) < LITTLE


def test_a_dense_picture_can_be_had_again():
    assert dense.picture(8, seed=1) == dense.picture(8, seed=1) != dense.picture(8, seed=2)


@given(data=st.binary(max_size=200), kind=st.sampled_from(cases.FORMATS), place=st.integers(0, 60))
@QUICK
def test_any_bytes_in_the_header_of_a_picture_are_read_or_refused(reader, data, kind, place):
    file = cases.seed_pictures()[kind][0]
    assert cases.read_picture(reader, file[:place] + data + file[place + len(data) :])


@given(data=st.binary(min_size=1, max_size=300))
@QUICK
def test_any_bytes_at_all_are_refused(reader, data):
    assert cases.read_picture(reader, data) != "read"


def test_every_seed_is_read_before_it_is_altered(reader):
    for files in cases.seed_pictures().values():
        assert [cases.read_picture(reader, file) for file in files] == ["read"] * len(files)


def test_a_number_and_a_seed_always_give_the_same_file():
    assert cases.picture(17, seed=3) == cases.picture(17, seed=3) != cases.picture(17, seed=4)


class Harmful:
    """Ways to read a file that do the harm that the guard has to notice."""

    @staticmethod
    def raises(_):
        raise KeyError("not what was promised")

    @staticmethod
    def devours(_):
        return bytes(guard.MEMORY)

    @staticmethod
    def dawdles(_):
        end = time.process_time() + 0.05
        while time.process_time() < end:
            pass


@pytest.mark.parametrize(
    ("take", "said"),
    [
        (Harmful.raises, "KeyError"),
        (Harmful.devours, "MemoryError"),
        (Harmful.dawdles, "s of computing"),
    ],
)
def test_the_guard_notices_harm(monkeypatch, take, said):
    monkeypatch.setattr(guard, "COMPUTING", 0.04)
    outcome, _, _ = guard.tried(take, b"")
    assert outcome.startswith(guard.HARM) and said in outcome


def _dies(pipe, kind, numbers, seed):
    pipe.send(guard.Outcome(numbers.start, "first", "read", 0.0))
    os._exit(11)


def test_a_process_that_dies_is_noticed_and_the_next_file_is_taken(monkeypatch):
    monkeypatch.setattr(guard, "work", _dies)
    seen = [*guard.outcomes("pictures", range(4), seed=0)]
    assert [outcome.number for outcome in seen] == [0, 1, 2, 3]
    assert "died (11)" in seen[1].said and "died (11)" in seen[3].said
