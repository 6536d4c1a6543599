"""Masks, (H, W) bool: where they are, and grown."""

import numpy as np


def bounds(mask: np.ndarray) -> tuple[int, int, int, int] | None:
    """The box around all that is True, (left, top, right, bottom), the last two exclusive; None if
    nothing is."""
    rows = np.flatnonzero(mask.any(axis=1))
    if not len(rows):
        return None
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero(mask[top:bottom].any(axis=0))
    return int(columns[0]), top, int(columns[-1]) + 1, bottom


def widened(mask: np.ndarray, reach: int) -> np.ndarray:
    """All within `reach` pixels, each way: what filters.extreme gives with np.maximum, on bits in
    half of its time in WebAssembly."""
    across = mask.copy()
    for step in range(1, reach + 1):
        across[:, step:] |= mask[:, :-step]
        across[:, :-step] |= mask[:, step:]
    widened = across.copy()
    for step in range(1, reach + 1):
        widened[step:] |= across[:-step]
        widened[:-step] |= across[step:]
    return widened
