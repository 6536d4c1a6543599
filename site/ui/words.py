"""The sentences that have facts in them; language.py puts each into the page's language."""

import js

from ui.language import number, say

DRAW_ALREADY = "You can draw already."
STAGES = {
    "download": "Fetching Python: {received} of {total} MB.",
    "start": "Starting Python.",
    "reader": "Loading the reader.",
}
# How sure in words, each from this confidence on: calibrated, so that they mean what they say.
SURENESS = ((0.99, "Almost certain"), (0.9, "Very likely"), (0.7, "Likely"), (0, "Perhaps"))

# In place of a digit that was not read.
UNSURE, NO_DIGIT = "?", "×"

RELOAD = "Reload the page to try again."
FAILURES = {
    "missing": "The file {file} is missing from this site (status {status}). "
    "Try again later; if the site is yours, run make site.",
    "unreachable": "The file {file} could not be fetched. Check the connection, then reload.",
    "incomplete": "The file {file} broke off after {received} of {expected} bytes.",
    "damaged": "The file {file} is damaged.",
    "unlike": "The files precache.json and version.js do not belong together: "
    "one of them is damaged, or this site is just being renewed.",
    "refused": "Python did not start: a file is damaged or the memory is short.",
    "worker": "Python started, but its reader did not: a file of this site is damaged.",
    "model": "{sentence}",
    "silent": "The part of this page that reads has not started.",
    "stalled": "Python has come no further for {seconds} seconds.",
    "renewed": "This site has just been renewed.",
    "slow": "There was no answer for {seconds} seconds, so the reader was started anew.",
    "died": "The reader had stopped and was started anew. Nothing you drew is lost.",
    "memory": "This took more memory than there is, so the reader was started anew. "
    "Try a smaller picture.",
    "mortal": "The reader has stopped several times. What you drew is kept.",
    "crashed": "Python stumbled over this. Draw on, or reload the page.",
}
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
    """What is happening while Python starts, with true megabytes."""
    if name == "download" and not total:
        return say("Fetching Python.") + " " + say(DRAW_ALREADY)
    sizes = {"received": megabytes(received), "total": megabytes(total)}
    return say(STAGES[name], **sizes) + " " + say(DRAW_ALREADY)


def failure(kind: str, facts: dict) -> str:
    """What went wrong, and what to do."""
    remedy = " " + say(RELOAD) if kind in RELOADING else ""
    return say(FAILURES[kind], **facts) + remedy


def refusal(error) -> str:
    """Why the worker could not open a picture, from its {sentence, facts}."""
    facts = {str(name): error.facts[name] for name in js.Object.keys(error.facts)}
    return say(str(error.sentence), **facts)


def no_answer(reading) -> str:
    """Why nothing was read in a picture."""
    reason = str(reading.reason)
    if hasattr(reading, "several"):
        return say("This looks like several digits.")
    if reason == "not a number":
        return say("This does not look like a number.")
    shares = list(reading.probabilities) if hasattr(reading, "probabilities") else []
    return abstention(reason, shares, hasattr(reading, "preview"))


def abstention(reason: str, shares: list, from_file: bool) -> str:
    """Why there is no digit, from the reader's reason and its ten probabilities."""
    if reason == "no ink":
        return say("No ink found in this picture.") if from_file else say("No ink yet.")
    if reason == "not a digit":
        return say("This does not look like a digit.")
    first, second = sorted(likeliest(shares)[:2])
    return say("Not sure: {first} or {second}.", first=first, second=second)


def sure(confidence: float) -> str:
    """0.987 -> "Very likely: 99 %"."""
    name = next(name for least, name in SURENESS if confidence >= least)
    return say(name) + ": " + chance(confidence)


def runner_up(shares: list) -> str:
    """The second likeliest digit, with its share."""
    second = likeliest(shares)[1]
    return say("Else a {digit}: {share}", digit=second, share=chance(shares[second]))


def left_out(count: int, several: bool) -> str:
    """How many marks of a number are not in its text, or that one digit may not be all."""
    if several:
        return say("There seem to be several digits.")
    if count == 1:
        return say("One mark is left out.")
    return say("{count} marks are left out.", count=count) if count else ""


def spot(index: int, count: int, digit, refused: bool) -> str:
    """One digit of a number: where it is and what was read, with how sure that is; of what is no
    number at all, that it is no digit of one."""
    answer = say("not a digit") if refused else _of(digit)
    facts = {"place": index + 1, "count": count, "answer": answer}
    return say("Digit {place} of {count}: {answer}", **facts)


def _of(digit):
    if hasattr(digit, "label"):
        return f"{digit.label}, {chance(digit.confidence)}"
    if _is_unsure(digit):
        first, second = sorted(likeliest(list(digit.probabilities))[:2])
        return say("not sure, {first} or {second}", first=first, second=second)
    return say("not a digit")


def sign(digit, refused: bool) -> str:
    """A digit of a number as one sign: the digit itself, else whether it may yet be one."""
    if refused:
        return NO_DIGIT
    if hasattr(digit, "label"):
        return str(digit.label)
    return UNSURE if _is_unsure(digit) else NO_DIGIT


def _is_unsure(digit):
    return str(digit.reason) != "not a digit"


def time(milliseconds: float) -> str:
    """How long a reading took."""
    return say("{time} ms on this device", time=number(milliseconds))


def truth(digit: int, right: bool) -> str:
    """What a test digit is known to be, and whether that was read."""
    if right:
        return say("MNIST says {digit}, too.", digit=digit)
    return say("MNIST says {digit}.", digit=digit)


def likeliest(shares: list) -> list:
    """The ten digits, the likeliest first."""
    return sorted(range(len(shares)), key=lambda digit: -shares[digit])


def percent(share: float, places: int = 0) -> str:
    """0.987 -> "99 %", which does not break; never a round 100 or 0 for what is neither."""
    if places == 0 and 0.995 <= share < 1:
        return ">\u00a099\u00a0%"
    if places == 0 and 0 < share < 0.005:
        return "<\u00a01\u00a0%"
    return number(share * 100, places) + "\u00a0%"


def chance(probability: float) -> str:
    """Likewise of a probability, of which nothing is ever 1 or 0 but by rounding."""
    return percent(min(max(probability, 0.0001), 0.9999))


def megabytes(count: int) -> str:
    """3145728 -> "3.1": megabytes as connections are sold, a million bytes."""
    return number(count / 1e6, 1)
