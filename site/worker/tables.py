"""Pages of numbers for the page's table: read in rows and columns, as plain values.

It is short, as it is fetched only where a table is asked for.
"""

from time import perf_counter

from inkling import PictureError, Reader
from inkling.tables.expected import expectation
from worker import serialize
from worker.parts import cut_out

WHOLE = [0, 0, 0, 1, 1]  # as a part: unlike none at all, it is cut from the picture in full size


def read_page(
    reader: Reader, encoded, quarters: int, corners, expected, part=None, progress=None
) -> dict:
    """Read a picture file as a table.

    quarters, part: how it is turned before, and which part is read; see parts.py. corners: None, or
    [x, y] of the page's corners in pixels of the picture so cut, clockwise from the top left.
    expected: for each column None or {"kind", "count"}: see `tables.expected`. progress: as for
    Reader.read_table. Returns `serialize.table` with "milliseconds", or {"error"}.
    """
    start = perf_counter()
    try:
        kinds = expected and [it and expectation(it["kind"], it.get("count")) for it in expected]
        points = corners and [(float(x), float(y)) for x, y in corners]
        image = cut_out(encoded, quarters, part or (WHOLE if quarters else []))
        read = reader.read_table(image, kinds or None, points or None, progress)
    except PictureError as error:
        return serialize.failure("picture", error)
    result = serialize.table(read)
    result["milliseconds"] = 1000 * (perf_counter() - start)
    return result
