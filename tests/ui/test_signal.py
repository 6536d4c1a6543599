"""Signals, by which the page's parts hear of each other."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from ui.browser.signal import Signal


def test_every_listener_is_called_with_the_values_in_the_order_they_connected():
    signal, heard = Signal(), []
    signal.connect(lambda *values: heard.append(("first", values)))
    signal.connect(lambda *values: heard.append(("second", values)))
    signal.emit(1, "a")
    signal.emit()
    assert heard == [("first", (1, "a")), ("second", (1, "a")), ("first", ()), ("second", ())]


def test_a_signal_without_listeners_can_be_emitted():
    Signal().emit("nobody listens")


def test_a_listener_connected_during_an_emit_is_called_from_the_next_one_on():
    signal, heard = Signal(), []
    signal.connect(lambda value: signal.connect(heard.append))
    signal.emit(1)
    assert heard == []
    signal.emit(2)
    assert heard == [2]


def test_signals_do_not_share_listeners():
    one, other, heard = Signal(), Signal(), []
    one.connect(heard.append)
    other.emit(1)
    assert heard == []


def run_apart(task):
    """Run a coroutine in another thread: the browser's tests leave a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, task).result()


def test_emitting_in_turns_pauses_before_each_listener():
    events = []

    async def pause():
        events.append("pause")

    signal = Signal()
    signal.connect(lambda value: events.append(("first", value)))
    signal.connect(lambda value: events.append(("second", value)))
    assert run_apart(signal.emit_in_turns(pause, lambda: True, 7))
    assert events == ["pause", ("first", 7), "pause", ("second", 7)]


def test_emitting_in_turns_stops_once_the_value_is_outdated():
    heard = []

    async def pause():
        await asyncio.sleep(0)

    signal = Signal()
    signal.connect(lambda value: heard.append(value))
    signal.connect(lambda value: heard.append(value))
    assert not run_apart(signal.emit_in_turns(pause, lambda: not heard, 7))
    assert heard == [7]
