"""Write the card's tables into the documents: `python -m training.report.documents`.

A document has `<!-- table:NAME -->` on the line before a table, and `<!-- /table -->` on the line
after it. In YAML these are `# table:NAME` and `# /table`. The lines between them are replaced.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

from training.evaluation.sets import LETTERS, MNIST
from training.first_look import evaluate as first_look
from training.lines.evaluate import line_table
from training.numbers import evaluate, false_acceptance
from training.report import tables
from training.report.card import read_record
from training.text_table import markdown, percent

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("README.md", "MODEL_CARD.md", "docs/line_network.md")
MARK = re.compile(
    r"(?P<open>^(?:<!-- table:(?P<html>\w+) -->|# table:(?P<yaml>\w+))\n)"
    r".*?(?P<close>^(?:<!-- /table -->|# /table)$)",
    re.MULTILINE | re.DOTALL,
)
# The project's aims: (what, keys in the card, comparison, value).
AIMS = (
    ("MNIST test, read right", ("sets", MNIST, "accuracy"), "at least", 0.9970),
    ("unipen_dev, read right", ("sets", "unipen_dev", "accuracy"), "at least", 0.993),
    ("ujipenchars_dev, read right", ("sets", "ujipenchars_dev", "accuracy"), "at least", 0.995),
    ("user_mit, read right", ("sets", "user_mit", "accuracy"), "at least", 0.98),
    ("hwd1000, read right", ("sets", "hwd1000", "accuracy"), "at least", 0.999),
    ("optdigits32, read right", ("sets", "optdigits32", "accuracy"), "at least", 0.93),
    ("unipen_dev, answered", ("sets", "unipen_dev", "coverage"), "at least", 0.99),
    ("letters answered with a digit", ("not_digits", LETTERS, "answered"), "at most", 0.10),
    (
        "unipen_dev, expected calibration error",
        ("sets", "unipen_dev", "calibration_error"),
        "at most",
        0.01,
    ),
    (
        "numbers as written, right, by networks not trained on their writers",
        ("folds", "unipen_strings", "accuracy"),
        "at least",
        0.93,
    ),
    *(
        (f"{what}, right, composed of {source}", ("numbers", f"{name}_{kind}", "accuracy"), *aim)
        for what, kind, *aim in (
            ("numbers, well spaced", "spaced", "at least", 0.99),
            ("touching pairs", "touching", "at least", 0.90),
        )
        for name, source in (("composed", "unipen_dev"), ("tablet", "ujipenchars_dev"))
    ),
    ("unipen_dev, as read_digit", ("agreement", "unipen_dev", "same"), "at least", 0.995),
    ("user_mit, as read_digit", ("agreement", "user_mit", "same"), "at least", 0.995),
)


def main() -> None:
    """Write the tables anew from the card and the records that were measured since."""
    write(json.loads((ROOT / "site" / "model" / "card.json").read_text()))


def write(measured: dict) -> None:
    """Write the documents' tables. measured: the card."""
    measured = measured | read_record(ROOT / "training") | first_look.read_card()
    for name in DOCUMENTS:
        path = ROOT / name
        path.write_text(fill_tables(path.read_text(), measured))


def fill_tables(text: str, card: dict) -> str:
    """Replace the tables of a document by the card's.

    A table without measures in the card is left as it is. Raises ValueError for a name that is not
    in TABLES.
    """

    def table(mark: re.Match) -> str:
        name = mark["html"] or mark["yaml"]
        if name not in TABLES:
            raise ValueError(f"no table is called {name!r}; there are {', '.join(TABLES)}")
        written = TABLES[name](card)
        return f"{mark['open']}{written}\n{mark['close']}" if written else mark[0]

    return MARK.sub(table, text)


def aim_table(card: dict) -> str:
    """Return a table of aims and measures."""
    rows = []
    for what, (group, name, key), comparison, aim in AIMS:
        if name not in card.get(group, {}):
            continue
        value = card[group][name][key]
        met = value >= aim if comparison == "at least" else value <= aim
        number = "{:.4f}".format if key == "calibration_error" else lambda v: percent(v) + " %"
        rows.append(
            [what, f"{comparison} {number(aim)}", number(value), "yes" if met else "**no**"]
        )
    return markdown(["figure", "aim", "measured", "reached"], rows, 1)


def results_yaml(card: dict) -> str:
    """Return the results of the front matter, in YAML (huggingface.co/docs/hub/model-cards)."""
    kind = "task: {type: image-classification}"
    return "\n".join(
        f"      - {kind}\n"
        f"        dataset: {{name: {'MNIST' if name == MNIST else name}, "
        f"type: {'mnist' if name == MNIST else name}{', split: test' * (name == MNIST)}}}\n"
        f"        metrics: [{{type: accuracy, value: {row['accuracy']}}}]"
        for name, row in card["sets"].items()
    )


TABLES: dict[str, Callable[[dict], str]] = {
    "sets": tables.set_table,
    "scores": tables.score_table,
    "classes": tables.class_table,
    "robustness": tables.robustness_table,
    "aims": aim_table,
    "comparison": tables.comparison_table,
    "facts": tables.fact_table,
    "results": results_yaml,
    "numbers": evaluate.number_table,
    "agreement": evaluate.agreement_table,
    "false_acceptance": false_acceptance.table,
    "lines": line_table,
    "first_look": first_look.table,
}


if __name__ == "__main__":
    main()
