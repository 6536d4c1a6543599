"""The command line, run as a person would run it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

SITE = Path(__file__).resolve().parents[2] / "site"


def inkling(*arguments) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "inkling", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=SITE, timeout=120)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory, drawn_digits) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    drawn_digits[7].save(folder / "seven.png")
    drawn_digits[3].save(folder / "three.jpg")
    Image.new("L", (50, 50), 255).save(folder / "blank.png")
    (folder / "empty.png").write_bytes(b"")
    (folder / "letter.png").write_text("Dear diary")
    Image.new("L", (1, 1)).save(folder / "dot.png")
    Image.new("1", (20_000, 20_000)).save(folder / "vast.png")
    (folder / "cut.jpg").write_bytes((folder / "three.jpg").read_bytes()[:900])
    return folder


def test_each_picture_gets_one_line(pictures):
    run = inkling(pictures / "seven.png", pictures / "three.jpg", pictures / "blank.png")
    seven, three, blank = run.stdout.splitlines()
    assert seven.startswith(f"{pictures / 'seven.png'}: 7 (") and seven.endswith("%)")
    assert three.startswith(f"{pictures / 'three.jpg'}: 3 (")
    assert blank == f"{pictures / 'blank.png'}: no ink"
    assert (run.returncode, run.stderr) == (0, "")


def test_json_gives_one_object_a_line(pictures):
    run = inkling("--json", pictures / "seven.png", pictures / "blank.png")
    seven, blank = map(json.loads, run.stdout.splitlines())
    assert seven["digit"] == 7 and len(seven["probabilities"]) == 10
    assert (blank["digit"], blank["reason"]) == (None, "no ink")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("empty.png", "empty"),
        ("letter.png", "not a picture"),
        ("cut.jpg", "damaged or cut short"),
        ("dot.png", "1 x 1 pixels, too small"),
        ("vast.png", "million"),
        ("absent.png", "cannot be opened"),
        (".", "cannot be opened"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence_and_the_rest_is_read(pictures, name, said):
    run = inkling(pictures / name, pictures / "seven.png")
    assert run.returncode == 1
    assert said in run.stderr and run.stderr.count("\n") == 1
    assert "seven.png: 7" in run.stdout


def test_a_model_that_is_missing_or_altered_gets_one_sentence(pictures, trained_model):
    altered = bytearray(trained_model.read_bytes())
    altered[len(altered) // 2] ^= 1
    (pictures / "altered.npz").write_bytes(altered)
    for name, said in (("absent.npz", "is missing"), ("altered.npz", "is damaged")):
        run = inkling("--model", pictures / name, pictures / "seven.png")
        assert (run.returncode, run.stdout) == (1, "")
        assert run.stderr == f"inkling: {name} {said}; run `make export`, or reload the page.\n"
