"""The page: puts its parts together and starts the worker."""

import asyncio

import js
from pyscript import document

import ui.unpack  # noqa: F401 - the modules that follow are not there before
from ui import answer, language
from ui.about import About
from ui.bars import Bars
from ui.batch import Batch
from ui.beside import Beside
from ui.bridge import Bridge
from ui.camera import Camera
from ui.copying import Copying
from ui.desk import Desk
from ui.dom import find, find_all, on
from ui.downloads import Downloads
from ui.early import taken_over
from ui.history import History
from ui.how import How
from ui.inside import Inside
from ui.keypen import KeyPen
from ui.measure import Measure
from ui.mode import Mode
from ui.offline import Offline
from ui.pointer import Pointer
from ui.recovery import Recovery
from ui.robust import Robust
from ui.samples import Samples
from ui.sources import Sources
from ui.spots import Spots
from ui.tools import Tools
from ui.views import Views
from ui.why import Why

DARK = "(prefers-color-scheme: dark)"
page = document.documentElement


def speak(button):
    """Put the page into a button's language, and remember it."""
    language.choose(button.dataset.language)
    asyncio.create_task(language.use(button.dataset.language))  # noqa: RUF006 - held by its loop


def redress():
    """Show everything anew, in another language or in other colours."""
    parts = (bars, spots, batch, beside, history, how, inside, why, measure, robust, about)
    for part in parts + (offline,):
        part.again()
    answer.again()
    recovery.again()


bridge = Bridge()
mode = Mode()
desk = Desk(find("pad"), bridge, mode)
bars = Bars(desk)
spots = Spots(desk)
Tools(desk)
pointer = Pointer(desk.pad, spots)
KeyPen(desk.pad, mode)
Copying()
on(find("as-number"), "click", lambda _: mode.set(True))
batch = Batch(desk)
Sources(desk, batch)
Camera(desk)
beside = Beside(desk)
history = History(desk)
Downloads(desk, history)
how = How(desk)
inside = Inside(desk)
why = Why(desk)
samples = Samples(desk)
measure = Measure(desk, samples)
robust = Robust(desk, samples)
about = About()
offline = Offline()
Views({"how": how.again, "inside": inside.show, "measure": robust.show, "about": about.open})
recovery = Recovery(desk, offline.begin)
batch.on_reading = recovery.has_read
for chosen in find_all("[data-language]"):
    on(chosen, "click", lambda event: speak(event.target))
language.on_change(redress)
on(js.matchMedia(DARK), "change", lambda _: redress())
written, underway = taken_over()
remembered = desk.remember(written)
if underway:
    pointer.go_on(*underway)
else:
    history.revisit(remembered)
page.classList.add("alive")
asyncio.create_task(language.use(language.wanted()))  # noqa: RUF006 - held by its loop
recovery.begin()
