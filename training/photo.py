"""Photographs and scans: the light on the sheet, the camera, and the file that is made of it.

Light works on sheets, (H, W, 3) float32, 0 black .. 1 white; cameras and files on PIL pictures in
mode "RGB", 8 bits a colour.
"""

import io
import math

import numpy as np
from PIL import Image, ImageFilter

from training.chance import between, clouds, places

FALL = (0.05, 0.4)  # how much darker the side away from the window is than the middle
VIGNETTE = (0.05, 0.3)  # how much darker the corners are, that lens and lamp light less
SHADOW = (0.1, 0.4)  # of the light that a hand or the phone takes away
SHADOW_EDGE = (0.02, 0.7)  # half sides from full shadow to full light: lamp to window
EXPOSURE = (0.5, 1.0)  # a phone makes a white page grey
CAST = 0.05  # standard deviation of red's and of blue's gain: lamps are warm, shade is cool
GAMMA = 0.15  # standard deviation of the logarithm of the tone curve's exponent
INSET = 0.06  # of each side: how far a corner moves in, when held askew
DEFOCUS = (0.3, 1.8)  # pixels; some 5 % of the smallest digit
SHAKE = (2, 6)  # pixels
LUMINANCE_NOISE = (0.004, 0.03)  # of white: daylight to lamplight
COLOUR_NOISE = (0.004, 0.03)
COLOUR_NOISE_SIZE = 2.5  # pixels: cameras smooth colours more than lightness
QUALITY = (25, 90)  # of JPEG: messengers to cameras
TINY = (22, 44)  # pixels of the longer side of a thumbnail
SHARPER = (ImageFilter.SHARPEN, ImageFilter.DETAIL)
INK_SHARE = (0.35, 0.65)  # between ink and paper: where a scanner's threshold may lie


def falling_off(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Light from one side."""
    across, _ = places(sheet.shape, random)
    return sheet * (1 - between(FALL, random) * across)[..., None]


def vignetted(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Light that falls off with the square of the distance from its middle."""
    across, along = places(sheet.shape, random)
    away = (across - random.normal(0, 0.3)) ** 2 + (along - random.normal(0, 0.3)) ** 2
    return sheet * (1 - between(VIGNETTE, random) * np.minimum(away, 2))[..., None]


def shadowed(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The shadow of something beside the sheet: hard under a lamp, soft under a window."""
    across, along = places(sheet.shape, random)
    bend = random.normal(0, 0.4) * along**2 + 0.1 * clouds(sheet.shape, 60, random)
    depth = (across + bend - random.uniform(0, 0.9)) / between(SHADOW_EDGE, random)
    return sheet * (1 - between(SHADOW, random) * np.clip(depth + 0.5, 0, 1))[..., None]


def exposed(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """The brightness, the white balance and the tone curve that the camera settles for."""
    gains = between(EXPOSURE, random) * np.exp(random.normal(0, CAST, 3) * (1, 0, 1))
    curve = math.exp(random.normal(0, GAMMA))
    levels = np.clip(np.linspace(0, 1, 256) * gains[:, None], 0, 1) ** curve
    return picture.point(np.rint(levels * 255).astype(int).ravel().tolist())


def held_askew(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Mild perspective and rotation. The corners move inwards, so that nothing bare shows."""
    width, height = picture.size
    turn = random.uniform(-1, 1)  # each corner slides along one of its two sides
    clockwise, counter = max(turn, 0), max(-turn, 0)
    slide = np.array([[clockwise, counter], [counter, clockwise]] * 2)
    inset = INSET * np.maximum(slide, random.uniform(0, 0.5, (4, 2))) * (width, height)
    corners = np.array([[0, 0], [0, height], [width, height], [width, 0]])
    quad = corners + inset * np.array([[1, 1], [1, -1], [-1, -1], [-1, 1]])
    kind = Image.Resampling.BILINEAR
    return picture.transform(picture.size, Image.Transform.QUAD, quad.ravel().tolist(), kind)


def out_of_focus(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """A lens that is set to another distance."""
    return picture.filter(ImageFilter.GaussianBlur(between(DEFOCUS, random)))


def shaken(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """A hand that moved during the exposure."""
    angle, length = random.uniform(0, math.pi), between(SHAKE, random)
    steps = np.linspace(-0.5, 0.5, math.ceil(length) + 1) * length
    pixels, (width, height) = np.asarray(picture), picture.size
    total = np.zeros(pixels.shape, np.float32)
    for step in steps:
        y = np.clip(np.arange(height) + round(step * math.sin(angle)), 0, height - 1)
        x = np.clip(np.arange(width) + round(step * math.cos(angle)), 0, width - 1)
        total += pixels[y][:, x]
    return Image.fromarray((total / len(steps)).astype(np.uint8))


def noisy(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """A sensor's noise, in lightness from pixel to pixel, in colour coarser."""
    shape = picture.size[::-1]
    grain = between(LUMINANCE_NOISE, random) * clouds(shape, 1, random)
    strength = between(COLOUR_NOISE, random)
    red, blue = (grain + strength * clouds(shape, COLOUR_NOISE_SIZE, random) for _ in range(2))
    return developed(np.asarray(picture) / np.float32(255) + np.dstack([red, grain, blue]))


def sharpened(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """What a phone does to every edge."""
    return picture.filter(SHARPER[random.integers(len(SHARPER))])


def compressed(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Kept as JPEG, with its blocks and halos."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=int(random.integers(*QUALITY)))
    return Image.open(file).convert(picture.mode)


def tiny(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """A thumbnail."""
    scale = between(TINY, random) / max(picture.size)
    size = [max(8, round(side * scale)) for side in picture.size]
    return picture.resize(size, Image.Resampling.BOX if scale < 0.5 else Image.Resampling.BILINEAR)


def dithered(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Greys as patterns of black and white, with the paper as white as scanners make it."""
    light = picture.convert("L")
    paper = float(np.quantile(np.asarray(light), 0.4))
    return light.point(lambda level: level * 255 / paper).convert("1").convert("L")


def thresholded(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Black and white, with the border somewhere between the ink and the paper."""
    light = picture.convert("L")
    ink, paper = np.quantile(np.asarray(light), (0.005, 0.6))
    border = ink + random.uniform(*INK_SHARE) * (paper - ink)
    return light.point(lambda level: 255 * (level > border))


def developed(sheet: np.ndarray) -> Image.Image:
    """The sheet as a PIL picture of 8 bits a colour."""
    return Image.fromarray((np.clip(sheet, 0, 1) * 255 + 0.5).astype(np.uint8))


LIGHT = ((0.6, falling_off), (0.45, vignetted), (0.25, shadowed))
CAMERA = (
    (1.0, exposed),
    (0.7, held_askew),
    (0.45, out_of_focus),
    (0.1, shaken),
    (0.75, noisy),
    (0.25, sharpened),
)
SCANNER = ((0.4, held_askew), (0.3, out_of_focus), (0.5, sharpened))
BLACK_AND_WHITE = ((0.8, thresholded), (0.2, dithered))
