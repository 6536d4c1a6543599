"""Let one part of the page announce an event without knowing who listens.

A module of its own, though short: it needs no browser, so CPython can test it.
"""


class Signal:
    """An event that listeners connect to. Listeners are called in the order they connected."""

    def __init__(self):
        self._listeners = []

    def connect(self, listener) -> None:
        """Have `listener(*values)` called at every `emit(*values)` from now on."""
        self._listeners.append(listener)

    def emit(self, *values) -> None:
        """Call every listener; one that connects meanwhile is called from the next emit on."""
        for listener in list(self._listeners):
            listener(*values)

    async def emit_in_turns(self, pause, is_current, *values) -> bool:
        """Call every listener after an `await pause()`, so that other work fits in between.

        is_current: function without arguments; once it returns False the rest is not called.
        Return whether every listener was called.
        """
        for listener in list(self._listeners):
            await pause()
            if not is_current():
                return False
            listener(*values)
        return True
