"""The first look's inputs and its network, outside a browser."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from export.setup.downloads import node_program, npm_package
from ui.first_look import features
from ui.first_look.network import CLASSES, STEPS, ZERO, ModelFileError, SmallNetwork

SITE = Path(__file__).parents[2] / "site"
MODEL = SITE / "model"
RUNNER = Path(__file__).with_name("run_in_micropython.mjs")
MICROPYTHON = "@micropython/micropython-webassembly-pyscript"
TEXT = (MODEL / "first_look.json").read_text()
SEVEN = [[(70, 70, 20), (210, 70, 20), (154, 154, 20), (118, 230, 20)]]
LEVEL, UPRIGHT, FALLING, RISING = range(4)


def parts(strokes):
    """Return the ink (SIDE, SIDE) and the directions (DIRECTIONS, COARSE, COARSE) of strokes."""
    inputs = np.array(features.inputs_of(strokes))
    assert inputs.shape == (features.INPUTS,) and inputs.min() >= 0 and inputs.max() <= 1
    ink, cells = np.split(inputs, [features.SIDE**2])
    return ink.reshape(features.SIDE, -1), cells.reshape(features.DIRECTIONS, features.COARSE, -1)


@pytest.mark.parametrize(
    ("end", "direction"),
    [((90, 0), LEVEL), ((0, 90), UPRIGHT), ((90, 90), FALLING), ((90, -90), RISING)],
)
def test_a_straight_line_has_one_direction_whichever_way_it_is_drawn(end, direction):
    for line in ([(0, 0), end], [end, (0, 0)]):
        ink, cells = parts([line])
        others = np.delete(cells, direction, axis=0)
        assert cells[direction].max() > 0.5 and others.max() < 1e-9
        rows, columns = np.mgrid[: features.SIDE, : features.SIDE] + 0.5
        assert np.isclose((ink * rows).sum() / ink.sum(), features.SIDE / 2)
        assert np.isclose((ink * columns).sum() / ink.sum(), features.SIDE / 2)


def test_size_place_and_the_number_of_points_do_not_matter():
    inputs = np.array(features.inputs_of(SEVEN))
    larger = [[(3 * x + 40, 3 * y - 7, 20) for x, y, _ in SEVEN[0]]]
    assert np.allclose(features.inputs_of(larger), inputs)
    steps = np.linspace(0, 3, 61)
    many = [np.stack([np.interp(steps, range(4), axis) for axis in np.array(SEVEN[0]).T], axis=1)]
    assert np.abs(np.array(features.inputs_of(many)) - inputs).mean() < 0.02


def test_a_tap_is_a_dot_and_a_digit_is_not():
    assert features.is_dot([[(100, 100, 20), (104, 101, 20)]])
    assert not features.is_dot(SEVEN)
    ink, _ = parts([[(100, 100, 20)]])
    assert ink.sum() == pytest.approx(features.DOT)


def test_the_network_is_two_dense_layers_of_the_weights_in_its_file():
    fields = json.loads(TEXT)
    units = len(fields["hidden_bias"])
    codes = (
        np.frombuffer(fields[f"{name}_weights"].encode(), np.uint8) for name in ("hidden", "output")
    )
    hidden, output = (code.astype(float) - ZERO for code in codes)
    assert max(np.abs(hidden).max(), np.abs(output).max()) <= STEPS
    inputs = features.inputs_of(SEVEN)
    whole = np.floor(np.array(inputs) * 255 + 0.5)
    hidden = (
        hidden.reshape(-1, units, 4).transpose(0, 2, 1).reshape(-1, units)
    )  # four inputs a lane
    sums = whole @ hidden * fields["hidden_scale"] + fields["hidden_bias"]
    logits = np.maximum(sums, 0) @ output.reshape(units, CLASSES) * fields["output_scale"]
    powers = np.exp(logits + fields["output_bias"])
    network = SmallNetwork(TEXT, features.INPUTS)
    assert np.allclose(network.probabilities(inputs), powers / powers.sum())
    assert network.answer(inputs) == 7


def test_all_ink_at_once_does_not_overflow():
    fields = json.loads(TEXT)
    units = len(fields["hidden_bias"])
    full = chr(ZERO + STEPS) * features.INPUTS * units
    network = SmallNetwork(json.dumps(fields | {"hidden_weights": full}), features.INPUTS)
    output = np.frombuffer(fields["output_weights"].encode(), np.uint8).astype(float) - ZERO
    unit = features.INPUTS * 255 * STEPS * fields["hidden_scale"] + np.array(fields["hidden_bias"])
    logits = unit @ output.reshape(units, CLASSES) * fields["output_scale"]
    likeliest = np.argmax(logits + fields["output_bias"])
    assert np.argmax(network.probabilities([1.0] * features.INPUTS)) == likeliest


PROGRAM = """
import json
from features import INPUTS, inputs_of
from network import SmallNetwork
network = SmallNetwork(open("/first_look.json").read(), INPUTS)
drawings = json.load(open("/drawings.json"))
print(json.dumps([[inputs, network.probabilities(inputs)] for inputs in map(inputs_of, drawings)]))
"""


def test_micropython_sees_and_answers_the_same(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("features", "network"):
        shutil.copy(SITE / "ui" / "first_look" / f"{name}.py", folder)
    drawings = [SEVEN, [[(0, 0, 20), (3, 9, 20)], [(5, 5, 20)]], [[(100, 100, 20)]]]
    (folder / "first_look.json").write_text(TEXT)
    (folder / "drawings.json").write_text(json.dumps(drawings))
    (tmp_path / "program.py").write_text(PROGRAM)
    command = [node_program("node"), RUNNER, npm_package(MICROPYTHON), folder]
    run = subprocess.run([*command, tmp_path / "program.py"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    network = SmallNetwork(TEXT, features.INPUTS)
    for strokes, (inputs, shares) in zip(drawings, json.loads(run.stdout), strict=True):
        assert np.allclose(inputs, features.inputs_of(strokes), atol=1e-9)
        assert np.allclose(shares, network.probabilities(inputs), atol=1e-9)


@pytest.mark.parametrize(
    "change",
    [
        {"threshold": 0},
        {"threshold": "high"},
        {"threshold": None},
        {"hidden_weights": "PP"},
        {"hidden_weights": 3},
        {"output_weights": ""},
        {"hidden_weights": json.loads(TEXT)["hidden_weights"][:-1] + "~"},
        {"output_bias": []},
        {"hidden_bias": None},
    ],
)
def test_a_damaged_file_is_refused(change):
    with pytest.raises(ModelFileError):
        SmallNetwork(json.dumps(json.loads(TEXT) | change), features.INPUTS)
    with pytest.raises(ModelFileError):
        SmallNetwork(TEXT[:-20], features.INPUTS)


def test_the_network_was_taught_by_the_digit_network_beside_it():
    version = hashlib.sha256((MODEL / "digits.npz").read_bytes()).hexdigest()[:12]
    assert json.loads(TEXT)["taught_by"] == version
