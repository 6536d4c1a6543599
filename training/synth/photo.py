"""Photographs and scans: effects of the light on the sheet, of the camera and of the file.

Light changes sheets, (H, W, 3) float32, 0 black .. 1 white. Cameras and files change PIL pictures
in mode "RGB". Every effect takes a generator and returns a new sheet or picture.
"""

import io
import math

import numpy as np
from PIL import Image, ImageFilter

from training.synth.random_effects import log_uniform, rotated_axes, smooth_noise

FALL = (0.05, 0.4)  # loss of light from the centre to the side away from the window
VIGNETTE = (0.05, 0.3)  # loss of light from the centre to the corners
SHADOW = (0.1, 0.4)  # share of the light that a hand or the phone blocks
SHADOW_EDGE = (0.02, 0.7)  # half sides from full shadow to full light: lamp to window
EXPOSURE = (0.5, 1.0)  # gain; a phone renders a white page grey
CAST = 0.05  # standard deviation of the log gain of red and of blue: warm lamps, cool shade
GAMMA = 0.15  # standard deviation of the logarithm of the tone curve's exponent
INSET = 0.06  # of each side, at most: how far a corner moves inwards
DEFOCUS = (0.3, 1.8)  # pixels; at most 5 % of the smallest digit
SHAKE = (2, 6)  # pixels
LUMINANCE_NOISE = (0.004, 0.03)  # of white: daylight to lamplight
COLOUR_NOISE = (0.004, 0.03)  # of white
COLOUR_NOISE_SIZE = 2.5  # pixels: cameras smooth colours more than lightness
QUALITY = (25, 90)  # of JPEG: messengers to cameras
TINY = (22, 44)  # pixels of the longer side of a thumbnail
SHARPER = (ImageFilter.SHARPEN, ImageFilter.DETAIL)
INK_SHARE = (0.35, 0.65)  # position of a scanner's threshold between ink and paper


def light_from_side(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Light the sheet from one side."""
    across, _ = rotated_axes(sheet.shape, random)
    return sheet * (1 - log_uniform(FALL, random) * across)[..., None]


def vignette(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Darken with the squared distance from a random centre."""
    across, along = rotated_axes(sheet.shape, random)
    away = (across - random.normal(0, 0.3)) ** 2 + (along - random.normal(0, 0.3)) ** 2
    return sheet * (1 - log_uniform(VIGNETTE, random) * np.minimum(away, 2))[..., None]


def cast_shadow(sheet: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Cast the shadow of an object beside the sheet: hard under a lamp, soft under a window."""
    across, along = rotated_axes(sheet.shape, random)
    bend = random.normal(0, 0.4) * along**2 + 0.1 * smooth_noise(sheet.shape, 60, random)
    depth = (across + bend - random.uniform(0, 0.9)) / log_uniform(SHADOW_EDGE, random)
    return sheet * (1 - log_uniform(SHADOW, random) * np.clip(depth + 0.5, 0, 1))[..., None]


def expose(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Change exposure, white balance and tone curve."""
    gains = log_uniform(EXPOSURE, random) * np.exp(random.normal(0, CAST, 3) * (1, 0, 1))
    curve = math.exp(random.normal(0, GAMMA))
    levels = np.clip(np.linspace(0, 1, 256) * gains[:, None], 0, 1) ** curve
    return picture.point(np.rint(levels * 255).astype(int).ravel().tolist())


def warp_perspective(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Apply mild perspective and rotation. Corners move inwards, so that no empty area shows."""
    width, height = picture.size
    turn = random.uniform(-1, 1)  # each corner slides along one of its two sides
    clockwise, counter = max(turn, 0), max(-turn, 0)
    slide = np.array([[clockwise, counter], [counter, clockwise]] * 2)
    inset = INSET * np.maximum(slide, random.uniform(0, 0.5, (4, 2))) * (width, height)
    corners = np.array([[0, 0], [0, height], [width, height], [width, 0]])
    quad = corners + inset * np.array([[1, 1], [1, -1], [-1, -1], [-1, 1]])
    kind = Image.Resampling.BILINEAR
    return picture.transform(picture.size, Image.Transform.QUAD, quad.ravel().tolist(), kind)


def defocus(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Blur as a lens that is focused on another distance."""
    return picture.filter(ImageFilter.GaussianBlur(log_uniform(DEFOCUS, random)))


def motion_blur(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Blur along a line, as by a hand that moved during the exposure."""
    angle, length = random.uniform(0, math.pi), log_uniform(SHAKE, random)
    steps = np.linspace(-0.5, 0.5, math.ceil(length) + 1) * length
    pixels, (width, height) = np.asarray(picture), picture.size
    total = np.zeros(pixels.shape, np.float32)
    for step in steps:
        y = np.clip(np.arange(height) + round(step * math.sin(angle)), 0, height - 1)
        x = np.clip(np.arange(width) + round(step * math.cos(angle)), 0, width - 1)
        total += pixels[y][:, x]
    return Image.fromarray((total / len(steps)).astype(np.uint8))


def add_noise(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Add a sensor's noise: white in lightness, coarser in colour."""
    shape = picture.size[::-1]
    grain = log_uniform(LUMINANCE_NOISE, random) * smooth_noise(shape, 1, random)
    strength = log_uniform(COLOUR_NOISE, random)
    red, blue = (
        grain + strength * smooth_noise(shape, COLOUR_NOISE_SIZE, random) for _ in range(2)
    )
    return to_picture(np.asarray(picture) / np.float32(255) + np.dstack([red, grain, blue]))


def sharpen(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Sharpen edges as a phone does."""
    return picture.filter(SHARPER[random.integers(len(SHARPER))])


def compress(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Save as JPEG and load again, with its blocks and halos."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=int(random.integers(*QUALITY)))
    return Image.open(file).convert(picture.mode)


def shrink(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Shrink to a thumbnail."""
    scale = log_uniform(TINY, random) / max(picture.size)
    size = [max(8, round(side * scale)) for side in picture.size]
    return picture.resize(size, Image.Resampling.BOX if scale < 0.5 else Image.Resampling.BILINEAR)


def dither(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Dither to black and white after raising the paper to white, as scanners do; mode "L"."""
    light = picture.convert("L")
    paper = float(np.quantile(np.asarray(light), 0.4))
    return light.point(lambda level: level * 255 / paper).convert("1").convert("L")


def threshold(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Threshold to black and white between the tones of ink and paper; mode "L"."""
    light = picture.convert("L")
    ink, paper = np.quantile(np.asarray(light), (0.005, 0.6))
    border = ink + random.uniform(*INK_SHARE) * (paper - ink)
    return light.point(lambda level: 255 * (level > border))


def to_picture(sheet: np.ndarray) -> Image.Image:
    """Convert a sheet, (H, W, 3 or 4) float32, 0 .. 1, to a PIL picture."""
    return Image.fromarray((np.clip(sheet, 0, 1) * 255 + 0.5).astype(np.uint8))


LIGHT = ((0.6, light_from_side), (0.45, vignette), (0.25, cast_shadow))
CAMERA = (
    (1.0, expose),
    (0.7, warp_perspective),
    (0.45, defocus),
    (0.1, motion_blur),
    (0.75, add_noise),
    (0.25, sharpen),
)
SCANNER = ((0.4, warp_perspective), (0.3, defocus), (0.5, sharpen))
BLACK_AND_WHITE = ((0.8, threshold), (0.2, dither))
