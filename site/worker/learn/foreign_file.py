"""The worker's part of a network that a person brings: opened, tried, compared with the page's."""

import io
import zipfile
from time import perf_counter

import numpy as np

from inkling import ModelError, Reader
from inkling.foreign.foreign_network import Trial
from inkling.foreign.graph import Graph
from inkling.network.letter_labels import LABELS as LETTER_LABELS
from inkling.network.model import Network
from inkling.network.model_file import MAX_BYTES
from worker import mnist_test, serialize

__export__ = ["compare", "open_file", "read", "try_ways"]

SLICE_SECONDS = 0.08  # of work at a time: a reading waits no longer, but for large networks
ZIP = b"PK"  # an .npz begins with it

_state = {"trial": None, "network": None}


class Timed:
    """Stand in for a network, and add up the time that it takes.

    seconds: of all passes; count: of the glyphs.
    """

    def __init__(self, network):
        self._network = network
        self.seconds, self.count = 0.0, 0

    def __getattr__(self, name: str):
        return getattr(self._network, name)

    def probabilities(self, glyphs: np.ndarray) -> np.ndarray:
        """(N, side, side) float32 -> the network's probabilities (N, K) float32."""
        start = perf_counter()
        found = self._network.probabilities(glyphs)
        self.seconds += perf_counter() - start
        self.count += len(glyphs)
        return found


def open_file(pad, packed, is_npz: bool, first: int, labels: str) -> dict:
    """Take a network, an .npz of ours or an .onnx, given as the file's bytes.

    labels: of MNIST's test digits from `first` on, as figures, on which an .onnx is tried.
    Returns {"ours", "theirs": parameters}; then `try_ways` is to be called. Else {"error"}.
    """
    _state.update(trial=None, network=None)
    content, ours = packed.to_bytes(), _untaught(pad)
    try:
        if is_npz or content.startswith(ZIP):
            network = _state["network"] = _own_network(content, ours)
            return {"ours": _parameters(ours), "theirs": _parameters(network)}
        graph = Graph.load(content)
    except ModelError as error:
        return serialize.failure("model", error)
    glyphs = [mnist_test.picture(first + place) for place in range(len(labels))]
    known = np.stack(glyphs) / np.float32(255)
    _state["trial"] = Trial(graph, known, np.array([int(label) for label in labels]))
    return {"ours": _parameters(ours), "theirs": int(graph.parameters)}


def try_ways(pad) -> dict:
    """Go on finding how glyphs are to be laid before an .onnx.

    Returns {"done": 0 .. 1}. Once it is 1, an .onnx also has "ink", "scale" and "turned", as in
    ways.Way. Then "share" is the share of the known digits that are read right. Else {"error"}.
    """
    trial = _state["trial"]
    if trial is None:
        return {"done": 1.0}
    try:
        trial.run(SLICE_SECONDS)
        if trial.done < 1:
            return {"done": trial.done}
        network = _state["network"] = trial.result()
    except ModelError as error:
        return serialize.failure("model", error)
    _, ink, scale, turned = network.way
    return {"done": 1.0, "ink": ink, "scale": scale, "turned": turned, "share": network.accuracy}


def read(pad) -> dict:
    """Read the glyph on the pad: {"label", "confidence"}, without label if it is refused.

    {} where there is none.
    """
    digit = pad.insight.digit if pad.insight else None
    if _state["network"] is None or digit is None or digit.box is None:
        return {}
    try:
        found = Reader(_state["network"]).read_glyphs(digit.glyph[None])[0]
    except ModelError as error:
        return serialize.failure("model", error)
    told = {"confidence": float(found.confidence)}
    return told if found.label is None else {**told, "label": found.label}


def compare(pad, first: int, labels: str) -> dict:
    """Read MNIST's test digits from `first` on with both networks, as many as time allows.

    labels: of these digits, as figures. Returns {"count", "ours", "theirs": how many are read
    right, "our_seconds", "their_seconds": that the networks alone took for them}; or {"error"}.
    """
    ours, theirs = Timed(_untaught(pad)), Timed(_state["network"])
    right, end = [0, 0], perf_counter() + SLICE_SECONDS
    count = 0
    try:
        while count < len(labels) and (count == 0 or perf_counter() < end):
            digit = Reader(ours).read_digit(mnist_test.picture(first + count))
            other = Reader(theirs).read_glyphs(digit.glyph[None])[0]
            for place, found in enumerate((digit, other)):
                right[place] += found.label == int(labels[count])
            count += 1
    except ModelError as error:
        return serialize.failure("model", error)
    return {
        "count": count,
        "ours": right[0],
        "theirs": right[1],
        "our_seconds": ours.seconds / ours.count * count,
        "their_seconds": theirs.seconds / theirs.count * count,
    }


def _parameters(network: Network) -> int:
    """Count the numbers that a network has learned."""
    values = (value for _, each in network.steps for value in each.values())
    return sum(value.size for value in values if isinstance(value, np.ndarray))


def _untaught(pad):
    """Return the page's network, without what it was taught of a hand."""
    return getattr(pad.network, "network", pad.network)


def _own_network(content: bytes, ours) -> Network:
    """Return the network in the bytes of an .npz. Raises ModelError."""
    _check_size(content)
    try:
        network = Network.load(io.BytesIO(content))
    except ModelError as error:
        raise ModelError(
            "This .npz file is damaged, or holds no network for digits; choose one that Inkling's "
            "training has written."
        ) from error
    if network.labels == LETTER_LABELS:
        raise ModelError("This network reads letters; choose one for digits.")
    if network.frame != ours.frame:
        raise ModelError("This network takes glyphs of another size than this page's.")
    return network


def _check_size(content: bytes) -> None:
    """Refuse an archive that declares more than a network needs. Raises ModelError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        return  # which the reading of the file will say
    if size > MAX_BYTES:
        raise ModelError(
            "This file unpacks to more than {megabytes} MB; choose a smaller network.",
            megabytes=MAX_BYTES // 10**6,
        )
