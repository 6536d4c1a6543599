"""Inkling reads handwritten digits: a picture in, a digit out, with numpy and Pillow alone.

reader = Reader.load("site/model/digits.npz")
reader.read_digit("seven.png").label
"""

from .errors import ModelError, PictureError
from .reader import Reader
from .readings import Digit, Reading

__version__ = "0.1.0"
__all__ = ["Digit", "ModelError", "PictureError", "Reader", "Reading", "__version__"]
