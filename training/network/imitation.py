"""Return targets that let a network keep what it knows while it is trained further.

Where the network is right, a target is a mixture of its own answer and of the label (Z. Li and
D. Hoiem, "Learning without forgetting", ECCV 2016, with the old samples at hand). Without this,
training on cells of forms made it misread more digits drawn on a pad. The module is short, as no
other training has a teacher.
"""

import keras
import numpy as np

from inkling.network.layers import softmax
from inkling.results import REJECT
from training.data.datasets import Digits
from training.network import fit

IMITATION = 0.7  # share of the network's own answer in a target


def targets(teacher: keras.Model, shift: float, digits: Digits) -> np.ndarray:
    """Return targets (N, classes) float32 for the glyphs of a training split.

    teacher: the network for inference. shift: by how much its bias of the reject class was raised
    after training, for its prior in use. The targets are for the prior of the training split.
    """
    logits = teacher.predict(fit.inputs(digits), batch_size=500, verbose=0)
    logits[:, REJECT] -= shift
    right = logits.argmax(axis=1) == digits.labels
    labels = fit.smoothed(digits.labels, logits.shape[1])
    own = IMITATION * softmax(logits) + (1 - IMITATION) * labels
    return np.where(right[:, None], own, labels).astype(np.float32)
