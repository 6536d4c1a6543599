"""Many pages, one after the other, leave nothing behind."""

from support.gestures import open_pictures
from support.live_objects import LARGE, count_live, watch
from support.page_state import wait_until
from support.papers import ruled_table, tiff
from test_tables import wait_for_pages

ROWS = [["7", "24"], ["64", "10"]]
PAGES, CELLS = 8, 4
SOME = 4  # of what the last page took, before Python lets go of it


def test_a_page_that_was_read_leaves_neither_pixels_nor_a_file_behind(visit, tmp_path):
    page = visit(watch)
    wait_until(page, "ready")
    sheet = ruled_table(ROWS)
    assert 4 * sheet.width * sheet.height > LARGE
    before, done = count_live(page), 0
    # Garbage is collected before the last page, so that Python can let go while that is read.
    for pages in (PAGES - 1, 1):
        path = tmp_path / f"{pages}.tif"
        path.write_bytes(tiff([sheet] * pages))
        open_pictures(page, [path])
        done += pages
        wait_for_pages(page, done * CELLS)
        after = count_live(page)
    assert page.evaluate("seen.length") >= 2 * PAGES, "pages were noted"
    assert after - before <= SOME
