"""plans.amounts"""

import datetime
from decimal import Decimal

import pytest

from plans.amounts import AmountRefused, FiscalYear, amount_of, could_mean_two, year_refusal
from plans.smart import Period

PERIOD = Period(datetime.date(2026, 7, 1), datetime.date(2029, 6, 30))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1500", "1500"),
        ("1 500", "1500"),
        ("1\u202f500,50", "1500.50"),
        ("1,500", "1500"),
        ("1.500", "1500"),
        ("1.500,50", "1500.50"),
        ("1,500.50", "1500.50"),
        ("12'500.5", "12500.50"),
        ("12,5", "12.50"),
        ("1.500.000", "1500000"),
        ("CDF 500", "500"),
        ("500 cdf", "500"),
        ("", "0"),
        ("0.500", "0.50"),
    ],
)
def test_amount_of_reads_what_people_type(typed, amount):
    assert amount_of(typed, currency="CDF") == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["USD 500", "500 usd", "€ 20", "$20", "500 FC", "20 dollars", "EUR20", "US$ 5"]
)
def test_amount_of_refuses_another_currency(typed):
    with pytest.raises(AmountRefused, match="This plan is in CDF"):
        amount_of(typed, currency="CDF")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("about 500", "number in digits"),
        ("-5", "cannot be negative"),
        ("(5)", "number in digits"),
        ("1e5", "number in digits"),
        ("nan", "number in digits"),
        ("1,50,000", "number in digits"),
        ("5,", "number in digits"),
        ("1.2345", "two digits after"),
        ("1 000 000 000 000", "more than a budget can hold"),
        ("9" * 100_000, "more than a budget can hold"),
    ],
)
def test_amount_of_says_what_is_wrong(typed, words):
    with pytest.raises(AmountRefused, match=words):
        amount_of(typed, currency="CDF")


def test_amount_of_knows_the_sign_of_its_own_currency():
    assert amount_of("$ 1,500", currency="USD") == 1500


@pytest.mark.parametrize(
    ("text", "two"), [("1.500", True), ("1500.5", False), ("1.500.000", False), ("12.5", False)]
)
def test_could_mean_two(text, two):
    assert could_mean_two(text) is two


@pytest.mark.parametrize(
    ("text", "year"),
    [("2026", "2026"), ("2026/27", "2026/27"), ("2026-2027", "2026/27"), ("1999/00", "1999/00")],
)
def test_fiscal_year_from_text(text, year):
    assert str(FiscalYear.from_text(text)) == year


@pytest.mark.parametrize("text", ["", "26", "2026/28", "next year", "2026/2", "9999", "2026.0"])
def test_fiscal_year_from_text_refuses(text):
    assert FiscalYear.from_text(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025", "lies outside"),
        ("2025/26", ""),
        ("2026", ""),
        ("2029/30", ""),
        ("2030", "lies outside"),
        ("x", "2026/27"),
    ],
)
def test_year_refusal_in_the_period_of_the_plan(text, words):
    assert words in year_refusal(text, PERIOD)
    assert bool(words) == bool(year_refusal(text, PERIOD))
