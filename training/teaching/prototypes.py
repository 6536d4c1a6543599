"""Write the prototypes that teaching compares a person's samples with.

    python -m training.teaching.prototypes

They are k-means centroids of MNIST's training digits in the network's features, spherical as the
features are compared by cosine. A retrained network needs new ones: `make train` writes them.
"""

import argparse
from pathlib import Path

import numpy as np

from inkling.network.model import Network
from inkling.teaching.prototypes import DIGITS, FILE, Prototypes, unit
from inkling.teaching.taught_network import features
from training.data import datasets

MODEL = Path(__file__).resolve().parents[2] / "site" / "model"
SAMPLES = 6_000  # of MNIST's training digits: more change nothing
CENTROIDS = 10  # of each digit; with 25, fewer errors of the person are corrected
ROUNDS = 10
SEED = 0


def main(arguments: list[str] | None = None) -> None:
    """Write prototypes of the network in --model into the same folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=MODEL / "digits.npz", help="network")
    model = parser.parse_args(arguments).model
    path = model.with_name(FILE)
    prototypes_of(Network.load(model)).save(path)
    print(f"{path}: {path.stat().st_size:,} bytes")


def prototypes_of(network: Network, samples: int = SAMPLES) -> Prototypes:
    """Return prototypes of a network, from MNIST's first training digits."""
    pictures, labels = (part[:samples] for part in datasets.mnist("train"))
    seen = unit(features(network, pictures.astype(np.float32) / 255))
    centroids = [_centroids(seen[labels == digit]) for digit in range(DIGITS)]
    kinds = np.repeat(np.arange(DIGITS), [len(each) for each in centroids])
    return Prototypes(np.concatenate(centroids), kinds)


def _centroids(seen: np.ndarray) -> np.ndarray:
    """Return CENTROIDS of unit vectors (N, F), or all of fewer, by Lloyd's algorithm."""
    order = np.random.default_rng(SEED).permutation(len(seen))
    centroids = seen[order[:CENTROIDS]]
    for _ in range(ROUNDS):
        nearest = (seen @ centroids.T).argmax(axis=1)
        used = np.unique(nearest)
        centroids[used] = unit(np.stack([seen[nearest == k].mean(axis=0) for k in used]))
    return centroids


if __name__ == "__main__":
    main()
