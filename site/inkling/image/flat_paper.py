"""The ink of a drawing: a picture whose paper is one exact tone, as a canvas' is.

For photos, ink.py fits a surface to the light, measures the noise, and fills in the paper under the
marks. On paper of one tone all of this finds that very tone. Where that is certain, contrast is
simply the difference from it. A canvas of 280 x 280 pixels then takes a tenth of the time (Pyodide
0.27). The tests compare both ways.
"""

import numpy as np

from .filters import dilate, resize
from .form_lines import find_edge_lines
from .ruled_lines import cannot_be_ruled, remove_ruled_lines
from .threshold import FAINTEST, SAMPLE, edge, level, sample_of, toned, within_rim

PAPER_SIDE = 160  # light varies slowly, so paper is looked for in a picture of this size
FRINGE = 2  # of the paper's 160 pixels, on either side of a mark: its soft edge
SHADE = 0.1  # of the picture's edge: marks wider than a stroke that fill more of it are shade
DIFFERENT = 1e-4  # of white: less is rounding
STILL = 0.19  # of neighbouring pixels differ, at most: a fifth, and there would be noise
TURNING = 0.8  # share of the picture that is inked plus that of its edge: at 1 polarity turns
MOST = 0.35  # of the picture may be inked: medians, and so the fitted surface, are then the paper's
BLOCK = 4  # pixels, each way
# The weights of ink.py's blur fall to nothing over 21 pixels each way. With as many clear pixels in
# a block so near, it gives the paper more than the thousandth that it wants: 6 (21 - 15)^2 / 21^4.
NEAR = 3  # blocks
ENOUGH = 6  # pixels


def drawn_ink(light: np.ndarray, dark_ink: bool | None = None) -> np.ndarray | None:
    """Return the ink that ink.py finds in any photo, (H, W) float32, to within rounding.

    light, dark_ink: as for `ink_map`. None where it is not certain that it would find the same.
    That is so on paper of many tones, with ink all over it, with printed lines.
    """
    if max(light.shape) < PAPER_SIDE:  # what _is_plain knows holds for pictures of this size
        return None
    tone, darkest, lightest = light[0, 0], light.min(), light.max()
    if tone not in (darkest, lightest) or not _is_still(light):
        return None
    dark = bool(darkest < tone)
    if dark_ink not in (None, dark):
        return None
    sign = np.float32(-1 if dark else 1)
    small = resize(light, PAPER_SIDE)
    contrast = sign * (light - tone)
    if not _is_plain(sign * (small - tone)) or not (small is light or _is_still(small)):
        return None
    if not cannot_be_ruled(light != tone) and (
        remove_ruled_lines(contrast, 0.0) is not contrast or find_edge_lines(contrast, FAINTEST)
    ):
        return None
    sample = sample_of(contrast)
    return toned(contrast, sample[sample > level(sample, FAINTEST)])


def _is_still(light: np.ndarray) -> bool:
    """Return whether too few neighbours differ for noise to be measured."""
    rows = light[:: max(1, light.size // SAMPLE)]
    return np.count_nonzero(rows[:, 1:] != rows[:, :-1]) <= STILL * rows.size


def _is_plain(contrast: np.ndarray) -> bool:
    """Return whether paper of one tone lies around all ink, near every place and at the edge."""
    inked = contrast > DIFFERENT
    within = within_rim(inked)
    share = np.count_nonzero(within) / within.size
    if edge(inked).mean() > SHADE or share > MOST or share + edge(within).mean() > TURNING:
        return False
    marks = dilate(contrast > level(contrast, FAINTEST), FRINGE)
    if (inked > marks).any():
        return False
    return bool(dilate(_in_blocks(~marks) >= ENOUGH, NEAR).all())


def _in_blocks(mask: np.ndarray) -> np.ndarray:
    """Count the True in each whole block of a mask: (H // BLOCK, W // BLOCK) uint8."""
    height, width = (side // BLOCK * BLOCK for side in mask.shape)
    bits = mask[:height, :width].view(np.uint8)
    rows = sum(bits[i::BLOCK] for i in range(BLOCK))  # a seventh of the time of one sum over both
    return sum(rows[:, i::BLOCK] for i in range(BLOCK))
