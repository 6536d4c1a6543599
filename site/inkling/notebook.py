"""Show a digit in a notebook: its glyph as a picture, and the answer.

The module is short because the page, which has no notebook, leaves it out.
"""

import base64
import html
import io

import numpy as np
from PIL import Image

SIDE = 84  # pixels of the shown glyph: three for each of its own


def heading(text: str) -> str:
    """Return HTML that shows a line of text."""
    return f"<div>{html.escape(text)}</div>"


def figure(glyph: np.ndarray, caption: str) -> str:
    """Return HTML that shows a glyph, (H, W) float32, 1 = ink, black on white, and a caption.

    The picture is inside the HTML, as a notebook keeps its output without the files around it.
    """
    file = io.BytesIO()
    tones = np.rint((1 - np.clip(glyph, 0, 1)) * 255).astype(np.uint8)
    Image.fromarray(tones).save(file, "PNG")
    source = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
    said = html.escape(caption)
    style = "image-rendering:pixelated;border:1px solid #999"
    return (
        f'<figure style="display:inline-block;margin:4px;text-align:center">'
        f'<img src="{source}" width="{SIDE}" height="{SIDE}" alt="{said}" style="{style}">'
        f"<figcaption>{said}</figcaption></figure>"
    )
