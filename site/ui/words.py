"""Every word for people, in one place, so that it can be translated in one place.

Only index.html has others: what stands there before any Python runs.
"""

DRAW_ALREADY = "You can draw already."
STAGES = {
    "download": "Fetching Python: {received} of {total} MB.",
    "start": "Starting Python.",
    "reader": "Loading the reader.",
}

SURE = "{} sure"
NO_INK = "No ink yet."
NO_INK_IN_PICTURE = "No ink found in this picture."
NOT_A_DIGIT = "This does not look like a digit."
UNSURE = "Not sure: {} or {}."
READING = "Reading {}."

GLYPH = "What the network sees, 28 by 28 pixels"
NO_GLYPH = "What the network sees: nothing yet"

RELOAD = "Reload the page to try again."
FAILURES = {
    "missing": "The file {file} is missing from this site (status {status}). "
    "Try again later; if the site is yours, run make site.",
    "unreachable": "The file {file} could not be fetched. Check the connection, then reload.",
    "incomplete": "The file {file} broke off after {received} of {expected} bytes. " + RELOAD,
    "damaged": "The file {file} is damaged. " + RELOAD,
    "refused": "Python did not start: a file is damaged or the memory is short. " + RELOAD,
    "worker": "Python started, but its reader did not: a file of this site is damaged. " + RELOAD,
    "model": "{sentence}",
    "silent": "The part of this page that reads has not started. " + RELOAD,
    "stalled": "Python has come no further for {seconds} seconds. " + RELOAD,
    "slow": "There was no answer for {seconds} seconds. Draw on, or reload the page.",
    "crashed": "Python stumbled over this. Draw on, or reload the page.",
}
TOO_LARGE = "{name} has more than {megabytes} MB; choose a smaller picture."
UNREADABLE = "{name} could not be opened; choose it again, or another file."


def stage(name: str, received: int, total: int) -> str:
    """What is happening while Python starts, with true megabytes."""
    if name == "download" and not total:
        return "Fetching Python. " + DRAW_ALREADY
    sizes = {"received": megabytes(received), "total": megabytes(total)}
    return STAGES[name].format(**sizes) + " " + DRAW_ALREADY


def failure(kind: str, facts: dict) -> str:
    """What went wrong, and what to do."""
    return FAILURES[kind].format(**facts)


def abstention(reason: str, shares: list, from_file: bool) -> str:
    """Why there is no digit, from the reader's reason and its ten probabilities."""
    if reason == "no ink":
        return NO_INK_IN_PICTURE if from_file else NO_INK
    if reason == "not a digit":
        return NOT_A_DIGIT
    likeliest = sorted(range(10), key=lambda digit: -shares[digit])
    return UNSURE.format(*sorted(likeliest[:2]))


def sure(confidence: float) -> str:
    """0.987 -> "99 % sure"."""
    return SURE.format(percent(confidence))


def percent(share: float) -> str:
    """0.987 -> "99 %"; never a round 100 or 0 for what is neither."""
    if 0.995 <= share < 1:
        return "> 99 %"
    if 0 < share < 0.005:
        return "< 1 %"
    return f"{round(share * 100)} %"


def megabytes(count: int) -> str:
    """3145728 -> "3.1": megabytes as connections are sold, a million bytes."""
    return f"{count / 1e6:.1f}"
