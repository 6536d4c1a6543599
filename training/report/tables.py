"""Markdown tables of what the card holds, for README.md, MODEL_CARD.md and the terminal."""

from training.evaluation.sets import WHAT
from training.text_table import ABSENT, markdown, percent


def set_table(card: dict) -> str:
    """Return a row for each development set: sets of digits first, then the others."""
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
    """Return the sets of digits in four columns, for the README."""
    rows = [
        [name, WHAT.get(name, ""), f"{row['digits']:,}", percent(row["accuracy"]) + " %"]
        for name, row in card["sets"].items()
    ]
    return markdown(["set", "what", "digits", "read right"], rows, 2)


def class_table(card: dict) -> str:
    """Return the precision and recall of each of MNIST's test digits."""
    measured = card["mnist_test"]
    rows = [
        [str(digit), percent(precision), percent(recall)]
        for digit, (precision, recall) in enumerate(
            zip(measured["precision"], measured["recall"], strict=True)
        )
    ]
    return markdown(["digit", "precision, %", "recall, %"], rows, 1)


def robustness_table(card: dict) -> str:
    """Return the shares read right over all sources, by disturbance and degree."""
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
    """Return the compared networks' measures on the same sets; "" if the card has none."""
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
    """Return figures of the network and its training."""
    validation, parity = card["validation"], card["parity"]
    learned = ", ".join(f"{name} {count:,}" for name, count in card["digits"].items())
    reference, *others = parity
    differences = ", ".join(f"{n} {parity[n]['largest_difference']:.1e}" for n in others)
    rows = [
        ["parameters", f"{card['parameters']:,}"],
        ["training glyphs", f"{sum(card['digits'].values()):,} ({learned})"],
        ["epochs, seed", f"{card['epochs']}, {card['seed']}"],
        ["temperature, fitted on the validation split", f"{card['temperature']:.4f}"],
        ["least confidence of an answer", f"{card['threshold']:g}"],
        ['greatest probability of "not a digit" with an answer', f"{card['none_threshold']:g}"],
        *_validation(validation),
        [
            f"largest difference of probabilities from {reference}'s on "
            f"{parity[reference]['glyphs']:,} glyphs",
            f"{differences}; labels that differ: "
            f"{sum(row['labels_that_differ'] for row in parity.values())}",
        ],
    ]
    return markdown(["figure", "value"], rows, 2)


def _validation(measured: dict) -> list[list[str]]:
    digits = (
        f"{measured['digits']:,}: {percent(measured['accuracy'])} % right, "
        f"calibration error {measured['calibration_error']:.4f}, "
        f"{percent(measured['coverage'])} % answered, "
        f"{percent(measured['accuracy_of_answered'])} % of these right"
    )
    rows = [["validation digits", digits]]
    if measured.get("others"):
        others = f"{measured['others']:,}: {percent(measured['others_answered'])} % answered"
        rows.append(["validation glyphs that are not digits", others])
    return rows


def over_sources(robustness: dict) -> dict[str, dict[str, list[float]]]:
    """Average the sources' curves, weighted by their digits."""
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
