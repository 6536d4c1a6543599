"""From picture to digit: what is read, what is refused, where it was found."""

import io

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageOps

from inkling import PictureError, Reader
from inkling.image.canvas import light_of
from inkling.image.glyph import MNIST_FRAME
from inkling.image.ink import inner_ink
from inkling.network.model import DIGITS, NONE, Network
from training.data.datasets import mnist
from training.learned_numbers import checked_numbers
from training.synth.samples import crop_pictures


def pasted(digit: Image.Image, size: tuple[int, int], place: tuple[int, int]) -> Image.Image:
    page = Image.new("L", size, 255)
    page.paste(digit, place)
    return page


def test_drawn_digits_are_read(reader, drawn_digits):
    assert drawn_digits
    for label, picture in drawn_digits.items():
        digit = reader.read_digit(picture)
        assert (digit.label, digit.reason) == (label, None)
        assert digit.confidence == digit.probabilities[label] == digit.probabilities.max()
        assert digit.probabilities.shape == (10,) and digit.probabilities.sum() <= 1 + 1e-5


def test_white_on_black_is_read_as_black_on_white(reader, drawn_digits):
    for label, picture in drawn_digits.items():
        assert reader.read_digit(ImageOps.invert(picture)).label == label


def test_the_place_in_the_picture_changes_nothing_but_the_box(reader, drawn_digits):
    one = reader.read_digit(pasted(drawn_digits[7], (300, 280), (10, 20)))
    other = reader.read_digit(pasted(drawn_digits[7], (300, 280), (110, 90)))
    assert np.array_equal(one.glyph, other.glyph)
    assert tuple(np.subtract(other.box, one.box)) == (100, 70, 100, 70)


def test_the_box_is_in_pixels_of_the_whole_picture(reader, drawn_digits):
    page = pasted(drawn_digits[3], (400, 400), (100, 200))
    ink = np.nonzero(np.asarray(page) < 128)
    large = page.resize((1600, 1600), Image.Resampling.NEAREST)
    box = np.array(reader.read_digit(large).box) / 4
    assert np.abs(box - [ink[1].min(), ink[0].min(), ink[1].max(), ink[0].max()]).max() < 4


@pytest.mark.parametrize("tone", [0, 100, 255])
@pytest.mark.parametrize("size", [(28, 28), (280, 280), (900, 500)])
def test_a_blank_picture_is_no_ink_and_no_digit(reader, tone, size):
    digit = reader.read_digit(Image.new("L", size, tone))
    assert (digit.label, digit.confidence, digit.reason) == (None, 0.0, "no ink")
    assert digit.box is None and not digit.glyph.any() and not digit.probabilities.any()
    assert reader.read(Image.new("L", size, tone)).text == ""


def test_a_transparent_picture_is_no_ink(reader):
    assert reader.read_digit(np.zeros((280, 280, 4), np.uint8)).reason == "no ink"


def test_pixels_bytes_and_paths_are_read_alike(reader, drawn_digits, tmp_path):
    picture = drawn_digits[3].convert("RGBA")
    picture.save(tmp_path / "three.png")
    encoded = (tmp_path / "three.png").read_bytes()
    kinds = [picture, np.asarray(picture), encoded, memoryview(encoded), tmp_path / "three.png"]
    glyphs = [reader.read_digit(kind).glyph for kind in kinds]
    assert all(np.array_equal(glyph, glyphs[0]) for glyph in glyphs)


def test_an_answer_below_the_threshold_is_withheld_with_the_two_likeliest(reader, drawn_digits):
    network = reader.network._replace(temperature=50.0)
    digit = Reader(network).read_digit(drawn_digits[7])
    best, second = np.argsort(-digit.probabilities)[:2]
    assert digit.label is None
    assert digit.confidence == digit.probabilities[best] < network.threshold
    low, high = sorted((best, second))
    assert digit.reason == f"unsure between {low} and {high}"


def answering(logits: list[float], none_threshold: float = 1.0) -> Reader:
    """A reader whose network gives the same logits whatever it sees: ten digits', then none's."""
    bias = np.array(logits, np.float32)
    kernel = np.zeros((784, len(bias)), np.float32)
    steps = (("flatten", {}), ("dense", {"kernel": kernel, "bias": bias}))
    labels = (*DIGITS, NONE)[: len(bias)]
    numbers = checked_numbers()
    return Reader(Network(labels, MNIST_FRAME, 1.0, 0.5, steps, numbers, none_threshold))


