"""Put the page's parts together and start the worker."""

import js
from pyscript import document

import ui.unpack  # noqa: F401 - it unpacks the modules imported below
from ui.app import App
from ui.batch.batch import Batch
from ui.browser import i18n, router
from ui.browser.dom import find, find_all, on
from ui.browser.mode import NUMBER, Mode
from ui.browser.scheduling import start
from ui.first_look.first_look import FirstLook
from ui.pad.keyboard import Keyboard
from ui.pad.pad import COLOURS, Pad
from ui.pad.part_chooser import PartChooser
from ui.pad.pointer import Pointer
from ui.pad.tools import Tools
from ui.reading import answer, remedy
from ui.reading.crop import Crop
from ui.reading.current import Current
from ui.reading.digit_boxes import DigitBoxes
from ui.reading.letter_model import LetterModel
from ui.reading.line_model import LineModel
from ui.reading.probabilities import Probabilities
from ui.reading.read_ahead import ReadAhead
from ui.reading.selection import Selection
from ui.sources.camera import Camera
from ui.sources.files import Files
from ui.sources.mnist import MnistSamples
from ui.startup.early_strokes import take_early_strokes
from ui.startup.offline import Offline
from ui.startup.recovery import Recovery
from ui.views.downloads import Downloads
from ui.views.drawing_link import DrawingLink
from ui.views.history import History
from ui.views.how import How
from ui.views.late_teaching import LateTeaching
from ui.views.late_turns import LateTurns
from ui.views.late_views import LateViews
from ui.views.measure import Measure
from ui.views.robustness import Robustness
from ui.views.table_view import TableView
from ui.views.undo_notice import UndoNotice
from ui.views.welcome import Welcome
from ui.worker.bridge import Bridge
from ui.worker.later import Later

# What the parts share.
mode = Mode()
bridge = Bridge()
pad = Pad(find("pad"), mode)
selection = Selection(bridge)
current = Current(pad, selection)
line_model, letter_model = LineModel(bridge), LetterModel(bridge)
app = App(pad, bridge, mode, current, line_model, letter_model)

# Reading: listeners are called in this order, what a person sees first comes first.
read_ahead = ReadAhead(pad, bridge, mode)
probabilities = Probabilities(current, selection)
read_ahead.seen.connect(probabilities.show)
digit_boxes = DigitBoxes(pad, current, selection)
answer.connect()
remedy.connect(app)
first_look = FirstLook(app, pad, bridge, mode)
on(find("as-number"), "click", lambda _: mode.set(NUMBER))
on(find("stop-reading"), "click", lambda _: app.stop())

# Drawing.
Tools(app, pad)
pointer = Pointer(pad, digit_boxes)
Keyboard(pad, mode)

# Pictures.
undo_notice = UndoNotice()
batch = Batch(bridge, mode, app.open_picture, undo_notice, line_model, letter_model)
later = Later(bridge)
table_view = TableView(later, pad, bridge, line_model, app, mode, undo_notice)
on(find("batch-table"), "click", lambda _: table_view.add_files(batch.rows))
Files(app.open_picture, batch, table_view)
Camera(app.open_picture)
samples = MnistSamples(bridge, app.open_picture)

part_chooser = PartChooser(later, app, pad)

# Views.
crop = Crop(pad, current, selection)
history = History(app, mode, current, undo_notice)
downloads = Downloads(pad, selection, history)
app.content_changed.connect(downloads.refresh)
how = How(bridge, selection)
measure = Measure(bridge, samples)
robustness = Robustness(bridge, samples)
app.content_changed.connect(undo_notice.hide)
welcome = Welcome(app, pad)


def make_inside():
    """Return the view Inside, whose modules have come."""
    from ui.learn.inside import Inside

    return Inside(later, bridge, selection, read_ahead)


def make_teaching():
    """Return the teaching of one's hand, whose modules have come."""
    from ui.learn.teaching import Teaching

    return Teaching(later, bridge, samples, app, undo_notice)


def make_learn():
    """Return the view Learn likewise."""
    from ui.learn.learn import Learn

    return Learn(later, selection, samples, read_ahead)


def make_about():
    """Return the view About likewise."""
    from ui.learn.about import About

    return About(bridge, samples)


late_views = LateViews(later, {"inside": make_inside, "learn": make_learn, "about": make_about})
drawing_link = DrawingLink(later, app, pad)


def make_turn_offer():
    """Return the offer to turn a picture likewise."""
    from ui.learn.turn_offer import TurnOffer

    return TurnOffer(later, app, mode, current)


late_turns = LateTurns(later, current, make_turn_offer)
late_teaching = LateTeaching(later, current, make_teaching)
router.begin()

# The worker, and the page kept for offline use.
offline = Offline()
recovery = Recovery(app, bridge, current)
recovery.started.connect(offline.begin)
recovery.started.connect(lambda _: first_look.end())
batch.picture_read.connect(recovery.reset_deaths)


def refresh():
    """Show everything in the present language and colours."""
    parts = (probabilities, digit_boxes, batch, crop, history, how, measure, late_views)
    others = (
        first_look,
        late_teaching,
        late_turns,
        robustness,
        welcome,
        undo_notice,
        offline,
        answer,
        recovery,
    )
    for part in parts + others + (part_chooser, table_view):
        part.refresh()


def choose_language(button):
    """Put the page into a button's language, for this visit and the next."""
    i18n.remember(button.dataset.language)
    start(i18n.switch_to(button.dataset.language))


for button in find_all("[data-language]"):
    on(button, "click", lambda event: choose_language(event.currentTarget))
i18n.changed.connect(refresh)
for query in COLOURS:
    on(js.matchMedia(query), "change", lambda _: refresh())

early_strokes, stroke_under_way, pen_seen = take_early_strokes()
if pen_seen:
    pointer.note_early_pen()
entry = app.restore(early_strokes)
if stroke_under_way:
    pointer.continue_stroke(*stroke_under_way)
else:
    history.revisit(entry)
drawing_link.open()
welcome.update()
document.documentElement.classList.add("alive")
start(first_look.begin())
start(i18n.switch_to(i18n.preferred_language()))
recovery.begin()
