"""Measure the letter network on people's letters: `make evaluate-letters`.

Every letter is drawn on a canvas, as for the digits, and goes through Reader.read_letter. Writes
site/model/letters.json, and the tables of MODEL_CARD.md and docs/letters.md. `--limit 100` is a
trial: it prints alone.
"""

import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from inkling import Reader
from inkling.results import Letter
from training.data import datasets
from training.evaluation import calibration, canvas, non_digits
from training.evaluation.metrics import wilson
from training.evaluation.sets import options_parser, sample_trajectories
from training.letters import codes, emnist
from training.letters.samples import LOOKALIKES
from training.text_table import markdown, percent, plain

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "site" / "model" / "letters.npz"
CARD = ROOT / "site" / "model" / "letters.json"
DOCUMENTS = (ROOT / "MODEL_CARD.md", ROOT / "docs" / "letters.md")
SETS = {
    "unipen_letters_dev": "pen strokes of 16 writers, drawn on a canvas",
    "ujipenchars_letters_dev": "pen strokes of 11 writers on a tablet PC, drawn on a canvas",
}
SIGNS, SCRIBBLES, CODES = 300, 200, 300  # pictures that are no letter, and codes
LEAST_DIGITS = "347"  # digits that hardly anyone writes like a letter
PAIRS = 12  # confused pairs to list
EMNIST_LIMIT = 5_000


class Answers(NamedTuple):
    """What was read in the letters of a set."""

    truth: list[str]
    writers: list[str]
    read: list[Letter]

    def measures(self) -> dict:
        """Return the set's figures as shares, 0 .. 1, and its most confused pairs."""
        truth = np.array([ord(label.upper()) - ord("A") for label in self.truth])
        shares = np.stack([letter.probabilities for letter in self.read])
        labels = [letter.label or "" for letter in self.read]
        right = np.array(
            [
                label.upper() == known.upper()
                for label, known in zip(labels, self.truth, strict=True)
            ]
        )
        answered = np.array([label != "" for label in labels])
        cased = np.array([label == known for label, known in zip(labels, self.truth, strict=True)])
        named = [
            known == letter.label or known in letter.alternatives
            for known, letter in zip(self.truth, self.read, strict=True)
        ]
        own = shares[np.arange(len(truth)), truth][:, None]
        confidence, likeliest = shares.max(axis=1), shares.argmax(axis=1) == truth
        writers = np.array(self.writers)
        return {
            "letters": len(truth),
            "accuracy": _share(right),
            "interval": [round(x, 5) for x in wilson(int(right.sum()), len(right))],
            "by_writer": _share([right[writers == name].mean() for name in set(self.writers)]),
            "among_three": _share((shares > own).sum(axis=1) < 3),
            "with_case": _share(cased),
            "case_named": _share(named),
            "coverage": _share(answered),
            "accuracy_of_answered": _share(right[answered]),
            "calibration_error": round(
                calibration.expected_calibration_error(confidence, likeliest), 5
            ),
            "capitals": _share(right[[label.isupper() for label in self.truth]]),
            "small": _share(right[[label.islower() for label in self.truth]]),
            "confused": self._confused(),
            "by_letter": self._by_letter(right),
        }

    def _confused(self) -> list[list]:
        """Return [written, read, count] of the pairs that are confused most often, in capitals."""
        pairs = Counter(
            (known.upper(), letter.label.upper())
            for known, letter in zip(self.truth, self.read, strict=True)
            if letter.label and letter.label.upper() != known.upper()
        )
        return [[known, read, count] for (known, read), count in pairs.most_common(PAIRS)]

    def _by_letter(self, right: np.ndarray) -> dict:
        known = np.array(self.truth)
        return {
            label: [int((known == label).sum()), _share(right[known == label])]
            for label in sorted(set(self.truth))
        }


def main(arguments: list[str] | None = None) -> None:
    """Measure, print and write."""
    options = options_parser(__doc__, MODEL).parse_args(arguments)
    reader = Reader.load(options.model)
    data = datasets.data_folder(options.data)
    measured: dict = {"sets": {}}
    if data is None:
        print("No handwriting found; set INKLING_DATA to its folder to measure it.")
    else:
        for name in SETS:
            measured["sets"][name] = read_set(reader, data, name, options.limit).measures()
        measured["no_letter"] = measure_refusals(reader, data, options.limit)
        measured["codes"] = codes.measure(reader, data, min(options.limit or CODES, CODES))
    found = emnist.test_letters(options.limit or EMNIST_LIMIT)
    if found is None:
        print(emnist.WHY_NOT)
    else:
        measured["sets"]["emnist_letters"] = _read_all(reader, *found).measures()
    if not measured["sets"]:
        return
    print(plain(set_table(measured)))
    print(plain(pair_table(measured)))
    print(json.dumps({name: measured.get(name) for name in ("no_letter", "codes")}))
    if not options.limit:
        CARD.write_text(json.dumps(measured, indent=1) + "\n")
        write_tables(measured)


