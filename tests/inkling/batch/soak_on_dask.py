"""Read 20,000 pictures on four processes, one of which is killed: part of `make soak`.

Every tenth picture cannot be read. The short version is test_on_dask.py.
"""

import json
import os
import signal
import threading
import time
from pathlib import Path

import distributed
import pytest
from PIL import Image

from inkling.__main__ import main

PICTURES = int(os.environ.get("INKLING_PICTURES", 20_000))
PROCESSES = 4
PART = max(10, PICTURES // 100)
SIDE = 56  # pixels: small, as reading is what is tried here, not decoding


@pytest.fixture(scope="module")
def scans(tmp_path_factory, drawn_digits) -> list[str]:
    folder = tmp_path_factory.mktemp("scans")
    for label in (3, 7):
        small = drawn_digits[label].resize((SIDE, SIDE), Image.Resampling.BOX)
        small.save(folder / f"{label}.png")
    (folder / "broken.png").write_bytes(b"no picture")
    names = [folder / f"{number:05}.png" for number in range(PICTURES)]
    for number, name in enumerate(names):
        kind = "broken" if number % 10 == 9 else (3, 7)[number % 2]
        name.hardlink_to(folder / f"{kind}.png")
    return [str(name) for name in names]


def expected(scans: list[str]) -> list[tuple[str, str]]:
    texts = ("" if number % 10 == 9 else "37"[number % 2] for number in range(PICTURES))
    return list(zip(scans, texts, strict=True))


def rows_in(folder: Path) -> list[tuple[str, str]]:
    parts = sorted(folder.glob("part-*.jsonl"))
    lines = [line for part in parts for line in part.read_text().splitlines()]
    return [(row["file"], row["text"]) for row in map(json.loads, lines)]


def kill_one_of(cluster: distributed.LocalCluster, out: Path) -> None:
    """Kill a worker once a fifth of the parts is there."""
    while len(list(out.glob("part-*"))) < 20:
        time.sleep(0.05)
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        pids = client.run(os.getpid)
    os.kill(next(iter(pids.values())), signal.SIGKILL)


def test_every_picture_of_many_has_one_row_although_a_worker_is_killed(scans, tmp_path, capsys):
    out, listed = tmp_path / "results", tmp_path / "scans.txt"
    listed.write_text("".join(f"{name}\n" for name in scans))
    with distributed.LocalCluster(
        n_workers=PROCESSES, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        command = [str(listed), "--dask", cluster.scheduler_address, "--out", str(out)]
        command += ["--part", str(PART)]
        killer = threading.Thread(target=kill_one_of, args=(cluster, out), daemon=True)
        killer.start()
        start = time.monotonic()
        assert main(command) == 1
        seconds = time.monotonic() - start
        killer.join()
        assert rows_in(out) == expected(scans)
        parts = sorted(out.glob("part-*"))
        removed = parts[::4]
        for part in removed:
            part.unlink()
        kept = {part: part.stat().st_mtime_ns for part in parts if part not in removed}
        capsys.readouterr()
        assert main([*command, "--resume"]) == 1
        assert f"{PART * len(removed):,} pictures" in capsys.readouterr().out
    assert {part: part.stat().st_mtime_ns for part in kept} == kept
    assert rows_in(out) == expected(scans)
    with capsys.disabled():
        print(f"\n{PICTURES:,} pictures in {seconds:.0f} s with {PROCESSES} processes")
