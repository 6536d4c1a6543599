"""The browser's turn: the pen, the keys and painting wait for as long as Python goes on.

asyncio.sleep(0) does not give it one: in MicroPython 1.27 the next task goes on at once, within the
same turn. A message to oneself comes after whatever waits already, and is not put off as timers
within timers are.
"""

import js
from pyscript.ffi import create_proxy

_waiting = []
_channel = js.MessageChannel.new()


def _ask(go_on, _):
    _waiting.append(go_on)
    _channel.port2.postMessage(None)


_channel.port1.onmessage = create_proxy(lambda _: _waiting.pop(0)())
_asking = create_proxy(_ask)


async def browsers_turn() -> None:
    """Go on once the browser has had its turn."""
    await js.Promise.new(_asking)
