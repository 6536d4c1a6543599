"""The entries of a model file, each checked before memory is given to it.

A model file is fetched like any other and may be damaged or made to do harm. A .npz is a zip of
.npy files (NumPy Enhancement Proposal 1); both say how large their contents are, and neither is
believed: what an entry's header declares has to be exactly what the entry holds. Nothing is
unpickled and nothing is written to disk.
"""

import io
import math
import zipfile

import numpy as np
from numpy.lib import format as npy

from .errors import ModelError

MAX_BYTES = 32_000_000  # unpacked; a hundred times what a network for digits needs
MAX_ENTRIES = 200  # two for each layer of a network far deeper than digits need
# zipfile unpacks these piece by piece; bzip2 and LZMA could unpack to gigabytes in one piece.
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
SUFFIX = ".npy"
HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def entries(file, name: str, remedy: str) -> dict[str, np.ndarray]:
    """The arrays of an .npz, given as a path or a binary file, by name; all are read-only.

    Raises ModelError, which calls the file `name` and ends with `remedy`.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            listed = archive.infolist()
            if sum(entry.file_size for entry in listed) > MAX_BYTES:
                raise ModelError(f"{name} unpacks to over {MAX_BYTES // 10**6} MB; {remedy}.")
            if len(listed) > MAX_ENTRIES:
                raise ModelError(f"{name} has {len(listed)} entries, far too many; {remedy}.")
            return {_key(entry): _array(archive, entry) for entry in listed}
    except FileNotFoundError:
        raise ModelError(f"{name} is missing; {remedy}.") from None
    except ModelError:
        raise
    except Exception:  # whatever a damaged zip or .npy header makes the readers stumble over
        raise ModelError(f"{name} is damaged; {remedy}.") from None


def _key(entry: zipfile.ZipInfo) -> str:
    if not entry.filename.endswith(SUFFIX) or "/" in entry.filename:
        raise ValueError(f"{entry.filename!r} is not the name of an array")
    return entry.filename.removesuffix(SUFFIX)


def _array(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> np.ndarray:
    """One entry; its size is known to be below MAX_BYTES."""
    if entry.compress_type not in PACKINGS:
        raise ValueError(f"packed by method {entry.compress_type}")
    content = archive.read(entry)
    stream = io.BytesIO(content)
    shape, by_columns, kind = HEADERS[npy.read_magic(stream)](stream)
    rest = len(content) - stream.tell()
    if kind.hasobject or kind.itemsize * math.prod(shape) != rest or min(shape, default=0) < 0:
        raise ValueError(f"{entry.filename} does not hold what its header declares")
    flat = np.frombuffer(content, kind, offset=stream.tell())
    return flat.reshape(shape, order="F" if by_columns else "C")
