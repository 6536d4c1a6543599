"""Teach the reader one's hand: samples that this browser keeps, and what they change."""

import json

import js
from pyscript.ffi import to_js

from ui.browser import messages, storage
from ui.browser.dom import find, make, on, on_click_within, set_text
from ui.browser.i18n import format_number, translate, translate_count
from ui.browser.save_file import save_json
from ui.browser.scheduling import start
from ui.browser.site_files import SiteFileError, fetch_file
from ui.views.late_teaching import KEPT
from ui.worker.bridge import WorkerError

PROTOTYPES = "model/prototypes.npz"
MAX_SAMPLES = 100  # about a kilobyte each
MAX_FILE_BYTES = 400_000
TEXT_LENGTH = 1048  # base64 of 28 x 28 bytes
KIND = "inkling-hand"  # of the files that are saved
HELD_OUT = 500  # MNIST digits to compare
AT_ONCE = 25  # of them: the pad is read in between


class Teaching:
    """The panel under the answer.

    samples: {"label": 0 .. 9, "glyph": text}, in the order in which they were taught.
    """

    def __init__(self, later, bridge, mnist, app, undo_notice):
        self._later = later
        self._mnist = mnist
        self._app = app
        self._undo_notice = undo_notice
        self._has_prototypes = False
        self._version = 0
        self._said = None  # a function that says what was done last, in the page's language
        self._facts = None  # of the comparison
        self.samples = _checked(storage.load(KEPT, []))
        digits = find("teach-digits")
        for digit in range(10):
            make("button", str(digit), digits, type="button", data_teach=str(digit))
        on_click_within(digits, "[data-teach]", self._teach)
        on(digits, "keydown", self._on_key)
        on(find("teach-undo"), "click", lambda _: start(self._take_back()))
        on(find("teach-forget"), "click", lambda _: start(self._forget()))
        on(find("teach-export"), "click", lambda _: self._save_file())
        on(find("teach-import"), "change", lambda event: start(self._open_file(event)))
        bridge.restarted.connect(lambda: start(self._teach_again()))
        self.refresh()

    def refresh(self) -> None:
        """Show what was done, and what it changed, in the present language."""
        set_text(find("teach-said"), self._said() if self._said else "")
        set_text(find("teach-changes"), self._changes())
        for name in ("teach-undo", "teach-forget", "teach-export"):
            find(name).disabled = not self.samples

    async def apply(self) -> None:
        """Have the worker know the samples, and read the pad anew. Raises WorkerError."""
        if not self._has_prototypes:
            try:
                packed = await fetch_file(PROTOTYPES, "arrayBuffer")
            except SiteFileError as failure:
                raise WorkerError(failure.kind, **failure.facts) from None
            await self._later.call("teach", "keep_prototypes", js.Uint8Array.new(packed))
            self._has_prototypes = True
        glyphs = to_js([sample["glyph"] for sample in self.samples])
        labels = to_js([sample["label"] for sample in self.samples])
        if not await self._later.call("teach", "learn", glyphs, labels):
            self.samples = []
        if self._app.has_content:
            await self._app.read_again()

    # ---- What a person does ----

    def _on_key(self, event):
        """Teach the digit whose key is pressed."""
        if len(event.key) == 1 and event.key in "0123456789":
            find("teach-digits").querySelector(f"[data-teach='{event.key}']").click()

    def _teach(self, button):
        start(self._add(int(button.getAttribute("data-teach"))))

    async def _add(self, label):
        try:
            glyph = str(await self._later.call("teach", "sample"))
        except WorkerError as failure:
            reason = messages.failure(failure.kind, failure.facts)
            self._say(lambda: reason)
            return
        if not glyph:
            self._say(lambda: translate("Write a digit first."))
            return
        added = self.samples + [{"label": label, "glyph": glyph}]
        await self._change(
            added[-MAX_SAMPLES:], lambda: translate("Learned as {digit}.", digit=label)
        )

    async def _take_back(self):
        label = self.samples[-1]["label"]
        said = lambda: translate("Taken back: the last {digit}.", digit=label)  # noqa: E731
        await self._change(self.samples[:-1], said)

    async def _forget(self):
        before = self.samples
        await self._change([], lambda: translate("Your hand was forgotten."))
        said = lambda: translate("Your samples are back.")  # noqa: E731
        restore = lambda: start(self._change(before, said))  # noqa: E731
        self._undo_notice.offer(restore, "Your hand was forgotten.")

    def _save_file(self):
        save_json("inkling-hand.json", {"kind": KIND, "samples": self.samples})

    async def _open_file(self, event):
        file = event.target.files[0]
        samples = []
        if file.size <= MAX_FILE_BYTES:
            samples = _samples_in(str(await file.text()))
        event.target.value = ""  # so that the same file can be chosen again
        if not samples:
            self._say(lambda: translate("This file holds no samples; open one saved here."))
            return
        count = len(samples)
        one, many = "{count} sample opened.", "{count} samples opened."
        await self._change(samples, lambda: translate_count(one, many, count, count=count))

    # ---- What follows from it ----

    async def _change(self, samples, said):
        """Keep other samples, and say what they change."""
        self.samples = samples
        self._facts = None
        if samples:
            storage.save(KEPT, samples)
        else:
            storage.remove(KEPT)
        self._say(said)
        self._version += 1
        version = self._version
        try:
            await self.apply()
            await self._compare(version)
        except (WorkerError, SiteFileError) as failure:
            reason = messages.failure(failure.kind, failure.facts)
            self._say(lambda: reason)

    async def _teach_again(self):
        self._has_prototypes = False
        try:
            await self.apply()
        except WorkerError as failure:
            js.console.info(str(failure))  # the page shows already that the worker has stopped

    async def _compare(self, version):
        own = await self._later.call("teach", "compare_samples")
        self._facts = {"count": own.count, "before": own.before, "after": own.after}
        self.refresh()
        if not self.samples:
            return
        total = {"done": 0, "before": 0, "after": 0, "worse": 0}
        await self._mnist.send(list(range(HELD_OUT)))
        while total["done"] < HELD_OUT and version == self._version:
            indices = list(range(total["done"], total["done"] + AT_ONCE))
            labels = [int(self._mnist.labels[index]) for index in indices]
            part = await self._later.call("teach", "compare_mnist", to_js(indices), to_js(labels))
            for name in ("before", "after", "worse"):
                total[name] += getattr(part, name)
            total["done"] += AT_ONCE
        if version == self._version:
            self._facts["mnist"] = total
            self.refresh()

    def _say(self, said):
        self._said = said
        self.refresh()

    def _changes(self):
        """Say how the samples and MNIST's digits were read before, and are now."""
        facts = self._facts
        if not self.samples:
            return translate("Nothing is taught yet. What you teach stays in this browser.")
        if facts is None:
            count = len(self.samples)
            one, many = "{count} sample is known.", "{count} samples are known."
            return translate_count(one, many, count, count=count)
        one = (
            "Your {count} sample: {before} right before; {after} now, "
            "tested without having learned it."
        )
        many = (
            "Your {count} samples: {before} right before; {after} now, "
            "each tested when only the others were learned."
        )
        found = {key: facts[key] for key in ("count", "before", "after")}
        parts = [translate_count(one, many, facts["count"], **found)]
        if "mnist" in facts:
            of = {key: format_number(value) for key, value in facts["mnist"].items()}
            text = "{done} MNIST digits: {before} right before, {after} now; {worse} got worse."
            parts.append(translate(text, **of))
        return " ".join(parts)


def _samples_in(text):
    """Return the samples in the text of a saved file; none if it is something else."""
    try:
        saved = json.loads(text)
    except ValueError:
        return []
    is_ours = isinstance(saved, dict) and saved.get("kind") == KIND
    return _checked(saved.get("samples")) if is_ours else []


def _checked(samples):
    """Return the samples if each of them is one; an empty list otherwise."""
    if not isinstance(samples, list) or len(samples) > MAX_SAMPLES:
        return []
    return samples if all(map(_is_sample, samples)) else []


def _is_sample(sample):
    if not isinstance(sample, dict):
        return False
    label, glyph = sample.get("label"), sample.get("glyph")
    known = isinstance(label, int) and label in range(10)
    return known and isinstance(glyph, str) and len(glyph) == TEXT_LENGTH
