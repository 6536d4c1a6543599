"""Measure accuracy on corrupted pictures, after MNIST-C.

N. Mu, J. Gilmer, "MNIST-C: a robustness benchmark for computer vision", 2019 (arXiv 1906.02337).
MNIST-C corrupts glyphs. Here whole pages are corrupted, which tests the code from picture to glyph
too. Each page has one dark digit, half as high as the page.
"""

from collections.abc import Callable, Iterable
from multiprocessing.pool import Pool
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from training.data import datasets
from training.evaluation import canvas, parallel
from training.evaluation.disturbances import DISTURBANCES, disturb
from training.evaluation.metrics import rounded
from training.evaluation.parallel import Sample
from training.evaluation.sets import DIGIT_SETS, MNIST
from training.synth import render

COUNT = 250  # digits of each source
PEN = "unipen_dev"


def pages(data: Path | None, count: int = COUNT) -> dict[str, list[Sample]]:
    """Return undisturbed pages by source: MNIST's test digits, and pen strokes if found."""
    digits = (part[:count] for part in datasets.mnist("test"))
    found = {
        MNIST: [
            Sample(int(label), None, _Page(canvas.glyph_page, glyph))
            for glyph, label in zip(*digits, strict=True)
        ]
    }
    path = data / DIGIT_SETS[PEN].path if data else None
    if path and path.exists():
        trajectories = render.read_trajectories(path)
        step = max(len(trajectories) // count, 1)  # over all writers
        found[PEN] = [
            Sample(int(s["label"]), s["writer"], _Page(canvas.pen_page, s["strokes"], seed))
            for seed, s in enumerate(trajectories[::step][:count])
        ]
    return found


def curves(pool: Pool, samples: Iterable[Sample]) -> dict:
    """Return the shares of samples read right and rejected, by disturbance and value."""
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
    """A picklable function that draws a page."""

    draw: Callable[..., Image.Image]
    source: object  # a glyph or strokes
    seed: int | None = None

    def __call__(self) -> Image.Image:
        return self.draw(self.source, *([] if self.seed is None else [self.seed]))


def _outcomes(job: tuple[int, Sample]) -> list[list[int]]:
    """Return outcomes by disturbance and value: 1 right, 0 rejected, -1 misread."""
    seed, sample = job
    page = sample.picture()
    plain = _outcome(page, sample.label)
    return [
        [
            plain if v == found.neutral else _outcome(disturb(page, name, v, seed), sample.label)
            for v in found.values
        ]
        for name, found in DISTURBANCES.items()
    ]


def _outcome(picture: Image.Image, truth: int) -> int:
    label = parallel.read_digit(picture).label
    return 0 if label is None else 1 if label == truth else -1


def measure(pool: Pool, data: Path | None, count: int = COUNT) -> dict[str, dict]:
    """Return `curves` by source: MNIST's test digits, and pen strokes if found."""
    return {name: curves(pool, samples) for name, samples in pages(data, count).items()}
