"""How far a picture may be disturbed before its digit is misread, in the spirit of MNIST-C.

N. Mu, J. Gilmer, "MNIST-C: a robustness benchmark for computer vision", 2019 (arXiv 1906.02337).
There glyphs are disturbed; here it is the picture, a dark digit half as high as its white page, so
that what turns pictures into glyphs is put to the test, too.
"""

from collections.abc import Callable, Iterable
from multiprocessing.pool import Pool
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from training import canvas, datasets, reading, strokes
from training.development import DIGIT_SETS, MNIST
from training.disturbances import DISTURBANCES, disturbed
from training.measures import NO_DIGIT, rounded
from training.reading import Sample

COUNT = 250  # digits of each source
PEN = "unipen_dev"


def pages(data: Path | None, count: int = COUNT) -> dict[str, list[Sample]]:
    """The undisturbed pages by source: MNIST's test digits, and pen strokes if they are there."""
    digits = (part[:count] for part in datasets.mnist("test"))
    found = {
        MNIST: [
            Sample(int(label), None, _Page(canvas.glyph_page, glyph))
            for glyph, label in zip(*digits, strict=True)
        ]
    }
    path = data / DIGIT_SETS[PEN].path if data else None
    if path and path.exists():
        trajectories = strokes.trajectories(path)
        step = max(len(trajectories) // count, 1)  # so that all writers take part
        found[PEN] = [
            Sample(int(s["label"]), s["writer"], _Page(canvas.pen_page, s["strokes"], seed))
            for seed, s in enumerate(trajectories[::step][:count])
        ]
    return found


def curves(pool: Pool, samples: Iterable[Sample]) -> dict:
    """Shares of the samples read right and withheld, by disturbance, for each of its values."""
    jobs = enumerate(samples)
    outcomes = np.array(list(pool.imap(_outcomes, jobs, 2)))  # (digits, disturbances, values)
    return {
        name: {
            "right": [rounded(v) for v in (outcomes[:, k] == 1).mean(axis=0)],
            "withheld": [rounded(v) for v in (outcomes[:, k] == 0).mean(axis=0)],
        }
        for k, name in enumerate(DISTURBANCES)
    } | {"digits": len(outcomes)}


class _Page(NamedTuple):
    """A recipe for a page."""

    draw: Callable[..., Image.Image]
    source: object
    seed: int | None = None

    def __call__(self) -> Image.Image:
        return self.draw(self.source, *([] if self.seed is None else [self.seed]))


def _outcomes(job: tuple[int, Sample]) -> list[list[int]]:
    """1 right, 0 withheld, -1 misread; by disturbance, for each of its values."""
    seed, sample = job
    page = sample.picture()
    plain = _outcome(page, sample.label)
    return [
        [
            plain if v == found.neutral else _outcome(disturbed(page, name, v, seed), sample.label)
            for v in found.values
        ]
        for name, found in DISTURBANCES.items()
    ]


def _outcome(picture: Image.Image, truth: int) -> int:
    label = reading.read(picture).label
    return 0 if label is None else 1 if label == truth else NO_DIGIT


def measured(pool: Pool, data: Path | None, count: int = COUNT) -> dict[str, dict]:
    """`curves` by source: MNIST's test digits, and pen strokes if they are there."""
    return {name: curves(pool, samples) for name, samples in pages(data, count).items()}
