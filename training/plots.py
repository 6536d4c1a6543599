"""The pictures of a training run: what it confuses, and how it got there."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

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
        axes.imshow(wrong, cmap=_tint(ACCENT), vmin=0, vmax=max(wrong.max(), 1))
        for (row, column), count in np.ndenumerate(counts):
            if count:
                strong = row != column and count > wrong.max() / 2
                colour = PAPER if strong else INK if row == column else "black"
                axes.text(column, row, f"{count:,}", ha="center", va="center", color=colour)
        axes.set(xlabel="read as", ylabel="written", xticks=range(10), yticks=range(10))
        axes.set_title("MNIST test digits; colour marks the misread ones", loc="left")
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        _save(figure, path)


def curves(history: dict[str, list], path: Path) -> None:
    """Draw accuracy and loss against epochs; history as Keras names it."""
    epochs = np.arange(1, len(history["loss"]) + 1)
    with plt.rc_context(STYLE):
        figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 4), layout="constrained")
        for axes, name, title in (
            (left, "accuracy", "Accuracy, per cent"),
            (right, "loss", "Loss, in nats (labels smoothed)"),
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
        # The first epochs are far below; what matters happens in the last few per cent.
        left.set_ylim(bottom=max(95.0, 100 * min(history["val_accuracy"]) - 1), top=100)
        left.legend(frameon=False, loc="lower right")
        _save(figure, path)


def _tint(colour: str) -> matplotlib.colors.Colormap:
    return matplotlib.colors.LinearSegmentedColormap.from_list("tint", [PAPER, colour])


def _save(figure, path: Path) -> None:
    figure.savefig(path, dpi=110, metadata={"Software": None})
    plt.close(figure)
