"""Once kept, the page needs no server; a new version takes over whole, when asked to, or not."""

import json

import pytest
from support.engines import Log
from support.gestures import draw, write_a_letter, write_a_number
from support.handwriting import letter_strokes, numeral_strokes, pen_strokes
from support.hosts import PATH
from support.page_state import answer, settle, wait_for_words, wait_until

READY = "Works offline."
STROKES = "JSON.parse(sessionStorage['inkling.drawing']).strokes"
LIST, VERSION, WORKER = "precache.json", "version.js", "service-worker.js"
CHECKS = "integrity.js"  # a script that the service worker imports: the browser asks for it, too


@pytest.fixture
def open_page(chromium):
    """open_page(address) -> a page of the one person whose browser this is."""
    context = chromium.new_context()

    def open_page(address, state="ready"):
        page = context.new_page()
        page.log = Log()
        page.log.listen(page)
        page.goto(address)
        if state:
            wait_until(page, state)
        return page

    yield open_page
    context.close()


def kept(open_page, host):
    """A page whose copy is complete."""
    page = open_page(host.address)
    wait_for_words(page, "#offline", READY)
    return page


def reload(page):
    page.reload()
    wait_until(page, "ready")


def title(page):
    return page.title()


def renamed(host, name):
    """index.html with another title, which tells the versions apart."""
    text = (host.folder / "index.html").read_text()
    return text.replace("<title data-i18n>Inkling", f"<title>{name}").encode()


def test_after_a_first_visit_the_copy_is_there_to_be_kept_compiled(open_page, host):
    page = kept(open_page, host)
    page.wait_for_function(
        """() => performance.getEntriesByType("resource").some(
            ({name, workerStart}) => name.endsWith("pyodide.asm.wasm") && workerStart > 0)"""
    )
    assert page.log.errors + page.log.complaints == []


def test_without_its_server_the_page_opens_reads_and_shows_all_its_views(open_page, host):
    page = kept(open_page, host)
    host.down()
    for address in ("", "index.html", "?from=a-friend", "no-such-page"):
        page.goto(host.address + address)
        wait_until(page, "ready")
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    page.click('#sample-choice [data-class="any"]')
    page.wait_for_function("document.querySelector('#truth').textContent")
    page.click('[href="#about"]')
    page.wait_for_function("document.querySelector('#plots .wrong')")
    page.click('[data-language="de"]')
    wait_for_words(page, "#offline", "auch ohne Verbindung")
    assert page.log.errors == [] and page.log.complaints == []
    host.up()


def test_a_first_visit_goes_on_without_its_server_once_it_says_so(open_page, host):
    page = kept(open_page, host)
    page.wait_for_function("navigator.serviceWorker.controller")
    assert page.text_content("#renewal-said") == "" and page.is_hidden("#renew")
    host.down()
    page.click('#sample-choice [data-class="any"]')
    page.wait_for_function("document.querySelector('#truth').textContent")
    host.up()


def test_signs_are_read_without_a_server_once_a_number_was_read_with_one(open_page, host):
    page = kept(open_page, host)
    reload(page)
    write_a_number(page)
    draw(page, numeral_strokes("7/3"))
    assert answer(page) == "7/3"
    host.down()
    reload(page)
    settle(page)
    assert answer(page) == "7/3"
    host.up()


def test_letters_are_read_without_a_server_once_one_was_read_with_one(open_page, host):
    page = kept(open_page, host)
    reload(page)
    write_a_letter(page)
    draw(page, letter_strokes("H"))
    assert answer(page).upper() == "H"
    host.down()
    reload(page)
    settle(page)
    assert answer(page).upper() == "H"
    host.up()


def test_a_new_version_is_offered_and_takes_over_when_asked_to(open_page, host):
    page = kept(open_page, host)
    others = {"of another site", f"inkling {host.address}more/ sha256-of-it"}
    page.evaluate("others => Promise.all(others.map(name => caches.open(name)))", list(others))
    host.publish({"index.html": renamed(host, "Second")})
    host.asked.clear()
    reload(page)
    assert title(page).startswith("Inkling")  # the first version still, whole
    seven = pen_strokes(7)
    draw(page, seven)
    page.wait_for_function(
        f"'inkling.drawing' in sessionStorage && {STROKES}.length == {len(seven)}"
    )  # all of it is kept
    assert answer(page) == "7"
    ink = page.evaluate(STROKES)
    wait_for_words(page, "#renewal", "A new version is ready.")
    assert page.evaluate(STROKES) == ink and title(page).startswith("Inkling")
    # Files that are the same are not fetched again.
    assert set(host.asked) == {"", LIST, VERSION, WORKER, CHECKS}
    with page.expect_navigation():
        page.click("#renew")
    wait_until(page, "ready")
    assert title(page).startswith("Second")
    assert answer(page) == "7" and page.evaluate(STROKES) == ink
    names = page.evaluate("caches.keys()")
    assert others < set(names) and len(names) == len(others) + 1


