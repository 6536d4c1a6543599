"""Show a patch, a kernel and their products as tables of numbers, tinted by their values.

It is a module of its own, though short: explorer.py only chooses what it shows.
"""

from ui.browser.dom import make, set_text
from ui.learn.equations import short_value

TABLES = (("of-patch", "patch"), ("of-weights", "weights"), ("of-products", "products"))
MAX_CELLS = 49  # larger windows are not listed


def show(root, seen) -> None:
    """Show the tables that the worker's arithmetic has numbers for; hide them all without."""
    window = list(seen.window) if hasattr(seen, "window") else [0, 0]
    root.hidden = not 1 < window[0] * window[1] <= MAX_CELLS
    if root.hidden:
        return
    for class_name, name in TABLES:
        table = root.querySelector("." + class_name)
        table.parentElement.hidden = not hasattr(seen, name)
        if hasattr(seen, name):
            _fill(table, list(getattr(seen, name)), window)
    for sign in root.querySelectorAll(".sign"):
        sign.hidden = not hasattr(seen, "products")


def _fill(table, numbers, window):
    rows, columns = window
    body = table.querySelector("tbody")
    if body.children.length != rows or body.firstElementChild.children.length != columns:
        body.textContent = ""
        for _ in range(rows):
            row = make("tr", parent=body)
            for _ in range(columns):
                make("td", parent=row)
    most = max(max(abs(number) for number in numbers), 1e-9)
    for cell, number in zip(body.querySelectorAll("td"), numbers):  # noqa: B905 - MicroPython
        set_text(cell, short_value(number))
        cell.classList.toggle("negative", number < 0)
        cell.style.setProperty("--share", f"{abs(number) / most:.3f}")
