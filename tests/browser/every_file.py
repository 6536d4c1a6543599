"""Change one byte in each file that a visit requests, in turn: part of `make soak`.

The short version is test_damage.py.
"""

from urllib.parse import urlsplit

import pytest
from support.hosts import PATH
from support.page_state import wait_for_words, wait_until
from test_damage import altered, is_told

# The browser alone asks for the first two, and shows them or not; the page reads without the third
# too, and says beside its version that it was not let in (test_offline.py).
DISPENSABLE = {"manifest.webmanifest", "icons/icon.svg", "service-worker.js"}


def asked_for(visit):
    """Return the files that a visit in German requests, which are more than in English."""
    page = visit(locale="de-DE")
    wait_until(page, "ready")
    wait_for_words(page, "#clear", "Leeren")
    return {
        urlsplit(address).path.removeprefix(PATH)
        for address in page.log.requests
        if not address.startswith(("blob:", "data:"))
    }


def test_one_altered_byte_in_any_file_that_a_visit_asks_for_is_told(visit):
    names = asked_for(visit) - DISPENSABLE
    assert len(names) > 20  # modules and styles come packed
    for name in sorted(names):
        page = visit(altered(name), locale="de-DE")
        try:
            is_told(page, name)
        except Exception:
            pytest.fail(f"{name or 'the page itself'}: {page.inner_text('.reading')}")
        print(f"{name}: {page.inner_text('.reading')}", flush=True)
        page.close()
