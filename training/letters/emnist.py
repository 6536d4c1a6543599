"""Find EMNIST's test letters, where Keras or TensorFlow Datasets has them on this machine.

G. Cohen, S. Afshar, J. Tapson, A. van Schaik, "EMNIST: extending MNIST to handwritten letters",
IJCNN 2017. Nothing is downloaded here: 560 MB are for a person to decide on. The module is short
because this set is the only one that another library keeps.
"""

import numpy as np

WHY_NOT = (
    "EMNIST is skipped: it is not on this machine. To measure it, install tensorflow-datasets "
    "and run tensorflow_datasets.load('emnist/letters') once."
)


def test_letters(limit: int) -> tuple[np.ndarray, list[str]] | None:
    """Return pictures (N, 28, 28) uint8, white on black and upright, and capitals; None if absent.

    EMNIST stores its pictures transposed, and numbers its letters from 1.
    """
    try:
        import tensorflow_datasets as tfds

        found = tfds.load("emnist/letters", split="test", download=False, as_supervised=True)
        pairs = list(tfds.as_numpy(found.take(limit)))
    except Exception:  # not installed, not prepared, or of another version
        return None
    pictures = np.stack([np.squeeze(picture).T for picture, _ in pairs])
    return pictures, [chr(ord("A") + int(label) - 1) for _, label in pairs]
