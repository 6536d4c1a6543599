"""Format tables as text: Markdown for documents, aligned columns for the terminal.

It is a module of its own, though short, because training/numbers and training/report share it.
"""

ABSENT = "–"


def percent(share: float | None) -> str:
    """Format a share, 0 .. 1, in per cent to two places; None as a dash."""
    return ABSENT if share is None else f"{100 * share:.2f}"


def markdown(heads: list[str], rows: list[list[str]], words: int) -> str:
    """Format a Markdown table: the first `words` columns left-aligned, the others right-aligned."""
    rules = ["---"] * words + ["---:"] * (len(heads) - words)
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, rules, *rows])


def plain(markdown: str) -> str:
    """Format a Markdown table as aligned columns for the terminal."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in markdown.splitlines()]
    sides = [rule.endswith(":") for rule in rows.pop(1)]
    widths = [max(len(row[k]) for row in rows) for k in range(len(sides))]
    lines = (
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, sides, strict=True)
        )
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)
