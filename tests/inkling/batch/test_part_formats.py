"""Parts as Parquet hold what parts as JSON lines hold."""

import builtins
import io
import json

import pytest

from inkling.batch.list_parts import PartError
from inkling.batch.part_formats import JsonLinesParts, ParquetParts
from inkling.batch.rows import read_files
from inkling.output import failed_record


@pytest.fixture(scope="module")
def lines(drawn_digits, tmp_path_factory) -> list[str]:
    """Rows of a digit, of a letter, and of two files that cannot be read."""
    path = tmp_path_factory.mktemp("scans") / "7.png"
    drawn_digits[7].save(path)
    rows = [
        *read_files([str(path)]),
        *read_files([str(path)], letters=True, single=True),
        failed_record("absent.png", "No."),
        failed_record("odd\udcff.png", "No."),
    ]
    return [json.dumps(row) for row in rows]


def test_parquet_has_the_values_of_the_json(lines):
    parquet = pytest.importorskip("pyarrow.parquet")
    columns = parquet.read_table(io.BytesIO(ParquetParts().content(lines))).to_pylist()
    rows = [json.loads(line) for line in JsonLinesParts().content(lines).splitlines()]
    for row, read in zip(rows[:3], columns, strict=False):
        assert list(read) == list(row)
        for key in ("file", "text", "confidence", "reason", "left_out"):
            assert read[key] == row[key]
        assert read["label"] == (None if row["label"] is None else str(row["label"]))
        for its, told in zip(read["digits"], row["digits"], strict=True):
            assert its["box"] == told["box"]
            assert dict(its["probabilities"]) == told["probabilities"]
            assert its["alternatives"] == told.get("alternatives")
    assert columns[3]["file"] == "odd\\udcff.png"  # Arrow's text is UTF-8


def test_parts_without_a_reading_have_the_same_columns(lines):
    parquet = pytest.importorskip("pyarrow.parquet")
    parts = [ParquetParts().content(its) for its in (lines[:1], lines[2:], [])]
    schemas = [parquet.read_schema(io.BytesIO(part)) for part in parts]
    assert schemas[0].equals(schemas[1]) and schemas[0].equals(schemas[2])


def test_without_the_library_parquet_says_what_to_install(monkeypatch):
    imported = builtins.__import__

    def without(name, *rest, **named):
        if name.partition(".")[0] == "pyarrow":
            raise ImportError(name)
        return imported(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PartError, match=r"inkling-reader\[parquet\]"):
        ParquetParts()
