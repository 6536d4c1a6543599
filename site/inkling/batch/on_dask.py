"""Read the parts of a list on a Dask cluster.

Workers read. This process hands out parts and writes the rows that come back. So workers need no
access to the folder of results. When a worker dies, Dask gives its part to another. A part that
keeps killing workers is cut into pieces, down to the picture that does it.
"""

import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from ..output import failed_record
from .list_parts import PartError, Parts
from .part_formats import JsonLinesParts, PartFormat
from .processes import DIED
from .rows import read_files

AHEAD = 3  # pieces for each thread of the cluster that are handed out: more would only wait
PIECES = 8  # that a deadly piece is cut into
JSON_LINES = JsonLinesParts()
NO_DASK = "--dask needs Dask; run `pip install 'inkling-reader[dask]'`."


class Piece(NamedTuple):
    """Names of a part that are read together. start: the place of the first in the part."""

    part: int
    start: int
    names: Sequence[str]
    alone: bool = False  # nothing else is read meanwhile


def read_on_dask(
    parts: Parts,
    scheduler: str,
    settings: dict[str, Any],
    step: Callable[[int], None] = lambda count: None,
    form: PartFormat = JSON_LINES,
) -> int:
    """Read all parts that are missing, and return how many pictures could not be read.

    scheduler: its address, such as tcp://scheduler:8786. settings: arguments of `read_files`.
    step: is called with the number of pictures of each part that was written. form: how parts are
    written; its suffix is that of `parts`. Raises PartError, and OSError for a part that cannot be
    written.
    """
    try:
        from distributed import Client
    except ImportError:
        raise PartError(NO_DASK) from None
    try:
        client = Client(scheduler, set_as_default=False)
    except (OSError, ValueError) as error:
        raise PartError(f"No scheduler answers at {scheduler} ({error}); check it.") from None
    with client:
        return _Run(client, parts, settings, step, form).failed()


def read_piece(names: Sequence[str], settings: dict[str, Any]) -> tuple[list[str], int]:
    """Return a line of JSON for each picture, and how many could not be read: a worker's task."""
    rows = read_files(names, **settings)
    return [json.dumps(row) for row in rows], sum(row.failed for row in rows)


class _Run:
    """One run over all parts that are missing."""

    def __init__(
        self,
        client: Any,
        parts: Parts,
        settings: dict[str, Any],
        step: Callable[[int], None],
        form: PartFormat,
    ) -> None:
        from distributed import as_completed

        self._client, self._parts, self._settings = client, parts, settings
        self._step, self._form = step, form
        self._waiting = self._first_pieces()
        self._cut: deque[Piece] = deque()  # pieces of deadly ones
        self._suspects: deque[Piece] = deque()  # single pictures, each to be read alone
        self._running: dict[str, Piece] = {}
        self._completed = as_completed(loop=client.loop)
        self._lines: dict[int, dict[int, list[str]]] = {}  # by part and place, until it is whole
        self._left: dict[int, int] = {}  # pictures of each part that are still to be read
        self._failed = 0

    def failed(self) -> int:
        """Read everything."""
        self._hand_out()
        for future in self._completed:
            self._take(self._running.pop(future.key), future)
            self._hand_out()
        return self._failed

    def _first_pieces(self) -> Iterator[Piece]:
        for number, names in self._parts.missing():
            self._left[number] = len(names)
            yield Piece(number, 0, names)

    def _hand_out(self) -> None:
        """Give the cluster as much as it has threads for, and a little more."""
        wanted = AHEAD * max(1, sum(self._client.nthreads().values()))
        while len(self._running) < wanted:
            piece = self._cut.popleft() if self._cut else next(self._waiting, None)
            if piece is None and self._suspects and not self._running:
                piece = self._suspects.popleft()
            if piece is None:
                return
            future = self._client.submit(read_piece, piece.names, self._settings, pure=False)
            self._running[future.key] = piece
            self._completed.add(future)

    def _take(self, piece: Piece, future: Any) -> None:
        """Keep what was read of a piece; cut it up if it kills workers. Raises PartError."""
        from distributed import KilledWorker

        if future.cancelled():
            raise PartError("The scheduler has gone; start it again, and run this with --resume.")
        error = future.exception()
        if error is None:
            lines, failed = future.result()
        elif isinstance(error, ImportError):
            raise PartError(f"A worker cannot import the reader ({error}); install it there.")
        elif not isinstance(error, KilledWorker):
            raise PartError(f"A worker cannot read ({error}); mend that, and give --resume.")
        elif len(piece.names) > 1:
            self._cut.extend(_pieces(piece))
            return
        elif not piece.alone:  # its worker may have died of what it read besides
            self._suspects.append(piece._replace(alone=True))
            return
        else:
            lines, failed = [json.dumps(failed_record(piece.names[0], DIED))], 1
        self._failed += failed
        self._keep(piece, lines)

    def _keep(self, piece: Piece, lines: list[str]) -> None:
        """Keep the lines of a piece, and write its part once that is whole."""
        its = self._lines.setdefault(piece.part, {})
        its[piece.start] = lines
        self._left[piece.part] -= len(lines)
        if self._left[piece.part]:
            return
        ordered = [line for _, lines in sorted(its.items()) for line in lines]
        self._parts.write(piece.part, self._form.content(ordered))
        del self._lines[piece.part], self._left[piece.part]
        self._step(len(ordered))


def _pieces(piece: Piece) -> list[Piece]:
    size = -(-len(piece.names) // PIECES)
    starts = range(0, len(piece.names), size)
    return [Piece(piece.part, piece.start + at, piece.names[at : at + size]) for at in starts]
