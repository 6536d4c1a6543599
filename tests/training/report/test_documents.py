"""The documents' links, commands and code work."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "docs" / "samples"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "export/FORMAT.md"])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_into_the_repository_leads_somewhere(document):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text())
    links += re.findall(r'(?:src|srcset)="(?!https?:)([^"]+)"', document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_readme_has_at_most_150_lines():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 150


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for document in DOCUMENTS:
        named = set(re.findall(r"(?:`|^)make ([a-z-]+)", document.read_text(), re.MULTILINE))
        assert named <= targets, document.name


def test_the_reader_of_the_model_file_in_its_description_works():
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "export/FORMAT.md").read_text(), re.DOTALL)
    said = python("-c", code)
    assert said.splitlines()[0].startswith("conv2d (5, 5, 1, ")
    assert said.splitlines()[-1].startswith("dense (")


def test_the_python_in_the_readme_works(drawn_digits, tmp_path):
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    drawn_digits[7].save(tmp_path / "photo.jpg")
    code = code.replace("site/model", str(ROOT / "site" / "model"))
    assert python("-c", code, folder=tmp_path).startswith("7 0.")


def test_the_sample_pictures_of_the_readme_are_there_and_read_as_it_says():
    readme = (ROOT / "README.md").read_text()
    named = set(re.findall(r"docs/samples/(\w+\.jpg)", readme))
    assert {it.name for it in SAMPLES.iterdir()} == named
    ((said, name),) = re.findall(r"# ((docs/samples/\S+): \d+ \([\d.]+%\))", readme)
    assert python("-m", "inkling", name) == said


@pytest.mark.slow
def test_the_installed_command_carries_its_weights(drawn_digits, tmp_path):
    drawn_digits[7].save(tmp_path / "seven.png")
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", str(tmp_path / "lib")]
    python(*install, str(ROOT))
    read = python("-m", "inkling", "seven.png", folder=tmp_path, path=tmp_path / "lib")
    assert read.startswith("seven.png: 7 (")


def python(*arguments: str, folder: Path = ROOT, path: Path = ROOT / "site") -> str:
    """Run Python in a folder with the package on one path alone; returns its output."""
    run = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()
