"""Values that survive the way from the worker to the page: no numpy scalars, no 2-D arrays."""

import numpy as np


def digit(read, milliseconds: float) -> dict:
    """A Digit without numpy, whose scalars would arrive as arrays; what is None is left out."""
    plain = {
        "label": read.label,
        "confidence": float(read.confidence),
        "probabilities": numbers(read.probabilities),
        "box": read.box,
        "glyph": mask(read.glyph),
        "reason": read.reason,
        "milliseconds": milliseconds,
    }
    return {name: value for name, value in plain.items() if value is not None}


def numbers(array: np.ndarray) -> list[float]:
    """An array's numbers, row by row."""
    return [float(number) for number in np.ravel(array)]


def mask(ink: np.ndarray) -> np.ndarray:
    """(H, W) ink 0 .. 1 -> flat RGBA bytes, black with the ink as opacity: the page colours it."""
    pixels = np.zeros((*ink.shape, 4), np.uint8)
    pixels[..., 3] = np.round(np.clip(ink, 0, 1) * 255)
    return pixels.reshape(-1)


def picture(small, full_width: int) -> dict:
    """A PIL image as pixels to show; `scale` takes boxes of the full picture to it."""
    return {
        "width": small.width,
        "height": small.height,
        "scale": small.width / full_width,
        "pixels": np.asarray(small.convert("RGBA")).reshape(-1),
    }


def failure(kind: str, error) -> dict:
    """Why something could not be done: a sentence, and the facts that belong into it."""
    facts = {name: str(fact) for name, fact in getattr(error, "facts", {}).items()}
    sentence = getattr(error, "sentence", str(error))
    return {"error": {"kind": kind, "sentence": sentence, "facts": facts}}
