"""The tables that gather what stands in many activities: money by source and year, and alignment."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.utils.translation import gettext as _

from core.joints import listed
from frameworks.models import FrameworkKind
from plans.models import BudgetSource, Strength
from plans.papers.words import label_of, number, number_of


def activities_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [activity for objective in document["objectives"] for activity in objective["activities"]]


@dataclass(frozen=True)
class BudgetTable:
    """Planned money by source (rows) and fiscal year (columns), in the plan's one currency."""

    currency: str
    years: list[str]
    rows: list[tuple[str, list[tuple[str, str]], str]]  # source, (year, amount) each, in all
    totals: list[tuple[str, str]]
    total: str
    cost: str  # of the activities, as they state it
    costed: str  # how many of them say what they cost, or that they cost nothing (BR11)

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Self:
        activities = activities_of(document)
        planned: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for line in (line for activity in activities for line in activity["budget"]):
            planned[line["source"], line["fiscal_year"]] += number_of(line["planned"]) or 0
        years = sorted({year for _source, year in planned})
        known = {source for source, _year in planned}
        sources = [source for source in BudgetSource.values if source in known]
        sources += sorted(known - set(sources))
        costs = [number_of(activity["cost"]) for activity in activities]
        costed = sum(each["no_cost"] or each["cost"] is not None for each in activities)
        return cls(
            currency=document["currency"],
            years=years,
            rows=[
                (
                    label_of(BudgetSource, source),
                    [(year, number(planned.get((source, year), 0))) for year in years],
                    number(sum(planned.get((source, year), Decimal(0)) for year in years)),
                )
                for source in sources
            ],
            totals=[
                (year, number(sum(planned.get((source, year), Decimal(0)) for source in sources)))
                for year in years
            ],
            total=number(sum(planned.values(), Decimal(0))),
            cost=number(sum((cost for cost in costs if cost is not None), Decimal(0))),
            costed=_("%(costed)s of %(all)s") % {"costed": number(costed), "all": number(len(activities))},
        )

    @property
    def span(self) -> int:
        """Columns of the table."""
        return len(self.years) + 2


@dataclass(frozen=True)
class Served:
    """One provision that an objective or activity states to serve, and what that carries out itself."""

    provision: str
    text: str
    framework: str
    strength: str
    is_nap: bool
    reviewed: bool
    upward: list[str]

    @classmethod
    def from_statement(cls, row: dict[str, Any]) -> Self:
        return cls(
            provision=row["provision"],
            text=row["text"],
            framework=row["framework_title"],
            strength=label_of(Strength, row["strength"]),
            is_nap=row["kind"] == FrameworkKind.NAP,
            reviewed=row["reviewed"],
            upward=[
                listed([each["framework_title"], each["provision"]]) for each in row.get("carries_out", [])
            ],
        )


@dataclass(frozen=True)
class AlignmentRow:
    """One objective or activity, and what it serves."""

    number: str
    text: str
    nap: list[Served]
    others: list[Served]
    local_reason: str

    @property
    def upward(self) -> list[str]:
        """What the items of the national plan carry out: the top of the chain (F05)."""
        return list(dict.fromkeys(name for each in self.nap for name in each.upward))


def alignment_rows(document: dict[str, Any]) -> list[AlignmentRow]:
    """Each objective, and each activity that states something of its own."""
    rows = []
    for objective in document["objectives"]:
        rows.append(_row(str(objective["number"]), objective, objective["local_reason"]))
        rows += [_row(each["number"], each, "") for each in objective["activities"] if each["serves"]]
    return rows


def _row(number: str, item: dict[str, Any], local_reason: str) -> AlignmentRow:
    served = [Served.from_statement(each) for each in item["serves"]]
    return AlignmentRow(
        number=number,
        text=item["text"],
        nap=[each for each in served if each.is_nap],
        others=[each for each in served if not each.is_nap],
        local_reason="" if served else local_reason,
    )
