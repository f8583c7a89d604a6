"""How local authorities plan and budget in the year, and where localization enters (BR4)."""

import datetime

from django.db.models import Count
from django.db.models.functions import ExtractMonth
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.joints import semicolon
from guidelines.blocks.asked import Asked
from guidelines.blocks.values import Bar, BlockValue, ChartValue, Column, RowGroup, TableValue
from guidelines.models import Block, PlanningStep
from guidelines.months import MONTHS_OF_YEAR, month_name, period_name
from localities.models import Country
from plans.models import Integration

YEAR = datetime.timedelta(days=365)


def planning_calendar(asked: Asked) -> BlockValue:
    country = asked.guidelines.country
    steps = list(country.planning_steps.all())
    entered = entry_points_by_month(country, today=asked.today)
    parts: list[TableValue | ChartValue] = []
    if steps:
        parts.append(_table(steps))
    if entered:
        parts.append(_chart(entered))
    return BlockValue(
        Block.CALENDAR,
        _("Local planning calendar"),
        asked.today,
        _source(steps),
        parts=tuple(parts),
        empty="" if parts else _("How local authorities plan in the year is not written down yet."),
    )


def entry_points_by_month(country: Country, *, today: datetime.date) -> dict[int, int]:
    """Entry points that localities recorded since a year ago, by month: when there is work to do."""
    found = Integration.objects.filter(locality__country=country, entry_point_on__gte=today - YEAR)
    return dict(
        found.order_by()
        .annotate(month=ExtractMonth("entry_point_on"))
        .values_list("month")
        .annotate(number=Count("pk"))
    )


def _table(steps: list[PlanningStep]) -> TableValue:
    columns = (
        Column(_("Months"), 3),
        Column(_("What happens"), 5),
        Column(_("Who leads"), 3),
        Column(_("How localization enters"), 6),
    )
    rows = tuple(
        (
            period_name(step.from_month, step.to_month),
            step.step,
            step.led_by or "–",
            step.entry_point or "–",
        )
        for step in steps
    )
    return TableValue(_("The year of planning and budgeting"), columns, (RowGroup("", rows),))


def _chart(entered: dict[int, int]) -> ChartValue:
    bars = tuple(
        Bar(
            month_name(month),
            entered[month],
            ngettext("%(n)s locality plan", "%(n)s locality plans", entered[month]) % {"n": entered[month]},
        )
        for month in MONTHS_OF_YEAR
        if month in entered
    )
    caption = _("Entry points that localities recorded, by month")
    return ChartValue(caption, bars, sum(entered.values()), kind="bars")


def _source(steps: list[PlanningStep]) -> str:
    """Each source once, with the newest day on which it was read."""
    days: dict[str, datetime.date | None] = {}
    for step in steps:
        if step.source:
            known = [day for day in (days.get(step.source), step.as_of) if day]
            days[step.source] = max(known, default=None)
    words = [
        _("%(source)s, as of %(day)s") % {"source": source.rstrip("."), "day": date_format(day)}
        if day
        else source.rstrip(".")
        for source, day in days.items()
    ]
    return semicolon().join([*words, _("entry points, from the records of this portal.")])