def read_set(reader: Reader, data: Path, name: str, limit: int | None = None) -> Answers:
    """Draw a set's letters on canvases and read them."""
    samples = sample_trajectories(data / "pen" / f"{name}.json.gz", limit)
    drawn = (canvas.draw_on_canvas(row["strokes"], seed) for seed, row in enumerate(samples))
    return Answers(
        [row["label"] for row in samples],
        [row["writer"] for row in samples],
        [reader.read_letter(picture) for picture in drawn],
    )


def measure_refusals(reader: Reader, data: Path, limit: int | None = None) -> dict:
    """Return the shares of signs, digits and scribbles that are given as a letter all the same."""
    kinds = {
        "signs": ("unipen_symbols_dev", lambda label: label not in LOOKALIKES),
        "digits 3, 4 and 7": ("unipen_digits_dev", lambda label: label in LEAST_DIGITS),
    }
    given = {}
    for kind, (name, is_chosen) in kinds.items():
        path = data / "pen" / f"{name}.json.gz"
        rows = sample_trajectories(path, min(limit or SIGNS, SIGNS), is_chosen)
        pictures = [canvas.draw_on_canvas(row["strokes"], i) for i, row in enumerate(rows)]
        given[kind] = _share([reader.read_letter(x).label is not None for x in pictures])
    scribbles = [non_digits.picture("scribbles", seed) for seed in range(SCRIBBLES)]
    given["scribbles"] = _share([reader.read_letter(x).label is not None for x in scribbles])
    return given


def set_table(measured: dict) -> str:
    """Return the table of sets as Markdown."""
    heads = ["set", "letters", "right, %", "among three, %", "right, case too, %", "case named, %"]
    heads += ["answered, %", "right of answered, %", "calibration error, %"]
    names = ("accuracy", "among_three", "with_case", "case_named", "coverage")
    names += ("accuracy_of_answered", "calibration_error")
    rows = [
        [name, f"{found['letters']:,}", *(percent(found[key]) for key in names)]
        for name, found in measured["sets"].items()
    ]
    return markdown(heads, rows, 1)


def pair_table(measured: dict) -> str:
    """Return the most confused pairs of the first set as Markdown."""
    found = next(iter(measured["sets"].values()))
    rows = [[known, read, str(count)] for known, read, count in found["confused"]]
    return markdown(["written", "read", "times"], rows, 2)


def other_table(measured: dict) -> str:
    """Return Markdown: how often no letter is given as one, and how codes are read."""
    rows = [
        [f"{kind}, given as a letter", percent(share)]
        for kind, share in measured["no_letter"].items()
    ]
    found = measured["codes"]
    rows += [
        [f"{found['codes']} composed codes, read whole", percent(found["whole"])],
        ["the same, each character read or named", percent(found["with_alternatives"])],
        ["the same, refused", percent(found["refused"])],
    ]
    return markdown(["what", "%"], rows, 1)


def write_tables(measured: dict) -> None:
    """Write the tables between their marks in the documents that have them."""
    tables = {
        "letters": set_table(measured),
        "letter_pairs": pair_table(measured),
        "no_letter": other_table(measured),
    }
    for document in DOCUMENTS:
        text = document.read_text()
        for name, table in tables.items():
            begin, end = f"<!-- letters:{name} -->", "<!-- /letters -->"
            if begin in text:
                before, rest = text.split(begin)
                text = f"{before}{begin}\n{table}\n{end}{rest.split(end, 1)[1]}"
        document.write_text(text)


def _read_all(reader: Reader, pictures: np.ndarray, labels: list[str]) -> Answers:
    read = [reader.read_letter(Image.fromarray(picture)) for picture in pictures]
    return Answers(labels, ["unknown"] * len(labels), read)


def _share(values) -> float:
    return round(float(np.mean(values)), 5) if len(values) else 0.0


if __name__ == "__main__":
    main()
