"""Read and write a model file: an .npz of plain arrays and one JSON text (export/FORMAT.md).

A model file is fetched like any other and may be damaged or made to do harm. A .npz is a zip of
.npy files (NumPy Enhancement Proposal 1). Both declare how large their contents are, and neither is
believed: an entry must hold exactly what its header declares, and is checked before it gets memory.
Nothing is unpickled and nothing is written to disk.
"""

import io
import json
import math
import zipfile
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

from ..errors import ModelError

FORMAT = 1
ARCHITECTURE = "architecture"  # the entry that holds the JSON text
REMEDY = "run `make export`, or reload the page"
MAX_BYTES = 32_000_000  # unpacked; a hundred times what a network for digits needs
MAX_ENTRIES = 200  # two for each layer of a network far deeper than digits need
# zipfile unpacks these piece by piece; bzip2 and LZMA could unpack to gigabytes in one piece.
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
SUFFIX = ".npy"
LETTERS_FILE = "letters.npz"  # beside the digit network's file
HERE = Path(__file__).resolve().parent.parent
# Installed, the weights lie in the package; in a checkout, where the page loads them from.
WEIGHTS = (HERE / "digits.npz", HERE.parent / "model" / "digits.npz")
HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def weights() -> Path:
    """Return the path of the digit network that comes with the package; it may be missing."""
    return next((path for path in WEIGHTS if path.exists()), WEIGHTS[-1])


def letter_weights() -> Path:
    """Return the path of the letter network that comes with the package; it may be missing."""
    return weights().with_name(LETTERS_FILE)


def write_arrays(path: Path, architecture: dict, arrays: dict[str, np.ndarray]) -> None:
    """Write a network: what FORMAT.md's table lists but for `format`, and its arrays by name.

    Kernels that half precision holds exactly are stored in it, which halves the file.
    """
    text = json.dumps({"format": FORMAT, **architecture})
    stored = {name: _shortest(array) for name, array in arrays.items()}
    np.savez_compressed(path, **{ARCHITECTURE: np.array(text)}, **stored)


def read_arrays(file, name: str) -> tuple[dict, dict[str, np.ndarray]]:
    """Return the architecture and the read-only arrays by name of an .npz, a path or binary file.

    Raises ModelError, which calls the file `name`.
    """
    arrays = _entries(file, name)
    try:
        architecture = json.loads(str(arrays.pop(ARCHITECTURE)))
        found = architecture["format"]
    except Exception as error:  # JSON can be wrong in more ways than can be listed
        raise ModelError(f"{name} does not describe a network ({error}); {REMEDY}.") from None
    if found != FORMAT:
        raise ModelError(f"{name} has format {found}, this program reads {FORMAT}; {REMEDY}.")
    return architecture, arrays


def _shortest(array: np.ndarray) -> np.ndarray:
    """Return a kernel in half precision if that changes no value; anything else as it is."""
    if array.dtype.kind != "f" or array.ndim < 2:
        return array
    with np.errstate(over="ignore"):
        half = array.astype(np.float16)
    return half if (half == array).all() else array


def _entries(file, name: str) -> dict[str, np.ndarray]:
    try:
        with zipfile.ZipFile(file) as archive:
            listed = archive.infolist()
            if sum(entry.file_size for entry in listed) > MAX_BYTES:
                raise ModelError(f"{name} unpacks to over {MAX_BYTES // 10**6} MB; {REMEDY}.")
            if len(listed) > MAX_ENTRIES:
                raise ModelError(f"{name} has {len(listed)} entries, far too many; {REMEDY}.")
            return {_key(entry): _array(archive, entry) for entry in listed}
    except FileNotFoundError:
        raise ModelError(f"{name} is missing; {REMEDY}.") from None
    except ModelError:
        raise
    except Exception:  # each damage of a zip or .npy header raises another kind of error
        raise ModelError(f"{name} is damaged; {REMEDY}.") from None


def _key(entry: zipfile.ZipInfo) -> str:
    if not entry.filename.endswith(SUFFIX) or "/" in entry.filename:
        raise ValueError(f"{entry.filename!r} is not the name of an array")
    return entry.filename.removesuffix(SUFFIX)


def _array(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> np.ndarray:
    """Read one entry. Its size is known to be below MAX_BYTES."""
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
