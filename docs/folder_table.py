"""Write the table of folders, files and lines into docs/architecture.md: `make folders`.

A folder's description is the first sentence of its `__init__.py`, or stands in DESCRIPTIONS.
"""

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "architecture.md"
OPEN, CLOSE = "<!-- folders -->\n", "<!-- /folders -->"
HEAD = "| folder | what | files | lines |\n|---|---|---:|---:|\n"
CODE = {".py", ".js", ".mjs", ".html", ".css"}
DESCRIPTIONS = {
    "docs": "These documents, the screenshots, and the writer of this table.",
    "site": "The documents, the main style sheet, and the JavaScript that the page starts with.",
    "site/learn": "Markup, styles and words of the views that are fetched on first use.",
    "site/styles": "Style sheets, one for each part of the page.",
    "npm": "The number field as a package for npm, with its types.",
    "site/embed": "The number field for other pages, and the hidden frame that reads for it.",
    "tests": "Fixtures that several kinds of tests share. The folders mirror the code.",
    "tests/bench": "The page beside onnxruntime-web and TensorFlow.js: `make bench`.",
    "tests/browser": "Tests in real browsers, written as gestures of a person.",
    "tests/browser/support": "Drivers of browsers, gestures, and servers that misbehave.",
    "tests/docs": "Tests of this document.",
    "tests/embed": "Tests of the number field outside a browser.",
    "tests/export/model": "Tests of export to ONNX, and of parity.",
    "tests/export/setup": "Tests of set-up and of npm's packages.",
    "tests/export/site": "Tests of the runtime, the bundles and publishing.",
    "tests/fuzz": "Altered pictures and model files: `make fuzz`.",
    "tests/inkling": "Tests of the reader and the command line.",
    "tests/inkling/batch": "Tests of many pictures, on one machine and on many.",
    "tests/inkling/explain": "Tests of explanations.",
    "tests/inkling/foreign": "Tests of networks from .onnx files, against ONNX's own.",
    "tests/inkling/image": "Tests of picture to glyph.",
    "tests/inkling/learning": "Tests of networks that learn in numpy.",
    "tests/inkling/letters": "Tests of letters and codes.",
    "tests/inkling/network": "Tests of layers, the model file and the fast forward pass.",
    "tests/inkling/numbers": "Tests of several characters.",
    "tests/inkling/tables": "Tests of pages of numbers in rows and columns.",
    "tests/inkling/teaching": "Tests of readers that were taught a hand.",
    "tests/training": "Tests of learned numbers and of evaluation as a whole.",
    "tests/training/data": "Tests of the training set.",
    "tests/training/evaluation": "Tests of metrics and development sets.",
    "tests/training/network": "Tests of fitting.",
    "tests/training/letters": "Tests of what the letter network is trained and measured on.",
    "tests/training/lines": "Tests of the lines that the line network is trained on.",
    "tests/training/numbers": "Tests of the numbers that training fits.",
    "tests/training/report": "Tests of the documents' links, commands and code.",
    "tests/training/synth": "Tests of drawn and photographed samples.",
    "tests/ui": "Tests of the page's modules outside a browser.",
    "tests/worker": "Tests of the worker's modules outside a browser.",
}


def count_code() -> dict[str, tuple[int, int]]:
    """Return (files, lines) of the tracked code in each folder, by its path from the root."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    paths = [ROOT / name for name in listed.splitlines()]
    counts: dict[str, tuple[int, int]] = {}
    for path in paths:
        if path.suffix in CODE and path.is_file():
            folder = path.parent.relative_to(ROOT).as_posix()
            files, lines = counts.get(folder, (0, 0))
            counts[folder] = files + 1, lines + len(path.read_text().splitlines())
    return counts


def describe(folder: str) -> str:
    """Return what a folder is for. Raises KeyError if that stands nowhere."""
    if folder in DESCRIPTIONS:
        return DESCRIPTIONS[folder]
    package = ROOT / folder / "__init__.py"
    docstring = ast.get_docstring(ast.parse(package.read_text())) if package.exists() else None
    if docstring is None:
        raise KeyError(f"{folder} has no description: add one to DESCRIPTIONS in {__file__}")
    return docstring.split("\n\n")[0].replace("\n", " ")


def folder_table() -> str:
    """Return the table in Markdown, without its marks."""
    rows = [
        f"| `{folder}/` | {describe(folder)} | {files} | {lines:,} |\n"
        for folder, (files, lines) in sorted(count_code().items())
    ]
    return HEAD + "".join(rows)


def main() -> None:
    """Rewrite the table between its marks."""
    before, rest = DOCUMENT.read_text().split(OPEN)
    _, after = rest.split(CLOSE)
    DOCUMENT.write_text(before + OPEN + folder_table() + CLOSE + after)


if __name__ == "__main__":
    main()
