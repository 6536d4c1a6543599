"""Fit the costs of candidate segments: `python -m training.numbers.fit_costs`.

The fitted costs maximise the likelihood of texts: a lattice is a conditional random field (J.
Lafferty, A. McCallum, F. Pereira, "Conditional random fields", ICML 2001). The samples come from
cost_samples.py, the network from held_out_writers.py: it was not trained on these numbers. Also
reads every number that people wrote with costs fitted without its writer.

Writes trust and costs to numbers.json. The factor `reject_odds` there is not fitted. Of 1, 7, 50,
400 and 3,000, with costs fitted for each, 50 gave the greatest likelihood.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

import keras
import numpy as np

from inkling.network.learned_numbers import SegmentFeatures
from inkling.numbers.lattice import best_path
from inkling.numbers.scores import Evidence, score_segments
from inkling.results import REJECT
from training.data import datasets
from training.evaluation import parallel
from training.learned_numbers import checked_numbers, update_numbers
from training.numbers.cost_samples import CostSample, cost_samples, number_sets
from training.numbers.forward_backward import sum_paths
from training.numbers.held_out_writers import held_out_network

FEATURES = len(SegmentFeatures._fields)
FOLDS = 5
STEPS, RATE = 80, 0.05  # of Adam; the loss hardly changes in the last twenty
PRIOR = 0.5  # L2 penalty of a weight's distance from START, beside one number's loss
# An initial guess, which remains where samples say little: trust, digit costs, reject costs.
START = np.array(
    [
        1.5,
        *SegmentFeatures(-0.8, 1.2, 1.3, 1.1, 6.0, 3.8, 0.0, 1.5, 0.0, 0.0, 0.0),
        *SegmentFeatures(0.9, 1.2, 1.3, 1.1, 6.0, 0.0, 5.0, 0.0, 1.2, 0.0, 0.0),
    ]
)


def main(arguments: list[str] | None = None) -> None:
    """Fit, cross-validate, print and write."""
    data = datasets.data_folder(_parser().parse_args(arguments).data)
    if data is None:
        print("No handwriting found: the costs in numbers.json stay as they are.")
        return
    with held_out_network(data) as path, parallel.readers(path) as pool:
        written, others = (cost_samples(pool, numbers) for numbers in number_sets(data))
    known = checked_numbers()
    now = np.concatenate([[known.trust], known.digit_costs, known.reject_costs])
    print(f"right before: {count_right(written, now)} written, {count_right(others, now)} others")
    weights = fit([*written, *others])
    print(f"right now: {count_right(written, weights)}, {count_right(others, weights)}")
    print(f"right, cross-validated: {cross_validate(written, others)}")
    digit, reject = (
        {k: round(float(v), 2) for k, v in part._asdict().items()} for part in unpack(weights)[1:]
    )
    trust = round(float(weights[0]), 2)
    update_numbers(trust=trust, digit_costs=digit, reject_costs=reject)


def fit(samples: list[CostSample], steps: int = STEPS) -> np.ndarray:
    """Return the weights of the greatest likelihood, as `unpack` takes them."""
    weights = keras.Variable(START.astype(np.float32))
    optimiser = keras.optimizers.Adam(RATE)
    for step in range(steps):
        now = keras.ops.convert_to_numpy(weights)
        loss, slope = loss_and_slope(samples, now)
        slope += PRIOR * (now - START)
        optimiser.apply([keras.ops.convert_to_tensor(slope, "float32")], [weights])
        if step % 10 == 0:
            print(f"step {step}: {loss / len(samples):.4f} nats a number", flush=True)
    return keras.ops.convert_to_numpy(weights)


def loss_and_slope(samples: Iterable[CostSample], weights: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the texts' negative log likelihood, in nats, and its gradient, (1 + 2 * FEATURES,)."""
    loss, slope = 0.0, np.zeros(len(weights))
    for evidence, text, _ in samples:
        lattice = score_segments(evidence, *unpack(weights))
        every, all_counts = sum_paths(lattice)
        true, counts = sum_paths(lattice, text)
        loss += every - true
        surplus = all_counts - counts
        slope[0] += (surplus * evidence.log_probabilities).sum()
        slope[1 : 1 + FEATURES] -= surplus[:, :REJECT].sum(axis=1) @ evidence.features
        slope[1 + FEATURES :] -= surplus[:, REJECT] @ evidence.features
    return loss, slope


def count_right(samples: list[CostSample], weights: np.ndarray) -> str:
    """Return how many texts are read right, as text."""
    count = sum(_text(sample.evidence, weights) == sample.text for sample in samples)
    return f"{count} of {len(samples)}"


def cross_validate(written: list[CostSample], others: list[CostSample]) -> str:
    """Return how many written numbers are read right with costs fitted without their writers."""
    names = sorted({sample.writer for sample in written})
    fold = {name: place % FOLDS for place, name in enumerate(names)}
    count = 0
    for k in range(FOLDS):
        known = [sample for sample in written if fold[sample.writer] != k]
        weights = fit([*known, *others])
        unknown = (sample for sample in written if fold[sample.writer] == k)
        count += sum(_text(sample.evidence, weights) == sample.text for sample in unknown)
    return f"{count} of {len(written)}"


def unpack(weights: np.ndarray) -> tuple[float, SegmentFeatures, SegmentFeatures]:
    """Split all weights, (1 + 2 * FEATURES,), into trust and the costs of digits and rejects."""
    digit, reject = weights[1 : 1 + FEATURES], weights[1 + FEATURES :]
    return weights[0], SegmentFeatures(*digit), SegmentFeatures(*reject)


def _text(evidence: Evidence, weights: np.ndarray) -> str:
    _, labels = best_path(score_segments(evidence, *unpack(weights)))
    return "".join(str(label) for label in labels if label != REJECT)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder of handwriting; default INKLING_DATA")
    return parser


if __name__ == "__main__":
    main()
