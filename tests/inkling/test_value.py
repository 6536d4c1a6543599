"""The value of a text: one where it is unambiguous, and a note where it is not."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkling import value
from inkling.value import Comparison, meaning


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("407", 407),
        ("0", 0),
        ("-7", -7),
        ("−7", -7),
        ("+ 12", 12),
        ("3.14", Decimal("3.14")),
        ("-1,50", Decimal("-1.50")),
        (".5", Decimal("0.5")),
        ("0.123", Decimal("0.123")),
        ("1234.567", Decimal("1234.567")),
        ("1,234,567", 1_234_567),
        ("1.234,56", Decimal("1234.56")),
        ("$1,200.50", Decimal("1200.50")),
        ("$1,200", 1200),
        ("-12,50€", Decimal("-12.50")),
        ("50%", Decimal("0.50")),
        ("15.08%", Decimal("0.1508")),
        ("12:30", time(12, 30)),
        ("7:05:09", time(7, 5, 9)),
        ("2024-05-12", date(2024, 5, 12)),
        ("12.05.2024", date(2024, 5, 12)),
        ("12/25/1996", date(1996, 12, 25)),
        ("25/12/1996", date(1996, 12, 25)),
        ("5/5/1996", date(1996, 5, 5)),
    ],
)
def test_an_unambiguous_text_has_its_value(text, expected):
    found = meaning(text)
    assert found == (expected, None)
    assert type(found.value) is type(expected)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("1,234", value.DECIMAL_OR_THOUSANDS),
        ("12.345", value.DECIMAL_OR_THOUSANDS),
        ("-1.234", value.DECIMAL_OR_THOUSANDS),
        ("1,234+1=1,235", value.DECIMAL_OR_THOUSANDS),
        ("08976", value.CODE_OR_NUMBER),
        ("03/04/05", value.NO_CENTURY),
        ("12/25/96", value.NO_CENTURY),
        ("03/04/2024", value.DAY_OR_MONTH),
        ("3-4-2024", value.DAY_OR_MONTH),
        ("3/7", value.FRACTION_OR_DATE),
    ],
)
def test_an_ambiguous_text_has_a_note_instead_of_a_value(text, note):
    assert meaning(text) == (None, note)


@pytest.mark.parametrize(
    "text",
    [
        *("", "?", "4?7", "2345,", "1,23,4", "1,2345.6", "1.2.3,4", "(202)", "679-1238", "5+7"),
        *("25:00", "12:60", "31/02/2024", "99/99/2024", "1=2=3", "1/0=0", "(1=1", "1=", "=1"),
        *("5+7=", "1\n2", "1\n=2", "٣", "9" * 101, "(" * 50 + "=1", "1%%%=", "12a=3"),
    ],
)
def test_what_is_no_value_has_neither_value_nor_note(text):
    assert meaning(text) == (None, None)


def test_a_calculation_is_compared_with_its_result():
    assert meaning("5 + 7 = 12").value == Comparison(Fraction(12), Fraction(12))
    assert meaning("5+7=12").value.holds
    assert not meaning("5+7=13").value.holds
    assert meaning("2×(3-5)=-4").value.holds
    assert meaning("1÷3=2/6").value.holds
    assert meaning("50%×8=4").value.holds
    assert meaning("2-3-4=-5").value.holds, "differences are taken from the left"
    assert meaning("8÷4÷2=1").value.holds, "quotients are taken from the left"


OPERATORS = st.lists(st.tuples(st.sampled_from("+-×÷"), st.integers(1, 999)), max_size=6)


@given(st.integers(0, 999), OPERATORS)
def test_calculations_come_to_what_python_makes_of_them(first, rest):
    text = str(first) + "".join(f"{operator}{operand}" for operator, operand in rest)
    code = f"Fraction({first})" + "".join(
        {"×": "*", "÷": "/"}.get(operator, operator) + f"Fraction({operand})"
        for operator, operand in rest
    )
    assert meaning(f"{text}=0").value.left == eval(code, {"Fraction": Fraction})


@given(st.decimals(min_value=1_000_000, max_value=10**12, places=2), st.sampled_from([",.", ".,"]))
def test_numbers_with_thousands_and_decimals_are_those_that_were_formatted(amount, marks):
    swap = str.maketrans(",.", marks)
    assert meaning(f"{amount:,}".translate(swap)).value == amount


def test_dates_with_slashes_are_given_only_if_both_orders_agree():
    for days in range(366):
        day = date(2024, 1, 1) + timedelta(days)
        text = f"{day:%d/%m/%Y}"
        readings = set()
        for order in ("%d/%m/%Y", "%m/%d/%Y"):
            try:
                readings.add(datetime.strptime(text, order).date())
            except ValueError:
                continue
        expected = readings.pop() if len(readings) == 1 else None
        assert meaning(text).value == expected, text


@given(st.text(alphabet="0123456789.,:/+-=×÷%()$€?\n ", max_size=30))
def test_any_text_has_a_meaning_or_none_and_never_both(text):
    found = meaning(text)
    assert found.value is None or found.note is None
