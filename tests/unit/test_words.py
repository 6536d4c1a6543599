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
SPOKEN = ("say", "translated")  # what ui/language.py's `say` is called in the modules


class Texts(HTMLParser):
    """The texts of index.html that ui/language.py translates."""

    def __init__(self):
        super().__init__()
        self.found = set()
        self._open = None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.found |= {attributes[name] for name in NAMED if attributes.get(name)}
        self._open = "" if "data-say" in attributes else None

    def handle_data(self, data):
        if self._open is not None:
            self._open += data

    def handle_endtag(self, tag):
        if self._open is not None:
            self.found.add(" ".join(self._open.split()))
        self._open = None


def in_the_document():
    parser = Texts()
    parser.feed((SITE / "index.html").read_text())
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
    """What a module says in so many words: sentences, and what it gives to `say`."""
    said = {text for text in strings_in(path) if re.match(r"[A-Z{][^<]* .*[.:%a-z}]$", text)}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SPOKEN and node.args:
            first = node.args[0]
            said |= {first.value} if isinstance(first, ast.Constant) else set()
    return said


def speaking_modules():
    refusing = (SITE / "inkling" / name for name in ("decoding.py", "picture.py"))
    return [*(SITE / "ui").glob("*.py"), *refusing]


def in_the_modules():
    return set.union(*map(said_in, speaking_modules()))


@pytest.fixture(params=sorted((SITE / "words").glob("*.json")), ids=lambda path: path.stem)
def words(request):
    return json.loads(request.param.read_text())


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
