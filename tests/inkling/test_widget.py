"""The notebook's pad: strokes in, a digit out; and its script, run by node on a page of paper."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("anywidget")

from inkling.widget import Pad

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "site" / "inkling" / "widget.js"
# What the script needs of a page: elements that keep what they are given, and a model.
PAGE = """
const element = () => ({
  style: {}, heard: {}, children: [], setAttribute() {}, setPointerCapture() {},
  addEventListener(kind, hear) { this.heard[kind] = hear; },
  append(...its) { this.children.push(...its); },
  getBoundingClientRect: () => ({ left: 10, top: 20, width: 160, height: 140 }),
  getContext: () => new Proxy({}, { get: () => () => {}, set: () => true }),
});
globalThis.document = { createElement: element };
const values = { width: 320, height: 280, pen: 14, strokes: [], answer: "" };
const heard = {}, saved = [];
const model = {
  get: (name) => values[name],
  set: (name, value) => { values[name] = value; heard[`change:${name}`]?.(); },
  save_changes: () => saved.push(JSON.parse(JSON.stringify(values.strokes))),
  on: (kind, hear) => { heard[kind] = hear; },
  off: (kind) => { delete heard[kind]; },
};
const { default: widget } = await import(process.argv[2]);
const el = element();
const end = widget.render({ model, el });
const [canvas, below] = el.children;
const [clear, answer] = below.children;
const at = (x, y) => ({ button: 0, pointerId: 1, clientX: x, clientY: y });
canvas.heard.pointermove(at(1, 1)); // without a pen on the pad
canvas.heard.pointerdown(at(20, 30));
canvas.heard.pointermove(at(60, 80));
canvas.heard.pointerdown(at(99, 99)); // a second finger
canvas.heard.pointerup(at(60, 80));
model.set("answer", "7 (99.8%)");
const said = answer.textContent;
clear.heard.click();
end();
console.log(JSON.stringify({ saved, said, left: Object.keys(heard) }));
"""


@pytest.fixture
def pad(reader) -> Pad:
    return Pad(reader)


def test_strokes_give_a_digit_and_none_gives_none(pad):
    assert (pad.digit, pad.reading, pad.answer) == (None, None, "")
    heard = []
    pad.observe(lambda change: heard.append(change.new), "digit")
    pad.strokes = [[[90, 60], [220, 60], [150, 230]]]
    assert pad.digit.label == 7 and pad.reading.text == "7" and pad.answer.startswith("7 (")
    assert heard == [pad.digit]
    pad.clear()
    assert (pad.digit, pad.reading, pad.answer) == (None, None, "") and heard[-1] is None


def test_a_dot_is_ink(pad):
    pad.strokes = [[[100, 100]]]
    assert pad.picture().getpixel((100, 100)) < 50 and pad.digit is not None
    assert pad.picture().size == (pad.width, pad.height)


def test_what_was_read_cannot_be_set(pad):
    with pytest.raises(Exception, match="read-only"):
        pad.digit = None


def test_the_script_sends_strokes_in_pixels_of_the_pad_and_tells_the_answer(tmp_path):
    node = shutil.which("node")
    if not node:
        pytest.skip("no node here: the script is not run")
    module, page = tmp_path / "widget.mjs", tmp_path / "page.mjs"
    module.write_text(SCRIPT.read_text())
    page.write_text(PAGE)
    run = subprocess.run([node, page, module], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert told == {"saved": [[[[20, 20], [100, 120]]], []], "said": "7 (99.8%)", "left": []}


def test_the_pad_needs_nothing_from_the_network():
    text = SCRIPT.read_text()
    assert "http" not in text and "import" not in text and "fetch" not in text
