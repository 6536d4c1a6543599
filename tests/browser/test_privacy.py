"""The page requests nothing from other hosts, and logs no errors."""

from urllib.parse import urlsplit

from support.gestures import draw
from support.handwriting import pen_strokes
from support.page_state import answer, wait_until


def test_a_visit_asks_only_its_own_origin_and_the_console_stays_quiet(visit, address):
    page = visit(service_workers="allow")
    wait_until(page, "ready")
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    asked = {urlsplit(url.removeprefix("blob:")).netloc for url in page.log.requests}
    assert asked == {urlsplit(address).netloc}
    assert page.log.complaints == []
    assert page.log.errors == []


def test_the_page_may_not_fetch_from_anywhere_else(page):
    refused = "fetch('https://example.com/').then(() => 'fetched', () => 'refused')"
    assert page.evaluate(refused) == "refused"
    assert any("Content Security Policy" in line for line in page.log.console)


def test_the_progress_is_of_true_bytes(visit):
    page = visit()
    wait_until(page, "ready")
    total = page.evaluate("document.querySelector('#progress').max")
    assert page.evaluate("document.querySelector('#progress').value") == total > 10_000_000
