"""What is left of Python's library, numpy and Pillow is enough for all that the page does."""

import json
import os
import subprocess
import zipfile

import pytest

from export.setup.downloads import node_program
from export.setup.machine import ROOT
from export.site import bundle
from export.site.runtime_modules import LIBRARY, NUMPY, PILLOW
from export.site.trim import INSIDE

SITE = ROOT / "site"
RUNTIME = SITE / "runtime" / "pyodide"
# Everything that site/worker/api.py offers, on pictures of every kind. It stands in for the page.
PROGRAM = """
import importlib, io, json, pathlib, sys, warnings
lying = [str(path.resolve()) for path in pathlib.Path("wheels").iterdir()]
sys.path += lying
from worker import wheel_imports
wheel_imports.find_extensions(lying)
warnings.simplefilter("ignore")
assert sys.flags.optimize == 2
for name in json.loads(pathlib.Path("modules.json").read_text()):
    importlib.import_module(name)
import numpy as np
from PIL import Image
from worker import later_modules, serialize, session, warmup
packed = pathlib.Path("later.zip").read_bytes()
later_modules.keep(packed, "kept", pathlib.Path().resolve())
from worker import explanations, mnist_test
from inkling.explain.corruptions import AMOUNTS, corrupt
from inkling import PictureError, Reader

reader = Reader.load("model/digits.npz")
assert reader.read_digit(warmup.ring()).label == 0
one = np.full((200, 200, 4), 255, np.uint8)
one[40:160, 90:110, :3] = 0
picture = Image.fromarray(one).convert("RGB")
for kind in ("PNG", "JPEG", "WEBP", "BMP", "GIF", "MPO"):
    packed = io.BytesIO()
    picture.save(packed, "JPEG" if kind == "MPO" else kind)
    assert reader.read_digit(packed.getvalue()).label == 1, kind
for mode in ("L", "LA", "P", "1", "CMYK", "YCbCr", "I", "F", "RGBA"):
    assert reader.read_digit(picture.convert(mode)).label == 1, mode
photo = picture.copy()
exif = photo.getexif()
exif[0x0112] = 6
packed = io.BytesIO()
photo.save(packed, "JPEG", exif=exif)
assert reader.read_digit(packed.getvalue()).box[2] > 150
try:
    reader.read_digit(b"no picture")
except PictureError as error:
    assert "not a picture" in serialize.failure("picture", error)["error"]["sentence"]
assert reader.read(picture).text == "1"
digit = reader.read_digit(one)
seen = explanations.Insight(reader, one, digit)
for act in (
    lambda: seen.steps(None, 0.0, True),
    lambda: seen.occlusion(2),
    lambda: seen.change(7, True),
    lambda: serialize.digit(digit),
):
    act()
pad = session.Pad(reader)
pad.read(one[..., 0], session.DIGIT)
look = later_modules.function("layer_values", "look")
for index in range(len(later_modules.function("layer_values", "layers")(pad))):
    look(pad, index, -1, -1, -1, -1)
small = np.asarray(picture.convert("L").resize((28, 28)))
for kind, amounts in AMOUNTS.items():
    reader.read_digit(corrupt(small, kind, amounts[-1]))
"""


@pytest.fixture
def page(tmp_path):
    """A folder with what the worker is given, and one from which Node can start its Pyodide."""
    pyodide, work = tmp_path / "pyodide", tmp_path / "work"
    pyodide.mkdir()
    for path in RUNTIME.iterdir():
        name = "pyodide.mjs" if path.name == "pyodide.module.js" else path.name
        (pyodide / name).write_bytes(path.read_bytes())
    bundle.write(SITE)
    (work / "wheels").mkdir(parents=True)
    for wheel in (SITE / bundle.WHEEL, *RUNTIME.glob("*.whl")):
        (work / "wheels" / wheel.name).write_bytes(wheel.read_bytes())
    (work / "later.zip").write_bytes((SITE / bundle.LATER_WORKER).read_bytes())
    (work / "model").mkdir()
    (work / "model" / "digits.npz").write_bytes((SITE / "model" / "digits.npz").read_bytes())
    return pyodide, work


def modules_in(archive) -> list[str]:
    """The names of the modules that a zip holds."""
    with zipfile.ZipFile(archive) as opened:
        names = [name for name in opened.namelist() if name.endswith(".pyc")]
    return [n.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".") for n in names]


@pytest.mark.slow
def test_what_is_left_can_be_imported_and_does_all_that_the_page_does(page, tmp_path):
    pyodide, work = page
    archives = [RUNTIME / "python_stdlib.zip", *RUNTIME.glob("*.whl")]
    modules = [module for archive in archives for module in modules_in(archive)]
    (work / "modules.json").write_text(json.dumps(modules))
    (tmp_path / "program.py").write_text(PROGRAM)
    command = [node_program("node"), INSIDE, pyodide, tmp_path / "program.py", work]
    environment = os.environ | {"PYTHONOPTIMIZE": "2"}
    run = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert run.returncode == 0, run.stderr[-3000:]


def test_no_source_and_no_test_is_left_beside_the_compiled_modules():
    for archive in [RUNTIME / "python_stdlib.zip", *RUNTIME.glob("*.whl")]:
        with zipfile.ZipFile(archive) as opened:
            names = opened.namelist()
        assert names == sorted(names)
        assert not [name for name in names if name.endswith(".py") or "/tests/" in name]


def test_nothing_is_named_twice_among_what_is_kept():
    for kept in (LIBRARY, NUMPY, PILLOW):
        assert len(kept) == len(set(kept))
