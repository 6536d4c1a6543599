"""Compose the sentences that contain facts; i18n.py puts each into the page's language."""

import js

from ui.browser.i18n import format_number, translate
from ui.reading.readings import digits_of, left_out_of, name_of, obstacle_of, ranking

DRAW_ALREADY = "You can draw already."
STAGES = {
    "download": "Fetching Python: {received} of {total} MB.",
    "start": "Starting Python.",
    "reader": "Loading the network.",
}
# Each from this confidence on. Confidences are calibrated: 0.9 is right nine times in ten.
CONFIDENCE_NAMES = (
    (0.99, "Almost certain"),
    (0.9, "Very likely"),
    (0.7, "Likely"),
    (0, "Perhaps"),
)

# Shown in place of a digit that was not read: undecided between two, or the reject class.
UNSURE_SIGN, REJECT_SIGN = "?", "×"
REJECT_REASON, NO_LETTER = REJECT_REASONS = "not a digit", "not a letter"
SIGN_REASON = "a sign"  # of a digit that is none, but a sign of the number

# By the fact that inkling/obstacles.py finds. What helps is said, unless a button offers it.
OBSTACLES = {
    "a line at the upper edge": "Not read: a line at the upper edge is in the way.",
    "a line at the right edge": "Not read: a line at the right edge is in the way.",
    "a line at the lower edge": "Not read: a line at the lower edge is in the way.",
    "a line at the left edge": "Not read: a line at the left edge is in the way.",
    "lines at the edges": "Not read: lines at the edges are in the way.",
    "several marks": "Not read: there are several marks.",
    "too faint": "Not read: the ink is too faint. Use a darker pen, or more light.",
    "too small": "Not read: the writing is too small. Take the picture from nearer, or crop it.",
    "light ink on dark": "Not read: the ink may be lighter than the paper.",
    "dark ink on light": "Not read: the ink may be darker than the paper.",
}
RELOAD = "Reload the page to try again."
FAILURES = {
    "missing": "The file {file} is missing from this site (status {status}). "
    "Try again later; if the site is yours, run make site.",
    "unreachable": "The file {file} could not be fetched. Check the connection, then reload.",
    "incomplete": "The file {file} broke off after {received} of {expected} bytes.",
    "damaged": "The file {file} is damaged.",
    "unlike": "The files precache.json and version.js do not match: "
    "one of them is damaged, or this site is being updated.",
    "refused": "Python did not start: a file is damaged or the memory is short.",
    "worker": "Python started, but its reader did not: a file of this site is damaged.",
    "model": "{sentence}",
    "silent": "The part of this page that reads has not started.",
    "stalled": "Python has made no progress for {seconds} seconds.",
    "renewed": "This site has just been updated.",
    "slow": "There was no answer for {seconds} seconds, so the reader was restarted.",
    "died": "The reader stopped and was restarted. Nothing you drew is lost.",
    "stopped": "Stopped.",
    "memory": "This needed more memory than there is, so the reader was restarted. "
    "Try a smaller picture.",
    "mortal": "The reader has stopped several times. What you drew is kept.",
    "crashed": "Python failed on this input. Draw on, or reload the page.",
}
TRANSLATORS = ".translate.goog"  # hosts whose copies of pages have other text and scripts
RELOADING = (
    "incomplete",
    "damaged",
    "unlike",
    "refused",
    "worker",
    "silent",
    "stalled",
    "renewed",
    "mortal",
)


def stage(name: str, received: int, total: int) -> str:
    """Say what happens while Python starts; received and total in bytes, total 0 if unknown."""
    if name == "download" and not total:
        return translate("Fetching Python.") + " " + translate(DRAW_ALREADY)
    sizes = {"received": megabytes(received), "total": megabytes(total)}
    return translate(STAGES[name], **sizes) + " " + translate(DRAW_ALREADY)


def failure(kind: str, facts: dict) -> str:
    """Say what went wrong and what to do; kind is a key of FAILURES."""
    if kind in RELOADING and str(js.location.hostname).endswith(TRANSLATORS):
        return translate("This copy was altered by a translator; open the page itself.")
    remedy = " " + translate(RELOAD) if kind in RELOADING else ""
    return translate(FAILURES[kind], **facts) + remedy


def refusal(error) -> str:
    """Say why the worker could not open a picture, from its {sentence, facts}."""
    facts = {str(name): error.facts[name] for name in js.Object.keys(error.facts)}
    return translate(str(error.sentence), **facts)


def no_answer(reading) -> str:
    """Say why a reading has no text."""
    if hasattr(reading, "several"):
        return translate("This looks like several digits.")
    obstacle = obstacle_of(reading)
    if obstacle is not None:
        return translate(OBSTACLES[obstacle])
    reason = str(reading.reason)
    if reason == "not a number":
        return translate("This does not look like a number.")
    shares = list(reading.probabilities) if hasattr(reading, "probabilities") else []
    return no_digit(reason, shares, hasattr(reading, "preview"))


