"""Inkling reads handwritten digits and letters: a picture in, with numpy and Pillow alone.

reader = Reader.load()
reader.read_digit("seven.png").label
"""

from .errors import ModelError, PictureError
from .reader import Reader
from .results import Cell, Digit, Letter, Reading, Table

__version__ = "0.1.0"
__all__ = [
    "Cell",
    "Digit",
    "Letter",
    "ModelError",
    "PictureError",
    "Reader",
    "Reading",
    "Table",
    "__version__",
]
