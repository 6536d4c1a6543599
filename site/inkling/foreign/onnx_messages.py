"""ONNX's messages as plain values: nodes, arrays and shapes (https://onnx.ai/onnx/intro/)."""

import math
from typing import NamedTuple

import numpy as np

from ..errors import ModelError
from . import wire
from .limits import MAX_VALUES
from .wire import WireError

# Numbers of the fields in onnx.proto3.
GRAPH, OPSETS = 7, 8
NODES, ARRAYS, INPUTS, OUTPUTS = 1, 5, 11, 12
FLOAT, UINT8, INT8, INT32, INT64, BOOL, HALF, DOUBLE = 1, 2, 3, 6, 7, 9, 10, 11
KINDS = {
    FLOAT: "<f4",
    UINT8: "u1",
    INT8: "i1",
    INT32: "<i4",
    INT64: "<i8",
    BOOL: "?",
    HALF: "<f2",
    DOUBLE: "<f8",
}
MAX_DIMENSIONS = 8
MAX_NODES = 500


class Node(NamedTuple):
    """One operation."""

    op: str
    inputs: tuple[str, ...]  # "" where one is left out
    outputs: tuple[str, ...]
    attributes: dict


class Model(NamedTuple):
    """The content of a file."""

    nodes: tuple[Node, ...]
    arrays: dict[str, np.ndarray]
    inputs: dict[str, list[int]]  # shapes by name; 0 where a side is free
    outputs: tuple[str, ...]
    version: int  # of the operator set


def parse(content: bytes) -> Model:
    """Return the model in a file's bytes. Raises WireError and ModelError."""
    budget = [wire.MAX_FIELDS]
    model = wire.fields(memoryview(content), budget)
    if GRAPH not in model:
        raise WireError("it holds no network")
    graph = wire.fields(model[GRAPH][0], budget)
    nodes = graph.get(NODES, [])
    if len(nodes) > MAX_NODES:
        raise ModelError(
            "This network has {count} operations, far too many for digits.", count=len(nodes)
        )
    arrays = dict(_array(wire.fields(one, budget)) for one in graph.get(ARRAYS, []))
    named = [_input(wire.fields(one, budget), budget) for one in graph.get(INPUTS, [])]
    outputs = (wire.fields(one, budget)[1][0] for one in graph.get(OUTPUTS, []))
    return Model(
        nodes=tuple(_node(wire.fields(one, budget), budget) for one in nodes),
        arrays=arrays,
        inputs={name: shape for name, shape in named if name not in arrays},
        outputs=tuple(wire.text(name) for name in outputs),
        version=max(
            (_version(wire.fields(one, budget)) for one in model.get(OPSETS, [])), default=1
        ),
    )


def _version(opset) -> int:
    is_standard = wire.text(opset.get(1, [b""])[0]) in ("", "ai.onnx")
    return wire.signed(opset.get(2, [0])[0]) if is_standard else 0


def _node(found, budget) -> Node:
    attributes = (_attribute(wire.fields(one, budget), budget) for one in found.get(5, []))
    if wire.text(found.get(7, [b""])[0]) not in ("", "ai.onnx"):
        raise ModelError(
            "This network has operations that are not ONNX's own; export it anew without them."
        )
    return Node(
        op=wire.text(found.get(4, [b""])[0]),
        inputs=tuple(wire.text(name) for name in found.get(1, [])),
        outputs=tuple(wire.text(name) for name in found.get(2, [])),
        attributes=dict(attributes),
    )


def _attribute(found, budget) -> tuple:
    name = wire.text(found.get(1, [b""])[0])
    if 2 in found:
        return name, wire.real(found[2][0])
    if 3 in found:
        return name, wire.signed(found[3][0])
    if 4 in found:
        return name, bytes(found[4][0])
    if 5 in found:
        return name, _array(wire.fields(found[5][0], budget))[1]
    if 7 in found:
        return name, wire.reals(found[7])
    if 8 in found:
        return name, wire.integers(found[8])
    # Of a number that is 0 only the type is written.
    return name, {1: 0.0, 2: 0, 3: b"", 7: []}.get(wire.signed(found.get(20, [7])[0]))


def _array(found) -> tuple[str, np.ndarray]:
    """Return the name and the values of a tensor, floats as float32."""
    shape = wire.integers(found.get(1, []))
    code = wire.signed(found.get(2, [0])[0])
    count = math.prod(shape)
    if code not in KINDS or len(shape) > MAX_DIMENSIONS:
        raise ModelError("This network has values of a kind that is not supported.")
    if min(shape, default=0) < 0 or count > MAX_VALUES:
        raise ModelError("This network is far too large for digits; choose a smaller one.")
    if 13 in found or wire.signed(found.get(14, [0])[0]):
        raise ModelError("This network keeps its weights in another file; export it as one file.")
    kind = np.dtype(KINDS[code])
    if 9 in found:
        values = wire.reals(found[9], KINDS[code])
    elif code in (FLOAT, DOUBLE):
        values = wire.reals(found.get({FLOAT: 4, DOUBLE: 10}[code], []), KINDS[code])
    else:
        values = np.array(wire.integers(found.get(7 if code == INT64 else 5, [])), np.int64)
        values = values.astype(np.uint16).view(kind) if code == HALF else values.astype(kind)
    if values.size != count:
        raise WireError("an array does not hold what it declares")
    values = values.astype(np.float32) if kind.kind == "f" else values
    return wire.text(found.get(8, [b""])[0]), values.reshape(shape)


def _input(found, budget) -> tuple[str, list[int]]:
    """Return an input's name and shape; 0 where a side is free, [] where nothing is declared."""
    name = wire.text(found.get(1, [b""])[0])
    for number in (2, 1):  # a type, and in it a tensor's
        if number not in found:
            return name, []
        found = wire.fields(found[number][0], budget)
    if 2 not in found:
        return name, []
    sides = wire.fields(found[2][0], budget).get(1, [])
    return name, [wire.signed(wire.fields(side, budget).get(1, [0])[0]) for side in sides]
