"""Measure what teaching changes: `make evaluate-teaching`.

Each writer in turn teaches a reader three samples of each digit. Then it reads the rest of the
writer's digits, MNIST's test digits and letters. Prints a table, and writes it to docs/teaching.md
and the measures to teaching.json. The network has seen no sample of these writers.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from inkling.network import layers
from inkling.network.model import Network
from inkling.teaching.prototypes import Prototypes, unit
from inkling.teaching.taught_network import TaughtNetwork, features
from training.data import datasets
from training.data.glyph_cache import cached_glyphs
from training.evaluation import canvas, sets
from training.synth.render import read_trajectories
from training.teaching.held_out import held_out_network
from training.teaching.prototypes import MODEL, prototypes_of
from training.text_table import markdown, plain

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "training" / "teaching.json"
DOCUMENT = ROOT / "docs" / "teaching.md"
OPEN, CLOSE = "<!-- teaching -->\n", "<!-- /teaching -->"
TAUGHT = 3  # samples of each digit
DRAWS = 4  # random choices of these samples, for each writer
REFUSED = -1  # stands for the label of a glyph without an answer
WRITERS = {"unipen_dev": "unipen_digits_dev"}  # those with more than three of a digit
UNSEEN = "pendigits_train"  # measured with a network that has not been trained on it


class Seen(NamedTuple):
    """Glyphs as a network sees them."""

    glyphs: np.ndarray  # (N, 28, 28) float32
    features: np.ndarray  # (N, F) float32, unit vectors
    logits: np.ndarray  # (N, K) float32, calibrated
    labels: np.ndarray  # (N,) int64; REFUSED for letters
    writers: np.ndarray  # (N,) of str


class Counts(NamedTuple):
    """Of one writer and one choice of samples; the pairs are (before, after)."""

    digits: int
    wrong: tuple[int, int]  # answered, but not what was written
    refused: tuple[int, int]
    mnist_worse: int = 0
    mnist_better: int = 0
    letters: tuple[int, int] = (0, 0)  # answered


def main(arguments: list[str] | None = None) -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder of handwriting; default INKLING_DATA")
    parser.add_argument("--draws", type=int, default=DRAWS, help="choices of samples a writer")
    options = parser.parse_args(arguments)
    data = datasets.required_data_folder(options.data)
    network = Network.load(MODEL / "digits.npz")
    prototypes = Prototypes.load(MODEL / "prototypes.npz")
    found = {
        name: measure(network, prototypes, data, file, options.draws)
        for name, file in WRITERS.items()
    }
    unseen = Network.load(held_out_network(data))
    found[UNSEEN] = measure(unseen, prototypes_of(unseen), data, UNSEEN, options.draws)
    print(plain(table(found)))
    RECORD.write_text(json.dumps(found, indent=1) + "\n")
    fill(DOCUMENT, table(found))


def measure(network: Network, prototypes: Prototypes, data: Path, file: str, draws: int) -> dict:
    """Return the measures over all writers in a file of pen strokes."""
    people = _drawn(network, data, file)
    mnist, letters = _mnist(network), _drawn(network, data, "unipen_letters_dev")
    counts, writers = [], len(np.unique(people.writers))
    for taught, rest in _lessons(people, draws):
        known = TaughtNetwork(network, people.glyphs[taught], people.labels[taught], prototypes)
        others = (mnist, letters) if len(counts) < writers else ()  # of the first draw: it is slow
        counts.append(_count(network, known, _select(people, rest), *others))
    return summary(counts, writers, draws)


def summary(counts: list[Counts], writers: int, draws: int) -> dict:
    """Return the sums over all writers, for one choice of samples; MNIST's of the worst writer.

    counts: draw by draw, and in each writer by writer.
    """
    first = {"mnist_worse", "mnist_better", "letters"}
    columns = {
        name: np.array([getattr(c, name) for c in (counts[:writers] if name in first else counts)])
        for name in Counts._fields
    }
    sums = {k: columns[k].sum(axis=0) / draws for k in ("digits", "wrong", "refused")}
    gained = columns["letters"][:, 1] - columns["letters"][:, 0]
    return {
        "writers": writers,
        **{name: np.round(value, 2).tolist() for name, value in sums.items()},
        "mnist_worse": {
            "mean": round(float(columns["mnist_worse"].mean()), 2),
            "most": int(columns["mnist_worse"].max()),
            "at most 5": round(float((columns["mnist_worse"] <= 5).mean()), 3),
        },
        "mnist_better": round(float(columns["mnist_better"].mean()), 2),
        "letters": {"before": int(columns["letters"][0, 0]), "most more": int(gained.max())},
    }


def table(found: dict) -> str:
    """Return the measures as a Markdown table."""
    heads = ["writers of", "writers", "digits read", "wrong before", "after", "refused before"]
    heads += ["after", "MNIST worse: mean", "most", "better: mean", "letters more"]
    rows = [
        [
            name,
            *(f"{value:,.0f}" for value in (of["writers"], of["digits"])),
            *(f"{value:.1f}" for value in (*of["wrong"], *of["refused"])),
            f"{of['mnist_worse']['mean']:.1f}",
            str(of["mnist_worse"]["most"]),
            f"{of['mnist_better']:.1f}",
            str(of["letters"]["most more"]),
        ]
        for name, of in found.items()
    ]
    return markdown(heads, rows, 1)


def fill(document: Path, text: str) -> None:
    """Put a table into a document, between its marks."""
    before, rest = document.read_text().split(OPEN)
    _, after = rest.split(CLOSE)
    document.write_text(f"{before}{OPEN}{text}\n{CLOSE}{after}")


def _lessons(people: Seen, draws: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the indices of the samples that a writer teaches, and of the writer's others."""
    for draw in range(draws):
        random = np.random.default_rng(draw)
        for writer in np.unique(people.writers):
            own = np.flatnonzero(people.writers == writer)
            by_digit = (own[people.labels[own] == digit] for digit in range(10))
            taught = np.concatenate([random.permutation(some)[:TAUGHT] for some in by_digit])
            yield taught, np.setdiff1d(own, taught)


