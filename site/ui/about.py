"""The view About: the model card, from the numbers that were measured with the weights."""

import asyncio
import json

from ui import words
from ui.dom import find, make, say
from ui.language import number
from ui.language import say as translated
from ui.whole import NotWholeError, fetched

MODEL = "model/"
# Each plot, the key of the card without which it is not there, and what it shows.
PLOTS = (
    ("history", "mnist_test", "Accuracy and loss, epoch by epoch"),
    ("confusion", "mnist_test", "Confusion matrix of MNIST's 10,000 test digits"),
    ("reliability", "reliability", "How often an answer is right, by how sure it is"),
    ("coverage", "risk_coverage", "Errors among the answers, by how many digits are answered"),
    ("robustness", "robustness", "Accuracy of disturbed digits"),
    ("errors", "sets", "Every MNIST test digit that is not read right"),
)
SETS = (  # in this order: a dict would keep none in MicroPython
    ("mnist_test", "MNIST, scanned test digits"),
    ("unipen_dev", "UNIPEN, written with a pen on a tablet"),
    ("ujipenchars_dev", "UJIpenchars, written with a pen on a tablet"),
    ("user_mit", "People's own drawings and phone photos"),
    ("hwd1000", "HwD-1000, drawn on a screen"),
    ("optdigits32", "Optdigits, scanned at 32 × 32"),
    ("semeion", "Semeion, scanned at 16 × 16"),
)


class About:
    """Fills the view when it is first opened, and again in another language."""

    def __init__(self):
        self._card = None

    def open(self) -> None:
        """Fetch the card, once."""
        if self._card is None:
            asyncio.create_task(self._fetch())  # noqa: RUF006 - this interpreter holds its tasks

    def again(self) -> None:
        """Show what the card holds; what it lacks is left out."""
        if self._card is None:
            return
        self._show_facts()
        self._show_sets()
        self._show_silent()
        self._show_plots()

    async def _fetch(self):
        try:
            self._card = json.loads(str(await fetched(MODEL + "card.json", "text")))
        except NotWholeError as failure:
            say(find("card-said"), words.failure(failure.kind, failure.facts))
            return
        self.again()

    def _show_facts(self):
        card = self._card
        test = card.get("mnist_test", {})
        trained = sum(card.get("digits", {}).values())
        facts = [
            ("Version", str(card.get("version", "–"))),
            ("Parameters", number(card.get("parameters", 0))),
            ("Trained on", translated("{count} samples", count=number(trained))),
            ("MNIST test digits read right", words.percent(test.get("accuracy", 0), 2)),
            ("Answered", words.percent(test.get("coverage", 0), 2)),
            ("Right of the answered", words.percent(test.get("accuracy_of_answered", 0), 2)),
            ("Expected calibration error", words.percent(test.get("calibration_error", 0), 2)),
        ]
        listed = find("facts")
        listed.textContent = ""
        for name, value in facts:
            pair = make("div", parent=listed)
            make("dt", translated(name), pair)
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
            make("th", translated(title), row, scope="row")
            make("td", number(measured.get("digits", 0)), row)
            make("td", words.percent(measured.get("accuracy", 0), 1), row)
            make("td", words.percent(measured.get("coverage", 1), 1), row)
        find("sets-part").hidden = not sets

    def _show_silent(self):
        kinds = self._card.get("not_digits", {})
        pictures = sum(kinds[name]["pictures"] for name in kinds)
        answered = sum(kinds[name]["pictures"] * kinds[name]["answered"] for name in kinds)
        text = ""
        if pictures:
            sentence = "Of {count} pictures that hold no digit, {share} were given one."
            share = words.percent(answered / pictures, 1)
            text = translated(sentence, count=number(pictures), share=share)
        say(find("silent"), text)

    def _show_plots(self):
        plots = find("plots")
        plots.textContent = ""
        for name, key, text in PLOTS:
            if key in self._card:
                figure = make("figure", parent=plots)
                link = make("a", parent=figure, href=f"{MODEL}{name}.png")
                caption = translated(text)
                make("img", parent=link, src=f"{MODEL}{name}.png", alt=caption, loading="lazy")
                make("figcaption", caption, figure)
