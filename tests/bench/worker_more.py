# ruff: noqa: F821 - it is read at the end of site/worker/api.py, where all these names are
# ---- Added by tests/bench: what the page itself never asks for ----

from time import perf_counter

__export__ += ["bench_passes", "bench_readings", "bench_probabilities"]


def _glyphs(count):
    """The same glyphs as peer.js makes."""
    return (np.arange(count * 784) % 97 / np.float32(97)).astype(np.float32).reshape(count, 28, 28)


def bench_passes(count, times):
    """Milliseconds of each of some forward passes."""
    glyphs, taken = _glyphs(count), []
    for _ in range(times):
        start = perf_counter()
        _reader.network.probabilities(glyphs)
        taken.append(1000 * (perf_counter() - start))
    return taken


def bench_probabilities():
    """What is read in the first of these glyphs."""
    return serialize.numbers(_reader.network.probabilities(_glyphs(1)))


def bench_readings(image, times):
    """Read a canvas several times over; milliseconds of each reading."""
    return [read_canvas(image)["milliseconds"] for _ in range(times)]
