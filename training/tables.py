"""What was measured, as Markdown tables: for documents, and in plain columns for the terminal."""

from training.development import WHAT

ABSENT = "–"


def set_table(card: dict) -> str:
    """Every development set, a row each; those that hold no digits after those that do."""
    rows = [
        [
            name,
            WHAT.get(name, ""),
            f"{row['digits']:,}",
            f"**{percent(row['accuracy'])}**",
            "{} to {}".format(*(f"{100 * bound:.1f}" for bound in row["interval"])),
            percent(row["accuracy_by_writer"]),
            f"{row['calibration_error']:.4f}",
            percent(row["coverage"]),
            percent(row["accuracy_of_answered"]),
        ]
        for name, row in card["sets"].items()
    ]
    rows += [
        [
            f"{name} (not digits)",
            WHAT.get(name, ""),
            f"{row['pictures']:,}",
            *[ABSENT] * 4,
            percent(row["answered"]),
            ABSENT,
        ]
        for name, row in card["not_digits"].items()
    ]
    heads = ("set", "what", "pictures", "read right, %", "95 % interval", "by writer, %")
    return markdown(
        [*heads, "calibration error", "answered, %", "right of the answered, %"], rows, 2
    )


def score_table(card: dict) -> str:
    """The sets of digits in four columns, for the README."""
    rows = [
        [name, WHAT.get(name, ""), f"{row['digits']:,}", percent(row["accuracy"]) + " %"]
        for name, row in card["sets"].items()
    ]
    return markdown(["set", "what", "digits", "read right"], rows, 2)


def class_table(card: dict) -> str:
    """Precision and recall of MNIST's test digits, digit by digit."""
    measured = card["mnist_test"]
    rows = [
        [str(digit), percent(precision), percent(recall)]
        for digit, (precision, recall) in enumerate(
            zip(measured["precision"], measured["recall"], strict=True)
        )
    ]
    return markdown(["digit", "precision, %", "recall, %"], rows, 1)


def robustness_table(card: dict) -> str:
    """Shares read right over all sources, for each degree of each disturbance."""
    combined = over_sources(card["robustness"])
    rows = []
    for name, axis in card["robustness"]["axes"].items():
        cells = [
            f"{100 * right:.1f} at {value:g}"
            for value, right in zip(axis["values"], combined[name]["right"], strict=True)
        ]
        rows.append([name, axis["axis"], *cells])
    degrees = max(len(row) for row in rows) - 2
    heads = ["disturbance", "in", "read right, %", *[""] * (degrees - 1)]
    return markdown(heads, rows, 2)


def comparison_table(card: dict) -> str:
    """The networks that were tried, on the same sets; empty if none are in the card."""
    networks = card.get("comparison")
    if not networks:
        return ""
    names = list(dict.fromkeys(name for network in networks for name in network["sets"]))
    rows = [
        [
            network["architecture"],
            f"{network['parameters']:,}",
            f"{network['mflop']:.1f}",
            *(percent(network["sets"].get(name)) for name in names),
        ]
        for network in networks
    ]
    return markdown(["network", "parameters", "MFLOP", *(f"{n}, %" for n in names)], rows, 1)


def fact_table(card: dict) -> str:
    """The network and its training in figures."""
    validation, parity = card["validation"], card["parity"]
    learned = ", ".join(f"{name} {count:,}" for name, count in card["digits"].items())
    reference, *others = parity
    differences = ", ".join(f"{n} {parity[n]['largest_difference']:.1e}" for n in others)
    rows = [
        ["parameters", f"{card['parameters']:,}"],
        ["glyphs trained on", f"{sum(card['digits'].values()):,} ({learned})"],
        ["epochs, seed", f"{card['epochs']}, {card['seed']}"],
        ["temperature, fitted on validation digits", f"{card['temperature']:.4f}"],
        ["least confidence that is given as an answer", f"{card['threshold']:g}"],
        ['greatest probability of "not a digit" beside an answer', f"{card['none_threshold']:g}"],
        ["validation digits", _validation(validation)],
        [
            f"probabilities' largest difference from {reference}'s on "
            f"{parity[reference]['glyphs']:,} glyphs",
            f"{differences}; labels that differ: "
            f"{sum(row['labels_that_differ'] for row in parity.values())}",
        ],
    ]
    return markdown(["figure", "value"], rows, 2)


def _validation(measured: dict) -> str:
    said = (
        f"{measured['digits']:,}: {percent(measured['accuracy'])} % right, "
        f"calibration error {measured['calibration_error']:.4f}, "
        f"{percent(measured['coverage'])} % answered, "
        f"{percent(measured['accuracy_of_answered'])} % of these right"
    )
    if not measured.get("others"):
        return said
    others = f"{measured['others']:,} glyphs that are not digits"
    return f"{said}; of {others}, {percent(measured['others_answered'])} % answered"


def over_sources(robustness: dict) -> dict[str, dict[str, list[float]]]:
    """The curves of all sources together, each weighing as many digits as it has."""
    sources = robustness["sources"].values()
    total = sum(source["digits"] for source in sources)
    return {
        name: {
            key: [
                sum(source["digits"] * value for source, value in zip(sources, values, strict=True))
                / total
                for values in zip(*(source[name][key] for source in sources), strict=True)
            ]
            for key in ("right", "withheld")
        }
        for name in robustness["axes"]
    }


def percent(share: float | None) -> str:
    """A share 0 .. 1 in per cent to two places, or a dash."""
    return ABSENT if share is None else f"{100 * share:.2f}"


def markdown(heads: list[str], rows: list[list[str]], words: int) -> str:
    """A Markdown table: the first `words` columns on the left, numbers to the right."""
    rules = ["---"] * words + ["---:"] * (len(heads) - words)
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, rules, *rows])


def plain(markdown: str) -> str:
    """A Markdown table in columns for the terminal: the first on the left, numbers to the right."""
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
