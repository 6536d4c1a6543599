"""Name the outputs of the letter network, and add up its probabilities by letter.

The module is short because training, the model file and both ways to read letters share it.
"""

import string

import numpy as np

LETTERS = (*string.ascii_uppercase, *string.ascii_lowercase)
LABELS = (*string.digits, *LETTERS, "none")  # of the network's outputs, in order
CODE = string.digits + string.ascii_uppercase  # the 36 characters of a code
UPPER, LOWER = slice(10, 36), slice(36, 62)


def letter_shares(probabilities: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the probability of each of the 26 letters in either case, and that it is none.

    probabilities: (N, 63), of LABELS. Returns (N, 26) and (N,).
    """
    shares = probabilities[:, UPPER] + probabilities[:, LOWER]
    return shares, np.clip(1 - shares.sum(axis=1), 0, 1)
