"""Show on an empty page what it can do: a ghost on the pad, and samples to choose."""

from pyscript import document

from ui.browser.dom import css_value, find, make, on_click_within
from ui.browser.i18n import translate
from ui.pad import brush
from ui.pad.strokes import Drawing, Stroke
from ui.pad.viewport import SQUARE, set_viewport

THUMBNAIL = 192  # pixels: twice its size in CSS pixels
POINT_MS = 15  # milliseconds between two points, for a replay
# Samples: the digit, and the points (x, y) of each stroke in the pad's units.
SAMPLES = (
    (2, ((88, 92), (96, 62), (140, 46), (182, 66), (186, 106), (150, 160), (84, 226), (196, 222))),
    (
        4,
        ((118, 52), (106, 90), (90, 128), (70, 160), (122, 161), (210, 154)),
        ((174, 68), (171, 130), (168, 182), (164, 230)),
    ),
    (
        8,
        (
            (186, 76),
            (140, 46),
            (96, 72),
            (112, 118),
            (164, 150),
            (192, 190),
            (156, 232),
            (104, 226),
            (84, 184),
            (122, 144),
            (176, 112),
            (186, 76),
        ),
    ),
)


class Welcome:
    """Hidden as soon as there is something on the pad."""

    def __init__(self, app, pad):
        self._app = app
        self._pad = pad
        for index, (digit, *_) in enumerate(SAMPLES):
            button = make("button", parent=find("welcome-samples"), type="button")
            button.setAttribute("data-sample", str(index))
            make("canvas", parent=button, width=THUMBNAIL, height=THUMBNAIL, data_digit=digit)
        on_click_within(document.body, "[data-sample]", self._show_sample)
        pad.stroke_begun.connect(lambda: self._show(False))
        app.content_changed.connect(self.update)
        self.refresh()

    def update(self) -> None:
        """Show or hide it by the content of the pad."""
        self._show(not self._app.has_content and not self._pad.is_down)

    def refresh(self) -> None:
        """Draw and name the samples in the present colours and language."""
        for button in find("welcome-samples").querySelectorAll("button"):
            canvas = button.querySelector("canvas")
            name = "Show the sample {digit} on the pad"
            button.setAttribute("aria-label", translate(name, digit=canvas.dataset.digit))
            context = canvas.getContext("2d")
            context.resetTransform()
            context.clearRect(0, 0, THUMBNAIL, THUMBNAIL)
            set_viewport(context, SQUARE, THUMBNAIL)
            brush.use_ink(context, css_value("--ink"))
            for stroke in _drawing(int(button.dataset.sample)).strokes:
                brush.draw_stroke(context, stroke)

    def _show(self, shown):
        find("welcome").hidden = find("prompt").hidden = not shown
        if shown:
            find("ghost").removeAttribute("hidden")
        else:
            find("ghost").setAttribute("hidden", "")

    def _show_sample(self, button):
        self._show(False)
        self._app.show_drawing(_drawing(int(button.dataset.sample)))


def _drawing(index):
    _, *strokes = SAMPLES[index]
    return Drawing([_stroke(points) for points in strokes])


def _stroke(points):
    return Stroke([[x, y, brush.BRUSH, POINT_MS * i] for i, (x, y) in enumerate(points)])
