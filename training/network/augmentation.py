"""Augment glyphs: slant, shift, size, elastic distortion, stroke width, tone and resolution.

After P. Simard, D. Steinkraus, J. Platt, "Best practices for convolutional neural networks
applied to visual document analysis", ICDAR 2003. All randomness comes from the given seed, so that
a batch can be drawn again.
"""

import tensorflow as tf

ROTATION = 0.14  # standard deviation, radians (8 degrees)
SCALE = 0.09  # standard deviation of the logarithm of width and of height
SHEAR = 0.15  # standard deviation, pixels across for each pixel down
SHIFT = 1.0  # standard deviation, pixels; framing has centred the ink already
WOBBLE = 0.8  # standard deviation, pixels, of the elastic displacement at a knot
COARSE = 0.3  # share of the glyphs reduced to half resolution, at full strength
KNOTS = 5  # of the elastic grid, on each side
THICKNESS = 0.75  # pixels, at most, by which strokes get thinner or thicker
TONE = 0.25  # standard deviation of the logarithm of the exponent on the ink


def augment(glyphs: tf.Tensor, seed: tf.Tensor, strength: float | tf.Tensor = 1.0) -> tf.Tensor:
    """Vary a batch of glyphs, (N, 28, 28, 1) float32, 0 .. 1.

    seed: (2,) int. strength: from 0, no change, to 1.
    """
    seeds = tf.unstack(tf.random.split(seed, 5), num=5)
    places = _affine_map(glyphs, seeds[0], strength) + strength * _elastic_displacement(
        glyphs, seeds[1]
    )
    moved = _resample(glyphs, places)
    toned = _change_tone(_change_thickness(moved, seeds[2], strength), seeds[3], strength)
    return _reduce_resolution(toned, seeds[4], strength)


def _affine_map(glyphs, seed, strength):
    """Return each pixel's source under a random affine map, (N, H, W, 2) as (y, x)."""
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


def _elastic_displacement(glyphs, seed):
    """Return a smooth random displacement, (N, H, W, 2), in pixels."""
    count, side = tf.shape(glyphs)[0], glyphs.shape[1]
    knots = tf.random.stateless_normal((count, KNOTS, KNOTS, 2), seed, stddev=WOBBLE)
    return tf.image.resize(knots, (side, side), "bicubic")


def _resample(glyphs, places):
    """Sample the glyphs bilinearly at places (N, H, W, 2); blank outside."""
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


def _change_thickness(glyphs, seed, strength):
    """Make strokes thinner or thicker by a fraction of a pixel on each side."""
    shape = (tf.shape(glyphs)[0], 1, 1, 1)
    amount = strength * THICKNESS * tf.random.stateless_uniform(shape, seed, -1, 1)
    thick = tf.nn.max_pool2d(glyphs, 3, 1, "SAME")
    thin = -tf.nn.max_pool2d(-glyphs, 3, 1, "SAME")
    # Thinning stops at half: an eroded stroke would be no digit.
    return (
        glyphs + tf.nn.relu(amount) * (thick - glyphs) + tf.nn.relu(-amount) * (thin - glyphs) / 2
    )


def _change_tone(glyphs, seed, strength):
    """Raise the ink to a random exponent."""
    shape = (tf.shape(glyphs)[0], 1, 1, 1)
    exponent = strength * tf.random.stateless_normal(shape, seed, stddev=TONE)
    return tf.pow(tf.clip_by_value(glyphs, 0, 1), tf.exp(exponent))


def _reduce_resolution(glyphs, seed, strength):
    """Reduce some glyphs to half resolution, as from a small picture."""
    side = glyphs.shape[1]
    coarse = tf.image.resize(glyphs, (side // 2, side // 2), "area")
    chosen = tf.random.stateless_uniform((tf.shape(glyphs)[0], 1, 1, 1), seed) < strength * COARSE
    return tf.where(chosen, tf.image.resize(coarse, (side, side), "bilinear"), glyphs)