@pytest.mark.parametrize(
    ("four", "nine", "none", "answer"),
    [
        (9, 2, 2, (4, None)),
        (9, 2, 11, (None, "not a digit")),
        (5, 5, 0, (None, "unsure between 4 and 9")),
        (5, 2, 5.1, (None, "not a digit")),
        (5, 5, 4.9, (None, "unsure between 4 and 9")),
    ],
)
def test_what_is_no_digit_is_refused_as_such(drawn_digits, four, nine, none, answer):
    logits = [0, 0, 0, 0, four, 0, 0, 0, 0, nine, none]
    digit = answering(logits).read_digit(drawn_digits[7])
    assert (digit.label, digit.reason) == answer
    odds = np.exp(np.array(logits) - max(logits))
    np.testing.assert_allclose(digit.probabilities, (odds / odds.sum())[:10], rtol=1e-5)
    assert digit.confidence == digit.probabilities[4]


@pytest.mark.parametrize(("share", "label"), [(0.1, None), (0.2, 4)])
def test_a_digit_that_may_well_be_none_is_not_answered(drawn_digits, share, label):
    reader = answering([0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 7.3], none_threshold=share)
    digit = reader.read_digit(drawn_digits[7])  # none: 15 %
    assert digit.label == label and digit.confidence > 0.8
    assert digit.reason == ("not a digit" if label is None else None)


def test_a_network_of_ten_labels_need_not_know_what_is_no_digit(drawn_digits):
    digit = answering([0, 0, 0, 0, 9, 0, 0, 0, 0, 2]).read_digit(drawn_digits[7])
    assert digit.label == 4 and abs(digit.probabilities.sum() - 1) < 1e-5


def test_dust_and_a_shadow_at_the_edge_are_not_part_of_the_digit(reader, drawn_digits):
    page = pasted(drawn_digits[7], (400, 400), (150, 120))
    pixels = np.array(page)
    pixels[5:8, 5:8] = 0
    pixels[390:, :] = 60
    plain = reader.read_digit(page)
    dusty = reader.read_digit(Image.fromarray(pixels))
    assert dusty.label == 7 and np.abs(np.subtract(dusty.box, plain.box)).max() <= 1


@pytest.mark.parametrize("radius", [20, 45, 70, 85])
def test_a_blot_is_neither_a_digit_nor_a_number(reader, radius):
    page = Image.new("L", (280, 280), 255)
    ImageDraw.Draw(page).circle((140, 140), radius, fill=0)
    assert reader.read_digit(page).reason == "not a digit"
    assert reader.read(page).text == ""


def test_digits_apart_are_read_in_order_line_by_line(reader, drawn_digits):
    page = Image.new("L", (600, 500), 255)
    rows = [(3, 0, 7), (7, 7, 3)]
    for y, row in enumerate(rows):
        for x, label in enumerate(row):
            page.paste(drawn_digits[label], (30 + 180 * x, 30 + 230 * y))
    reading = reader.read(page)
    assert reading.text == "307\n773"
    assert [digit.label for digit in reading.digits] == [3, 0, 7, 7, 7, 3]
    assert reading.light.shape == reading.ink.shape


sides = st.integers(4, 130)  # both sides of the size from which a picture counts as a photograph
channels = st.sampled_from([(), (3,), (4,)])
EXAMPLES = 150 if settings.get_current_profile_name() == "searching" else 60  # each reads twice


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), sides, sides, channels, st.integers(0, 2**32 - 1), st.integers(1, 256))
def test_any_picture_gets_a_digit_or_a_reason(reader, data, height, width, channels, seed, spread):
    random = np.random.default_rng(seed)
    base = data.draw(st.integers(0, 255))
    pixels = base + random.integers(0, spread, (height, width, *channels))
    blot = random.random((height, width)) < data.draw(st.sampled_from([0, 0.001, 0.2, 0.9]))
    pixels[blot] = data.draw(st.integers(0, 255))
    digit = reader.read_digit(np.clip(pixels, 0, 255).astype(np.uint8))
    assert (digit.label is None) == (digit.reason is not None)
    assert np.isfinite(digit.probabilities).all() and 0 <= digit.confidence <= 1
    reading = reader.read(np.clip(pixels, 0, 255).astype(np.uint8))
    assert np.isfinite(reading.ink).all()


def test_a_reader_needs_no_more_than_the_bytes_of_its_model(trained_model, drawn_digits):
    reader = Reader.load(io.BytesIO(trained_model.read_bytes()))
    assert reader.read_digit(drawn_digits[3]).label == 3
    assert isinstance(reader.network, Network)


def test_a_file_that_is_no_picture_leaves_the_reader_working(reader, drawn_digits):
    with pytest.raises(PictureError):
        reader.read_digit(b"no picture")
    assert reader.read_digit(drawn_digits[3]).label == 3


