"""Whose turn it is: Python's, or the browser's, whose pen, keys and painting wait for Python.

asyncio.sleep(0) does not give the browser a turn: in MicroPython 1.27 the next task goes on at
once, within the same turn. A message to oneself comes after whatever waits already, and is not put
off as timers within timers are.
"""

from asyncio import core

import js
from pyscript.ffi import create_proxy

UNSEEN_MS = 100  # a page in the background is not painted at all

_waiting = []
_channel = js.MessageChannel.new()


class Promptly:
    """What asyncio has itself woken by, in place of `js`: without the timer that it asks for when a
    task can go on at once, as browsers put timers off until they have painted, or for 4 ms."""

    clearTimeout = js.clearTimeout  # noqa: N815 - the browser's name

    @staticmethod
    def setTimeout(wake, milliseconds):  # noqa: N802 - likewise
        if milliseconds > 0:
            return js.setTimeout(wake, milliseconds)
        return js.queueMicrotask(_wake)


def soon(go_on) -> None:
    """Have `go_on()` called once the browser has had its turn."""
    _waiting.append(go_on)
    _channel.port2.postMessage(None)


def _ask_for_frame(go_on, _):
    js.requestAnimationFrame(go_on)
    js.setTimeout(go_on, UNSEEN_MS)


_channel.port1.onmessage = create_proxy(lambda _: _waiting.pop(0)())
_asking = create_proxy(lambda go_on, _: soon(go_on))
_asking_for_frame = create_proxy(_ask_for_frame)
_wake = create_proxy(core._run_iter)
core.js = Promptly


async def browsers_turn() -> None:
    """Go on once the browser has had its turn."""
    await js.Promise.new(_asking)


async def painted() -> None:
    """Go on once what is to be seen by now has been painted."""
    await js.Promise.new(_asking_for_frame)  # then it is about to be
    await js.Promise.new(_asking_for_frame)
