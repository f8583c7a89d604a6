"""Months of a year that goes round: a step from November to February runs over its end."""

from django.utils.dates import MONTHS

MONTHS_OF_YEAR = range(1, 13)


def month_name(month: int) -> str:
    return str(MONTHS[month])


def months_of(first: int, last: int) -> list[int]:
    """The months from `first` to `last`, in order: November to February is 11, 12, 1, 2."""
    length = (last - first) % 12 + 1
    return [(first - 1 + step) % 12 + 1 for step in range(length)]


def period_name(first: int, last: int) -> str:
    """ "March" or "November – February"."""
    return month_name(first) if first == last else f"{month_name(first)} – {month_name(last)}"
