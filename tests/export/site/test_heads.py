"""Each document of the site says what it is, to search engines and to browsers' tabs."""

from html.parser import HTMLParser

import pytest

from export.site.precache import SITE

DOCUMENTS = sorted(SITE.glob("*.html"))


class _Head(HTMLParser):
    def __init__(self, document: str):
        super().__init__()
        self.language = ""
        self.named: dict = {}
        self.links: dict = {}
        self.feed(document)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "html":
            self.language = values.get("lang")
        elif tag == "meta" and "name" in values:
            self.named[values["name"]] = values["content"]
        elif tag == "link":
            self.links[values["rel"]] = values["href"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_has_a_language_a_description_a_viewport_and_an_icon(path):
    document = path.read_text()
    head = _Head(document)
    assert head.language == "en" and "<title" in document
    assert 50 <= len(head.named["description"]) <= 160
    assert head.named["viewport"] == "width=device-width, initial-scale=1"
    assert (SITE / head.links["icon"]).exists()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_fetches_the_pack_that_is_unpacked(path):
    unpack = (SITE / "ui" / "unpack.py").read_text()
    pack = unpack.split('PACKED = "')[1].split('"')[0]
    assert f'"./{pack}": "./{pack}"' in path.read_text()
