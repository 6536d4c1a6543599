"""Operators agree with ONNX's own tests of them, the backend node tests."""

import importlib
import os
import pickle
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from onnx.backend.test.case import node as cases

from export.setup.downloads import node_program, npm_package
from export.site.trim import INSIDE
from inkling import ModelError
from inkling.foreign.limits import Budget
from inkling.foreign.onnx_messages import parse
from inkling.foreign.operators import OPERATORS

# Each module adds its cases to one list when it is imported; all of them would take a minute.
FILES = {"BatchNormalization": "batch_normalization"}
for op in OPERATORS:
    importlib.import_module(f"{cases.__name__}.{FILES.get(op, op.lower())}")
CASES = {
    case.name: case
    for case in cases._NodeTestCases
    if len(case.model.graph.node) == 1 and case.model.graph.node[0].op_type in OPERATORS
}
# Not used by networks for digits: training, lines and volumes, other types, second outputs.
OTHERS = ("training", "1d", "3d", "with_argmax", "_mask")
OTHERS += ("uint", "int8", "int16", "div_int32", "identity_opt", "identity_sequence")
OTHERS += ("float16", "FLOAT", "INT", "E8M0", "STRING")
LEFT_OUT = {name for name in CASES if any(part in name for part in OTHERS)}


SITE = Path(__file__).parents[3] / "site"


def inputs_of(case):
    """Return the inputs of a case's node, None where one is left out, and the output wanted."""
    (inputs, outputs), *_ = case.data_sets
    (node,) = case.model.graph.node
    named = dict(zip([one.name for one in case.model.graph.input], inputs, strict=True))
    return [None if name == "" else named[name] for name in node.input], outputs[0]


def apply(case):
    """Return the first output of a case's model for its input, and what it should be."""
    given, wanted = inputs_of(case)
    model = parse(case.model.SerializeToString())
    (node,) = model.nodes
    return OPERATORS[node.op](given, node.attributes, model.version, Budget()), wanted


@pytest.mark.parametrize("name", sorted(CASES.keys() - LEFT_OUT))
def test_an_operator_gives_what_onnx_defines(name):
    found, wanted = apply(CASES[name])
    assert found.shape == wanted.shape
    np.testing.assert_allclose(found, wanted, rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("name", [name for name in sorted(LEFT_OUT) if "training" in name])
def test_a_network_in_training_is_refused_or_does_nothing(name):
    if CASES[name].model.graph.node[0].op_type == "BatchNormalization":
        with pytest.raises(ModelError, match="training"):
            apply(CASES[name])


def test_they_give_the_same_in_pyodide(tmp_path):
    """There, whole numbers of numpy's own have 32 bits: what fits here may not fit there."""
    for name in ("numpy", "pillow"):
        (wheel,) = (SITE / "runtime" / "pyodide").glob(f"{name}-*.whl")
        shutil.copy(wheel, tmp_path / f"{name}.whl")
    shutil.copytree(SITE / "inkling", tmp_path / "inkling")
    names = sorted(CASES.keys() - LEFT_OUT)
    cases = [(n, CASES[n].model.SerializeToString(), *inputs_of(CASES[n])) for n in names]
    (tmp_path / "cases.pickle").write_bytes(pickle.dumps(cases))
    program = Path(__file__).with_name("operators_in_pyodide.py")
    command = [node_program("node"), INSIDE, npm_package("pyodide"), program, tmp_path]
    # The page's numpy is without docstrings, which it bears only in a Python that drops them.
    environment = {**os.environ, "PYTHONOPTIMIZE": "2"}
    subprocess.run(list(map(str, command)), check=True, env=environment)
    told = (tmp_path / "compared.txt").read_text().splitlines()
    assert told == [f"{len(names)} on emscripten"]
