"""Modules that come later are found in the packages that there are."""

import importlib
import sys
import zipfile

import pytest

from worker import later_modules


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """Return the path of an archive with one more module of the worker; forget it afterwards."""
    import worker

    monkeypatch.setattr(worker, "__path__", list(worker.__path__))
    source = tmp_path / "source.zip"
    with zipfile.ZipFile(source, "w") as opened:
        opened.writestr("RECIPE", "")
        opened.writestr("worker/extra/__init__.py", "")
        opened.writestr("worker/extra/greeting.py", "WORD = 'hello'")
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    later_modules.keep(source.read_bytes(), "later", tmp_path)
    yield
    for name in ("worker.extra", "worker.extra.greeting"):
        sys.modules.pop(name, None)


def test_a_package_finds_the_modules_of_the_archive(archive):
    from worker.extra.greeting import WORD

    assert WORD == "hello"


def test_only_what_a_module_exports_can_be_called():
    assert callable(later_modules.function("layer_values", "look"))
    for name in ("_steps", "np", "missing"):
        with pytest.raises(AttributeError, match="does not export"):
            later_modules.function("layer_values", name)


@pytest.mark.parametrize(
    ("module", "archive"),
    [("PIL.none", "pillow"), ("inkling.none", "later"), ("worker.none", "later")],
)
def test_a_call_says_which_archive_it_is_missing(module, archive):
    call = later_modules.says_what_is_missing(importlib.import_module)
    assert call(module) == {"missing": archive}


def test_a_module_that_no_archive_holds_is_an_error():
    with pytest.raises(ImportError):
        later_modules.says_what_is_missing(importlib.import_module)("no_such_module")
