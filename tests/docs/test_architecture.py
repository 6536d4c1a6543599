"""docs/architecture.md names files that exist, and its table of folders is not far off."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "architecture.md"
BASES = ("", "site", "training")  # what the paths of a section are relative to
# A count may be off by this share, or by this many lines: the table need not follow each commit.
SHARE, LINES = 0.25, 60

spec = importlib.util.spec_from_file_location("folder_table", ROOT / "docs" / "folder_table.py")
folder_table = importlib.util.module_from_spec(spec)
spec.loader.exec_module(folder_table)


@pytest.fixture(scope="module")
def written() -> dict[str, tuple[int, int]]:
    """The table as it stands: (files, lines) by folder."""
    rows = re.findall(r"^\| `(.+)/` \| .+ \| (\d+) \| ([\d,]+) \|$", DOCUMENT.read_text(), re.M)
    return {folder: (int(files), int(lines.replace(",", ""))) for folder, files, lines in rows}


def test_every_file_that_is_named_exists():
    named = re.findall(
        r"`([\w./-]*[\w-]+(?:/|\.(?:py|js|css|json|md|toml|txt|npz|onnx|html)))`",
        DOCUMENT.read_text(),
    )
    assert len(named) > 80
    missing = {name for name in named if not any((ROOT / base / name).exists() for base in BASES)}
    assert missing == set()


def test_the_table_has_every_folder_with_code(written):
    assert set(written) == set(folder_table.count_code())


def test_files_and_lines_are_about_right(written):
    for folder, (files, lines) in folder_table.count_code().items():
        said_files, said_lines = written[folder]
        assert abs(said_files - files) <= max(2, SHARE * files), f"{folder}: run `make folders`"
        assert abs(said_lines - lines) <= max(LINES, SHARE * lines), f"{folder}: run `make folders`"


def test_every_folder_is_described():
    assert all(folder_table.describe(folder) for folder in folder_table.count_code())
