"""Letters and codes: what is read, which case, what is named beside it, and what is refused."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from inkling import ModelError, Reader
from inkling.image.ink import ink_map
from inkling.image.lightness import grey
from inkling.image.segment import single, single_letter
from inkling.letters.letter_network import CodeNetwork, LetterNetwork
from inkling.network.letter_labels import CODE, LABELS, LETTERS
from training.synth.render import render_strokes

ROOT = Path(__file__).resolve().parents[3]
FILE = ROOT / "site" / "model" / "letters.npz"
# Letters of straight lines, each told from all others in either case.
SHAPES = {
    "A": [[(0, 10), (4, 0), (8, 10)], [(1.5, 6.5), (6.5, 6.5)]],
    "E": [[(6, 0), (0, 0), (0, 10), (6, 10)], [(0, 5), (5, 5)]],
    "H": [[(0, 0), (0, 10)], [(7, 0), (7, 10)], [(0, 5), (7, 5)]],
    "K": [[(0, 0), (0, 10)], [(6, 0), (0, 5.5), (6, 10)]],
    "M": [[(0, 10), (0, 0), (4, 6), (8, 0), (8, 10)]],
    "T": [[(0, 0), (8, 0)], [(4, 0), (4, 10)]],
    "X": [[(0, 0), (7, 10)], [(7, 0), (0, 10)]],
}
FOUR = [[(5, 0), (0, 6), (8, 6)], [(6, 3), (6, 10)]]


@pytest.fixture(scope="module")
def letters() -> Reader:
    return Reader.load(FILE)


def drawn(strokes: list, seed: int = 1) -> Image.Image:
    return render_strokes(
        [np.array(stroke, float) for stroke in strokes], np.random.default_rng(seed)
    )


def side_by_side(*shapes: list) -> Image.Image:
    """Draw shapes 10 high in a row, dark on white."""
    pictures = [drawn(shape) for shape in shapes]
    width, height = sum(p.width for p in pictures), max(p.height for p in pictures)
    page = Image.new("L", (width, height), 255)
    left = 0
    for picture in pictures:
        page.paste(picture, (left, 0))
        left += picture.width
    return page


@pytest.mark.parametrize("name", SHAPES)
def test_a_drawn_letter_is_read(letters, name):
    letter = letters.read_letter(drawn(SHAPES[name]))
    assert (letter.label or "").upper() == name and letter.reason is None
    place = ord(name) - ord("A")
    assert letter.confidence == pytest.approx(letter.probabilities[place])
    assert letter.probabilities.argmax() == place and letter.names[place] == name


def test_a_letter_has_the_box_and_the_glyph_of_its_ink(letters):
    page = Image.new("L", (500, 400), 255)
    page.paste(drawn(SHAPES["T"]), (200, 100))
    ys, xs = np.nonzero(np.asarray(page) < 128)
    box = np.array(letters.read_letter(page).box)
    assert np.abs(box - [xs.min(), ys.min(), xs.max(), ys.max()]).max() < 5


def test_letters_that_are_alike_in_both_cases_name_the_other(letters):
    letter = letters.read_letter(drawn(SHAPES["X"]))
    assert letter.label in "xX" and letter.label.swapcase() in letter.alternatives


def test_a_blank_picture_has_no_letter(letters):
    letter = letters.read_letter(Image.new("L", (100, 100), 255))
    assert (letter.label, letter.confidence, letter.reason) == (None, 0.0, "no ink")
    assert letter.probabilities.shape == (26,) and letter.box is None


def test_a_letter_is_read_as_from_the_outputs_of_the_network(letters):
    """The sums are made again here, from the network's 63 outputs, without the package's code."""
    letter = letters.read_letter(drawn(SHAPES["K"]))
    outputs = letters.letters.network.network.probabilities(letter.glyph[None])[0]
    by_label = dict(zip(LABELS, outputs.tolist(), strict=True))
    for place, name in enumerate(LETTERS[:26]):
        both = by_label[name] + by_label[name.lower()]
        assert letter.probabilities[place] == pytest.approx(both, abs=1e-6)


def test_the_dot_of_a_small_i_belongs_to_it_and_is_dust_beside_a_digit():
    """A stem with a small dot well above it."""
    page = np.full((200, 120), 255, np.uint8)
    page[110:190, 55:65] = 0
    page[30:36, 57:63] = 0
    ink = ink_map(grey(page))
    letter, digit = single_letter(ink), single(ink)
    assert letter.box[1] < 40 and digit.box[1] > 90


def test_the_bow_of_an_e_is_no_frame_around_its_middle_bar():
    page = np.full((200, 200), 255, np.uint8)
    for y, x in ((slice(30, 170), slice(40, 50)), (slice(30, 40), slice(40, 150))):
        page[y, x] = 0
    page[160:170, 40:150] = 0
    page[95:105, 70:140] = 0  # the bar touches nothing
    part = single_letter(ink_map(grey(page)))
    assert part.box[0] < 45 and part.ink.sum() > 3000


def test_a_code_is_read_as_capitals_and_digits(letters):
    reading = letters.read(side_by_side(SHAPES["K"], FOUR, SHAPES["H"]))
    assert reading.text == "K4H" and 0 < reading.confidence <= 1
    assert [letter.names for letter in reading.digits] == [CODE] * 3


def test_in_a_code_a_ring_names_both_the_digit_and_the_letter(letters):
    turns = np.linspace(0, 2 * np.pi, 30)
    ring = [list(zip(4 + 3.5 * np.cos(turns), 5 + 5 * np.sin(turns), strict=True))]
    reading = letters.read(side_by_side(SHAPES["H"], ring, SHAPES["M"]))
    middle = reading.digits[1]
    assert {middle.label, *middle.alternatives} >= {"0", "O"}


def test_ranks_of_a_code_are_its_characters_in_order(letters):
    network = CodeNetwork(letters.letters.network.network)
    glyphs = np.random.default_rng(0).random((3, 28, 28), np.float32)
    ranked, by_character = network.probabilities(glyphs), network.by_character(glyphs)
    assert ranked.shape == (3, 11) and (np.diff(ranked[:, :10]) <= 0).all()
    assert np.allclose(ranked[:, 0], by_character.max(axis=1))


def test_a_reader_of_letters_reads_no_digits_and_the_other_way_round(letters, reader):
    with pytest.raises(ModelError, match=r"load digits\.npz"):
        letters.read_digit(drawn(FOUR))
    with pytest.raises(ModelError, match=r"load letters\.npz"):
        reader.read_letter(drawn(FOUR))
    with pytest.raises(ModelError, match="reads no letters"):
        LetterNetwork.of(reader.network)


def test_people_s_letters_are_read(letters, handwriting):
    """One in eight is left for shapes that nobody can tell apart, such as I and l."""
    path = handwriting / "pen" / "ujipenchars_letters_dev.json.gz"
    samples = json.loads(gzip.decompress(path.read_bytes()))[::8]
    read = [letters.read_letter(drawn(row["strokes"], k)) for k, row in enumerate(samples)]
    right = [
        (letter.label or "").upper() == row["label"].upper()
        for letter, row in zip(read, samples, strict=True)
    ]
    assert np.mean(right) > 0.875


def test_a_reader_that_was_taught_digits_still_reads_letters(letters, trained_model, drawn_digits):
    reader = Reader.load(trained_model)
    reader.letters = letters.letters
    taught = reader.taught([(drawn_digits[7], 7)])
    assert (taught.read_letter(drawn(SHAPES["K"])).label or "").upper() == "K"
