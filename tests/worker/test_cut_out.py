"""A part of a picture is cut from the full size, turned as asked for."""

import io

import numpy as np
from PIL import Image

from worker.parts import cut_out


def marked(width=400, height=200):
    """A white picture with a black square of 20 pixels around the point (300, 50)."""
    pixels = np.full((height, width), 255, np.uint8)
    pixels[40:60, 290:310] = 0
    return Image.fromarray(pixels)


def middle_of_ink(picture):
    """The centre of the dark pixels, as shares of width and height."""
    ys, xs = np.nonzero(np.asarray(picture.convert("L")) < 128)
    return (xs.mean() + 0.5) / picture.width, (ys.mean() + 0.5) / picture.height


def test_without_a_part_or_a_turn_the_picture_itself_is_read():
    picture = marked()
    assert cut_out(picture, 0, []) is picture


def test_a_part_has_the_pixels_of_the_full_picture():
    large = Image.effect_noise((3000, 2000), 80)
    file = io.BytesIO()
    large.save(file, "PNG")
    part = cut_out(file.getvalue(), 0, [0, 0.25, 0.5, 0.75, 1])
    assert np.array_equal(np.asarray(part), np.asarray(large)[1000:2000, 750:2250])


def test_the_part_is_of_the_picture_after_its_quarters():
    # Turned clockwise by a quarter, the mark is at (150, 300) of 200 x 400 pixels.
    part = cut_out(marked(), 1, [0, 0.5, 0.5, 1, 1])
    assert part.size == (100, 200)
    assert np.allclose(middle_of_ink(part), (0.5, 0.5), atol=0.01)


def test_degrees_turn_clockwise_about_the_middle():
    turned = cut_out(marked(), 0, [30, 0, 0, 1, 1])
    cosine, sine = np.cos(np.pi / 6), np.sin(np.pi / 6)
    across, down = 400 * cosine + 200 * sine, 400 * sine + 200 * cosine
    assert turned.size == (round(across), round(down))
    x, y = 100 * cosine + 50 * sine, 100 * sine - 50 * cosine  # from the middle: (100, -50) before
    expected = 0.5 + x / across, 0.5 + y / down
    assert np.allclose(middle_of_ink(turned), expected, atol=0.01)
    half = cut_out(marked(), 0, [30, 0.5, 0, 1, 1])
    assert np.allclose(middle_of_ink(half), (2 * expected[0] - 1, expected[1]), atol=0.01)


def test_the_corners_beside_a_turned_picture_have_the_tone_of_its_paper():
    colour = Image.new("RGB", (300, 100), (200, 180, 120))
    turned = np.asarray(cut_out(colour, 0, [20, 0, 0, 1, 1]))
    assert np.abs(turned.astype(int) - (200, 180, 120)).max() <= 1


def test_a_page_between_four_corners_is_seen_from_straight_above():
    corners = [(120, 90), (610, 60), (700, 420), (90, 380)]  # of a page in a photo of 800 x 600
    # The page's middle is where its diagonals cross.
    share, _ = np.linalg.solve([[580, 520], [330, -320]], [490, -30])
    x, y = 120 + 580 * share, 90 + 330 * share
    photo = np.full((600, 800), 200, np.uint8)
    photo[round(y) - 8 : round(y) + 8, round(x) - 8 : round(x) + 8] = 0
    part = [
        value / side for corner in corners for value, side in zip(corner, (800, 600), strict=True)
    ]
    straight = cut_out(Image.fromarray(photo), 0, part)
    assert straight.size == (611, 371), "its longest sides"
    assert np.allclose(middle_of_ink(straight), (0.5, 0.5), atol=0.01)


def test_four_corners_of_the_whole_picture_change_nothing():
    picture = marked()
    whole = cut_out(picture, 0, [0, 0, 1, 0, 1, 1, 0, 1])
    assert np.array_equal(np.asarray(whole), np.asarray(picture))
