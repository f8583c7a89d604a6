"""Values of a plan's document as a reader reads them, in the language that is on. Nothing is left
empty: what the plan does not say is "Not stated" (F69)."""

import datetime
import re
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.formats import date_format, get_format, number_format
from django.utils.translation import gettext as _

from core.joints import listed
from core.papers import Fixed


def stated(text: str | None) -> str:
    return (text or "").strip() or Fixed(_("Not stated"))


def label_of(choices: type[models.TextChoices], value: str) -> str:
    """The word for a choice; one that is no longer known is shown as it was kept."""
    try:
        return str(choices(value).label)
    except ValueError:
        return value


def labels_of(choices: type[models.TextChoices], values: list[str]) -> str:
    return listed(label_of(choices, value) for value in values)


def date_of(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def number_of(text: Any) -> Decimal | None:
    return Decimal(str(text)) if text not in (None, "") else None


def day(text: str | None) -> str:
    """12 March 2026, as that language writes it."""
    found = date_of(text)
    return date_format(found, "DATE_FORMAT") if found else _("Not stated")


def number(value: Any) -> str:
    """1,250 or 12.5: with what that language puts between thousands, without zeros that say nothing."""
    found = number_of(value)
    if found is None:
        return _("Not stated")
    whole = found == found.to_integral_value()
    places = 0 if whole else max(-int(found.normalize().as_tuple().exponent), 0)
    text = str(number_format(found, decimal_pos=places, use_l10n=True, force_grouping=True))
    return text if get_format("NUMBER_GROUPING") else _grouped(text)


def _grouped(text: str) -> str:
    """For languages of which Django knows no grouping: a space that does not break between thousands."""
    whole = re.match(r"-?\d+", text)
    found = whole.group() if whole else ""
    return re.sub(r"(?<=\d)(?=(\d{3})+$)", "\u00a0", found) + text[len(found) :]


def money(value: Any, currency: str) -> str:
    """The number and the currency keep together in a narrow cell."""
    return f"{number(value)}\u00a0{currency}"


def months(start: str | None, end: str | None) -> str:
    """March 2026 – Feb. 2027: months are enough to read a matrix."""
    first, last = date_of(start), date_of(end)
    if first is None and last is None:
        return _("Not stated")
    if first and last and (first.year, first.month) == (last.year, last.month):
        return _month(first)
    if first and last and first.year == last.year:
        return f"{date_format(first, 'N')} – {_month(last)}"
    return f"{_month(first)} – {_month(last)}"


def _month(found: datetime.date | None) -> str:
    return date_format(found, "N Y").replace(" ", "\u00a0") if found else "…"


def years(period: dict[str, Any]) -> str:
    """The period as a title carries it: its label, or 2026–2029."""
    if period.get("label"):
        return str(period["label"])
    first, last = str(period["start"])[:4], str(period["end"])[:4]
    return first if first == last else f"{first}–{last}"
