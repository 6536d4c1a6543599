"""Fill the view Learn: the list of lessons, training, and the lesson that is open."""

import js

from ui.browser import messages, router
from ui.browser.dom import find, make, set_text
from ui.browser.i18n import translate
from ui.browser.scheduling import start
from ui.learn.altered import RANGES, Altered
from ui.learn.explorer import Explorer
from ui.learn.lesson_texts import LESSONS
from ui.learn.own_network import OwnNetwork
from ui.learn.presentation import Presentation
from ui.learn.train import Train
from ui.reading.readings import has_ink
from ui.worker.bridge import WorkerError


class Learn:
    """Shows the lesson that the address names, else the list."""

    def __init__(self, later, selection, samples, read_ahead):
        self._later = later
        self._selection = selection
        self._explorer = Explorer(later, find("lesson-explorer"))
        self._altered = Altered(later)
        self._train = Train(later, selection, samples)
        self._own_network = OwnNetwork(later, selection, samples)
        self._presentation = Presentation(lambda: self._number > 0, self._step)
        self._shown = 0  # number of the lesson shown last
        selection.explainable.connect(lambda _: self._fill())
        read_ahead.seen.connect(lambda _: self._follow())
        self.refresh()

    def refresh(self) -> None:
        """Show everything in the present language and colours."""
        links = find("lessons")
        links.textContent = ""
        for number, (title, *_) in enumerate(LESSONS, 1):
            item = make("li", parent=links)
            make("a", translate(title), item, href=f"#{router.LESSON}{number}", class_="button")
        self._train.refresh()
        self._own_network.refresh()
        self.open()

    def open(self) -> None:
        """Show the lesson of the address."""
        number = self._number
        find("lesson-list").hidden = number > 0
        find("lesson").hidden = number == 0
        if number:
            self._show_texts(number)
            if number != self._shown and find("learn").contains(js.document.activeElement):
                find("lesson-title").focus()
        self._shown = number
        self._presentation.refresh()
        self._fill()

    @property
    def _number(self):
        number = router.lesson()
        return number if number <= len(LESSONS) else 0

    def _follow(self):
        """Show the digit that is being drawn, in a lesson that explores a layer."""
        if self._number and not find("lesson-explorer").hidden:
            self._explorer.follow()

    def _step(self, by):
        number = self._number + by
        if 0 < number <= len(LESSONS):
            js.location.hash = f"#{router.LESSON}{number}"

    def _show_texts(self, number):
        title, do, see, _ = LESSONS[number - 1]
        set_text(find("lesson-title"), f"{number}. {translate(title)}")
        set_text(find("lesson-do"), translate(do))
        set_text(find("lesson-see"), translate(see))
        facts = {"number": number, "count": len(LESSONS)}
        set_text(find("lesson-count"), translate("Lesson {number} of {count}", **facts))
        for name, to in (("lesson-back", number - 1), ("lesson-next", number + 1)):
            find(name).hidden = not 0 < to <= len(LESSONS)
            find(name).setAttribute("href", f"#{router.LESSON}{to}")

    def _fill(self):
        """Show the lesson's picture of the selected digit, while the view is in sight."""
        number, digit = self._number, self._selection.digit
        seen = digit is not None and has_ink(digit)
        find("no-lesson").hidden = seen
        picture = LESSONS[number - 1][3] if number and seen else None
        find("lesson-altered").hidden = picture not in RANGES
        find("lesson-explorer").hidden = picture is None or picture in RANGES
        if picture in RANGES:
            self._altered.show(picture)
        elif picture is not None:
            start(self._explore(picture))

    async def _explore(self, op):
        try:
            layers = list(await self._later.call("layer_values", "layers"))
        except WorkerError as failure:
            set_text(find("lesson-see"), messages.failure(failure.kind, failure.facts))
            return
        index = next(place for place, layer in enumerate(layers) if str(layer.op) == op)
        await self._explorer.show(layers, index)
