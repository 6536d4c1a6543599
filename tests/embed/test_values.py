"""The value that a number field submits for a text, and the package that it is published in."""

import json
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from export.setup.downloads import node_program
from export.site import bundle

ROOT = Path(__file__).resolve().parents[2]
MODULE = (ROOT / "site" / "embed" / "values.js").as_uri()
NONE = None
VALUES = [
    ("integer", "en", "407", "407"),
    ("integer", "en", "0815", "0815"),
    ("integer", "en", "-3", "-3"),
    ("integer", "en", "−3", "-3"),
    ("integer", "en", "1,234,567", "1234567"),
    ("integer", "en", "1 234", "1234"),
    ("integer", "en", "1,234.567", NONE),
    ("integer", "en", "12,34", NONE),
    ("integer", "en", "3.5", NONE),
    ("integer", "en", "4?7", NONE),
    ("integer", "en", "", NONE),
    ("decimal", "en", "407", "407"),
    ("decimal", "en", "3.5", "3.5"),
    ("decimal", "en", "3,5", "3.5"),
    ("decimal", "de", "3,5", "3.5"),
    ("decimal", "en", ".5", "0.5"),
    ("decimal", "en", "-.5", "-0.5"),
    ("decimal", "en", "1.234", "1.234"),
    ("decimal", "de", "1.234", "1234"),
    ("decimal", "en", "1,234", "1234"),
    ("decimal", "de", "1,234", "1.234"),
    ("decimal", "en", "1,234.50", "1234.50"),
    ("decimal", "en", "1.234,50", "1234.50"),
    ("decimal", "en", "1,234,567", "1234567"),
    ("decimal", "en", "1,234,567.8", "1234567.8"),
    ("decimal", "en", "1,23,4", NONE),
    ("decimal", "en", "1,23.4", NONE),
    ("decimal", "en", "1,234.567,8", NONE),
    ("decimal", "en", "5%", NONE),
    ("date", "en-US", "3/14/2026", "2026-03-14"),
    ("date", "en-GB", "14/3/2026", "2026-03-14"),
    ("date", "en-GB", "3/14/2026", "2026-03-14"),
    ("date", "en-US", "3/4/2026", "2026-03-04"),
    ("date", "en-GB", "3/4/2026", "2026-04-03"),
    ("date", "en-US", "3.4.2026", "2026-04-03"),
    ("date", "en-US", "3.14.2026", NONE),
    ("date", "de", "2026-03-14", "2026-03-14"),
    ("date", "de", "29.2.2024", "2024-02-29"),
    ("date", "de", "29.2.2026", NONE),
    ("date", "de", "1.1.26", NONE),
    ("date", "de", "1.1-2026", NONE),
    ("date", "de", "407", NONE),
]


@cache
def submitted():
    """Return the values of all texts, which one node computes."""
    asked = json.dumps([(kind, text, locale) for kind, locale, text, _ in VALUES])
    program = f"""import {{ valueOf, WORDS }} from "{MODULE}";
        const values = {asked}.map((each) => valueOf(...each));
        console.log(JSON.stringify([values, Object.keys(WORDS.en), Object.keys(WORDS.de)]));"""
    command = [node_program("node"), "--input-type=module", "-e", program]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize("place", range(len(VALUES)), ids=[" ".join(v[:3]) for v in VALUES])
def test_a_text_stands_for_one_value_or_none(place):
    assert submitted()[0][place] == VALUES[place][3]


def test_both_languages_have_every_sentence():
    assert submitted()[1] == submitted()[2]


def test_the_package_for_npm_holds_the_field_and_its_types(tmp_path):
    bundle.write(ROOT / "site")
    command = [node_program("npm"), "pack", "--json", "--pack-destination", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT / "npm", capture_output=True, text=True, check=True)
    [packed] = json.loads(done.stdout[done.stdout.index("[") :])
    names = {file["path"] for file in packed["files"]}
    assert names == {"LICENSE", "README.md", "embed.d.ts", "embed.js", "package.json"}
    given = (ROOT / "npm" / "embed.js").read_bytes()
    assert given == (ROOT / "site" / bundle.FIELD).read_bytes()


def test_the_types_name_what_the_field_has():
    types = (ROOT / "npm" / "embed.d.ts").read_text()
    field = (ROOT / "site" / "embed" / "field.js").read_text()
    members = set(re.findall(r"^  (?:readonly )?(\w+)(?:\(|:)", types, re.MULTILINE))
    listed = "".join(re.findall(r"for \(const name of \[(.*)\]\)", field))
    for name in members:
        assert re.search(rf"^  (get )?{name}\(", field, re.MULTILINE) or f'"{name}"' in listed
