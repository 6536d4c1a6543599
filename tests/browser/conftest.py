"""A real browser on a real static server, with the site under a path of its own."""

import gestures
import pytest
import sight
from _pytest.runner import runtestprotocol
from engines import ENGINES, died, launched, new_page
from hosts import Host, copy_of
from playwright.sync_api import sync_playwright

from export import precache
from export.packages import npm_package

SITE = gestures.ROOT / "site"
# Most tests are about one visit; keeping a copy of the site after each would take their time.
ONE_VISIT = {"service_workers": "block"}


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")


ATTEMPTS = 3


def pytest_runtest_protocol(item, nextitem):
    """A test during which WebKitGTK itself died is tried again."""
    if "[webkit]" not in item.name:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for _ in range(ATTEMPTS):
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
        if not any(report.failed and died(report.longreprtext) for report in reports):
            break
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.fixture(scope="session")
def address():
    """Where the site is served."""
    if not (SITE / "runtime" / "manifest.json").exists():
        pytest.fail("site/runtime is not there; run `make site`.")
    precache.write(SITE)
    host = Host(SITE)
    yield host.address
    host.down()


@pytest.fixture
def host(tmp_path):
    """A host with a copy of the site that the test may alter."""
    host = Host(copy_of(SITE, tmp_path / "site"))
    yield host
    host.down()


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright):
    with launched("chromium", playwright) as browser:
        yield browser


@pytest.fixture(scope="module", params=ENGINES)
def browser(request, playwright):
    """Each engine in turn; a test that asks for it runs in all of them."""
    with launched(request.param, playwright) as browser:
        yield browser


@pytest.fixture
def visit(chromium, address):
    """Visits the page anew: visit() -> page, with its Log as page.log; options as for a context,
    and `address`, if it is not the usual one.

    `prepare(page)` is called before the page is fetched.
    """
    contexts = []

    def visit(prepare=None, address=address, **options):
        page = new_page(chromium, **{**ONE_VISIT, **options})
        contexts.append(page.context)
        if prepare:
            prepare(page)
        page.goto(address)
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def _ready_page(chromium, address):
    page = new_page(chromium, **ONE_VISIT)
    page.goto(address)
    sight.wait_until(page, "ready")  # which may come after "failed" where the machine is busy
    yield page
    page.context.close()


@pytest.fixture
def page(_ready_page):
    """The page, ready, with a clean pad."""
    gestures.start_anew(_ready_page)
    return _ready_page


@pytest.fixture(scope="session")
def axe():
    """axe(page) -> what axe-core has to complain of, rule by rule, with the elements."""
    script = (npm_package("axe-core") / "axe.min.js").read_text()

    def axe(page):
        page.evaluate(script)
        violations, passed = page.evaluate(
            "axe.run().then(({violations, passes}) => [violations, passes.length])"
        )
        assert passed > 10
        return [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations]

    return axe
