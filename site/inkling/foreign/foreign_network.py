"""Let a foreign network read glyphs: its picture's layout, tone and scale are found by trying.

Files do not say how a digit is to be laid before them. So every way is tried on digits that are
known, and the one that reads most of them is kept.
"""

from collections.abc import Iterator
from time import perf_counter

import numpy as np

from ..errors import ModelError
from ..image.glyph import MNIST_FRAME
from ..network.layers import softmax
from .graph import Graph
from .ways import Way, all_ways

DIGITS = 10
LEAST = 0.5  # share of the known digits that have to be read right
AT_ONCE = 16  # glyphs
FEW = 20  # known digits on which all ways are tried
FINALISTS = 8  # ways that are tried on the others, too
SLICE_SECONDS = 0.05  # that one pass may take, where several glyphs go into it


class ForeignNetwork:
    """Gives probabilities for glyphs, as Network does. It refuses nothing.

    way: how glyphs are laid before it; accuracy: the share of known digits that it then read.
    """

    labels = tuple(str(digit) for digit in range(DIGITS))
    frame = MNIST_FRAME
    temperature = 1.0
    threshold = 0.0
    none_threshold = 1.0

    def __init__(self, graph: Graph, way: Way, accuracy: float):
        self.graph = graph
        self.way = way
        self.accuracy = accuracy

    @classmethod
    def load(cls, content: bytes, glyphs: np.ndarray, labels: np.ndarray) -> "ForeignNetwork":
        """Read an .onnx file's bytes, and try it on glyphs that are known.

        glyphs: (N, 28, 28) float32, 0 .. 1, 1 = ink; labels: (N,), 0 .. 9; fifty are enough.
        Raises ModelError.
        """
        trial = Trial(Graph.load(content), glyphs, labels)
        while trial.done < 1:
            trial.run(SLICE_SECONDS)
        return trial.result()

    def probabilities(self, glyphs: np.ndarray) -> np.ndarray:
        """Map (N, 28, 28) float32, 0 .. 1, 1 = ink, to probabilities (N, 10) float32."""
        at_once = AT_ONCE if self.takes_several else 1
        outputs = [
            self._output(glyphs[start : start + at_once])
            for start in range(0, len(glyphs), at_once)
        ]
        return np.concatenate([np.zeros((0, DIGITS), np.float32), *outputs])

    @property
    def takes_several(self) -> bool:
        """Whether the file lets several glyphs go into one pass."""
        return not self.graph.shape or self.graph.shape[0] == 0

    def _output(self, glyphs: np.ndarray) -> np.ndarray:
        laid = self.way.lay(np.asarray(glyphs, np.float32))
        values = np.asarray(self.graph.apply(laid), np.float32)
        if values.size < len(laid) * DIGITS or values.size % len(laid):
            raise ModelError("This network gives fewer than ten values; choose one for digits.")
        values = values.reshape(len(laid), -1)
        if not np.isfinite(values).all():
            raise ModelError("This network's answers are not finite numbers; export it anew.")
        sums = values.sum(axis=1)
        is_probability = (values >= 0).all() and (np.abs(sums - 1) < 0.01).all()
        # Further labels, such as one for no digit, follow the ten digits.
        return (values if is_probability else softmax(values))[:, :DIGITS]


class Trial:
    """Tries how glyphs are to be laid before a graph, some at a time.

    done: the share that has been tried, 0 to 1; at 1 `result` gives the network.
    """

    def __init__(self, graph: Graph, glyphs: np.ndarray, labels: np.ndarray):
        """Prepare to try a graph on glyphs that are known, as for `ForeignNetwork.load`."""
        ways = all_ways(graph.shape)
        self._tried = [ForeignNetwork(graph, way, 0.0) for way in ways]
        self._right = dict.fromkeys(ways, 0)
        self._glyphs, self._labels = glyphs, labels
        self._refusal: ModelError | None = None
        self._at_once = 1  # glyphs to a pass, until it is known how long one takes
        self._passes = self._all_passes()
        self.done = 0.0

    def run(self, seconds: float) -> None:
        """Go on for about that many seconds: at least one pass, which may take longer."""
        end = perf_counter() + seconds
        while self.done < 1:
            self.done = next(self._passes, 1.0)
            if perf_counter() >= end:
                break

    def result(self) -> ForeignNetwork:
        """Return the network with the best way. Raises ModelError if none will do."""
        if not self._tried:
            raise self._refusal or ModelError("This network takes no picture of 28 x 28 pixels.")
        best = max(self._tried, key=lambda one: self._right[one.way])
        best.accuracy = self._right[best.way] / len(self._labels)
        if best.accuracy < LEAST:
            raise ModelError(
                "This network reads {share} % of MNIST's digits at best; choose one that was "
                "trained on digits.",
                share=round(100 * best.accuracy),
            )
        return best

    def _all_passes(self) -> Iterator[float]:
        """Try all ways on a few digits, then the best on the others; yield the share done."""
        count = len(self._labels)
        for begun, (first, last) in ((0.0, (0, min(FEW, count))), (0.5, (FEW, count))):
            ways = list(self._tried)
            for place, network in enumerate(ways):
                for _ in self._passes_of(network, first, last):
                    yield begun + 0.5 * place / len(ways)
            self._tried.sort(key=lambda one: -self._right[one.way])
            del self._tried[FINALISTS:]

    def _passes_of(self, network: ForeignNetwork, first: int, last: int) -> Iterator[int]:
        """Count the known digits from `first` to `last` that are read right."""
        while first < last:
            count = min(self._at_once, last - first)
            began = perf_counter()
            try:
                read = network.probabilities(self._glyphs[first : first + count]).argmax(axis=1)
            except ModelError as error:
                self._refusal = error
                self._tried.remove(network)
                return
            spent = max(perf_counter() - began, 1e-6)
            self._at_once = min(max(int(count * SLICE_SECONDS / spent), 1), AT_ONCE)
            self._right[network.way] += int((read == self._labels[first : first + count]).sum())
            first += count
            yield first
