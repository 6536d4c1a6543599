"""Turn results into plain values for the page: no numpy scalars, no 2-D arrays."""

import numpy as np

from inkling.results import Letter

SHOWN_SIDE = 280  # pixels: pictures of steps are shown no larger
PAGE_SIDE = 1_600  # pixels: of a table's page, which the page shows and cuts cells from


def digit(read) -> dict:
    """Return a Digit or Letter as plain values, without those that are None.

    Numpy's scalars would arrive in the page as arrays.
    """
    return _known(
        label=read.label,
        confidence=float(read.confidence),
        probabilities=numbers(read.probabilities),
        box=read.box,
        glyph=mask(read.glyph)["pixels"],
        reason=read.reason,
        character=read.character or None,
        alternatives=list(read.alternatives) if isinstance(read, Letter) else None,
        left_out=list(getattr(read, "left_out", ())) or None,
    )


def number(reading) -> dict:
    """Return a Reading as plain values, its digits in reading order."""
    return _known(
        text=reading.text,
        confidence=float(reading.confidence),
        reason=reading.reason,
        digits=[digit(read) for read in reading.digits],
        left_out=reading.left_out or None,
    )


def table(read, side: int = PAGE_SIDE) -> dict:
    """Return a Table as plain values, with its straightened page, no larger than `side`.

    Boxes are in pixels of the upright picture; each cell's `crop` is in pixels of that page.
    """
    small, scale = _within(read.page, side)
    return _known(
        rows=[[cell(its, scale) for its in row] for row in read.rows],
        ruled=read.ruled,
        problem=read.problem,
        corners=[list(corner) for corner in read.corners],
        left_out=[list(box) for box in getattr(read, "left_out", ())] or None,
        page=grey(small),
    )


def cell(read, scale: float = 1.0) -> dict:
    """Return a Cell as plain values. scale: pixels of the shown page to one of the page read."""
    return _known(
        row=read.row,
        column=read.column,
        text=read.text,
        confidence=float(read.confidence),
        box=list(read.box),
        crop=[round(place * scale) for place in read.crop],
        problem=read.problem,
        digits=[_mark(digit) for digit in read.digits],
    )


def _mark(read) -> dict:
    """Return a table's Digit without glyph and probabilities: there are hundreds."""
    return _known(
        label=read.label,
        character=read.character or None,
        confidence=float(read.confidence),
        box=list(read.box) if read.box else None,
        reason=read.reason,
    )


def numbers(array: np.ndarray) -> list[float]:
    """Return an array's numbers, row by row."""
    return [float(number) for number in np.ravel(array)]


def mask(ink: np.ndarray) -> dict:
    """Return ink (H, W), 0 .. 1, as {width, height, pixels}, which the page colours.

    pixels: flat RGBA bytes, black, with the ink as opacity.
    """
    pixels = np.zeros((*ink.shape, 4), np.uint8)
    pixels[..., 3] = np.round(np.clip(ink, 0, 1) * 255)
    height, width = ink.shape
    return {"width": width, "height": height, "pixels": pixels.reshape(-1)}


def grey(light: np.ndarray) -> dict:
    """Return lightness (H, W), 0 .. 1, as {width, height, pixels}, opaque."""
    pixels = np.full((*light.shape, 4), 255, np.uint8)
    pixels[..., :3] = np.round(np.clip(light, 0, 1) * 255)[..., None]
    height, width = light.shape
    return {"width": width, "height": height, "pixels": pixels.reshape(-1)}


def shown(values: np.ndarray) -> np.ndarray:
    """Scale (H, W) float32 down to the size at which it is shown."""
    return _within(values, SHOWN_SIDE)[0]


def _within(values: np.ndarray, most: int) -> tuple[np.ndarray, float]:
    """Scale (H, W) float32 down to a longer side of at most `most`; return it and the factor."""
    scale = most / max(values.shape)
    if scale >= 1:
        return values, 1.0
    from PIL import Image  # not needed for the page's first answer

    size = [max(1, round(side * scale)) for side in values.shape[::-1]]
    picture = Image.fromarray(np.ascontiguousarray(values))
    return np.asarray(picture.resize(size, Image.Resampling.BOX)), scale


def picture(small, full_width: int) -> dict:
    """Return a PIL image as pixels; `scale` takes boxes of the full picture to it."""
    return {
        "width": small.width,
        "height": small.height,
        "scale": small.width / full_width,
        "pixels": np.asarray(small.convert("RGBA")).reshape(-1),
    }


def failure(kind: str, error) -> dict:
    """Return an error as a sentence and the facts that belong into it."""
    facts = {name: str(fact) for name, fact in getattr(error, "facts", {}).items()}
    sentence = getattr(error, "sentence", str(error))
    return {"error": {"kind": kind, "sentence": sentence, "facts": facts}}


def _known(**facts) -> dict:
    """Leave out the facts that are None: None would arrive in the page as an object."""
    return {name: fact for name, fact in facts.items() if fact is not None}
