"""Fixtures: a real browser, and the site on a static server below a path."""

import pytest
from _pytest.runner import runtestprotocol
from playwright.sync_api import sync_playwright
from support import gestures
from support.engines import ENGINES, died, launched, new_page
from support.hosts import Host, copy_of
from support.shared_page import SharedPage

from export.setup.downloads import npm_package
from export.site import precache

SITE = gestures.ROOT / "site"
# Most tests are about one visit: skip the offline copy, which takes time.
ONE_VISIT = {"service_workers": "block"}
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")


ATTEMPTS = 3


def pytest_runtest_protocol(item, nextitem):
    """Run a test again if WebKitGTK itself has crashed."""
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
    """Return the address at which the site is served."""
    if not (SITE / "runtime" / "manifest.json").exists():
        pytest.fail("site/runtime is not there; run `make site`.")
    precache.write(SITE)
    host = Host(SITE)
    yield host.address
    host.down()


@pytest.fixture
def host(tmp_path):
    """Serve a copy of the site that the test may change."""
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
    """Run the test in each engine in turn."""
    with launched(request.param, playwright) as browser:
        yield browser


@pytest.fixture
def visit(chromium, address):
    """visit(prepare, address, **options) -> a page just opened, with its Log as page.log.

    `prepare(page)` is called before the page is fetched; options as for a browser context.
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
def shared_page(chromium, address):
    shared = SharedPage(chromium, address, **ONE_VISIT)
    yield shared
    shared.close()


@pytest.fixture
def page(request, shared_page):
    """Return the page, ready, as at a first visit; all tests share it."""
    yield shared_page.anew()
    if request.node.stash.get(FAILED, False):
        shared_page.close()  # no test suffers from the failure of another


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def axe():
    """axe(page) -> the violations that axe-core finds: (rule, elements)."""
    script = (npm_package("axe-core") / "axe.min.js").read_text()

    def axe(page):
        page.evaluate(script)
        violations, passed = page.evaluate(
            "axe.run().then(({violations, passes}) => [violations, passes.length])"
        )
        assert passed > 10
        return [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations]

    return axe
