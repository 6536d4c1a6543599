"""A byte that is not the one that was published is told, and nothing is read by it."""

import re
from mimetypes import guess_type

import pytest
from support.gestures import draw, open_picture, open_view
from support.handwriting import pen_strokes
from support.page_state import START_MS, answer, remark, wait_for_words, wait_until
from test_failures import MODEL, SITE, at, failed
from test_pictures import encoded, seven

from export.site import bundle, precache

(PILLOW,) = (
    path.relative_to(SITE).as_posix() for path in SITE.glob("runtime/pyodide/pillow-*.whl")
)
# Of the runtime's files, each that every visit asks for, and of ours one of every kind; whatever a
# visit asks for is altered in turn by `make soak` (every_file.py).
ALTERED = [
    name
    for name in (path.relative_to(SITE).as_posix() for path in precache.listed(SITE))
    if name.startswith("runtime/")
    and not name.startswith(("runtime/licences/", "runtime/pdfjs/", "runtime/xlsx/"))
    and name != PILLOW  # it is fetched with the first picture
]
ALTERED += ["", "boot.js", "integrity.js", "worker/api.py"]
ALTERED += [MODEL, bundle.WHEEL, bundle.UI, "ui/main.py"]
ALTERED += [bundle.STYLE, "words/de.json", "early.js"]
# Damage to these may keep all our programs from starting.
ON_THE_PAGES_THREAD = re.compile(r"$|runtime/(pyscript|micropython)/|ui/")
LOOK_MS, LOOKS = 200, 50
REMEDY = re.compile("[Rr]eload|[Ll]aden Sie.* neu")


def altered(name, place=0.5):
    """A file with one byte changed, as far into it as said; without a name: the page itself."""
    path = SITE / (name or "index.html")
    content = bytearray(path.read_bytes())
    content[round(place * (len(content) - 1))] ^= 1
    told = {"body": bytes(content), "content_type": guess_type(path)[0]}
    return lambda page: page.route(at(name), lambda route: route.fulfill(**told))


def hurry(page):
    """Have the sentence that needs no program appear after four seconds instead of twenty."""
    tools = page.context.new_cdp_session(page)
    tools.send("Animation.enable")
    tools.send("Animation.setPlaybackRate", {"playbackRate": 5})


def is_told(page, name):
    """Wait until the page says that it cannot read, as one of its files is not the right one."""
    told = '[data-state="failed"] #remark:not(:empty)'
    if ON_THE_PAGES_THREAD.match(name):
        hurry(page)
        told += ", .stuck:visible"
    page.wait_for_selector(told, timeout=START_MS)
    for _ in range(LOOKS):
        if not page.is_visible(".stuck") or page.log.errors + page.log.complaints:
            break
        page.wait_for_timeout(LOOK_MS)  # it may as yet be slow, and no more than that
    page.wait_for_selector(told)
    if page.is_visible(".stuck"):
        assert "Reload the page" in page.inner_text(".stuck")
    else:
        assert REMEDY.search(failed(page))
    assert page.text_content("#answer") == ""


@pytest.mark.parametrize("name", ALTERED)
def test_one_altered_byte_in_any_file_is_told_and_nothing_is_read(visit, name):
    is_told(visit(altered(name)), name)


@pytest.mark.parametrize(
    ("name", "place"), [(precache.LIST, 0), (precache.LIST, 0.9), (precache.VERSION, 1)]
)
def test_the_list_of_files_is_checked_itself_wherever_the_byte_is(visit, name, place):
    failed(visit(altered(name, place)), precache.LIST, precache.VERSION, "do not match")


def test_a_list_of_another_version_in_a_memory_on_the_way_is_no_damage(visit, host):
    former = (host.folder / precache.LIST).read_bytes()
    host.publish({"words/de.json": (SITE / "words" / "de.json").read_bytes() + b"\n"})
    asked = []

    def remember(route):
        asked.append(route)
        if len(asked) == 1:
            route.fulfill(body=former)
        else:
            route.continue_()

    page = visit(lambda page: page.route(at(precache.LIST), remember), address=host.address)
    wait_until(page, "ready")
    assert len(asked) > 1  # and once more by what keeps the copy


def test_damage_to_what_is_asked_for_later_is_told_where_it_was_asked_for(visit):
    page = visit()
    wait_until(page, "ready")
    for name, button, place in (
        ("samples/labels.json", '#sample-choice [data-class="any"]', "#remark"),
        ("model/hard.json", '#sample-choice [data-class="hard"]', "#remark"),
        ("samples/sheet-0.z", '[data-run="100"]', "#run-said"),
        ("model/card.json", 'nav [href="#about"]', "#card-said"),
    ):
        altered(name)(page)
        if place == "#run-said":
            open_view(page, "measure")
        page.click(button)
        wait_for_words(page, place, f"The file {name} is damaged.")
        page.unroute_all()
    assert page.text_content("#truth") == ""
    open_view(page, "read")
    page.click('#sample-choice [data-class="any"]')
    wait_for_words(page, "#truth", "MNIST label is")


def test_pillow_is_fetched_with_the_first_picture_and_damage_to_it_is_told_there(visit, tmp_path):
    page = visit(altered(PILLOW))  # neither the start nor a drawn digit asks for it
    wait_until(page, "ready")
    draw(page, pen_strokes(7))
    assert answer(page) == "7"
    path = tmp_path / "seven.png"
    path.write_bytes(encoded(seven(), "PNG"))
    open_picture(page, path)
    wait_for_words(page, "#remark", f"The file {PILLOW} is damaged.")
    page.unroute_all()
    open_picture(page, path)
    assert answer(page) == "7" and remark(page) == ""
