"""A network in an ONNX file: checked when it is loaded, then applied to arrays."""

import numpy as np

from ..errors import ModelError
from .limits import Budget
from .onnx_messages import Model, parse
from .operators import OPERATORS

MAX_BYTES = 32_000_000


class Graph:
    """Operations in an order in which each finds its inputs.

    input: the name of the one array that is not in the file. shape: of it, 0 where a side is free.
    """

    def __init__(self, model: Model):
        """Check a model. Raises ModelError."""
        unknown = sorted({node.op for node in model.nodes} - OPERATORS.keys())
        if unknown:
            raise ModelError(
                "This network has operations that are not supported: {names}.",
                names=", ".join(unknown)[:80],
            )
        if len(model.inputs) != 1 or not model.outputs:
            raise ModelError(
                "This network has {count} inputs; one for digits has a picture alone.",
                count=len(model.inputs),
            )
        ((self.input, self.shape),) = model.inputs.items()
        known = {self.input, "", *model.arrays}
        for node in model.nodes:
            # ONNX lists operations in order, so a cycle has an input that is not there yet.
            if not known.issuperset(node.inputs):
                raise ModelError("This network has a cycle, or lacks an array; export it anew.")
            known.update(node.outputs)
        if model.outputs[0] not in known:
            raise ModelError("This network does not calculate its output; export it anew.")
        self._model = model
        self._done_with = _done_with(model)

    @classmethod
    def load(cls, content: bytes) -> "Graph":
        """Read an .onnx file's bytes. Raises ModelError."""
        if len(content) > MAX_BYTES:
            raise ModelError(
                "This file has more than {megabytes} MB; choose a smaller network.",
                megabytes=MAX_BYTES // 10**6,
            )
        try:
            return cls(parse(content))
        except ModelError:
            raise
        except Exception as error:  # values of the wrong type raise in more ways than can be listed
            raise ModelError("This is no intact .onnx file; export it anew.") from error

    @property
    def parameters(self) -> int:
        """Count the numbers that the network has learned."""
        return sum(a.size for a in self._model.arrays.values() if a.dtype.kind == "f")

    def apply(self, x: np.ndarray) -> np.ndarray:
        """Return the first output for an input. Raises ModelError."""
        values = {**self._model.arrays, self.input: x, "": None}
        budget = Budget()
        budget.products *= max(1, len(x))
        for place, node in enumerate(self._model.nodes):
            given = [values[name] for name in node.inputs]
            try:
                with np.errstate(all="ignore"):
                    out = OPERATORS[node.op](given, node.attributes, self._model.version, budget)
            except ModelError:
                raise
            except Exception:  # arrays that do not fit raise in more ways than can be listed
                raise ModelError(
                    "This network's operations do not fit together, at {name}; export it anew.",
                    name=node.op,
                ) from None
            if len(node.outputs) > 1 and any(node.outputs[1:]):
                self._refuse_if_used(node)
            values[node.outputs[0]] = out
            for name in self._done_with[place]:
                values.pop(name, None)
        return values[self._model.outputs[0]]

    def _refuse_if_used(self, node) -> None:
        """Refuse a second output, such as a mask, that another operation needs."""
        used = {name for other in self._model.nodes for name in other.inputs}
        if used.intersection(node.outputs[1:]) - {""}:
            raise ModelError(
                "This network uses a second output of {name}; export it anew.", name=node.op
            )


def _done_with(model: Model) -> list[set[str]]:
    """Return for each operation the arrays that no later one needs, so that memory gets free."""
    needed, done = {"", *model.outputs}, []
    for node in reversed(model.nodes):
        named = {*node.inputs, *node.outputs[:1]}
        done.append(named - needed)
        needed |= named
    return done[::-1]
