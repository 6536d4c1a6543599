"""What forward passes, strokes and pages of digits take, once a page has started."""

import base64
import io

from PIL import Image
from support import gestures, handwriting, page_state

from training.data.datasets import mnist
from ui.pad.viewport import DIGIT_PIXELS

from . import visits

STROKES = 30
PAGES = 3  # readings of a page of 10 x 10 digits in each turn
CELL, DIGIT = 100, 72  # pixels: of its squares, and of the digits in them
FEW, MANY = 10, 1000  # readings between which memory must not grow
ASK = "document.querySelector('script[worker]').xworker.sync"


def passes(page, name, count, times) -> list[float]:
    """Milliseconds of forward passes of so many glyphs by Inkling's worker or a peer's page."""
    ask = f"{ASK}.bench_passes" if name == "inkling" else "passes"
    # The first is for the browser to compile what it has not met yet.
    return list(
        page.evaluate(
            f"async ([count, times]) => [...await {ask}(count, times)]", [count, times + 1]
        )
    )[1:]


def strokes(page, of) -> None:
    """From the end of a stroke until the answer is painted, one stroke a time."""
    page.evaluate("strokes.length = 0")
    for number in range(STROKES):
        gestures.clear(page)
        gestures.draw(page, handwriting.fixture_strokes((0, 3, 7)[number % 3])[:1])
        page.wait_for_function(f"strokes.length > {number}", timeout=visits.PATIENCE_MS)
        visits.settle(0.6)  # the flight of the last one is over
    of["stroke end to painted answer"] += page.evaluate("strokes")


def growth(page, folder, of) -> None:
    """Memory after many readings of what was drawn last, as a share of that after few."""
    read = f"""async (times) => {{
        const context = document.createElement("canvas").getContext("2d");
        context.canvas.width = context.canvas.height = {DIGIT_PIXELS};
        const fill = (operation, colour) => {{
          Object.assign(context, {{ globalCompositeOperation: operation, fillStyle: colour }});
          context.fillRect(0, 0, {DIGIT_PIXELS}, {DIGIT_PIXELS});
        }};
        context.drawImage(document.querySelector("#pad"), 0, 0, {DIGIT_PIXELS}, {DIGIT_PIXELS});
        fill("source-in", "black");
        fill("destination-over", "white");
        const image = context.getImageData(0, 0, {DIGIT_PIXELS}, {DIGIT_PIXELS});
        return [...await {ASK}.bench_readings(image, times)];
    }}"""
    page.evaluate(read, FEW)
    few = visits.memory(folder, "VmRSS")
    of["reading of a canvas"] += page.evaluate(read, MANY)[-100:]
    of["memory, 1,000 readings to 10"].append(visits.memory(folder, "VmRSS") / max(few, 1))


def pages(page, of) -> None:
    """Reading a page of a hundred of MNIST's test digits, decoding included."""
    said = base64.b64encode(_page_of_digits()).decode()
    read = f"""async ([said, times]) => {{
        const page = Uint8Array.from(atob(said), character => character.charCodeAt(0));
        const taken = [];
        for (let i = 0; i < times; i++)
            taken.push((await {ASK}.read_aside(page, "number")).milliseconds);
        return taken;
    }}"""
    gestures.write_a_number(page)  # then the worker is sent what reads numbers
    page_state.settle(page)
    of["reading of a page of 100 digits"] += page.evaluate(read, [said, PAGES + 1])[1:]
    gestures.write_one_digit(page)


def _page_of_digits() -> bytes:
    page = Image.new("L", (10 * CELL, 10 * CELL), 255)
    margin = (CELL - DIGIT) // 2
    for place, digit in enumerate(mnist("test")[0][:100]):
        large = Image.fromarray(255 - digit).resize((DIGIT, DIGIT), Image.Resampling.BICUBIC)
        page.paste(large, (place % 10 * CELL + margin, place // 10 * CELL + margin))
    encoded = io.BytesIO()
    page.save(encoded, "PNG")
    return encoded.getvalue()
