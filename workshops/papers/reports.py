"""The report of a workshop: everything that came out of it, as it may be passed on.

A report leaves the portal and cannot be taken back. So its numbers are those of a reader who does not
run the workshop, small ones hidden (BR17), and it names only who agreed to be named in a report.
"""

import datetime
from dataclasses import dataclass
from typing import Any, Self

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.prose import to_html
from localities.languages import language_name
from people.consent import Purpose
from people.models import AgeBand, Consent
from workshops.charts import Bar
from workshops.models import Commitment, Effect, PolicyMapping, Workshop
from workshops.papers.heads import Head, day_on_paper, is_guarded
from workshops.papers.outcomes import Awareness, areas_of, awareness_of, bars_of
from workshops.papers.programmes import Programme
from workshops.papers.sheets import office_of
from workshops.papers.turnouts import PaperTurnout
from workshops.reports.results import Results
from workshops.reports.turnout import Cell

# Chapters in their order, and what each is written with.
SECTIONS = {
    "workshop": "workshops/paper/report_workshop.html",
    "people": "workshops/paper/report_people.html",
    "programme": "workshops/paper/report_programme.html",
    "narrative": "workshops/paper/report_narrative.html",
    "conflict": "workshops/paper/report_conflict.html",
    "nap": "workshops/paper/report_nap.html",
    "policies": "workshops/paper/report_policies.html",
    "commitments": "workshops/paper/report_commitments.html",
    "champions": "workshops/paper/report_champions.html",
    "named": "workshops/paper/report_named.html",
    "committee": "workshops/paper/report_committee.html",
    "awareness": "workshops/paper/report_awareness.html",
    "needs": "workshops/paper/report_needs.html",
    "counting": "workshops/paper/report_counting.html",
}


@dataclass(frozen=True)
class ReportSection:
    """A chapter of this report."""

    key: str
    title: str
    template: str


@dataclass(frozen=True)
class Promise:
    """A commitment with its day in words."""

    commitment: Commitment
    due: str


@dataclass(frozen=True)
class Named:
    """Somebody who agreed to be named in a report."""

    name: str
    office: str


@dataclass(frozen=True)
class Report:
    """Read while the paper's language is on."""

    head: Head
    sections: list[ReportSection]
    other_localities: list[str]
    languages: list[str]
    access: list[tuple[str, str]]
    turnout: PaperTurnout
    programme: Programme
    narrative: SafeString
    good_cycle: SafeString
    results: Results
    votes: list[Bar]
    promises: list[Promise]
    areas: list[Cell]
    named: list[Named]
    awareness: Awareness | None
    evaluation_note: SafeString

    @classmethod
    def from_workshop(cls, workshop: Workshop, *, as_of: datetime.date) -> Self:
        """A fixed number of queries, whatever the number of people."""
        results = Results.from_workshop(workshop, today=as_of)
        content: dict[str, Any] = {
            "other_localities": [] if is_guarded(workshop) else other_places(workshop),
            "languages": languages_of(workshop),
            "access": access_of(workshop),
            "turnout": PaperTurnout.from_workshop(workshop),
            "programme": Programme.from_workshop(workshop, as_of=as_of),
            "narrative": to_html(workshop.narrative),
            "good_cycle": to_html(workshop.good_cycle_notes),
            "results": results,
            "votes": bars_of(results.ranking),
            "promises": promises_of(workshop, results),
            "areas": [] if is_guarded(workshop) else areas_of(results.champions),
            "named": [] if is_guarded(workshop) else named_in(workshop),
            "awareness": awareness_of(results),
            "evaluation_note": to_html(workshop.evaluation_note),
        }
        head = Head.from_workshop(workshop, as_of=as_of)
        return cls(head=head, sections=_sections(content), **content)

    @property
    def policies(self) -> list[PolicyMapping]:
        """What promotes first, then what hinders, then the others."""
        return sorted(self.results.policies, key=lambda row: (Effect.values.index(row.effect), row.name))

    @property
    def is_draft(self) -> bool:
        return not self.head.workshop.took_place


def _sections(content: dict[str, Any]) -> list[ReportSection]:
    """Those that every report has, and those of the others that hold something."""
    titles = {
        "workshop": _("The workshop"),
        "people": _("Who took part"),
        "programme": _("Programme"),
        "narrative": _("What happened"),
        "conflict": _("Conflict analysis"),
        "nap": _("What matters most in the National Action Plan"),
        "policies": _("Local policies: what promotes, what hinders"),
        "commitments": _("Commitments"),
        "champions": _("Champions"),
        "named": _("Named with their consent"),
        "committee": _("Local steering committee"),
        "awareness": _("What participants learnt and said"),
        "needs": _("Needs that were named"),
        "counting": _("How we counted"),
    }
    results: Results = content["results"]
    opinions = results.evaluation and results.evaluation.lines
    optional = {
        "programme": content["programme"].days,
        "narrative": content["narrative"] or content["good_cycle"],
        "nap": content["votes"],
        "policies": results.policies,
        "champions": results.champions.total != 0,
        "named": content["named"],
        "committee": results.committees,
        "awareness": content["awareness"] or opinions or content["evaluation_note"],
        "needs": results.needs,
    }
    return [
        ReportSection(key, titles[key], template)
        for key, template in SECTIONS.items()
        if optional.get(key, True)
    ]


def other_places(workshop: Workshop) -> list[str]:
    return [str(place) for place in workshop.other_localities.all()]


def languages_of(workshop: Workshop) -> list[str]:
    return [language_name(code) for code in [workshop.language, *workshop.other_languages]]


def access_of(workshop: Workshop) -> list[tuple[str, str]]:
    """What made it possible to come, for how many; a small number is only said to be one (F63)."""
    threshold = workshop.locality.country.small_cell_threshold
    given = [
        (_("Childcare"), workshop.childcare_for),
        (_("Travel paid"), workshop.travel_for),
        (_("Interpretation"), workshop.interpretation_for),
    ]
    return [
        (label, str(number) if number >= threshold else _("fewer than %(number)s") % {"number": threshold})
        for label, number in given
        if number
    ]


def promises_of(workshop: Workshop, results: Results) -> list[Promise]:
    """By the day that they are due."""
    in_order = sorted(results.commitments, key=lambda row: (row.due_on, row.pk))
    return [Promise(row, day_on_paper(workshop, row.due_on)) for row in in_order]


def named_in(workshop: Workshop) -> list[Named]:
    """Adults who agreed to be named in a report, and did not take it back."""
    agreed = Consent.objects.filter(purpose=Purpose.NAME_IN_REPORT, withdrawn_at=None).values("person")
    rows = (
        workshop.participations.filter(person__in=agreed)
        .exclude(age_band=AgeBand.UNDER_18)
        .exclude(person__age_band=AgeBand.UNDER_18)
        .select_related("person", "position__organization", "organization")
    )
    return sorted(
        (Named(row.person.full_name, office_of(row) or row.get_category_display()) for row in rows),
        key=lambda one: one.name.casefold(),
    )
