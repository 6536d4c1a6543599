"""Draw each of the card's measures into a figure: its charts, and the table of its numbers."""

from ui.browser.dom import make
from ui.browser.i18n import format_number, translate
from ui.browser.messages import percent
from ui.learn.chart import Chart, make_key

FIRST_ACCURACY = 0.9  # at the foot of the axis: the first epochs are far below the others
TRAINING, VALIDATION = "second", "first"  # kinds of lines
SETS = (("mnist_test", "first", "MNIST"), ("unipen_dev", "second", "UNIPEN"))
ERRORS = 2  # standard errors on either side, in which 95 of 100 bins of perfect confidences lie
DISTORTIONS = (  # the card's name, the page's, and what the degrees are measured in
    ("shift", "Shift", "off the middle, % of the page"),
    ("rotation", "Rotation", "degrees"),
    ("scale", "Size", "height, % of the page"),
    ("thickness", "Thickness", "stroke wider by, pixels"),
    ("blur", "Blur", "radius, pixels"),
    ("noise", "Noise", "standard deviation, of white"),
    ("contrast", "Contrast", "ink, of full black"),
    ("JPEG", "JPEG", "quality"),
    ("ruled lines", "Ruled lines", "darkness"),
    ("shadow", "Shadow", "darkness"),
)


