"""The notebook runs from top to bottom, and its own comparisons hold."""

import json
import os

import pytest

from docs.folder_table import ROOT

NOTEBOOK = ROOT / "docs" / "notebooks" / "build_it_yourself.ipynb"


@pytest.fixture(scope="module")
def cells() -> list[str]:
    """Return the sources of the code cells."""
    found = json.loads(NOTEBOOK.read_text())
    assert found["nbformat"] == 4
    return ["".join(cell["source"]) for cell in found["cells"] if cell["cell_type"] == "code"]


def test_every_cell_runs_and_three_programs_agree(cells, monkeypatch, capsys):
    monkeypatch.chdir(NOTEBOOK.parent)
    names = {"__name__": "notebook"}
    for cell in cells:
        exec(compile(cell, os.fspath(NOTEBOOK), "exec"), names)
    said = capsys.readouterr().out
    for program in ("inkling", "ONNX Runtime", "Keras"):
        assert f"{program} differs by at most" in said


def test_the_forward_pass_is_short(cells):
    forward = next(cell for cell in cells if "def apply" in cell)
    lines = [line for line in forward.splitlines() if line.strip()]
    assert len(lines) <= 32


def test_no_outputs_are_committed():
    cells = json.loads(NOTEBOOK.read_text())["cells"]
    assert not any(cell.get("outputs") for cell in cells)
