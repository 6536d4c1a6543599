"""Every word of the page has its translation, and every translation its word."""

import ast
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

SITE = Path(__file__).parents[2] / "site"
NAMED = ("aria-label", "title", "alt")
SAME = {"aria-label": {"English", "Deutsch"}}


class Texts(HTMLParser):
    """The texts of index.html that ui/browser/i18n.py translates."""

    def __init__(self):
        super().__init__()
        self.found = set()
        self._open = None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.found |= {attributes[name] for name in NAMED if attributes.get(name)}
        self._open = "" if "data-i18n" in attributes else None

    def handle_data(self, data):
        if self._open is not None:
            self._open += data

    def handle_endtag(self, tag):
        if self._open is not None:
            self.found.add(" ".join(self._open.split()))
        self._open = None


def in_the_document():
    parser = Texts()
    for page in (SITE / "index.html", *(SITE / "learn").glob("*.html")):
        parser.feed(page.read_text())
    return parser.found


def strings_in(path):
    """All string literals of a module but its docstrings; pieces side by side are one."""
    tree = ast.parse(path.read_text())
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
    }


def said_in(path):
    """The texts of a module: its sentences, and the literals that it gives to `translate`."""
    said = {text for text in strings_in(path) if re.match(r"[A-Z{][^<]* .*[.:%a-z}]$", text)}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "translate" and node.args:
            first = node.args[0]
            said |= {first.value} if isinstance(first, ast.Constant) else set()
    return said


def speaking_modules():
    names = (
        "image/decode",
        "image/lightness",
        "tables/expected",
        "tables/form_template",
        "tables/tiff_pages",
    )
    refusing = [SITE / "inkling" / f"{name}.py" for name in names]
    late = [SITE / "worker" / "learn" / f"{name}.py" for name in ("read_forms", "foreign_file")]
    networks = (SITE / "inkling" / "foreign").glob("*.py")
    return [*(SITE / "ui").rglob("*.py"), *refusing, *late, *networks]


def in_the_modules():
    return set.union(*map(said_in, speaking_modules()))


@pytest.fixture(params=sorted((SITE / "words").glob("*.json")), ids=lambda path: path.stem)
def words(request):
    """All words of a language: of the first visit, and of what is fetched on first use."""
    later = SITE / "learn" / f"words.{request.param.name}"
    first, more = (json.loads(path.read_text()) for path in (request.param, later))
    assert not set(first) & set(more), "a text is translated twice"
    return first | more


def test_every_text_of_the_document_is_translated(words):
    assert in_the_document() - set(words) == set()


def test_every_sentence_of_the_modules_is_translated(words):
    assert in_the_modules() - set(words) == set()


def test_no_translation_is_left_over(words):
    known = in_the_document() | set.union(*map(strings_in, speaking_modules()))
    assert set(words) - known == set()


def test_a_translation_has_the_same_facts(words):
    for english, other in words.items():
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", other)), english


def test_no_article_stands_before_a_fact():
    """It would be "a 8", or "die A"."""
    sentences = in_the_document() | in_the_modules()
    assert [text for text in sentences if re.search(r"\b[Aa]n? \{(digit|label)\}", text)] == []