def training(figure, history: dict) -> None:
    """Draw accuracy and loss on both splits, epoch by epoch."""
    last = len(history["loss"])
    across = [(1, "1"), (last // 2, str(last // 2)), (last, str(last))]
    name = translate("Accuracy")
    chart = Chart(figure.panel(name), name, (1, last), (FIRST_ACCURACY, 1))
    chart.ticks(across, [(value / 100, percent(value / 100)) for value in (90, 95, 100)])
    _two_lines(chart, history["accuracy"], history["val_accuracy"])
    name = translate("Loss")
    chart = Chart(figure.panel(name), name, (1, last), (0, 1))
    chart.ticks(across, [(value, format_number(value, 1)) for value in (0, 0.5, 1)])
    _two_lines(chart, history["loss"], history["val_loss"])
    names = translate("training, distorted glyphs"), translate("validation")
    make_key(figure.panels, [(TRAINING, names[0]), (VALIDATION, names[1])])
    heads = [translate("Epoch")]
    for what in (translate("Accuracy"), translate("Loss")):
        heads += [f"{what}, {name}" for name in names]
    rows = [
        [str(i + 1)]
        + [percent(history[key][i], 2) for key in ("accuracy", "val_accuracy")]
        + [format_number(history[key][i], 3) for key in ("loss", "val_loss")]
        for i in range(last)
    ]
    figure.numbers(heads, rows)


def _two_lines(chart, on_training, on_validation):
    for values, kind in ((on_training, TRAINING), (on_validation, VALIDATION)):
        chart.line([(i + 1, value) for i, value in enumerate(values)], kind)


def confusion(figure, counts: list) -> None:
    """Show the confusion matrix as a table, which can be read small and large."""
    most = max(counts[i][j] for i in range(10) for j in range(10) if i != j) or 1
    region = make("div", parent=figure.panels, class_="wide", tabindex="0")
    region.setAttribute("role", "region")
    region.setAttribute("aria-label", figure.title)
    table = make("table", parent=region, class_="confusion")
    make("caption", translate("Rows: the true digit. Columns: what was read."), table)
    head = make("tr", parent=make("thead", parent=table))
    make("td", parent=head)
    for digit in range(10):
        make("th", str(digit), head, scope="col")
    body = make("tbody", parent=table)
    for digit, row in enumerate(counts):
        line = make("tr", parent=body)
        make("th", str(digit), line, scope="row")
        for read, count in enumerate(row):
            cell = make("td", format_number(count) if count else "·", line)
            if digit == read:
                cell.className = "right"
            elif count:
                cell.className = "wrong"
                cell.style.setProperty("--share", str(count / most))


def reliability(figure, sets: dict) -> None:
    """Draw the accuracy of answers of like confidence against that confidence."""
    ends = [(0, percent(0)), (0.5, percent(0.5)), (1, percent(1))]
    rows = []
    for key, kind, name in _sets_in(sets):
        bins = sets[key]
        chart = Chart(figure.panel(name), f"{figure.title}: {name}", (0, 1), (0, 1))
        chart.ticks(ends, ends)
        chart.line([(0, 0), (1, 1)], "quiet")
        chart.bars([_expected(found["confidence"], found["count"]) for found in bins])
        chart.dots([(found["confidence"], found["accuracy"]) for found in bins], kind)
        for found in bins:
            shares = [percent(found[key], 1) for key in ("confidence", "accuracy")]
            rows.append([name] + shares + [format_number(found["count"])])
    words = (
        "Horizontal: confidence. Vertical: the share that is right. "
        "Bars: two standard errors around perfect calibration."
    )
    make("p", translate(words), figure.panels, class_="note")
    heads = [translate(text) for text in ("Test set", "Confidence", "Accuracy", "Digits")]
    figure.numbers(heads, rows)


def _expected(confidence, count):
    spread = ERRORS * (confidence * (1 - confidence) / count) ** 0.5
    return confidence, max(0, confidence - spread), min(1, confidence + spread)


def risk_by_coverage(figure, sets: dict) -> None:
    """Draw the share of wrong answers against the share of digits answered."""
    found = _sets_in(sets)
    least = min(min(sets[key]["coverage"]) for key, _, _ in found)
    most = max(max(sets[key]["risk"]) for key, _, _ in found) * 1.2
    chart = Chart(figure.panel(), figure.title, (least, 1), (0, most))
    across = [(value, percent(value)) for value in (least, (1 + least) / 2, 1)]
    chart.ticks(across, [(value, percent(value, 1)) for value in (0, most / 2, most)])
    names, rows = [], []
    for key, kind, name in found:
        curve, chosen = sets[key], sets[key]["shipped"]
        chart.line(list(zip(curve["coverage"], curve["risk"])), kind)  # noqa: B905 - MicroPython
        chart.dots([(chosen["coverage"], chosen["risk"])], kind)
        names.append((kind, name))
        rows.append([name, percent(chosen["coverage"], 2), percent(chosen["risk"], 2)])
    make_key(figure.panels, names)
    words = (
        "Horizontal: digits answered. Vertical: answers that are wrong. "
        "Dots: at the threshold of this page."
    )
    make("p", translate(words), figure.panels, class_="note")
    heads = ("Test set", "Answered", "Answers that are wrong")
    figure.numbers([translate(text) for text in heads], rows)


def robustness(figure, measured: dict) -> None:
    """Draw the shares read right, rejected and misread as pages get worse."""
    names = translate("read right"), translate("not read"), translate("misread")
    rows = []
    for key, title, unit in DISTORTIONS:
        if key not in measured["axes"]:
            continue
        values = measured["axes"][key]["values"]
        right, rejected = (_mean(measured["sources"], key, of) for of in ("right", "withheld"))
        name = translate(title)
        panel, last = figure.panel(name), len(values) - 1
        chart = Chart(panel, f"{name}: {translate(unit)}", (0, last), (0, 1))
        chart.area([(0, 0), (last, 0)], list(enumerate(right)), "first")
        read = [a + b for a, b in zip(right, rejected)]  # noqa: B905 - MicroPython
        chart.area(list(enumerate(read)), [(0, 1), (last, 1)], "second")
        chart.ticks(
            [(i, _number(values[i])) for i in (0, last)], [(0, percent(0)), (1, percent(1))]
        )
        make("p", translate(unit), panel, class_="note")
        for i, value in enumerate(values):
            shares = right[i], rejected[i], max(0, 1 - read[i])
            rows.append([name, f"{_number(value)}"] + [percent(share, 1) for share in shares])
    kinds = (("first area", names[0]), ("empty area", names[1]), ("second area", names[2]))
    make_key(figure.panels, kinds)
    figure.numbers([translate("Distortion"), translate("Amount")] + list(names), rows)


def _mean(sources, key, of):
    """Return the mean of the sources' curves, each weighted by its digits."""
    total = sum(source["digits"] for source in sources.values())
    curves = [(source["digits"] / total, source[key][of]) for source in sources.values()]
    return [sum(weight * curve[i] for weight, curve in curves) for i in range(len(curves[0][1]))]


def _number(value):
    places = 0 if value == int(value) else 1 if value * 10 % 1 < 0.01 else 2
    return format_number(value, places).replace("-", "−")


def _sets_in(sets):
    return [found for found in SETS if found[0] in sets]
