"""Evaluation: from the weights to the card, its plots and the tables in the documents."""

import io
import json
import re
from contextlib import redirect_stdout
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from inkling import ModelError
from inkling.results import REJECT
from training import evaluate
from training.evaluation import sets
from training.evaluation.metrics import Answers
from training.evaluation.parallel import read_all, readers
from training.report import card, documents, error_sheet, tables

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = ROOT / "site" / "model" / "card.json"
PLOTS = ("confusion", "history", "reliability", "coverage", "robustness", "errors")
LARGEST = 150_000  # bytes of a plot: the page and the documents load them


@pytest.fixture(scope="module")
def committed() -> dict:
    return json.loads(COMMITTED.read_text())


@pytest.fixture(scope="module")
def trial(tmp_path_factory) -> tuple[Path, str]:
    """Return the folder and the output of a small evaluation without real handwriting."""
    folder = tmp_path_factory.mktemp("trial")
    with redirect_stdout(io.StringIO()) as printed, pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluate, "TARGET", 0)
        evaluate.main(["--limit", "4", "--data", str(folder / "nowhere"), "--out", str(folder)])
    return folder, printed.getvalue()


@pytest.fixture(scope="module")
def made(trial) -> dict:
    """Return the small evaluation's card."""
    return json.loads((trial[0] / "card.json").read_text())


def test_without_real_handwriting_mnist_is_measured_and_the_rest_is_named(trial, made):
    _, printed = trial
    assert list(made["sets"]) == ["mnist_test"]
    assert made["mnist_test"]["digits"] == 4
    assert list(made["robustness"]["sources"]) == ["mnist_test"]
    left_out = re.search(r"Not measured, as the folder of handwriting lacks them: (.*)\.", printed)
    assert left_out[1].split(", ") == [*sets.DIGIT_SETS, sets.LETTERS]


def test_the_plots_are_there_and_small(trial):
    folder, _ = trial
    for name in PLOTS:
        assert (folder / f"{name}.png").stat().st_size < LARGEST
        Image.open(folder / f"{name}.png").verify()


def test_the_printed_table_says_what_the_card_says(trial, made):
    _, printed = trial
    row = next(line for line in printed.splitlines() if line.startswith("mnist_test "))
    assert f"{100 * made['sets']['mnist_test']['accuracy']:.2f}" in row


def test_pictures_are_read_as_the_reader_reads_them(trained_model, reader):
    samples = sets.mnist(5) + sets.non_digit_sets(1)["blank"]
    with readers(trained_model, workers=1) as pool:
        found = read_all(pool, samples)
    singly = [reader.read_digit(sample.picture()) for sample in samples]
    assert found.label.tolist() == [*(digit.label for digit in singly[:5]), REJECT]
    np.testing.assert_allclose(found.confidence, [d.confidence for d in singly], atol=1e-6)
    assert found.likeliest[-1] == REJECT and found.reasons[-1] == "no ink"


def test_a_network_that_cannot_be_loaded_is_refused_before_any_process_starts(tmp_path):
    with pytest.raises(ModelError, match="missing"), readers(tmp_path / "missing.npz"):
        pass


def test_earlier_figures_stay_only_for_the_same_weights_and_code(made, tmp_path):
    earlier = json.loads(json.dumps(made).replace('"mnist_test"', '"unipen_dev"'))
    path = tmp_path / "card.json"
    path.write_text(json.dumps(earlier))
    merged = card.merge_earlier(made, path)
    parts = [merged[key] for key in ("sets", "reliability", "risk_coverage")]
    for part in [*parts, merged["robustness"]["sources"]]:
        assert list(part) == ["mnist_test", "unipen_dev"]
    retrained = made | {"fingerprint": "of other weights"}
    assert card.merge_earlier(retrained, path) == retrained
    assert card.merge_earlier(made, tmp_path / "missing.json") == made


@pytest.mark.parametrize("document", documents.DOCUMENTS)
def test_the_documents_say_what_the_card_says(committed, document):
    text = (ROOT / document).read_text()
    assert "table:" in text
    record = card.read_record(ROOT / "training")
    assert documents.fill_tables(text, committed | record) == text


def test_a_table_is_written_between_its_marks_and_nowhere_else(made):
    marks = "<!-- table:{} -->\n{}<!-- /table -->\n"
    text = "before\n" + marks.format("scores", "old\n") + "between\n" + marks.format("classes", "")
    written = documents.fill_tables(text, made)
    assert written.startswith("before\n<!-- table:scores -->\n| set |")
    assert "old" not in written and "\nbetween\n" in written
    assert documents.fill_tables(written, made) == written


def test_an_unknown_table_is_refused_with_the_names_there_are(made):
    with pytest.raises(ValueError, match=r"no table is called 'scroes'; there are sets, scores"):
        documents.fill_tables("<!-- table:scroes -->\n<!-- /table -->\n", made)


def test_networks_are_compared_on_the_sets_that_each_was_read_on():
    networks = [
        {"architecture": "dense", "parameters": 1000, "mflop": 0.5, "sets": {"a": 0.9}},
        {"architecture": "ours", "parameters": 2000, "mflop": 9, "sets": {"a": 0.99, "b": 1.0}},
    ]
    table = tables.comparison_table({"comparison": networks}).splitlines()
    assert table[0] == "| network | parameters | MFLOP | a, % | b, % |"
    assert table[2] == "| dense | 1,000 | 0.5 | 90.00 | – |"
    assert tables.comparison_table({}) == ""


def test_sources_weigh_as_many_digits_as_they_have():
    def source(digits, right):
        return {"digits": digits, "blur": {"right": [right], "withheld": [0.0]}}

    robustness = {"axes": {"blur": {}}, "sources": {"a": source(300, 1.0), "b": source(100, 0.6)}}
    assert tables.over_sources(robustness)["blur"]["right"] == pytest.approx([0.9])


def test_the_surest_errors_come_first_and_the_withheld_last(tmp_path):
    found = Answers(
        truth=np.array([1, 2, 3, 4]),
        label=np.array([7, 2, 8, REJECT]),
        likeliest=np.array([7, 2, 8, 9]),
        confidence=np.array([0.6, 1.0, 0.9, 0.95]),
        glyphs=np.zeros((4, 28, 28), np.uint8),
        reasons=[None] * 4,
        writers=[None] * 4,
    )
    assert error_sheet.worst_first(found).tolist() == [2, 0, 3]
    assert error_sheet.draw_errors(found, "three errors", tmp_path / "sheet.png") == 3
    assert Image.open(tmp_path / "sheet.png").width > 500
