"""The worker's part in the lessons: the glyph altered, and what the network makes of it.

A module of its own, though short: its functions are called by name.
"""

from inkling.explain import alterations
from worker import serialize
from worker.learn import layer_values

__export__ = ["altered"]


def altered(pad, kind: str, right: float, down: float) -> dict:
    """Move the glyph by pixels, or turn it by `right` degrees; return it with its probabilities.

    kind: "moved" or "turned".
    """
    glyph = pad.insight.digit.glyph
    if kind == "moved":
        glyph = alterations.moved(glyph, int(right), int(down))
    else:
        glyph = alterations.turned(glyph, right)
    network = pad.insight.network
    probabilities = network.probabilities(glyph[None])[0]
    return {"glyph": serialize.mask(glyph), **layer_values.values_of(probabilities, network)}
