"""What is proposed for a new plan: its name, years and language, after the plan that it follows."""

import datetime
from typing import Any

from django.utils.translation import gettext

from committees.models import Committee
from plans.models import LocalActionPlan

USUAL_YEARS = 4  # 2026–2029, as the plans of Butembo and of most countries
YEAR = 365.25


def proposed_plan(
    committee: Committee, *, follows: LocalActionPlan | None, today: datetime.date
) -> dict[str, Any]:
    """What a plan of this place is called, for the years that follow the plan before, or begin now."""
    country = committee.locality.country
    start, end = proposed_period(follows, today=today)
    local_name = country.plan_name.split("(")[0].strip()
    if follows and follows.local_name:
        local_name = follows.local_name
    years = str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    return {
        "title": f"{local_name or gettext('Local Action Plan')}, {committee.locality} {years}",
        "local_name": local_name,
        "period_start": start,
        "period_end": end,
        "nap": country.frameworks.naps().in_force_on(today).order_by("-generation").first(),
        "language": follows.language if follows else (country.languages or ["en"])[0],
        "predecessor": follows.code if follows else None,
        "generation": follows.generation + 1 if follows else 1,
    }


def proposed_period(
    follows: LocalActionPlan | None, *, today: datetime.date
) -> tuple[datetime.date, datetime.date]:
    """From the day after the plan before, as long as that one; from this year when it ended long ago."""
    this_year = datetime.date(today.year, 1, 1)
    if follows is None:
        return this_year, datetime.date(today.year + USUAL_YEARS - 1, 12, 31)
    start = max(follows.period_end + datetime.timedelta(days=1), this_year)
    years = max(round((follows.period_end - follows.period_start).days / YEAR), 1)
    return start, _years_later(start, years) - datetime.timedelta(days=1)


def _years_later(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