@pytest.mark.parametrize("fault", ["altered", "missing", "old"])
def test_a_deploy_that_is_not_whole_replaces_nothing(open_page, host, fault):
    page = kept(open_page, host)
    style = host.folder / "styles" / "packed.css"
    before = style.read_bytes()
    new = (host.folder / "style.css").read_bytes() + b"/* new */"
    host.publish({"style.css": new, "index.html": renamed(host, "Second")})
    finished = style.read_bytes()
    if fault == "missing":
        style.unlink()
    else:
        style.write_bytes(before if fault == "old" else finished.replace(b"new", b"nex"))
    reload(page)
    page.evaluate(REFUSED)
    assert title(page).startswith("Inkling") and page.text_content("#renewal-said") == ""
    style.write_bytes(finished)  # the deploy ends after all
    reload(page)
    wait_for_words(page, "#renewal", "A new version is ready.")
    host.down()
    reload(page)
    assert title(page).startswith("Inkling")
    host.up()


# Resolves once a version that the browser has tried to install has been thrown away.
REFUSED = """async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    try { await registration.update(); } catch { return; }
    const coming = registration.installing;
    await new Promise(resolve => {
        const look = () => coming.state === "redundant" && resolve();
        if (coming) { coming.addEventListener("statechange", look); look(); } else resolve();
    });
}"""


def test_while_another_tab_is_open_no_page_meets_two_versions(open_page, host):
    page, other = kept(open_page, host), open_page(host.address)
    host.publish({"index.html": renamed(host, "Second")})
    reload(page)
    wait_for_words(page, "#renewal", "A new version is ready.")
    page.click("#renew")
    wait_for_words(page, "#renewal", "close the other tabs")
    for tab in (page, other):
        assert "<title data-i18n>Inkling" in tab.evaluate("fetch('./').then(page => page.text())")
    other.close()
    with page.expect_navigation():
        page.click("#renew")
    wait_until(page, "ready")
    assert title(page).startswith("Second")


def test_what_cannot_be_kept_is_named_and_the_next_visit_fetches_only_the_rest(open_page, host):
    sheet = host.folder / "samples" / "sheet-0.z"
    whole = sheet.read_bytes()
    sheet.write_bytes(whole[:-1])
    page = open_page(host.address)
    wait_for_words(page, "#offline", "samples/sheet-0.z did not arrive intact")
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    page.evaluate(REFUSED)
    sheet.write_bytes(whole)
    reload(page)
    wait_for_words(page, "#offline", READY)
    assert host.asked.count("samples/sheet-1.z") == 1


def test_a_keeper_that_is_damaged_or_missing_is_named_and_not_let_in(open_page, host):
    keeper = host.folder / WORKER
    keeper.write_bytes(keeper.read_bytes().replace(b"respondWith", b"respondwith"))
    page = open_page(host.address)
    wait_for_words(page, "#offline", f"{WORKER} did not arrive intact")
    keeper.unlink()
    reload(page)
    wait_for_words(page, "#offline", f"{WORKER} did not arrive intact")
    assert page.evaluate("navigator.serviceWorker.getRegistrations()") == []


def test_where_there_is_no_room_for_a_copy_the_page_reads_and_says_so(open_page, host):
    page = open_page("about:blank", state=None)
    tools = page.context.new_cdp_session(page)
    quota = {"origin": host.address.removesuffix(PATH), "quotaSize": 1_000_000}
    tools.send("Storage.overrideQuotaForOrigin", quota)
    page.goto(host.address)
    wait_for_words(page, "#offline", "no room for it")
    draw(page, pen_strokes(7))
    assert answer(page) == "7"


def test_the_page_can_be_installed(open_page, host):
    page = kept(open_page, host)
    tools = page.context.new_cdp_session(page)
    found = tools.send("Page.getAppManifest")
    assert found["errors"] == []
    manifest = json.loads(found["data"])
    sizes = {(icon["sizes"], icon.get("purpose", "any")) for icon in manifest["icons"]}
    assert {
        (side, purpose) for side in ("192x192", "512x512") for purpose in ("any", "maskable")
    } <= sizes
    for icon in manifest["icons"]:
        assert page.request.get(host.address + icon["src"]).ok
    errors = tools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A window without a profile of its own, as tests have it, is the one thing in the way.
    assert {error["errorId"] for error in errors} <= {"in-incognito"}


def test_a_browser_that_gives_no_registration_back_is_said_to_forbid_it(visit):
    page = visit(service_workers="block")
    wait_for_words(page, "#offline", "this browser does not allow it here")
    wait_until(page, "ready")
    assert page.log.errors == []
