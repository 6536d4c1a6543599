"""Train the line network: `make train-lines`, or `python -m training.lines.train --steps 40`.

Writes lines.keras and lines.json into --out. Prints the share of validation lines read whole.
"""

import argparse
import json
import time
from itertools import chain
from pathlib import Path

import keras
import numpy as np

from training.data.datasets import required_data_folder
from training.lines.batches import batches, grouped, make_chunk
from training.lines.network import line_network
from training.lines.texts import ALPHABET
from training.network.unfold import unfold

OUT = Path(__file__).resolve().parents[2] / "build" / "lines"
STEPS = 9_000  # batches; an hour on two cores
PEAK = 2.5e-3  # learning rate
WARM_UP = 0.04  # share of the steps
WEIGHT_DECAY = 2e-3
SEED = 7
REPORT = 250  # steps between lines of the log
VALIDATION = 6  # chunks


def main(arguments: list[str] | None = None) -> None:
    """Fit, print and write."""
    options = _parser().parse_args(arguments)
    data = required_data_folder(options.data)
    keras.utils.set_random_seed(SEED)
    model = line_network()
    model.summary(print_fn=lambda line, **_: print(line) if "params" in line else None)
    if options.start and options.start.suffix == ".keras":
        lines = chain.from_iterable(make_chunk((SEED + 1, i), data) for i in range(2))
        some = grouped(list(lines), np.random.default_rng(0))[0][0]
        unfold(model, keras.models.load_model(options.start), some)
    elif options.start:
        model.load_weights(options.start)
    fit(model, data, options)
    options.out.mkdir(parents=True, exist_ok=True)
    model.save(options.out / "lines.keras")
    record = {"alphabet": ALPHABET, "steps": options.steps, "seed": SEED}
    (options.out / "lines.json").write_text(json.dumps(record) + "\n")


def fit(model: keras.Model, data: Path, options: argparse.Namespace) -> None:
    """Fit a network to an endless stream of lines; a checkpoint is written at every report."""
    warm = round(WARM_UP * options.steps)
    rate = keras.optimizers.schedules.CosineDecay(
        0.0, options.steps - warm, alpha=0.0, warmup_target=options.peak, warmup_steps=warm
    )
    optimizer = keras.optimizers.AdamW(
        rate, weight_decay=WEIGHT_DECAY, clipnorm=5.0, use_ema=True, ema_momentum=0.998
    )
    inputs = model.input
    flat = keras.Model(inputs, keras.layers.Lambda(lambda x: x[:, 0], name="flat")(model.output))
    flat.compile(optimizer, loss=keras.losses.CTC(), jit_compile=False)
    lines = chain.from_iterable(make_chunk((SEED + 1, i), data) for i in range(VALIDATION))
    held = grouped(list(lines), np.random.default_rng(0))
    stream = batches(data, options.seed, options.everything)
    losses, begun = [], time.time()
    for step, (lines, labels) in enumerate(stream, 1):
        losses.append(float(flat.train_on_batch(lines, labels)))
        if step % REPORT == 0 or step == options.steps:
            right = whole_lines_right(model, held) if step % (4 * REPORT) == 0 else float("nan")
            spent = f"{time.time() - begun:.0f} s"
            print(f"step {step} loss {np.mean(losses):.3f} whole {right:.3f} {spent}", flush=True)
            losses.clear()
            options.out.mkdir(parents=True, exist_ok=True)
            model.save_weights(options.out / "checkpoint.weights.h5")
        if step == options.steps:
            break
    optimizer.finalize_variable_values(model.trainable_variables)
    for layer in model.layers:  # the moving average is taken before constraints are applied
        if getattr(layer, "kernel_constraint", None):
            layer.kernel.assign(layer.kernel_constraint(layer.kernel))


def whole_lines_right(model: keras.Model, held: list) -> float:
    """Return the share of validation lines whose greedy decoding is right."""
    right = []
    for lines, labels in held:
        best = np.asarray(model(lines, training=False))[:, 0].argmax(axis=-1)
        for path, label in zip(best, labels, strict=True):
            kept = path[np.append(True, path[1:] != path[:-1])]
            right.append(kept[kept > 0].tolist() == label[label > 0].tolist())
    return float(np.mean(right))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="real handwriting; else INKLING_DATA")
    parser.add_argument("--steps", type=int, default=STEPS, help="batches to fit to")
    parser.add_argument("--peak", type=float, default=PEAK, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=SEED, help="of the lines that are made")
    parser.add_argument("--start", type=Path, help="weights, or folded network, to go on from")
    parser.add_argument("--everything", action="store_true", help="train on held-out writers too")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write to")
    return parser


if __name__ == "__main__":
    main()
