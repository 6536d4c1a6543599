"""Show the values of the last layers as labelled bars: logits, then probabilities."""

from ui.browser import messages
from ui.browser.dom import make, set_text
from ui.browser.i18n import translate
from ui.learn.equations import short_value

SEEN = 0.005  # least share that is written above its bar


def show(root, values: list, labels, chosen: int, are_shares: bool) -> None:
    """Show a bar for each value, up or down from zero, above its label.

    chosen: index of the one to mark. are_shares: the values are probabilities.
    """
    if root.children.length != len(values):
        root.textContent = ""
        for _ in values:
            column = make("span", parent=root, class_="column")
            make("span", parent=column, class_="number")
            make("span", parent=make("span", parent=column, class_="room"), class_="bar")
            make("span", parent=column, class_="name")
    top, bottom = max(max(values), 0), min(min(values), 0)
    span = max(top - bottom, 1e-9)
    for index, value in enumerate(values):
        column = root.children[index]
        column.classList.toggle("chosen", index == chosen)
        column.classList.toggle("negative", value < 0)
        bar = column.querySelector(".bar").style
        bar.setProperty("top", f"{100 * (top - max(value, 0)) / span:.1f}%")
        bar.setProperty("height", f"{100 * abs(value) / span:.1f}%")
        said = short_value(value)
        if are_shares:
            said = messages.percent(value) if value >= SEEN else ""
        set_text(column.querySelector(".number"), said)
        set_text(column.querySelector(".name"), translate(str(labels[index])))


def index_at(root, x: float) -> int:
    """Return the bar at a distance from the left edge in pixels."""
    count = root.children.length
    return min(max(int(x / max(root.clientWidth, 1) * count), 0), count - 1)