@pytest.mark.parametrize("margin", [0, 1, 3])
@pytest.mark.parametrize("light_ink", [False, True])
@pytest.mark.parametrize("scale", [0.4, 1, 3])
def test_a_crop_tight_to_the_ink_is_read_as_with_a_margin(
    reader, drawn_digits, margin, light_ink, scale
):
    for label, drawing in drawn_digits.items():
        size = [round(side * scale) for side in drawing.size]
        ink = ImageOps.invert(drawing).resize(size, Image.Resampling.BICUBIC)
        left, top, right, bottom = ink.point(lambda level: 255 * (level > 127)).getbbox()
        tight = ink.crop((left - margin, top - margin, right + margin, bottom + margin))
        picture = tight if light_ink else ImageOps.invert(tight)
        assert reader.read_digit(picture).label == label


@pytest.mark.parametrize("edge", range(4))
def test_a_digit_slightly_cut_by_the_pictures_edge_is_read(reader, drawn_digits, edge):
    for label, drawing in drawn_digits.items():
        box = list(ImageOps.invert(drawing).getbbox())
        lost = 0.04 * max(box[2] - box[0], box[3] - box[1])
        view = [-30, -30, drawing.width + 30, drawing.height + 30]
        view[edge] = round(box[edge] + (lost if edge < 2 else -lost))
        page = ImageOps.invert(ImageOps.invert(drawing).crop(view))
        assert reader.read_digit(page).label == label


def test_a_tiny_digit_in_a_large_photograph_is_found(reader, drawn_digits):
    page = Image.new("L", (2400, 1800), 220)
    digit = drawn_digits[3].point(lambda level: level * 220 // 255)
    digit = digit.resize((40, 48), Image.Resampling.BOX)
    page.paste(digit, (1500, 700))
    assert reader.read_digit(page).label == 3


def test_a_digit_of_few_pixels_is_read(reader, drawn_digits):
    for label, drawing in drawn_digits.items():
        ink = ImageOps.invert(drawing).crop(ImageOps.invert(drawing).getbbox())
        ink.thumbnail((9, 9), Image.Resampling.BOX)
        page = Image.new("L", (28, 28))
        page.paste(ink, (10, 9))
        assert reader.read_digit(ImageOps.invert(page)).label == label


def test_a_digit_whose_strokes_run_past_the_edges_is_read(reader):
    for label, strokes in PAST_EDGES:
        page = Image.new("L", (440, 440), 255)
        pen = ImageDraw.Draw(page)
        for stroke in strokes:
            pen.line(stroke, fill=55, width=30, joint="curve")
        for picture in (page, ImageOps.invert(page)):
            assert reader.read_digit(picture).label == label
            assert reader.read(picture).text == str(label)


def oval(across, down):
    """Return a closed curve around the middle of 440 x 440 pixels."""
    turns = np.linspace(0, 2 * np.pi, 80)
    return [(220 + across * np.cos(turn), 220 + down * np.sin(turn)) for turn in turns]


PAST_EDGES = (  # the digit, and its strokes on a pad of 440 x 440 pixels
    (1, [[(225, -40), (215, 480)]]),
    (1, [[(225, -40), (215, 380)]]),
    (4, [[(240, -40), (110, 260), (360, 260)], [(310, 110), (290, 410)]]),
    (4, [[(120, -40), (120, 230), (360, 230)], [(310, 110), (310, 480)]]),
    (0, [oval(230, 230)]),
    (0, [oval(206, 206)]),
    (0, [oval(150, 225)]),
    (7, [[(-40, 60), (450, 60), (200, 420)]]),
)


def crops_from_forms(count):
    """Yield test digits of MNIST with pictures of them, cut out of forms."""
    pictures, labels = mnist("test")
    for seed in range(count):
        crop = crop_pictures(pictures[3 * seed : 3 * seed + 3], np.random.default_rng(seed))
        yield int(labels[3 * seed]), crop


def test_a_refused_crop_from_a_form_gets_a_second_look(reader, monkeypatch):
    crops = list(crops_from_forms(80))
    seen = [(label, reader.read_digit(picture).label) for label, picture in crops]
    monkeypatch.setattr("inkling.reader.inner_ink", lambda light, dark_ink: None)
    once = [(label, reader.read_digit(picture).label) for label, picture in crops]
    changed = [(now, before) for now, before in zip(seen, once, strict=True) if now != before]
    assert len(changed) >= 4
    assert all(before is None and label == read for (label, read), (_, before) in changed)


def test_a_drawing_gets_no_second_look(drawn_digits):
    for digit in drawn_digits.values():
        assert inner_ink(light_of(digit)[0]) is None
