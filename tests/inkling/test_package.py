"""What a program that imports the package relies on."""

import pickle
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

import inkling
from inkling import Digit, Reader, Reading
from inkling.classifier import Classifier
from inkling.many import read_many
from inkling.network import model_file
from inkling.numbers.line_image import HEIGHT

ROOT = Path(__file__).resolve().parents[2]


def test_a_reader_finds_its_weights_from_any_folder(tmp_path):
    code = "from inkling import Reader; print(len(Reader.load().network.labels))"
    command = [
        sys.executable,
        "-c",
        f"import sys; sys.path.insert(0, {str(ROOT / 'site')!r}); {code}",
    ]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout == "11\n"


def test_a_wheel_carries_the_weights_where_they_are_looked_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    installed = model_file.WEIGHTS[0].relative_to(ROOT / "site")
    assert included["site/model/digits.npz"] == str(installed)
    assert model_file.weights() == ROOT / "site" / "model" / "digits.npz"


def test_the_package_says_that_it_has_types():
    assert (Path(inkling.__file__).parent / "py.typed").exists()


def test_what_was_read_is_shown_in_a_few_words(reader, drawn_digits):
    glyph, chances = np.zeros((28, 28), np.float32), np.zeros(10, np.float32)
    assert repr(Digit(7, 0.998, chances, None, glyph)) == "Digit(7, 99.8 %)"
    assert repr(Digit(None, 0.0, chances, None, glyph, "no ink")) == "Digit(None, 0.0 %, 'no ink')"
    digit = Digit(7, 0.998, chances, None, glyph)
    assert repr(Reading([[digit]], glyph, glyph, 0.5, "not a number")) == (
        "Reading('', 'not a number')"
    )
    assert repr(reader.read(drawn_digits[7])).startswith("Reading('7', ")


def test_a_notebook_shows_the_glyph_and_escapes_what_it_says(reader, drawn_digits):
    shown = reader.read_digit(drawn_digits[7])._repr_html_()
    assert '<img src="data:image/png;base64,' in shown and "<figcaption>7, 9" in shown
    glyph = np.zeros((28, 28), np.float32)
    odd = Digit(None, 0.0, np.zeros(10, np.float32), None, glyph, "<script>")
    assert "<script>" not in odd._repr_html_()
    assert "<figure" in reader.read(drawn_digits[7])._repr_html_()


@pytest.fixture(scope="module")
def glyphs(reader, drawn_digits) -> tuple[np.ndarray, list[int]]:
    """Glyphs of drawn digits and of one blot, with what they are; the blot is called 8."""
    framed = [reader.read_digit(picture).glyph for picture in drawn_digits.values()]
    return np.stack([*framed, np.ones((28, 28), np.float32)]), [*drawn_digits, 8]


def test_a_classifier_gives_every_glyph_its_likeliest_digit(reader, glyphs):
    batch, labels = glyphs
    classifier = Classifier(reader)
    predicted, chances = classifier.predict(batch), classifier.predict_proba(batch)
    assert predicted.shape == (len(batch),) and chances.shape == (len(batch), 10)
    np.testing.assert_allclose(chances.sum(axis=1), 1, rtol=1e-5)
    assert np.array_equal(classifier.classes_[chances.argmax(axis=1)], predicted)
    assert list(predicted[:-1]) == labels[:-1]
    assert classifier.score(batch, labels) == np.mean(predicted == labels)
    assert classifier.score(batch, np.array(labels).astype(str)) == np.mean(predicted == labels)


def test_a_classifier_that_may_abstain_has_a_class_for_it(reader, glyphs):
    batch, labels = glyphs
    classifier = Classifier(reader, abstain=-1)
    assert list(classifier.classes_) == [-1, *range(10)]
    chances = classifier.predict_proba(batch)
    assert chances.shape == (len(batch), 11)
    np.testing.assert_allclose(chances.sum(axis=1), 1, rtol=1e-5)
    assert list(classifier.predict(batch)) == [*labels[:-1], -1]


def test_a_classifier_can_be_copied_and_fitted_as_an_estimator(reader, glyphs):
    batch, labels = glyphs
    classifier = Classifier(reader, abstain=-1)
    copied = Classifier(**classifier.get_params()).fit(batch, labels)
    assert np.array_equal(copied.predict(batch), classifier.predict(batch))
    assert list(copied.set_params(abstain=None).classes_) == list(range(10))
    assert copied.predict(batch[:0]).shape == (0,) and copied.predict_proba(batch[:0]).shape == (
        0,
        10,
    )


def test_a_reader_says_what_it_reads_with():
    assert "array" not in repr(Reader.load())


def test_many_pictures_are_read_in_order_and_an_error_is_a_result(reader, drawn_digits, tmp_path):
    pictures = [drawn_digits[7], b"", np.asarray(drawn_digits[3]), None, tmp_path / "absent"]
    for jobs in (1, 2):
        read = list(read_many(reader, iter(pictures), jobs))
        assert [getattr(one, "text", type(one).__name__) for one in read] == [
            "7",
            "PictureError",
            "3",
            "TypeError",
            "FileNotFoundError",
        ]


def test_pictures_are_taken_as_they_are_needed(reader, drawn_digits):
    taken = []
    endless = (taken.append(1) or drawn_digits[7] for _ in iter(int, 1))
    read = read_many(reader, endless)
    assert next(read).text == "7" and len(taken) == 1


def test_a_reader_is_the_same_after_a_process_has_sent_it(reader, drawn_digits):
    again = pickle.loads(pickle.dumps(reader))
    digits = [its.read_digit(drawn_digits[3]) for its in (reader, again)]
    assert np.array_equal(digits[0].probabilities, digits[1].probabilities)
    line = np.random.default_rng(1).random((HEIGHT, 50), np.float32)
    lines = [its.lines.probabilities([line])[0] for its in (reader, again)]
    assert np.array_equal(*lines)
