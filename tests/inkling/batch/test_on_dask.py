"""A list read on a real cluster of several processes, some of which die."""

import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from inkling.__main__ import main
from inkling.batch import on_dask
from inkling.batch.list_parts import PartError, Parts

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster():
    """A scheduler and two workers, each a process with one thread."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def scans(tmp_path_factory, drawn_digits) -> list[str]:
    """Two hundred pictures, of which every tenth cannot be read."""
    folder = tmp_path_factory.mktemp("scans")
    for number in range(200):
        path = folder / f"{number:03}.png"
        if number % 10 == 9:
            path.write_bytes(b"no picture")
        else:
            drawn_digits[(3, 7)[number % 2]].save(path)
    return sorted(map(str, folder.iterdir()))


def rows_in(folder: Path) -> list[dict]:
    parts = sorted(folder.glob("part-*.jsonl"))
    return [json.loads(line) for part in parts for line in part.read_text().splitlines()]


def test_every_picture_has_one_row_although_a_worker_is_killed(cluster, scans, tmp_path, capsys):
    listed, out = tmp_path / "scans.txt", tmp_path / "results"
    listed.write_text("".join(f"{name}\n" for name in scans))
    command = [str(listed), "--dask", cluster.scheduler_address, "--out", str(out), "--part", "8"]
    killed = []

    def kill_one() -> None:
        while not list(out.glob("part-*")):
            time.sleep(0.01)
        with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
            pids = client.run(os.getpid)
        killed.append(next(iter(pids.values())))
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill_one, daemon=True)
    killer.start()
    assert main(command) == 1
    killer.join()
    assert killed and "200 pictures, 20 could not be read" in capsys.readouterr().out
    rows = rows_in(out)
    assert [row["file"] for row in rows] == scans
    texts = ["" if number % 10 == 9 else "37"[number % 2] for number in range(200)]
    assert [row["text"] for row in rows] == texts
    assert all("not a picture" in row["reason"] for row in rows[9::10])
    assert main(command) == 1 and "give --resume" in capsys.readouterr().err


def test_a_resumed_run_reads_only_the_parts_that_are_missing(cluster, scans, tmp_path, capsys):
    out = tmp_path / "results"
    command = [*scans[:20], "--dask", cluster.scheduler_address, "--out", str(out), "--part", "5"]
    assert main([*command, "--resume"]) == 1  # a new folder is no obstacle
    before = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}
    (out / "part-00002.jsonl").unlink()
    capsys.readouterr()
    assert main([*command, "--resume"]) == 0  # none of these five is broken
    assert "5 pictures, 0 could not be read" in capsys.readouterr().out
    after = {path.name: path.stat().st_mtime_ns for path in out.iterdir()}
    assert {name for name in before if before[name] != after[name]} == {"part-00002.jsonl"}
    assert [row["file"] for row in rows_in(out)] == scans[:20]
    assert main([scans[0], *command, "--resume"]) == 1
    assert "another list" in capsys.readouterr().err


def test_parts_as_parquet_are_whole_and_are_resumed(cluster, scans, tmp_path, capsys):
    parquet = pytest.importorskip("pyarrow.parquet")
    out = tmp_path / "results"
    command = [*scans[:20], "--dask", cluster.scheduler_address, "--out", str(out), "--part", "5"]
    assert main([*command, "--parquet"]) == 1
    (out / "part-00002.parquet").unlink()
    capsys.readouterr()
    assert main([*command, "--parquet", "--resume"]) == 0
    assert "5 pictures, 0 could not be read" in capsys.readouterr().out
    rows = parquet.read_table(out).to_pylist()  # a folder of parts is one table
    assert [row["file"] for row in rows] == scans[:20]
    assert [row["text"] for row in rows] == [*"373737373", "", *"373737373", ""]
    assert main([*command, "--resume"]) == 1
    assert "with other options" in capsys.readouterr().err


def read_unless_deadly(names, settings):
    """As `on_dask.read_piece`, but one picture kills its worker each time."""
    if any(name.endswith("013.png") for name in names):
        os.kill(os.getpid(), signal.SIGKILL)
    return [json.dumps({"file": name, "reason": None}) for name in names], 0


def test_a_picture_that_kills_each_worker_costs_its_own_row(cluster, scans, tmp_path, monkeypatch):
    monkeypatch.setattr(on_dask, "read_piece", read_unless_deadly)
    cluster.scheduler.allowed_failures = 0  # else it kills four workers before that is said
    parts = Parts(str(tmp_path / "out"), scans[12:16], {}, size=2)
    assert on_dask.read_on_dask(parts, cluster.scheduler_address, {}) == 1
    rows = rows_in(tmp_path / "out")
    assert [row["file"] for row in rows] == scans[12:16]
    assert [row["reason"] is None for row in rows] == [n != 13 for n in range(12, 16)]


def test_a_scheduler_that_does_not_answer_is_said(scans, tmp_path, capsys):
    with dask.config.set({"distributed.comm.timeouts.connect": "200ms"}):
        command = [scans[0], "--dask", "tcp://127.0.0.1:9", "--out", str(tmp_path / "out")]
        assert main(command) == 1
    assert "No scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err


def test_options_that_do_not_go_together_are_wrong(scans, tmp_path):
    alone = ["--dask", "tcp://127.0.0.1:9"], ["--out", str(tmp_path / "out")]
    for options in (*alone, [*alone[0], *alone[1], "--jobs", "2"], ["--parquet"]):
        with pytest.raises(SystemExit) as ended:
            main([scans[0], *options])
        assert ended.value.code == 2


def test_parts_can_be_written_to_an_address():
    parts = Parts("memory://results", ["a", "b", "c"], {}, size=2)
    parts.write(1, b"rows\n")
    again = Parts("memory://results", ["a", "b", "c"], {}, size=2, resume=True)
    assert [number for number, _ in again.missing()] == [0]
    with pytest.raises(PartError, match="already"):
        Parts("memory://results", ["a", "b", "c"], {}, size=2)
