"""Count what a page still refers to: it does not depend on time, as a process's memory does."""

LARGE = 1 << 20  # bytes: a page's pixels are more
# Note weakly every canvas, the pixels that are put on one, and the files that are made of one.
WATCH = """
window.seen = [];
const make = Document.prototype.createElement;
Document.prototype.createElement = function (...names) {
    const element = make.apply(this, names);
    if (element instanceof HTMLCanvasElement) seen.push(new WeakRef(element));
    return element;
};
const put = CanvasRenderingContext2D.prototype.putImageData;
CanvasRenderingContext2D.prototype.putImageData = function (image, ...rest) {
    seen.push(new WeakRef(image.data));
    return put.call(this, image, ...rest);
};
const write = HTMLCanvasElement.prototype.toBlob;
HTMLCanvasElement.prototype.toBlob = function (done, ...rest) {
    write.call(this, blob => { seen.push(new WeakRef(blob)); done(blob); }, ...rest);
};
"""
COUNT = """least => {
    const size = it => it instanceof Blob ? Infinity : it.byteLength ?? 4 * it.width * it.height;
    return seen.map(it => it.deref()).filter(it => it && size(it) >= least).length;
}"""


def watch(page) -> None:
    """Note what is made from now on; before the page is fetched."""
    page.add_init_script(WATCH)


def count_live(page) -> int:
    """Return how many files, large canvases and arrays of pixels are alive, in Chromium."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.detach()
    return page.evaluate(COUNT, LARGE)
