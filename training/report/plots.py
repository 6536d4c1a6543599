"""Draw the card's plots: history, confusion, reliability, coverage and robustness."""

import io
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

DPI = 110
COLOURS = 96
INK, ACCENT, PAPER, RULE = "#1d3a6e", "#c2452d", "#fbf8f1", "#d9d2c3"
STYLE = {
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "axes.edgecolor": RULE,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def confusion(counts: np.ndarray, path: Path) -> None:
    """Draw a confusion matrix (10, 10): a row for each true digit, a column for each reading."""
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(figsize=(6.4, 6.4), layout="constrained")
        wrong = counts * (1 - np.eye(len(counts)))
        axes.imshow(wrong, cmap=tint(ACCENT), vmin=0, vmax=max(wrong.max(), 1))
        for (row, column), count in np.ndenumerate(counts):
            if count:
                strong = row != column and count > wrong.max() / 2
                colour = PAPER if strong else INK if row == column else "black"
                axes.text(column, row, f"{count:,}", ha="center", va="center", color=colour)
        axes.set(xlabel="read as", ylabel="written", xticks=range(10), yticks=range(10))
        axes.set_title("MNIST test digits; colour marks the misread ones", loc="left")
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        save(figure, path)


def curves(history: dict[str, list], path: Path) -> None:
    """Draw accuracy and loss against epochs. history: by Keras' names."""
    epochs = np.arange(1, len(history["loss"]) + 1)
    with plt.rc_context(STYLE):
        figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 4), layout="constrained")
        for axes, name, title in (
            (left, "accuracy", "Accuracy, per cent"),
            (right, "loss", "Loss, in nats"),
        ):
            for key, colour, label in (
                (name, ACCENT, "training, augmented"),
                (f"val_{name}", INK, "validation"),
            ):
                values = np.array(history[key]) * (100 if name == "accuracy" else 1)
                axes.plot(epochs, values, color=colour, label=label)
            axes.set_title(title, loc="left")
            axes.set_xlabel("epoch")
            axes.grid(axis="y", color=RULE, linewidth=0.6)
        # The first epochs are far below; the last few per cent matter.
        left.set_ylim(bottom=max(95.0, 100 * min(history["val_accuracy"]) - 1), top=100)
        left.legend(frameon=False, loc="lower right")
        save(figure, path)


def reliability(sets: dict[str, list[dict]], errors: dict[str, float], path: Path) -> None:
    """Draw accuracy against confidence and each bin's count, a panel for each set.

    sets: bins as the card holds them. errors: the expected calibration error of each set.
    """
    with plt.rc_context(STYLE):
        figure, panels = plt.subplots(
            2,
            len(sets),
            figsize=(4.8 * len(sets), 5.6),
            layout="constrained",
            sharex=True,
            squeeze=False,
            height_ratios=[3, 1],
        )
        for (above, below), (name, bins) in zip(panels.T, sets.items(), strict=True):
            _reliability_panel(above, bins)
            above.set_title(f"{name}: calibration error {errors[name]:.4f}", loc="left")
            confidence, counts = ([b[key] for b in bins] for key in ("confidence", "count"))
            below.vlines(confidence, 0.5, counts, color=INK, linewidth=5)
            below.set(yscale="log", xlabel="confidence", ylim=(0.5, None))
        panels[0, 0].set_ylabel("share that is right")
        panels[1, 0].set_ylabel("digits")
        save(figure, path)


def coverage(sets: dict[str, dict], path: Path) -> None:
    """Draw risk against coverage, with the shipped thresholds' point on each curve."""
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(figsize=(7.6, 4.6), layout="constrained")
        for (name, curve), colour in zip(sets.items(), (INK, ACCENT), strict=False):
            across, risk = (100 * np.array(curve[key]) for key in ("coverage", "risk"))
            x, y = (100 * curve["shipped"][key] for key in ("coverage", "risk"))
            label = f"{name}: as shipped, {x:.2f} % answered, {y:.2f} % of these wrong"
            axes.plot(across, risk, color=colour, label=label, linewidth=2)
            axes.plot(x, y, "o", color=colour, markersize=10, markeredgecolor=PAPER)
        axes.set(xlabel="digits answered, %", ylabel="answers that are wrong, %")
        axes.set_title("Risk against coverage: the least confident are rejected first", loc="left")
        axes.set_ylim(bottom=0, top=max(1.4 * axes.get_ylim()[1], 0.1))
        axes.set_xlim(right=100.3)
        axes.xaxis.set_major_locator(matplotlib.ticker.MultipleLocator(5))
        axes.grid(axis="y", color=RULE, linewidth=0.6)
        axes.legend(frameon=False, loc="upper left")
        save(figure, path)


