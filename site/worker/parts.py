"""Cut the part of a picture that is to be read, turned as a person has turned it."""

import math

import numpy as np
from PIL import Image

from inkling.image.lightness import upright
from inkling.numeric import median, solve

QUARTERS = {
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}
FULL_SIDE = 1 << 30  # pixels: larger than any picture that is opened, so nothing is shrunk
CORNERS = 8  # numbers of a part that is given by its four corners
TONE_SIDE = 64  # pixels: a picture of this size shows the tone of the paper


def cut_out(image, quarters: int, part: list):
    """Return a picture turned clockwise by quarters, 0 to 3, and then cut to a part.

    image: any image that `Reader` takes; it is returned as it is if there is nothing to do.
    part: [degrees, left, top, right, bottom], or [] for all. The picture is turned clockwise by
        the degrees about its middle; the edges are shares, 0 to 1, of the upright rectangle that
        then encloses it. Or eight numbers: x and y of a page's four corners, clockwise from the
        top left, as shares of the picture; it is seen from straight above. A part is cut from the
        picture in full size.
    Raises PictureError.
    """
    if not part:
        return upright(image)[0].transpose(QUARTERS[quarters]) if quarters else image
    picture, _ = upright(image, FULL_SIDE)
    if quarters:
        picture = picture.transpose(QUARTERS[quarters])
    return _straight(picture, part) if len(part) == CORNERS else _cut(picture, *part)


def _cut(picture, degrees, left, top, right, bottom):
    radians = math.radians(degrees)
    cosine, sine = math.cos(radians), math.sin(radians)
    across = picture.width * abs(cosine) + picture.height * abs(sine)
    down = picture.width * abs(sine) + picture.height * abs(cosine)
    size = max(1, round((right - left) * across)), max(1, round((bottom - top) * down))
    if not degrees:
        x, y = round(left * across), round(top * down)
        return picture.crop((x, y, x + size[0], y + size[1]))
    # From a point of the part to one of the picture: back by the angle, about both middles.
    x, y = left * across - across / 2, top * down - down / 2
    matrix = (
        *(cosine, sine, picture.width / 2 + x * cosine + y * sine),
        *(-sine, cosine, picture.height / 2 - x * sine + y * cosine),
    )
    affine, bicubic = Image.Transform.AFFINE, Image.Resampling.BICUBIC
    return picture.transform(size, affine, matrix, bicubic, fillcolor=_tone(picture))


def _straight(picture, part):
    """Return what lies within four corners as a rectangle (a homography takes it there)."""
    corners = np.reshape(part, (4, 2)) * picture.size
    lengths = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
    width, height = (max(1, round(max(lengths[side::2]))) for side in (0, 1))
    rows, right = [], []
    for (x, y), (u, v) in zip(
        [(0, 0), (width, 0), (width, height), (0, height)], corners, strict=True
    ):
        rows += [(x, y, 1, 0, 0, 0, -u * x, -u * y), (0, 0, 0, x, y, 1, -v * x, -v * y)]
        right += [u, v]
    matrix = solve(np.array(rows, float), np.array(right, float)[:, None])[:, 0].tolist()
    perspective, bicubic = Image.Transform.PERSPECTIVE, Image.Resampling.BICUBIC
    return picture.transform(
        (width, height), perspective, matrix, bicubic, fillcolor=_tone(picture)
    )


def _tone(picture):
    """Return the usual tone of a picture, its paper's, for the corners beside it."""
    small = picture.resize((TONE_SIDE, TONE_SIDE), Image.Resampling.BOX)
    tones = [round(median(np.asarray(channel))) for channel in small.split()]
    return tones[0] if len(tones) == 1 else tuple(tones)
