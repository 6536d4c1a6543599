"""Start tasks, and let the browser handle pen, keys and painting between steps of Python.

asyncio.sleep(0) does not yield to the browser: MicroPython 1.27 goes on with the next task at
once. A message to the page itself does: it queues behind waiting events and is not throttled as
nested timers are.
"""

import asyncio
from asyncio import core

import js
from pyscript.ffi import create_proxy

HIDDEN_PAGE_MS = 100  # a page in the background is never painted: then go on after this time

_waiting = []
_channel = js.MessageChannel.new()


class PromptTimers:
    """Replace `js` in asyncio.core: wake at once where asyncio asks for a timer of 0 ms.

    Browsers delay such timers by 4 ms or until they have painted.
    """

    clearTimeout = js.clearTimeout  # noqa: N815 - the browser's name

    @staticmethod
    def setTimeout(wake, milliseconds):  # noqa: N802 - the browser's name
        """Call `wake` after some milliseconds; run the event loop in a microtask if it is 0."""
        if milliseconds > 0:
            return js.setTimeout(wake, milliseconds)
        return js.queueMicrotask(_run_loop)


def start(coroutine):
    """Run a coroutine as a task and return the task.

    The caller need not keep it: MicroPython's event loop, unlike CPython's, holds its tasks.
    """
    return asyncio.create_task(coroutine)


def call_soon(function) -> None:
    """Call `function()` once the browser has handled the events that wait."""
    _waiting.append(function)
    _channel.port2.postMessage(None)


async def yield_to_browser() -> None:
    """Go on once the browser has handled the events that wait."""
    await js.Promise.new(_resolve_soon)


async def next_paint() -> None:
    """Go on once everything shown so far has been painted."""
    await js.Promise.new(_resolve_at_frame)  # just before it is painted
    await js.Promise.new(_resolve_at_frame)


def _request_frame(resolve, _):
    js.requestAnimationFrame(resolve)
    js.setTimeout(resolve, HIDDEN_PAGE_MS)


_channel.port1.onmessage = create_proxy(lambda _: _waiting.pop(0)())
_resolve_soon = create_proxy(lambda resolve, _: call_soon(resolve))
_resolve_at_frame = create_proxy(_request_frame)
_run_loop = create_proxy(core._run_iter)
core.js = PromptTimers
