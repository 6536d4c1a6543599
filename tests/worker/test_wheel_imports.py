"""The page imports from wheels as they lie."""

import importlib
import sys
import zipfile
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest
from PIL import _imagingmath

from worker import wheel_imports

COMPILED = Path(_imagingmath.__file__)


@pytest.fixture
def wheel(tmp_path, monkeypatch):
    """A wheel with a package of one module and two that are compiled, on the path."""
    lying = tmp_path / "abroad-1-py3-none-any.whl"
    with zipfile.ZipFile(lying, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("abroad/__init__.py", "from abroad import _imagingmath\n")
        archive.write(COMPILED, f"abroad/_imagingmath{EXTENSION_SUFFIXES[0]}")
        archive.writestr(f"abroad/_unused{EXTENSION_SUFFIXES[0]}", b"nothing that could be loaded")
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.syspath_prepend(lying)
    yield lying
    for name in [name for name in sys.modules if name.partition(".")[0] == "abroad"]:
        del sys.modules[name]


def test_what_is_compiled_in_a_wheel_can_be_imported(wheel, tmp_path):
    with pytest.raises(ImportError):
        importlib.import_module("abroad")
    wheel_imports.find_extensions([wheel], tmp_path / "out")
    abroad = importlib.import_module("abroad")
    assert abroad.__file__.startswith(str(wheel))
    assert callable(abroad._imagingmath.binop)


def test_what_is_not_imported_is_not_written(wheel, tmp_path):
    wheel_imports.find_extensions([wheel], tmp_path / "out")
    importlib.import_module("abroad")
    written = [path.name for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert written == [f"_imagingmath{EXTENSION_SUFFIXES[0]}"]


def test_what_is_in_no_wheel_is_left_to_others(wheel, tmp_path):
    wheel_imports.find_extensions([wheel], tmp_path / "out")
    for name in ("abroad", "abroad._missing", "_imagingmath"):
        assert sys.meta_path[-1].find_spec(name) is None
