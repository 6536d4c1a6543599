"""The error of a call that the worker did not answer.

A module of its own, though short: the bridge and what it rests on both raise it.
"""


class WorkerError(Exception):
    """The worker cannot do what it was asked; `kind` is a key of messages.FAILURES."""

    def __init__(self, kind, **facts):
        super().__init__(kind)
        self.kind = kind
        self.facts = facts
