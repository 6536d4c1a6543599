"""The recipes of docs/scale.md do what they say, where their libraries are installed."""

import json
import os
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
RECIPE = re.compile(r"<!-- recipe: (\w+) -->\n```python\n(.*?)```", re.S)
RECIPES = dict(RECIPE.findall((ROOT / "docs" / "scale.md").read_text()))
LIBRARY = {"ray": "ray.data", "spark": "pyspark"}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_a_recipe_gives_each_file_one_row(name, drawn_digits, tmp_path, monkeypatch):
    pytest.importorskip(LIBRARY[name], reason=f"{name} is not installed; it is a large package")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "site"), *sys.path]))
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    scans = []
    for number in range(6):
        path = tmp_path / f"{number}.png"
        drawn_digits[(3, 7)[number % 2]].save(path)
        scans.append(str(path))
    scans.append(str(tmp_path / "absent.png"))
    results = tmp_path / "results"
    exec(RECIPES[name], {"__name__": "recipe", "scans": scans, "results": str(results)})
    lines = [line for part in results.glob("*.json") for line in part.read_text().splitlines()]
    rows = sorted((json.loads(line) for line in lines), key=lambda row: row["file"])
    assert [row["file"] for row in rows] == sorted(scans)
    assert [row.get("text") for row in rows] == ["3", "7"] * 3 + [""]
    assert "cannot be opened" in rows[-1]["reason"]


def test_there_is_a_recipe_for_each_engine():
    assert set(RECIPES) == set(LIBRARY)
