"""Draw ink without strokes: blots, stains and shadows, as pictures of the reject class.

Such pictures reach a reader by mistake. A network that was not trained on them takes a dark
centre for the crossing of an 8.
"""

import math

import numpy as np
from PIL import Image, ImageDraw

from training.synth.random_effects import log_uniform, smooth_noise

SIDE = 224  # pixels of the picture
FINE = 3  # drawn larger by this and averaged, so that edges are smooth
GRAINS = (6, 90)  # pixels: correlation length of the coarsest noise in a stain
OCTAVES = 3  # of noise, at most; each half as large and weaker than the one before
EDGE = (0.8, 4)  # standard deviations of noise from no ink to full ink: sharp edge to haze
LEVEL = (-0.5, 1.5)  # standard deviations: noise above this is ink
SPOTS = (1, 8)  # blots in a picture
RADIUS = (0.03, 0.13)  # of the side; a larger blot is read by its rim, like a 0
HARMONICS = 6  # of a blot's outline
UNEVEN = (0.05, 0.35)  # standard deviation of log radius in the outline's first harmonic
STRETCH = 0.25  # standard deviation of the logarithm of length over width
OUTLINE = 72  # corners of the outline


def blots(random: np.random.Generator) -> Image.Image:
    """Draw filled blots of random outline, apart or overlapping; mode "L", dark on white."""
    page = Image.new("L", (SIDE * FINE,) * 2, 255)
    draw = ImageDraw.Draw(page)
    for _ in range(random.integers(*SPOTS, endpoint=True)):
        size = log_uniform(RADIUS, random)
        middle = random.uniform(size, 1 - size, 2)
        corners = (middle + size * _outline(random)) * SIDE * FINE
        draw.polygon([tuple(corner) for corner in corners.tolist()], fill=0)
    return page.reduce(FINE)


def stain(random: np.random.Generator) -> Image.Image:
    """Draw thresholded noise of one or several octaves; mode "L", dark on white."""
    largest, fading = log_uniform(GRAINS, random), random.uniform(0.3, 0.7)
    octaves = int(random.integers(1, OCTAVES, endpoint=True))
    grains = [max(largest / 2**octave, 1) for octave in range(octaves)]
    layers = [
        fading**octave * smooth_noise((SIDE, SIDE), grain, random)
        for octave, grain in enumerate(grains)
    ]
    field = sum(layers) / math.sqrt(sum(fading ** (2 * octave) for octave in range(octaves)))
    ink = (field - random.uniform(*LEVEL)) / log_uniform(EDGE, random) + 0.5
    return Image.fromarray(np.rint(255 * (1 - np.clip(ink, 0, 1))).astype(np.uint8))


def _outline(random: np.random.Generator) -> np.ndarray:
    """Return a closed curve around the origin, (OUTLINE, 2), at a distance of about 1."""
    turns = np.linspace(0, 2 * math.pi, OUTLINE, endpoint=False)
    waves = np.arange(1, HARMONICS + 1)
    height = random.normal(0, log_uniform(UNEVEN, random), HARMONICS) / np.sqrt(waves)
    phase = random.uniform(0, 2 * math.pi, HARMONICS)
    far = np.exp((height * np.cos(turns[:, None] * waves + phase)).sum(axis=1))
    lean, stretch = random.uniform(0, math.pi), math.exp(random.normal(0, STRETCH))
    x, y = far * np.cos(turns) * stretch, far * np.sin(turns) / stretch
    return np.stack(
        [x * math.cos(lean) - y * math.sin(lean), x * math.sin(lean) + y * math.cos(lean)], 1
    )


BLOTS = (blots, stain)
