"""Read thousands of altered pictures and model files, and report those that do harm.

Then come dense pictures, which are not damaged: there is only more on them than can be read.

    python -m tests.fuzz [--pictures 10000] [--models 2000] [--dense 600] [--seed 1]

Harm is: any exception but the one promised, a crash, more than 5 s of computing for one file, or
memory beyond 1.5 GB. A file can be had again with `cases.picture(number, seed)`, a
dense one with `dense.picture(number, seed)`.
"""

import argparse
import collections
import sys

from tests.fuzz import extremes, guard


def run(kind: str, count: int, seed: int) -> int:
    """Read files of one kind, print the outcomes, and return the number of harmful files."""
    seen = [*guard.outcomes(kind, range(count), seed)]
    harmful = [outcome for outcome in seen if outcome.said.startswith(guard.HARM)]
    slowest = max(seen, key=lambda outcome: outcome.seconds)
    peak = max(outcome.peak for outcome in seen)
    print(f"{kind}: {len(seen)} files, seed {seed}")
    for said, times in collections.Counter(outcome.said for outcome in seen).most_common():
        print(f"{times:8} {said}")
    print(f"         at most {slowest.seconds:.2f} s ({slowest.name}) and {peak / 1e6:.0f} MB")
    for outcome in harmful:
        print(f"{kind} {outcome.name}: {outcome.said}")
    sys.stdout.flush()
    return len(harmful)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--pictures", type=int, default=10_000)
    options.add_argument("--models", type=int, default=2_000)
    options.add_argument("--dense", type=int, default=600)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    harmful = run("models", chosen.models, chosen.seed)
    harmful += run("pictures", chosen.pictures, chosen.seed)
    harmful += run("dense", chosen.dense, chosen.seed)
    harmful += run("extremes", len(extremes.extremes()), chosen.seed)
    print(f"{harmful} files did harm." if harmful else "No file did harm.")
    return 1 if harmful else 0


if __name__ == "__main__":
    sys.exit(main())
