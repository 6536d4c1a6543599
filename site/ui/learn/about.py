"""Fill the view About with the model card: what was measured of these weights."""

import json

from ui.browser import messages
from ui.browser.dom import find, make, set_text
from ui.browser.i18n import format_number, translate
from ui.browser.scheduling import start
from ui.browser.site_files import SiteFileError, fetch_file
from ui.learn.plots import Plots

CARD = "model/card.json"
SETS = (  # in this order: MicroPython's dicts keep none
    ("mnist_test", "MNIST, scanned test digits"),
    ("unipen_dev", "UNIPEN, written with a pen on a tablet"),
    ("ujipenchars_dev", "UJIpenchars, written with a pen on a tablet"),
    ("user_mit", "People's own drawings and phone photos"),
    ("hwd1000", "HwD-1000, drawn on a screen"),
    ("optdigits32", "Optdigits, scanned at 32 × 32"),
    ("semeion", "Semeion, scanned at 16 × 16"),
)


class About:
    """Fetches the card when the view is first opened."""

    def __init__(self, bridge, samples):
        self._card = None
        self._plots = Plots(find("plots"), bridge, samples)

    def open(self) -> None:
        """Fetch the card, unless it is there."""
        if self._card is None:
            start(self._fetch())

    def refresh(self) -> None:
        """Show the card in the present language; parts that it lacks are left out."""
        if self._card is None:
            return
        self._show_facts()
        self._show_sets()
        self._show_false_answers()
        self._plots.show(self._card)

    async def _fetch(self):
        try:
            self._card = json.loads(str(await fetch_file(CARD, "text")))
        except SiteFileError as failure:
            set_text(find("card-said"), messages.failure(failure.kind, failure.facts))
            return
        set_text(find("card-said"), "")
        self.refresh()

    def _show_facts(self):
        card = self._card
        test = card.get("mnist_test", {})
        samples = format_number(sum(card.get("digits", {}).values()))
        facts = [
            ("Version", str(card.get("version", "–"))),
            ("Parameters", format_number(card.get("parameters", 0))),
            ("Trained on", translate("{count} samples", count=samples)),
            ("Accuracy on MNIST's test digits", messages.percent(test.get("accuracy", 0), 2)),
            ("Answered", messages.percent(test.get("coverage", 0), 2)),
            ("Accuracy when answered", messages.percent(test.get("accuracy_of_answered", 0), 2)),
            ("Expected calibration error", messages.percent(test.get("calibration_error", 0), 2)),
        ]
        listed = find("facts")
        listed.textContent = ""
        for name, value in facts:
            pair = make("div", parent=listed)
            make("dt", translate(name), pair)
            make("dd", value, pair)

    def _show_sets(self):
        rows = find("sets")
        rows.textContent = ""
        sets = self._card.get("sets", {})
        for name, title in SETS:
            if name not in sets:
                continue
            measured = sets[name]
            row = make("tr", parent=rows)
            make("th", translate(title), row, scope="row")
            make("td", format_number(measured.get("digits", 0)), row)
            make("td", messages.percent(measured.get("accuracy", 0), 1), row)
            make("td", messages.percent(measured.get("coverage", 1), 1), row)
        find("sets-part").hidden = not sets

    def _show_false_answers(self):
        kinds = self._card.get("not_digits", {})
        pictures = sum(kinds[name]["pictures"] for name in kinds)
        answered = sum(kinds[name]["pictures"] * kinds[name]["answered"] for name in kinds)
        text = ""
        if pictures:
            share = messages.percent(answered / pictures, 1)
            sentence = "Of {count} pictures without a digit, {share} were read as one."
            text = translate(sentence, count=format_number(pictures), share=share)
        set_text(find("silent"), text)
