"""Values that survive the way from the worker to the page: no numpy scalars, no 2-D arrays."""

import numpy as np
from PIL import Image

SHOWN_SIDE = 280  # pixels: pictures of steps are shown no larger


def digit(read) -> dict:
    """A Digit without numpy, whose scalars would arrive as arrays; what is None is left out."""
    return _known(
        label=read.label,
        confidence=float(read.confidence),
        probabilities=numbers(read.probabilities),
        box=read.box,
        glyph=mask(read.glyph)["pixels"],
        reason=read.reason,
    )


def number(reading) -> dict:
    """A Reading likewise; its digits in reading order."""
    return _known(
        text=reading.text,
        confidence=float(reading.confidence),
        reason=reading.reason,
        digits=[digit(read) for read in reading.digits],
    )


def numbers(array: np.ndarray) -> list[float]:
    """An array's numbers, row by row."""
    return [float(number) for number in np.ravel(array)]


def mask(ink: np.ndarray) -> dict:
    """(H, W) ink 0 .. 1 -> {width, height, pixels: flat RGBA bytes, black with the ink as
    opacity}: the page colours it."""
    pixels = np.zeros((*ink.shape, 4), np.uint8)
    pixels[..., 3] = np.round(np.clip(ink, 0, 1) * 255)
    height, width = ink.shape
    return {"width": width, "height": height, "pixels": pixels.reshape(-1)}


def grey(light: np.ndarray) -> dict:
    """(H, W) lightness 0 .. 1 -> the same as an opaque picture."""
    pixels = np.full((*light.shape, 4), 255, np.uint8)
    pixels[..., :3] = np.round(np.clip(light, 0, 1) * 255)[..., None]
    height, width = light.shape
    return {"width": width, "height": height, "pixels": pixels.reshape(-1)}


def shown(values: np.ndarray) -> np.ndarray:
    """(H, W) float32 no larger than it is shown."""
    scale = SHOWN_SIDE / max(values.shape)
    if scale >= 1:
        return values
    size = [max(1, round(side * scale)) for side in values.shape[::-1]]
    return np.asarray(Image.fromarray(values).resize(size, Image.Resampling.BOX))


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


def _known(**facts) -> dict:
    """The facts that there are: None would arrive as something else."""
    return {name: fact for name, fact in facts.items() if fact is not None}