def no_digit(reason: str, shares: list, from_file: bool) -> str:
    """Say why there is no digit or letter, from the reader's reason and all probabilities."""
    if reason == "too much on the picture":
        return translate("There is too much in this picture. Crop it to the digits and try again.")
    if reason == "no ink":
        return translate("No ink found in this picture.") if from_file else translate("No ink yet.")
    if reason == REJECT_REASON:
        return translate("This does not look like a digit.")
    if reason == NO_LETTER:
        return translate("This does not look like a letter.")
    first, second = (name_of(place, len(shares)) for place in sorted(ranking(shares)[:2]))
    return translate("Not sure: {first} or {second}.", first=first, second=second)


def confidence(value: float) -> str:
    """0.987 -> "Very likely: 99 %"."""
    name = next(name for least, name in CONFIDENCE_NAMES if value >= least)
    return translate(name) + ": " + probability(value)


def other_case(label: str, other: str) -> str:
    """Say that a letter may be of the other case."""
    return translate("Shape alone does not tell {label} from {other}", label=label, other=other)


def runner_up(digit: str, share: float) -> str:
    """Name the second likeliest digit or letter and its probability."""
    return translate("Runner-up: {digit} ({share})", digit=digit, share=probability(share))


def left_out(count: int, several: bool) -> str:
    """Say how many marks are not in the text, or that there may be more digits than the one."""
    if count == 1:
        return translate("One mark was left out.")
    if count:
        return translate("{count} marks were left out.", count=count)
    return translate("There seem to be several digits.") if several else ""


def count_left_out(reading) -> int:
    """Return how many marks are not in the text: digits without a label, and ink in no digit."""
    marks = [digit for digit in digits_of(reading) if not is_sign(digit)]
    return sum(not hasattr(digit, "label") for digit in marks) + len(left_out_of(reading))


def digit_of_number(index: int, count: int, digit, rejected: bool) -> str:
    """Name one digit of a number: its place, its label and how sure that is.

    The place is left out if it is the only one. rejected: whether all of it is no number.
    """
    answer = translate(REJECT_REASON) if rejected else _label(digit)
    if count == 1:
        return answer
    facts = {"place": index + 1, "count": count, "answer": answer}
    return translate("Digit {place} of {count}: {answer}", **facts)


def _label(digit):
    if hasattr(digit, "label") or is_sign(digit):
        return f"{digit.character}, {probability(digit.confidence)}"
    if _is_unsure(digit):
        first, second = sorted(ranking(list(digit.probabilities))[:2])
        return translate("not sure, {first} or {second}", first=first, second=second)
    return translate(REJECT_REASON)


def digit_sign(digit, rejected: bool) -> str:
    """Return one digit of a number as one character: its label, or a sign that it has none."""
    if rejected:
        return REJECT_SIGN
    if hasattr(digit, "label") or is_sign(digit):
        return str(digit.character)
    return UNSURE_SIGN if _is_unsure(digit) else REJECT_SIGN


def is_sign(digit) -> bool:
    """Return whether a sign was read, such as a minus or a decimal mark."""
    return hasattr(digit, "reason") and str(digit.reason) == SIGN_REASON


def _is_unsure(digit):
    return str(digit.reason) != REJECT_REASON


def duration(milliseconds: float) -> str:
    """Say how long a reading took."""
    return translate("{time} ms on this device", time=format_number(milliseconds))


def moved(right: int, down: int) -> str:
    """-1, 2 -> "moved 1 px left, 2 px down": how far centring by mass has moved the ink."""
    across = translate("{count} px left" if right < 0 else "{count} px right", count=abs(right))
    along = translate("{count} px up" if down < 0 else "{count} px down", count=abs(down))
    steps = [text for text, count in ((across, right), (along, down)) if count]
    return translate("moved {way}", way=", ".join(steps)) if steps else translate("not moved")


def truth(digit: int, is_right: bool) -> str:
    """Say what a test digit is labelled, and whether that was read."""
    if is_right:
        return translate("Correct: the MNIST label is {digit}.", digit=digit)
    return translate("The MNIST label is {digit}.", digit=digit)


def percent(share: float, places: int = 0) -> str:
    """0.987 -> "99 %" with a space that does not break; never 100 or 0 by rounding alone."""
    if places == 0 and 0.995 <= share < 1:
        return ">\u00a099\u00a0%"
    if places == 0 and 0 < share < 0.005:
        return "<\u00a01\u00a0%"
    return format_number(share * 100, places) + "\u00a0%"


def probability(value: float) -> str:
    """Return a probability as a percentage; it reaches 0 or 1 only by rounding of floats."""
    return percent(min(max(value, 0.0001), 0.9999))


def megabytes(count: int) -> str:
    """3145728 -> "3.1": bytes in megabytes of a million bytes."""
    return format_number(count / 1e6, 1)
