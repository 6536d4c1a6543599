"""What was measured, as a table to read."""

import statistics

import numpy as np

SPREAD = (0.25, 0.75)  # quantiles
PEERS = ("onnxruntime-web", "tfjs")


def table(taken: dict[str, dict[str, list[float]]]) -> str:
    """Medians, in milliseconds where nothing else is said, with their spread; and how many times
    as much as onnxruntime-web's Inkling's is."""
    names = ["inkling", *PEERS]
    lines = [f"{'':32}" + "".join(f"{name:>28}" for name in names) + "   to onnxruntime-web"]
    for what in taken["inkling"]:
        cells = [_cell(taken[name][what]) if taken[name].get(what) else "" for name in names]
        peer = taken[PEERS[0]].get(what)
        ratio = (
            statistics.median(taken["inkling"][what]) / statistics.median(peer) if peer else None
        )
        said = f"{ratio:>10.2f}" if ratio else ""
        lines.append(f"{what:32}" + "".join(f"{cell:>28}" for cell in cells) + said)
    late = np.quantile(taken["inkling"]["stroke end to painted answer"], 0.95)
    return "\n".join([*lines, f"{'stroke end, 95th percentile':32}{_short(late):>28}"])


def _cell(values) -> str:
    low, high = np.quantile(values, SPREAD)
    return f"{_short(statistics.median(values))} ({_short(low)} - {_short(high)})"


def _short(value) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
