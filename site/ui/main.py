"""The page: connects the pad, the buttons and the answer with the reader in the worker."""

import asyncio

import js
from pyscript import document, when

from ui import answer, words
from ui.bridge import Bridge, WorkerError
from ui.loading import Loading
from ui.pad import Pad

MAX_MEGABYTES = 100  # of a picture file; it is copied into the worker's memory

page = document.documentElement
broken = ""  # why nothing can be read; it stays in sight until the page is loaded anew


def set_state(state):
    """Say on <html> how far the page is: loading, ready or failed."""
    page.setAttribute("data-state", state)


def read_pad():
    """Have the drawing read as it is now."""
    answer.wait(not broken)
    bridge.ask("read_canvas", pad.pixels())


def show(reading):
    """Show what the worker has read, or which picture it could not open."""
    answer.wait(False)
    if hasattr(reading, "error"):
        answer.remark(reading.error.sentence)
        return
    if hasattr(reading, "preview"):
        box = reading.box if hasattr(reading, "box") else None
        pad.show_picture(reading.preview, box)
    answer.show(reading)


def miss(failure):
    """Say why there is no reading this time; the next one may well succeed."""
    answer.wait(False)
    answer.empty(words.failure(failure.kind, failure.facts))


def stop(sentence):
    """Nothing can be read any more; what is on the pad stays."""
    global broken
    broken = sentence
    set_state("failed")
    answer.wait(False)
    answer.empty(sentence)


@when("click", "#clear")
def clear():
    """Begin anew."""
    pad.clear()
    bridge.forget()
    answer.wait(False)
    answer.empty(broken)


@when("change", "#open")
async def open_picture(event):
    """Have the chosen file read; the pad stays as it is until that has worked."""
    file = event.target.files.item(0)
    if file is None or broken:
        return
    if file.size > MAX_MEGABYTES * 1e6:
        answer.remark(words.TOO_LARGE.format(name=file.name, megabytes=MAX_MEGABYTES))
        return
    answer.wait()
    answer.remark(words.READING.format(file.name))
    try:
        encoded = js.Uint8Array.new(await file.arrayBuffer())
    except Exception:
        answer.wait(False)
        answer.remark(words.UNREADABLE.format(name=file.name))
        return
    event.target.value = ""  # so that the same file can be chosen again
    bridge.ask("read_file", encoded)


async def start():
    """Wait for the worker, and say so if it does not come."""
    global broken
    try:
        await bridge.start()
    except WorkerError as failure:
        if not broken:  # else the cause is already there; this is its consequence
            stop(words.failure(failure.kind, failure.facts))
        return
    finally:
        loading.done()
    if broken:  # a start that was given up on, and came after all
        broken = ""
        answer.remark("")
        if pad.strokes:
            read_pad()
    set_state("ready")


pad = Pad(document.getElementById("pad"), read_pad)
bridge = Bridge(show, miss)
loading = Loading(lambda kind, facts: stop(words.failure(kind, facts)))
bridge.listen(loading.show)
page.classList.add("alive")
asyncio.create_task(start())  # noqa: RUF006 - the event loop of this interpreter holds its tasks
