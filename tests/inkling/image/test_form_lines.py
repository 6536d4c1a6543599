"""Parts of a form's frame at the picture's edges are told from the digit beside them."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from inkling.image.form_lines import cut_edge_lines, find_edge_lines
from inkling.image.ink import ink_map
from inkling.image.lightness import grey
from inkling.image.segment import single

SIDE = 200
RING = (60, 50, 140, 150)
PAPER, INK, FRAME = 200, 60, 40
EDGES = [(0,), (1,), (2,), (3,), (0, 1), (0, 3), (0, 1, 2, 3)]


def cell(
    edges, ink: int | None = INK, tilt: int = 0, inset: int = 4, width: int = 5
) -> Image.Image:
    """Draw a ring in a cell, with lines at some edges: 0 top, 1 right, 2 bottom, 3 left.

    ink: None leaves the cell empty.
    """
    picture = Image.new("L", (SIDE, SIDE), PAPER)
    for edge in edges:
        near, far = (inset, inset + tilt) if edge in (0, 3) else (SIDE - inset, SIDE - inset - tilt)
        line = [(-9, near), (SIDE + 9, far)]
        draw_line(picture, line if edge in (0, 2) else [(y, x) for x, y in line], width)
    if ink is not None:
        ImageDraw.Draw(picture).ellipse(RING, outline=ink, width=8)
    return picture.filter(ImageFilter.GaussianBlur(1))


def draw_line(picture: Image.Image, line, width: int) -> None:
    ImageDraw.Draw(picture).line(line, fill=FRAME, width=width)


def bar(picture: Image.Image) -> Image.Image:
    """Draw a 7 whose bar runs along the top edge, from one side to the other."""
    height = picture.height
    ImageDraw.Draw(picture).line(
        [(0, 6), (picture.width - 8, 6), (picture.width * 0.4, height)], fill=0, width=12
    )
    return picture


@pytest.mark.parametrize("edges", EDGES)
@pytest.mark.parametrize("tilt", [0, 8])
def test_a_cells_frame_is_not_taken_with_the_digit(edges, tilt):
    found = single(ink_map(grey(cell(edges, tilt=tilt))))
    assert np.abs(np.array(found.box) - RING).max() <= 4


@pytest.mark.parametrize("edges", EDGES)
@pytest.mark.parametrize("inset", [1, 4])
def test_an_empty_cell_holds_no_digit(edges, inset):
    assert single(ink_map(grey(cell(edges, None, inset=inset)))) is None


@pytest.mark.parametrize("edges", EDGES)
def test_pencil_is_whole_beside_a_dark_frame(edges):
    ink = ink_map(grey(cell(edges, ink=PAPER - 35)))
    left, top, right, bottom = RING
    ring = Image.new("L", (SIDE, SIDE))
    ImageDraw.Draw(ring).ellipse((left + 2, top + 2, right - 2, bottom - 2), outline=1, width=4)
    assert ink[np.asarray(ring) > 0].mean() > 0.9
    assert np.abs(np.array(single(ink).box) - RING).max() <= 4


def test_a_stroke_that_touches_both_edges_is_no_line_of_a_form():
    ink = ink_map(grey(bar(Image.new("L", (100, 140), 255))))
    assert single(ink).box[:2] == (0, 0)
    assert ink[2:10, 5:90].min() > 0.5


def test_a_digit_that_touches_a_line_can_be_cut_from_it():
    ink = np.zeros((SIDE, SIDE), np.float32)
    ink[3:7] = ink[3:150, 96:104] = 1
    cut = cut_edge_lines(ink)
    assert not cut[:7].any()
    assert (cut[10:150, 96:104] == 1).all()


def test_a_blank_picture_has_no_lines():
    assert not find_edge_lines(np.zeros((80, 60), np.float32), 0.02)
    assert cut_edge_lines(np.zeros((80, 60), np.float32)) is None


@pytest.mark.parametrize("shape", [(1, 1), (2, 90), (90, 2), (13, 13)])
def test_pictures_of_any_shape_are_looked_at(shape):
    noise = np.random.default_rng(3).random(shape, np.float32)
    assert all(line.shape == shape for line in find_edge_lines(noise, 0.02).values())


@pytest.mark.parametrize("light_ink", [False, True])
def test_a_full_frame_does_not_turn_the_polarity(light_ink):
    picture = cell((0, 1, 2, 3))
    picture = ImageOps.invert(picture) if light_ink else picture
    assert np.abs(np.array(single(ink_map(grey(picture))).box) - RING).max() <= 4
