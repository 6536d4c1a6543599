"""One visit after another in a real browser, and what each took."""

import json
import shutil
import time
from pathlib import Path

# Seen from inside the page: when a pen leaves ink, when there is a first look, when there is an
# answer, when it is painted.
WATCH = """
globalThis.seen = {};
const note = (name) => (seen[name] ??= performance.now());
const painted = (then) => requestAnimationFrame(() => {  // a task after the frame's own
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = then;
  port2.postMessage(0);
});
// Draw as soon as a pen leaves ink, once for all visits. Input from outside the page would have to
// wait for its thread, which is busy then: that would measure the wait.
const draw = (strokes) => {
  if (sessionStorage.getItem("drawn")) return;
  sessionStorage.setItem("drawn", "1");
  const pad = document.querySelector("#pad");
  const { left, top, width, height } = pad.getBoundingClientRect();
  const send = (kind, [x, y]) => pad.dispatchEvent(new PointerEvent(kind, {
    clientX: left + x * width, clientY: top + y * height, pointerId: 1, pointerType: "mouse",
    isPrimary: true, button: kind === "pointermove" ? -1 : 0, bubbles: true, cancelable: true,
  }));
  for (const stroke of strokes) {
    send("pointerdown", stroke[0]);
    for (const point of stroke.slice(1)) send("pointermove", point);
    send("pointerup", stroke.at(-1));
  }
};
const look = () => {
  if (document.documentElement?.classList.contains("writable")) {
    painted(() => note("usable"));
    if (globalThis.STROKES) draw(STROKES);
  }
  const answer = document.querySelector("#answer, output");
  if (answer?.textContent) note(answer.dataset.look ? "looked" : "answered");
};
new MutationObserver(look).observe(document, {
  subtree: true, childList: true, characterData: true, attributes: true,
  attributeFilter: ["class", "data-look"],
});
globalThis.strokes = [];
addEventListener("pointerup", ({ timeStamp, target }) => {
  if (target.id !== "pad") return;  // but some button
  const answer = document.querySelector("#answer");
  const done = new MutationObserver(() => {
    done.disconnect();
    painted(() => strokes.push(performance.now() - timeStamp));
  });
  // Set with every answer, be it the same as before.
  done.observe(answer, { attributes: true, attributeFilter: ["data-size"] });
}, true);
"""
PATIENCE_MS = 300_000


class Visitor:
    """A browser with a profile of its own; `folder` is where the profile is kept."""

    def __init__(self, playwright, chromium, folder: Path, strokes: list = ()):
        """Open a browser. strokes: drawn once, as soon as a pen leaves ink; (x, y) from 0 to 1."""
        self._folder = folder
        self.context = playwright.chromium.launch_persistent_context(
            folder, executable_path=chromium, args=["--no-sandbox"], viewport=None
        )
        if strokes:
            self.context.add_init_script(f"globalThis.STROKES = {json.dumps(strokes)};")
        self.context.add_init_script(WATCH)
        self.page = self.context.pages[0]

    def close(self) -> None:
        self.context.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def visit(self, address: str) -> dict:
        """Go to a page and wait for its first answer: milliseconds since navigation began."""
        self.page.goto(address)
        self.page.wait_for_function("seen.answered", timeout=PATIENCE_MS)
        return self.page.evaluate("seen")

    def wait_for_keeper(self) -> None:
        """Until the service worker has all files: then a second visit is what it will be."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def received(context, visit) -> int:
    """How many bytes came over the network during visit(), headers included, workers' too."""
    responses = []

    def keep(response):
        responses.append(response)

    context.on("response", keep)
    visit()
    context.remove_listener("response", keep)
    sizes = [response.request.sizes() for response in responses]
    return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)


def memory(folder: Path, key: str) -> float:
    """MB of the largest renderer of the browser whose profile lies in a folder.

    key: VmRSS, what it holds, or VmHWM, the most that it held (Linux alone; else not a number).
    """
    found = [0.0]
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace")
            status = (process / "status").read_text()
            told = dict(line.split(":", 1) for line in status.splitlines())
        except OSError:
            continue
        if "--type=renderer" in command and _descends(process, str(folder)):
            found.append(int(told[key].split()[0]) / 1000)
    return max(found)


def _descends(process: Path, profile: str) -> bool:
    """Whether a process or one of those that started it names the profile."""
    while process.name not in ("0", "1"):
        try:
            if profile in (process / "cmdline").read_bytes().decode(errors="replace"):
                return True
            stat = (process / "stat").read_text()
        except OSError:
            return False
        process = process.parent / stat.rpartition(")")[2].split()[1]
    return False


def settle(seconds: float = 1.0) -> None:
    """Let a browser come to rest before the next one is measured."""
    time.sleep(seconds)


def machine() -> str:
    """What this was measured on, in words."""
    cores = Path("/proc/cpuinfo")
    lines = cores.read_text().splitlines() if cores.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    load = Path("/proc/loadavg")
    busy = f", load {load.read_text().split()[0]}" if load.exists() else ""
    return f"{len(names) or '?'} cores of {names[0] if names else 'an unknown processor'}{busy}"


def as_json(results: dict) -> str:
    return json.dumps(results, indent=1) + "\n"
