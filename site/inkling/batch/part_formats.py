"""The rows of a part -> the content of its file: JSON lines, or Parquet for table engines.

Parquet needs pyarrow, which few have. Every part has the same columns, even those that it has
no values for. So an engine can read a folder of parts as one table.
"""

import json
from collections.abc import Sequence
from typing import Any, Protocol

from .list_parts import PartError

NO_ARROW = "--parquet needs pyarrow; run `pip install 'inkling-reader[parquet]'`."


class PartFormat(Protocol):
    """How rows are written. suffix: of the part's file."""

    suffix: str

    def content(self, lines: Sequence[str]) -> bytes:
        """Return a file that holds these rows, given as one JSON object each."""


class JsonLinesParts:
    """One JSON object a line."""

    suffix = "jsonl"

    def content(self, lines: Sequence[str]) -> bytes:
        """Return the lines, as ASCII."""
        return "".join(line + "\n" for line in lines).encode()


class ParquetParts:
    """One row a picture, with the keys of a record as columns.

    Labels are text, "7" or "A", as a column has one type. Raises PartError without pyarrow.
    """

    suffix = "parquet"

    def __init__(self) -> None:
        try:
            self._schema = _schema()
        except ImportError:
            raise PartError(NO_ARROW) from None

    def content(self, lines: Sequence[str]) -> bytes:
        """Return a Parquet file."""
        from pyarrow import BufferOutputStream, Table  # type: ignore[import-untyped]
        from pyarrow.parquet import write_table  # type: ignore[import-untyped]

        rows = [_row(json.loads(line)) for line in lines]
        stream = BufferOutputStream()
        write_table(Table.from_pylist(rows, self._schema), stream)
        return bytes(stream.getvalue())


def _row(record: dict[str, Any]) -> dict[str, Any]:
    # Arrow's text is UTF-8; the name of a file need not be.
    name = record["file"].encode("utf-8", "backslashreplace").decode()
    digits = [_columns(digit) for digit in record["digits"]]
    return _columns(record) | {"file": name, "digits": digits}


def _columns(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record, or one of its digits, with the types that the columns have."""
    label, chances = record["label"], record["probabilities"]
    return record | {
        "label": None if label is None else str(label),
        "probabilities": None if chances is None else list(chances.items()),
    }


def _schema() -> Any:
    """Return the columns and their types. Raises ImportError."""
    import pyarrow as pa

    box = pa.list_(pa.int64())
    chances = pa.map_(pa.string(), pa.float64())
    digit = [
        ("label", pa.string()),
        ("character", pa.string()),
        ("confidence", pa.float64()),
        ("reason", pa.string()),
        ("probabilities", chances),
        ("box", box),
        ("alternatives", pa.list_(pa.string())),
    ]
    return pa.schema(
        [
            ("file", pa.string()),
            ("text", pa.string()),
            ("label", pa.string()),
            ("confidence", pa.float64()),
            ("reason", pa.string()),
            ("probabilities", chances),
            ("digits", pa.list_(pa.struct(digit))),
            ("left_out", pa.list_(box)),
        ]
    )
