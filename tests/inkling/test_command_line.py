"""The command line, run as a person would run it."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

SITE = Path(__file__).resolve().parents[2] / "site"


def inkling(*arguments, given: bytes | None = None) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "inkling", *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, input=given, cwd=SITE, timeout=300)
    return subprocess.CompletedProcess(
        command, run.returncode, run.stdout.decode(), run.stderr.decode()
    )


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
    assert seven["label"] == 7 and list(seven["probabilities"]) == [*"0123456789", "none"]
    assert (blank["label"], blank["reason"]) == (None, "no ink")


def test_a_number_is_one_line_and_its_digits_are_in_the_json(pictures, drawn_digits, tmp_path):
    number = Image.new("L", (400, 160), 255)
    for place, label in enumerate((3, 0, 7)):
        number.paste(drawn_digits[label].resize((110, 110)), (20 + 125 * place, 25))
    number.save(tmp_path / "number.png")
    told = json.loads(inkling("--json", tmp_path / "number.png").stdout)
    assert told["text"] == "307" and 0 < told["confidence"] <= 1 and told["reason"] is None
    assert [digit["label"] for digit in told["digits"]] == [3, 0, 7]


def test_a_folder_and_standard_input_are_read_into_a_table(pictures, drawn_digits, tmp_path):
    (tmp_path / "shots").mkdir()
    for name in ("seven.png", "blank.png", "empty.png"):
        (tmp_path / "shots" / name).write_bytes((pictures / name).read_bytes())
    (tmp_path / "shots" / "notes.txt").write_text("no picture, and not asked for")
    drawn = io.BytesIO()
    drawn_digits[3].save(drawn, "PNG")
    run = inkling(tmp_path / "shots", "-", "--csv", tmp_path / "out.csv", given=drawn.getvalue())
    assert run.returncode == 1 and run.stderr.count("\n") == 1 and "-: 3 (" in run.stdout
    with (tmp_path / "out.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    told = [(Path(row["file"]).name, row["text"], row["reason"]) for row in rows]
    assert told[0] == ("blank.png", "", "no ink")
    assert told[1][:2] == ("empty.png", "") and "empty" in told[1][2]
    assert told[2:] == [("seven.png", "7", ""), ("-", "3", "")]
    assert 0 < float(rows[2]["confidence"]) <= 1 and rows[2]["label"] == "7"


def test_a_folder_without_pictures_and_a_table_that_cannot_be_written_are_said(pictures, tmp_path):
    run = inkling(tmp_path)
    assert run.returncode == 1 and "holds no picture" in run.stderr
    run = inkling(pictures / "seven.png", "--csv", tmp_path / "absent" / "out.csv")
    assert (run.returncode, run.stdout) == (1, "") and "cannot be written" in run.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("empty.png", "empty"),
        ("letter.png", "not a picture"),
        ("cut.jpg", "damaged or cut short"),
        ("dot.png", "1 x 1 pixels, too small"),
        ("vast.png", "million"),
        ("absent.png", "cannot be opened"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence_and_the_rest_is_read(pictures, name, said):
    run = inkling(pictures / name, pictures / "seven.png")
    assert run.returncode == 1
    assert said in run.stderr and run.stderr.count("\n") == 1
    assert "seven.png: 7" in run.stdout


def test_a_picture_is_never_overwritten_by_a_table(pictures, tmp_path):
    seven, blank = tmp_path / "seven.png", tmp_path / "blank"
    for path, name in ((seven, "seven.png"), (blank, "blank.png")):
        path.write_bytes((pictures / name).read_bytes())
    for table, picture in ((seven, blank), (blank, blank), ("-", seven)):
        run = inkling("--csv", table, picture)
        assert (run.returncode, run.stdout) == (1, "") and "no name for a table" in run.stderr
    assert seven.read_bytes() == (pictures / "seven.png").read_bytes()
    assert blank.read_bytes() == (pictures / "blank.png").read_bytes()


def test_names_that_cannot_be_opened_or_written_stop_nothing(pictures, tmp_path):
    (tmp_path / "d" / "sub.png").mkdir(parents=True)
    odd = tmp_path / os.fsdecode(b"\xff.png")
    odd.write_bytes((pictures / "seven.png").read_bytes())
    (tmp_path / "locked").mkdir(mode=0)
    names = ["x" * 300, tmp_path / "d", tmp_path / "locked" / "7.png", odd, pictures / "seven.png"]
    run = inkling(*names, "--csv", tmp_path / "out.csv")
    assert run.returncode == 1 and "Traceback" not in run.stderr
    assert run.stderr.count("\n") == 3 and run.stdout.count(": 7 (") == 2
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 6


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_a_full_disk_is_said_in_one_sentence(pictures):
    run = inkling(pictures / "seven.png", "--csv", "/dev/full")
    assert run.returncode == 1 and run.stderr.count("\n") == 1
    assert "cannot be written (No space left on device)" in run.stderr


def test_who_hears_only_the_first_line_gets_no_traceback(pictures):
    command = [sys.executable, "-u", "-m", "inkling", *[str(pictures / "seven.png")] * 9]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=SITE, stdout=pipe, stderr=pipe) as run:
        assert b": 7 (" in run.stdout.readline()
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait() == 1


def test_a_minus_between_digits_is_read(drawn_digits, tmp_path):
    number = Image.new("L", (400, 160), 255)
    for place, label in enumerate((3, None, 7)):
        if label is not None:
            number.paste(drawn_digits[label].resize((110, 110)), (20 + 125 * place, 25))
    number.paste(0, (160, 78, 220, 86))
    number.save(tmp_path / "minus.png")
    assert inkling(tmp_path / "minus.png").stdout.startswith(f"{tmp_path / 'minus.png'}: 3-7 (")


def test_a_model_that_is_missing_or_altered_gets_one_sentence(pictures, trained_model):
    altered = bytearray(trained_model.read_bytes())
    altered[len(altered) // 2] ^= 1
    (pictures / "altered.npz").write_bytes(altered)
    for name, said in (("absent.npz", "is missing"), ("altered.npz", "is damaged")):
        run = inkling("--model", pictures / name, pictures / "seven.png")
        assert (run.returncode, run.stdout) == (1, "")
        assert run.stderr == f"inkling: {name} {said}; run `make export`, or reload the page.\n"


def test_several_processes_tell_the_same_in_the_same_order(pictures, tmp_path):
    names = [pictures / name for name in ("seven.png", "empty.png", "blank.png", "absent.png")]
    names += [pictures / "three.jpg", "-", pictures / "cut.jpg"]
    given = (pictures / "seven.png").read_bytes()
    one, two = (inkling(*names, "--json", "--jobs", jobs, given=given) for jobs in (1, 2))
    assert (one.returncode, one.stdout, one.stderr) == (two.returncode, two.stdout, two.stderr)
    assert [json.loads(line)["file"] for line in two.stdout.splitlines()] == [*map(str, names)]
    assert inkling("--jobs", 0, *names).returncode == 2


def test_folders_in_folders_are_read_by_choice(pictures, tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "7.png").write_bytes((pictures / "seven.png").read_bytes())
    assert inkling(tmp_path).returncode == 1
    run = inkling("--recursive", tmp_path)
    assert run.returncode == 0 and run.stdout.startswith(f"{tmp_path / 'a' / 'b' / '7.png'}: 7 (")