def robustness(axes_of: dict[str, dict], curves: dict[str, dict], digits: int, path: Path) -> None:
    """Draw the shares read right, rejected and misread, a panel for each disturbance.

    axes_of: {name: {"axis", "values", "neutral"}}; curves: {name: {"right", "withheld"}}.
    """
    columns = (len(axes_of) + 1) // 2
    with plt.rc_context(STYLE):
        figure, panels = plt.subplots(
            2, columns, figsize=(2.9 * columns, 6.2), layout="constrained", sharey=True
        )
        for panel, (name, axis) in zip(panels.flat, axes_of.items(), strict=False):
            _robustness_panel(panel, axis, curves[name])
            panel.set_title(name, loc="left", weight="bold")
        for unused in panels.flat[len(axes_of) :]:
            unused.set_axis_off()
        for first in panels[:, 0]:
            first.set_ylabel("% of digits")
        title = f"{digits} digits on pages that get worse from left to right"
        figure.suptitle(title, x=0.01, ha="left", fontsize=13)
        figure.get_layout_engine().set(wspace=0.05, hspace=0.06)
        names, colours = ("misread", "rejected", "read right"), (ACCENT, RULE, INK)
        handles = [matplotlib.patches.Patch(color=c) for c in colours]
        figure.legend(handles, names, loc="upper right", ncols=3, frameon=False)
        save(figure, path)


def _reliability_panel(axes, bins: list[dict]) -> None:
    confidence, accuracy, counts = (
        np.array([b[key] for b in bins]) for key in ("confidence", "accuracy", "count")
    )
    axes.plot([0, 1], [0, 1], color=RULE, linewidth=1.5, zorder=0)
    # The bars are two standard errors of a perfectly calibrated bin with this count.
    error = 2 * np.sqrt(confidence * (1 - confidence) / counts)
    low, high = np.clip(confidence - error, 0, 1), np.clip(confidence + error, 0, 1)
    axes.vlines(confidence, low, high, color=RULE, linewidth=5, zorder=1)
    axes.plot(confidence, accuracy, "o", color=ACCENT, markersize=7, zorder=2)
    axes.set(xlim=(0, 1.02), ylim=(0, 1.02), yticks=np.linspace(0, 1, 6))


def _robustness_panel(axes, axis: dict, curve: dict) -> None:
    """Draw areas over evenly spaced degrees, labelled with their values."""
    places = np.arange(len(axis["values"]))
    right = 100 * np.array(curve["right"])
    silent = right + 100 * np.array(curve["withheld"])
    axes.fill_between(places, 0, right, color=INK, alpha=0.85, linewidth=0)
    axes.fill_between(places, right, silent, color=RULE, linewidth=0)
    axes.fill_between(places, silent, 100, color=ACCENT, linewidth=0)
    axes.set_xticks(places, [f"{value:g}".replace("-", "−") for value in axis["values"]])
    axes.set(xlim=(0, places[-1]), ylim=(0, 100), xlabel=axis["axis"])
    axes.spines[:].set_visible(False)


def tint(colour: str) -> matplotlib.colors.Colormap:
    """Return a colour map from paper to a colour."""
    return matplotlib.colors.LinearSegmentedColormap.from_list("tint", [PAPER, colour])


def save(figure, path: Path) -> None:
    """Write a figure as PNG, the same bytes for the same figure, and close it."""
    drawn = io.BytesIO()
    figure.savefig(drawn, dpi=DPI, metadata={"Software": None})
    plt.close(figure)
    # A palette holds the few colours and their blends in a third of the size.
    Image.open(drawn).convert("RGB").quantize(COLOURS).save(path, optimize=True)
