"""An amount of money as people type it, and the fiscal year that it belongs to. Pure.

A plan's budget is in one currency: an amount that names another one is refused, never converted.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from plans.smart import Period

MOST_MONEY = Decimal("999999999999")  # as plans.models.activities.MOST_MONEY
CENT = Decimal("0.01")
GAPS = re.compile(r"[\s'’٬]+")  # between thousands
GROUPED = {sign: re.compile(rf"-?\d{{1,3}}(?:\{sign}\d{{3}})+") for sign in ".,"}
WORD = re.compile(r"[^\W\d_]+")
# A sign is as good as the code where it can only mean that. "$" alone stands for that of the USA.
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "₦": "NGN", "₴": "UAH", "₱": "PHP"}


class AmountRefused(ValueError):
    """This is no amount of the plan's currency; says what to write instead."""


def amount_of(text: str, *, currency: str) -> Decimal:
    """The amount that `text` stands for; nothing typed is 0. Raises AmountRefused."""
    bare = GAPS.sub("", _without_currency(text.strip(), currency))
    if not bare:
        return Decimal(0)
    number = _number(bare, text.strip())
    if number < 0:
        raise AmountRefused(gettext("This cannot be negative."))
    if number > MOST_MONEY:
        raise AmountRefused(gettext("This is more than a budget can hold: at most 999,999,999,999."))
    return number.quantize(CENT)


def _without_currency(text: str, currency: str) -> str:
    """The text without the plan's own currency. Raises AmountRefused when it names another."""
    words = [word for word in WORD.findall(text) if word.casefold() != currency.casefold()]
    signs = [sign for sign in text if unicodedata.category(sign) == "Sc" and SIGNS.get(sign) != currency]
    if signs or any(_is_currency(word) for word in words):
        raise AmountRefused(
            gettext("This plan is in %(currency)s: give the amount in %(currency)s, in digits alone.")
            % {"currency": currency}
        )
    if words:
        raise AmountRefused(_not_a_number())
    return WORD.sub("", "".join(sign for sign in text if unicodedata.category(sign) != "Sc"))


def _is_currency(word: str) -> bool:
    """Three capital letters, or a name of money that is common where such plans are written."""
    known = {"usd", "eur", "us", "fc", "fcfa", "dollar", "dollars", "euro", "euros", "franc", "francs", "shs"}
    return (len(word) == 3 and word.isupper()) or word.casefold() in known


def _number(bare: str, typed: str) -> Decimal:
    if not re.fullmatch(r"-?[\d.,]*\d[\d.,]*", bare):
        raise AmountRefused(_not_a_number())
    marks = [sign for sign in bare if sign in ".,"]
    decimal_sign = _decimal_sign(bare, marks)
    whole, _sign, cents = bare.partition(decimal_sign) if decimal_sign else (bare, "", "")
    for sign in ".,":
        if sign in whole:
            if not GROUPED[sign].fullmatch(whole):
                raise AmountRefused(_not_a_number())
            whole = whole.replace(sign, "")
    if not whole.lstrip("-").isdecimal() or (decimal_sign and not cents.isdecimal()):
        raise AmountRefused(_not_a_number())
    if len(cents.rstrip("0")) > 2:
        raise AmountRefused(
            gettext("Give at most two digits after the decimal sign: %(typed)s") % {"typed": typed[:40]}
        )
    return Decimal(f"{whole}.{cents}" if cents else whole)


def _decimal_sign(bare: str, marks: list[str]) -> str:
    """The last mark, unless it stands before three digits as one between thousands does."""
    if not marks:
        return ""
    last = marks[-1]
    if marks.count(last) > 1:
        return ""
    after = bare.rpartition(last)[2]
    grouped = len(after) == 3 and not bare.lstrip("-").startswith("0") and len(set(marks)) == 1
    return "" if grouped else last


def _not_a_number() -> str:
    return gettext("Enter a number in digits, such as 1500 or 1500.50.")


def could_mean_two(text: str) -> bool:
    """1.500 is fifteen hundred where people write so; from a spreadsheet it may be one and a half."""
    return bool(re.fullmatch(r"-?\d{1,3}\.\d{3}", text.strip()))


FISCAL_YEAR = re.compile(r"(\d{4})(?:\s*[/–-]\s*(\d{2}|\d{4}))?")


@dataclass(frozen=True, order=True)
class FiscalYear:
    """ "2026", or "2026/27" where the year of the budget begins in another month than January."""

    first: int
    last: int

    @classmethod
    def from_text(cls, text: Any) -> "FiscalYear | None":
        """None when it is no year, or when the second does not follow the first."""
        found = FISCAL_YEAR.fullmatch(str(text).strip())
        if not found or not 1900 <= int(found[1]) <= 2200:
            return None
        first = int(found[1])
        if not found[2]:
            return cls(first, first)
        follows = int(found[2]) == first + 1 or (len(found[2]) == 2 and int(found[2]) == (first + 1) % 100)
        return cls(first, first + 1) if follows else None

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last % 100:02d}"

    def touches(self, period: Period) -> bool:
        """Some day of it lies in the period, in whichever month it begins."""
        return self.first <= period.end.year and self.last >= period.start.year


def year_refusal(text: str, period: Period) -> str:
    """What is wrong with a fiscal year, in words; empty when nothing is."""
    year = FiscalYear.from_text(text)
    if year is None:
        return gettext("Write the year as 2026, or as 2026/27.")
    if not year.touches(period):
        return gettext("The plan runs from %(first)s to %(last)s: this year lies outside.") % {
            "first": period.start.year,
            "last": period.end.year,
        }
    return ""