def _count(network, known: TaughtNetwork, rest: Seen, mnist=None, letters=None) -> Counts:
    own = _before_and_after(network, known, rest)
    counts = Counts(
        digits=len(rest.labels),
        wrong=_pair((answers != rest.labels) & (answers != REFUSED) for answers in own),
        refused=_pair(answers == REFUSED for answers in own),
    )
    if mnist is None:
        return counts
    right = [answers == mnist.labels for answers in _before_and_after(network, known, mnist)]
    return counts._replace(
        mnist_worse=int((right[0] & ~right[1]).sum()),
        mnist_better=int((right[1] & ~right[0]).sum()),
        letters=_pair(a != REFUSED for a in _before_and_after(network, known, letters)),
    )


def _pair(masks) -> tuple[int, int]:
    before, after = (int(mask.sum()) for mask in masks)
    return before, after


def _before_and_after(network, known: TaughtNetwork, seen: Seen) -> tuple[np.ndarray, np.ndarray]:
    corrected = known.corrected(seen.features, seen.logits)
    return _answers(network, seen.logits), _answers(network, corrected)


def _answers(network: Network, logits: np.ndarray) -> np.ndarray:
    probabilities = layers.softmax(logits)
    digits, none = probabilities[:, :10], probabilities[:, 10:].sum(axis=1)
    answered = (digits.max(axis=1) >= network.threshold) & (none <= network.none_threshold)
    return np.where(answered, digits.argmax(axis=1), REFUSED)


def _drawn(network: Network, data: Path, file: str) -> Seen:
    """Draw pen strokes on canvases, by pens that are not those of training."""
    rows = read_trajectories(data / "pen" / f"{file}.json.gz")
    rows = [row for row in rows if row["label"] not in sets.AMBIGUOUS]
    glyphs = cached_glyphs(f"canvas-{file}", rows, _draw)
    labels = [int(row["label"]) if row["label"].isdigit() else REFUSED for row in rows]
    return _seen(network, glyphs, np.array(labels), np.array([row["writer"] for row in rows]))


def _draw(row: dict, random: np.random.Generator):
    return canvas.draw_on_canvas(row["strokes"], int(random.integers(2**31)))


def _mnist(network: Network) -> Seen:
    digits = datasets.mnist_digits("test")
    return _seen(network, digits.glyphs, digits.labels.astype(int), np.array([""]))


def _seen(network: Network, glyphs: np.ndarray, labels: np.ndarray, writers: np.ndarray) -> Seen:
    glyphs = glyphs.astype(np.float32) / 255
    found = features(network, glyphs)
    logits = layers.dense(found, **network.steps[-1][1]) / np.float32(network.temperature)
    return Seen(glyphs, unit(found), logits, labels, writers)


def _select(seen: Seen, chosen: np.ndarray) -> Seen:
    return Seen(*(part[chosen] for part in seen))


if __name__ == "__main__":
    main()
