"""Give a first look at the digit on the pad while the reader is still being loaded.

The strokes themselves are read, by a network of a few kilobytes, in this Python. What it shows is
no reading: it goes when the reader answers, and is neither kept, nor copied, nor announced.
"""

import js

from ui.browser.mode import DIGIT
from ui.browser.scheduling import call_soon, yield_to_browser
from ui.reading import answer

FILE = "/packed/model/first_look.json"  # it comes with the modules (export/site/bundle.py)
PAUSE = 8  # times as long as a look took, until the next one while the pen is down


class FirstLook:
    """Watches the pad until the worker has started for the first time."""

    def __init__(self, app, pad, bridge, mode):
        self._app, self._pad, self._bridge, self._mode = app, pad, bridge, mode
        self._network = None  # until its file has come, and once the worker has started
        self._features = None  # the module, imported then
        self._stroke = None  # the one under way
        self._is_due = False
        self._next_at = 0  # milliseconds on the clock of performance.now()
        app.content_changed.connect(self._look)
        mode.changed.connect(self._look)
        pad.pen_moved.connect(self._on_move)

    async def begin(self) -> None:
        """Read the network once the pen can be used. Without it there is no first look."""
        await yield_to_browser()
        if self._bridge.has_started:
            return
        # Not before the pad can be used.
        from ui.first_look import features, network

        try:
            with open(FILE) as file:  # noqa: PTH123 - MicroPython has no pathlib
                self._network = network.SmallNetwork(file.read(), features.INPUTS)
            self._features = features
        except (OSError, ValueError) as problem:
            js.console.warn(f"{FILE}: {problem}")
        self._look()

    def end(self) -> None:
        """Look no more: the reader is there. A worker that is restarted needs less time."""
        self._network = None

    def refresh(self) -> None:
        """Show it in the page's present language."""
        self._look()

    def _on_move(self, stroke):
        self._stroke = stroke
        is_time = js.performance.now() >= self._next_at
        if self._network and is_time and not (self._is_due or self._bridge.has_started):
            self._is_due = True
            call_soon(self._follow)  # the ink is drawn first

    def _follow(self):
        self._is_due = False
        if self._pad.is_down:
            self._look(self._stroke)

    def _look(self, stroke=None):
        """Look at the drawing, with a stroke that is still under way."""
        if not self._network or self._bridge.has_started or self._app.outage:
            return
        began = js.performance.now()
        strokes = self._pad.strokes + ((stroke,) if stroke else ())
        digit = None
        erases = any(stroke.erase for stroke in strokes)  # then strokes do not tell the ink
        if strokes and self._mode.name == DIGIT and not erases:
            digit = self._digit_of([stroke.points for stroke in strokes])
        answer.show_first_look(digit)
        now = js.performance.now()
        self._next_at = now + PAUSE * (now - began)

    def _digit_of(self, strokes):
        if self._features.is_dot(strokes):
            return None
        return self._network.answer(self._features.inputs_of(strokes))
