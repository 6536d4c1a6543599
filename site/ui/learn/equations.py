"""Write out how a value comes about, with the numbers that the worker has reckoned."""

from ui.browser import messages
from ui.browser.i18n import format_number, translate

MINUS = "−"


def value_text(value: float, places: int = 2) -> str:
    """Return a number with a true minus: "−0.31"; zero has no sign."""
    text = format_number(abs(value), places)
    is_zero = not any(c in "123456789" for c in text)
    return text if value >= 0 or is_zero else MINUS + text


def short_value(value: float) -> str:
    """Return a number for a narrow cell: "−.31", "0", "1.2"."""
    if abs(value) < 0.005:
        return "0"
    if abs(value) >= 9.95:
        return value_text(value, 0)
    if abs(value) >= 0.995:
        return value_text(value, 1)
    sign = MINUS if value < 0 else ""
    return sign + format_number(abs(value), 2)[1:]


def equation(seen, op: str, next_op: str = "") -> str:
    """Say how the value looked at comes about, and what the next layer makes of it."""
    if hasattr(seen, "products"):
        return _weighted_sum(seen, next_op == "relu")
    if hasattr(seen, "softmax"):
        return _softmax(seen.softmax)
    if op == "max_pool2d":
        values = "; ".join(value_text(value) for value in seen.patch)
        return f"max({values}) = {value_text(seen.value)}"
    if op == "relu" and hasattr(seen, "patch"):
        (before,) = list(seen.patch)
        return f"max(0; {value_text(before)}) = {value_text(seen.value)}"
    if op == "flatten" and hasattr(seen, "corner"):
        row, column = list(seen.corner)
        text = "Row {row}, column {column} of map {map} becomes value {index}: {value}"
        facts = {"row": row + 1, "column": column + 1, "map": seen.channel + 1}
        index = list(seen.place)[1] + 1
        return translate(text, index=index, value=value_text(seen.value), **facts)
    return value_text(seen.value)


def _weighted_sum(seen, is_rectified):
    facts = {
        "sum": value_text(seen.sum),
        "others": value_text(seen.others),
        "bias": value_text(seen.bias),
        "total": value_text(seen.total),
    }
    text = "Sum of the products {sum} + bias {bias} = {total}"
    if seen.inputs.count > 1:
        facts["number"] = seen.channel + 1
        text = "Input map {number}: {sum}; all other maps: {others}; bias: {bias}. Together {total}"
    said = translate(text, **facts)
    return f"{said} → ReLU {value_text(max(0, seen.total))}" if is_rectified else said


def _softmax(share):
    facts = {
        "temperature": format_number(share.temperature, 2),
        "scaled": value_text(share.scaled),
        "exponential": value_text(share.exponential),
        "total": value_text(share.total),
        "value": messages.probability(share.value),
    }
    text = (
        "Logit / temperature {temperature} = {scaled}; exp of it = {exponential}; "
        "divided by the sum of all, {total}: {value}"
    )
    return translate(text, **facts)
