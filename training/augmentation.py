"""What handwriting does to a digit, done to glyphs: slant, shift, size, wobble, pen width; and
what becomes of it where there are few pixels.

After P. Simard, D. Steinkraus, J. Platt, "Best practices for convolutional neural networks
applied to visual document analysis", ICDAR 2003. All randomness comes from the seed that is
passed in, so that a batch can be drawn again.
"""

import tensorflow as tf

ROTATION = 0.14  # standard deviation, radians (8 degrees)
SCALE = 0.09  # standard deviation of the logarithm of width and of height
SHEAR = 0.15  # standard deviation, pixels across for each pixel down
SHIFT = 1.0  # standard deviation, pixels; framing has centred the ink already
WOBBLE = 0.8  # standard deviation, pixels, of the elastic displacement at its grid's knots
COARSE = 0.3  # share of the digits met as if they had been half as large, at full strength
KNOTS = 5  # the grid has as many knots a side
THICKNESS = 0.75  # at most so much of the way to one pixel thinner or thicker
TONE = 0.25  # standard deviation of the logarithm of the exponent on the ink


def augmented(glyphs: tf.Tensor, seed: tf.Tensor, strength: float | tf.Tensor = 1.0) -> tf.Tensor:
    """A batch (N, 28, 28, 1) float32, 0 .. 1, varied; seed: (2,) int; strength: 0 none, 1 full."""
    seeds = tf.unstack(tf.random.split(seed, 5), num=5)
    places = _affine(glyphs, seeds[0], strength) + strength * _elastic(glyphs, seeds[1])
    moved = _sampled(glyphs, places)
    toned = _toned(_thickened(moved, seeds[2], strength), seeds[3], strength)
    return _coarsened(toned, seeds[4], strength)


def _affine(glyphs, seed, strength):
    """Where each pixel comes from, (N, H, W, 2) as (y, x), under a random affine map."""
    count, side = tf.shape(glyphs)[0], glyphs.shape[1]
    draws = strength * tf.random.stateless_normal((count, 6), seed)
    turn, shear = ROTATION * draws[:, 0], SHEAR * draws[:, 1]
    tall, wide = tf.exp(SCALE * draws[:, 2]), tf.exp(SCALE * draws[:, 3])
    cos, sin = tf.cos(turn), tf.sin(turn)
    rows = [[cos * tall, -sin * wide], [(sin + shear * cos) * tall, (cos - shear * sin) * wide]]
    matrix = tf.transpose(tf.stack(rows), (2, 0, 1))
    centre = (side - 1) / 2
    y, x = tf.meshgrid(*[tf.range(side, dtype=tf.float32) - centre] * 2, indexing="ij")
    grid = tf.stack([y, x], -1)
    moved = tf.einsum("nij,hwj->nhwi", matrix, grid)
    return moved + centre + SHIFT * draws[:, None, None, 4:]


def _elastic(glyphs, seed):
    """A smooth random displacement, (N, H, W, 2)."""
    count, side = tf.shape(glyphs)[0], glyphs.shape[1]
    knots = tf.random.stateless_normal((count, KNOTS, KNOTS, 2), seed, stddev=WOBBLE)
    return tf.image.resize(knots, (side, side), "bicubic")


def _sampled(glyphs, places):
    """The glyphs at fractional places (N, H, W, 2), bilinearly; blank outside."""
    side = glyphs.shape[1]
    padded = tf.pad(glyphs[..., 0], [(0, 0), (1, 1), (1, 1)])
    places = tf.clip_by_value(places + 1, 0, side + 0.999)
    corner = tf.floor(places)
    fraction = places - corner
    corner = tf.cast(corner, tf.int32)
    flat = tf.reshape(padded, (-1, (side + 2) ** 2))
    index = corner[..., 0] * (side + 2) + corner[..., 1]
    fy, fx = fraction[..., 0], fraction[..., 1]

    def at(offset):
        places = tf.minimum(index + offset, (side + 2) ** 2 - 1)
        return tf.gather(flat, places, batch_dims=1)

    top = at(0) * (1 - fx) + at(1) * fx
    bottom = at(side + 2) * (1 - fx) + at(side + 3) * fx
    return (top * (1 - fy) + bottom * fy)[..., None]


def _thickened(glyphs, seed, strength):
    """Strokes thinner or thicker by a fraction of a pixel on each side."""
    shape = (tf.shape(glyphs)[0], 1, 1, 1)
    amount = strength * THICKNESS * tf.random.stateless_uniform(shape, seed, -1, 1)
    thick = tf.nn.max_pool2d(glyphs, 3, 1, "SAME")
    thin = -tf.nn.max_pool2d(-glyphs, 3, 1, "SAME")
    # A stroke that is eroded away is no digit: thinning stops at half.
    return (
        glyphs + tf.nn.relu(amount) * (thick - glyphs) + tf.nn.relu(-amount) * (thin - glyphs) / 2
    )


def _toned(glyphs, seed, strength):
    shape = (tf.shape(glyphs)[0], 1, 1, 1)
    exponent = strength * tf.random.stateless_normal(shape, seed, stddev=TONE)
    return tf.pow(tf.clip_by_value(glyphs, 0, 1), tf.exp(exponent))


def _coarsened(glyphs, seed, strength):
    """Some of them as out of a picture in which they had half as many pixels."""
    side = glyphs.shape[1]
    coarse = tf.image.resize(glyphs, (side // 2, side // 2), "area")
    chosen = tf.random.stateless_uniform((tf.shape(glyphs)[0], 1, 1, 1), seed) < strength * COARSE
    return tf.where(chosen, tf.image.resize(coarse, (side, side), "bilinear"), glyphs)
