"""The command line on many pictures: lists, tables that are continued, processes, progress."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from inkling import output
from inkling.__main__ import main
from inkling.batch.progress import CLEAR, Progress
from inkling.batch.rows import RowReader, read_files
from inkling.batch.sources import Source, sources
from ui.batch import records
from worker import serialize

SITE = Path(__file__).resolve().parents[3] / "site"
NAMES = ("3.png", "7.png", "blank.png", "broken.png")


@pytest.fixture(scope="module")
def folder(tmp_path_factory, drawn_digits) -> Path:
    folder = tmp_path_factory.mktemp("scans")
    drawn_digits[3].save(folder / "3.png")
    drawn_digits[7].save(folder / "7.png")
    Image.new("L", (50, 50), 255).save(folder / "blank.png")
    (folder / "broken.png").write_bytes(b"")
    return folder


def rows_in(table: Path) -> list[dict]:
    if table.suffix == ".jsonl":
        return [json.loads(line) for line in table.read_text().splitlines()]
    with table.open(newline="") as file:
        return list(csv.DictReader(file))


def files_in(table: Path) -> list[str]:
    return [Path(row["file"]).name for row in rows_in(table)]


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_run_that_is_resumed_reads_only_what_is_missing(kind, folder, tmp_path, capsys):
    table = tmp_path / f"out.{kind}"
    options = [f"--{kind}", str(table)]
    assert main([str(folder / "3.png"), str(folder / "broken.png"), *options]) == 1
    capsys.readouterr()
    assert main([str(folder), *options, "--resume"]) == 0
    said = capsys.readouterr()
    assert [Path(line.split(":")[0]).name for line in said.out.splitlines()] == NAMES_LEFT
    assert files_in(table) == ["3.png", "broken.png", *NAMES_LEFT]
    assert main([str(folder), *options, "--resume"]) == 0 and capsys.readouterr().out == ""


NAMES_LEFT = ["7.png", "blank.png"]


def test_a_stopped_run_keeps_its_rows_and_ends_quietly(folder, tmp_path):
    """Ctrl-C reaches the whole group of processes, as from a terminal."""
    table = tmp_path / "out.jsonl"
    listed = tmp_path / "scans.txt"
    listed.write_text(f"{folder / '7.png'}\n" * 20_000)
    for jobs in ("1", "2"):
        command = [sys.executable, "-m", "inkling", str(listed), "--quiet", "--jobs", jobs]
        with subprocess.Popen(
            [*command, "--jsonl", str(table)],
            cwd=SITE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=_heed_ctrl_c,
        ) as run:
            while not table.exists() or table.stat().st_size < 5_000:
                assert run.poll() is None
                time.sleep(0.05)
            os.killpg(run.pid, signal.SIGINT)
            said = run.stderr.read()
            assert run.wait() == 130 and said == b""
        assert {row["text"] for row in rows_in(table)} == {"7"}
        assert table.read_bytes().endswith(b"\n")
        table.unlink()


def _heed_ctrl_c():
    """Undo what a shell does to commands in the background, of which these tests may be one."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_names_come_from_lists_patterns_and_standard_input(folder, tmp_path, monkeypatch, capsys):
    listed = tmp_path / "scans.txt"
    listed.write_text(f"{folder / '7.png'}\n\n{folder / '3.png'}\n")
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{folder / 'blank.png'}\n"))
    assert main([str(listed), str(folder / "[0-9].png"), "--files-from", "-"]) == 0
    told = [Path(line.split(":")[0]).name for line in capsys.readouterr().out.splitlines()]
    assert told == ["7.png", "3.png", "3.png", "7.png", "blank.png"]
    assert main(["--files-from", str(tmp_path / "absent.txt")]) == 1
    assert "absent.txt cannot be opened" in capsys.readouterr().err


def test_an_odd_name_that_exists_is_no_pattern(folder, tmp_path):
    odd = tmp_path / "[7].png"
    odd.write_bytes((folder / "7.png").read_bytes())
    assert list(sources([str(odd)])) == [Source(str(odd))]
    assert list(sources([str(tmp_path / "?.tif")])) == [Source(str(tmp_path / "?.tif"))]


def test_an_address_is_opened_by_the_library_that_knows_it(folder):
    fsspec = pytest.importorskip("fsspec")
    fsspec.filesystem("memory").pipe_file("/scans/7.png", (folder / "7.png").read_bytes())
    names = ["memory://scans/7.png", "memory://scans/8.png", "nowhere://7.png"]
    seven, absent, unknown = read_files([*names])
    assert seven["text"] == "7" and seven["file"] == names[0]
    assert absent["text"] == "" and "cannot be opened" in absent["reason"]
    assert unknown["text"] == "" and "nowhere" in unknown["reason"]


def test_a_text_that_is_less_sure_than_asked_for_is_withheld(folder, capsys):
    assert main([str(folder / "7.png"), "--json", "--min-confidence", "1"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["text"], row["label"], row["confidence"]) == ("", None, None)
    assert row["reason"].startswith("unsure, perhaps 7 (9") and row["digits"][0]["label"] == 7
    for wrong in ("2", "nan", "much"):
        with pytest.raises(SystemExit) as ended:
            main([str(folder / "7.png"), "--min-confidence", wrong])
        assert ended.value.code == 2
    assert "no probability" in capsys.readouterr().err


def test_a_single_digit_has_the_record_that_the_page_gives_a_digit(reader, folder):
    read = RowReader(reader, single=True)
    for name in NAMES[:3]:
        told = SimpleNamespace(**serialize.digit(reader.read_digit(folder / name)))
        expected = dict(records.record_of(str(folder / name), told))
        assert dict(read(Source(str(folder / name)))) == expected
    assert output.summary(read(Source(str(folder / "blank.png")))) == "no ink"


def test_nothing_to_read_and_nothing_to_resume_are_wrong_options(folder, capsys):
    for options in ([], [str(folder), "--resume"]):
        with pytest.raises(SystemExit) as ended:
            main(options)
        assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "nothing to read" in said and "give --csv FILE or --jsonl FILE" in said


def test_an_error_that_was_not_thought_of_is_a_row_too(folder):
    class Broken:
        def read(self, image, dark_ink=None):
            raise ZeroDivisionError("division by zero")

    row = RowReader(Broken())(Source(str(folder / "7.png")))
    assert row.failed and "ZeroDivisionError" in row["reason"] and row["text"] == ""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_says_how_far_how_fast_and_how_long():
    screen, times = Terminal(), iter([0.0, 0.1, 10.0, 10.1])
    progress = Progress(1_000, screen, lambda: next(times))
    for _ in range(3):
        progress.step(100)
    assert screen.getvalue() == f"{CLEAR}200 of 1,000, 20.0 a second, 0:40 left"
    progress.clear()
    assert screen.getvalue().endswith(CLEAR)


def test_progress_in_a_file_is_nothing():
    file, times = io.StringIO(), iter(range(9))
    progress = Progress(None, file, lambda: next(times))
    progress.step()
    progress.clear()
    assert file.getvalue() == "" and progress.done == 1


def test_progress_without_a_known_end_counts():
    screen, times = Terminal(), iter([0.0, 10.0])
    Progress(None, screen, lambda: next(times)).step(25)
    assert screen.getvalue() == f"{CLEAR}25 read, 2.5 a second"
