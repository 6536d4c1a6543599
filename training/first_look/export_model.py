"""Write the first look's network into the file that the page reads: site/model/first_look.json."""

import hashlib
import json
from pathlib import Path

import numpy as np

from training.first_look.samples import TEACHER
from ui.first_look import features
from ui.first_look.network import FULL, LANE_BYTES, STEPS, ZERO, SmallNetwork

MODEL = TEACHER.with_name("first_look.json")
MAX_BYTES = 40_000  # of the file: it travels with the first visit


def write_model(
    path: Path, hidden: list[np.ndarray], output: list[np.ndarray], threshold: float
) -> None:
    """Write weights and threshold. hidden, output: [kernel (n, m), bias (m,)] of the dense layers.

    Raises SystemExit if the file is too large.
    """
    inputs, units = hidden[0].shape
    by_lanes = hidden[0].reshape(inputs // LANE_BYTES, LANE_BYTES, units).transpose(0, 2, 1)
    hidden_weights, hidden_step = _as_letters(by_lanes)
    output_weights, output_step = _as_letters(output[0])
    fields = {
        "taught_by": teacher_version(),
        "threshold": threshold,
        "hidden_scale": float(f"{hidden_step / FULL:.6g}"),
        "output_scale": float(f"{output_step:.6g}"),
        "hidden_bias": _rounded(hidden[1]),
        "output_bias": _rounded(output[1]),
        "hidden_weights": hidden_weights,
        "output_weights": output_weights,
    }
    text = json.dumps(fields, indent=0) + "\n"
    if len(text) > MAX_BYTES:
        raise SystemExit(f"{path.name} has {len(text):,} bytes, over {MAX_BYTES:,}.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    print(f"{path}: {len(text):,} bytes")


def read_model(path: Path = MODEL) -> SmallNetwork:
    """Return a file's network, as the page runs it."""
    return SmallNetwork(path.read_text(), features.INPUTS)


def teacher_version() -> str:
    """Return the first digits of the checksum of the digit network's file."""
    return hashlib.sha256(TEACHER.read_bytes()).hexdigest()[:12]


def _as_letters(kernel: np.ndarray) -> tuple[str, float]:
    """Return a kernel's weights as letters, and the value of a step."""
    step = float(np.abs(kernel).max()) / STEPS
    return (np.rint(kernel / step) + ZERO).astype(np.uint8).tobytes().decode("ascii"), step


def _rounded(values: np.ndarray) -> list[float]:
    return [round(float(value), 4) for value in values]
