"""A plan's document as it is read from cover to adoption: what page, PDF and DOCX have in common."""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.joints import listed
from core.papers import isolated
from core.prose import to_html
from localities.languages import direction
from plans.models import ActKind, Edition, SectionKind
from plans.papers.languages import paper_language
from plans.papers.matrix import ActivityRow, IndicatorRow, ObjectiveRow
from plans.papers.printable import on_paper
from plans.papers.tables import AlignmentRow, BudgetTable, activities_of, alignment_rows
from plans.papers.words import day, label_of, stated, years

BEFORE_THE_MATRIX = (
    SectionKind.FOREWORD,
    SectionKind.VISION,
    SectionKind.SITUATION,
    SectionKind.LEGAL_FRAME,
)


@dataclass(frozen=True)
class Mark:
    """What the paper is of: an edition with its number, or (number None) the draft of a day."""

    as_of: datetime.date
    number: int | None = None
    digest: str = ""
    reason: str = ""
    adoption: dict[str, str] | None = None  # of the edition, which an amendment changes

    @classmethod
    def of_edition(cls, edition: Edition) -> Self:
        return cls(
            as_of=edition.adopted_on,
            number=edition.number,
            digest=edition.digest,
            reason=edition.reason,
            adoption={
                "body": edition.body,
                "act_kind": edition.act_kind,
                "act": edition.act,
                "on": edition.adopted_on.isoformat(),
            },
        )


@dataclass(frozen=True)
class Chapter:
    """`part` says what stands in it: "text", or the name of a table. `id` is its anchor."""

    number: int
    id: str
    part: str
    title: str
    text: str = ""

    @property
    def html(self) -> SafeString:
        return to_html(self.text)


@dataclass(frozen=True)
class IssueRow:
    """A priority issue and what the plan does about it."""

    number: int
    text: str
    affected: str
    themes: str
    activities: list[str]

    @property
    def answer(self) -> str:
        return listed(self.activities) or _("No action yet")


@dataclass(frozen=True)
class Paper:
    """Read while the paper's language is on: labels, days and numbers are those of that language."""

    document: dict[str, Any]
    mark: Mark
    chapters: list[Chapter]
    issues: list[IssueRow]
    objectives: list[ObjectiveRow]
    budget: BudgetTable
    alignment: list[AlignmentRow]

    @property
    def is_draft(self) -> bool:
        return self.mark.number is None

    @property
    def language(self) -> str:
        return str(self.document["language"])

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def words(self) -> str:
        """The language of its fixed words; the texts are in the plan's."""
        return paper_language(self.language)

    @property
    def as_of(self) -> datetime.date:
        return self.mark.as_of

    @property
    def title(self) -> str:
        return str(self.document["title"])

    @property
    def kind(self) -> str:
        """What such a plan is called there."""
        return self.document["local_name"] or _("Local Action Plan")

    @property
    def place(self) -> str:
        return str(self.document["locality"]["name"])

    @property
    def country(self) -> str:
        return str(self.document["country"]["name"])

    @property
    def committee(self) -> str:
        return str(self.document["committee"]["name"])

    @property
    def period(self) -> str:
        return years(self.document["period"])

    @property
    def nap(self) -> str:
        """What it rests on."""
        nap = self.document["nap"]
        return nap["title"] if nap else _("No National Action Plan")

    @property
    def foreword_by(self) -> str:
        return str(self.document["foreword_by"])

    @property
    def made(self) -> str:
        """Edition 2, or the day of the draft: what every page says at its foot."""
        if self.is_draft:
            return _("Draft of %(day)s") % {"day": date_format(self.mark.as_of, "DATE_FORMAT")}
        return _("Edition %(number)s") % {"number": self.mark.number}

    @property
    def fingerprint(self) -> str:
        """The beginning of the digest, in groups that can be compared by eye."""
        return " ".join(self.mark.digest[at : at + 4] for at in range(0, 16, 4)).strip()

    @property
    def adopted(self) -> str:
        """By whom, with which act, when: one line for the cover. "" for a draft."""
        found = self.mark.adoption
        if not found:
            return ""
        return _("%(body)s, %(act)s, %(day)s") % {
            "body": isolated(found["body"]),
            "act": _act(found),
            "day": day(found["on"]),
        }

    @property
    def adoption(self) -> list[tuple[str, str]]:
        """The page of adoption, as pairs of what and how."""
        kept = self.document["adoption"]
        found = [(_("Endorsed by the committee"), day(kept.get("endorsed_on")))]
        if self.mark.adoption:
            now = self.mark.adoption
            found = [
                (_("Adopted by"), stated(now["body"])),
                (_("Act"), _act(now)),
                (_("Date of adoption"), day(now["on"])),
                (_("Vote"), _votes(kept.get("votes") or [])),
                *found,
                (_("Edition"), str(self.mark.number)),
            ]
        if self.mark.reason:
            found.append((_("Why it was amended"), self.mark.reason))
        if self.mark.digest:
            found.append((_("Fingerprint of the text"), self.fingerprint))
        return found

    @cached_property
    def activities(self) -> list[ActivityRow]:
        return [activity for row in self.objectives for activity in row.activities]

    @cached_property
    def indicators(self) -> list[IndicatorRow]:
        return [indicator for activity in self.activities for indicator in activity.indicators]

    @property
    def answered(self) -> int:
        """Priority issues that some activity answers."""
        return sum(bool(issue.activities) for issue in self.issues)


def _act(adoption: dict[str, str]) -> str:
    """Resolution 12/2026."""
    kind = label_of(ActKind, adoption.get("act_kind") or "")
    return " ".join(part for part in (kind, adoption["act"]) if part)


def _votes(votes: list[int | None]) -> str:
    if not votes or all(vote is None for vote in votes):
        return _("Not stated")
    votes_for, against, abstained = (vote or 0 for vote in votes)
    return _("%(votes_for)s for, %(against)s against, %(abstained)s abstained") % {
        "votes_for": votes_for,
        "against": against,
        "abstained": abstained,
    }


def paper_of(document: dict[str, Any], mark: Mark) -> Paper:
    """The document in the language that is on now (plans.papers.languages.in_language_of)."""
    document = on_paper(document)
    mark = replace(mark, reason=on_paper(mark.reason), adoption=on_paper(mark.adoption))
    numbers = {issue["code"]: issue["number"] for issue in document["issues"]}
    return Paper(
        document=document,
        mark=mark,
        chapters=_chapters(document, is_draft=mark.number is None),
        issues=[
            IssueRow(row["number"], row["text"], row["affected"], listed(row["themes"]), row["activities"])
            for row in document["issues"]
        ],
        objectives=[
            ObjectiveRow.from_objective(row, document["currency"], numbers) for row in document["objectives"]
        ],
        budget=BudgetTable.from_document(document),
        alignment=alignment_rows(document),
    )


def _chapters(document: dict[str, Any], *, is_draft: bool) -> list[Chapter]:
    """In the order of the plan. A draft shows where a text is still to come; an edition leaves it out."""
    activities = activities_of(document)

    def texts(kinds: tuple[SectionKind, ...]) -> list[tuple[str, str, str, str]]:
        found = [(kind, document["sections"].get(kind, "").strip()) for kind in kinds]
        return [(kind, "text", str(kind.label), text) for kind, text in found if text or is_draft]

    tables = [
        ("issues", _("Priority issues"), bool(document["issues"])),
        ("matrix", _("Objectives and activities"), True),
        ("lenses", _("Gender, peace and conflict, do no harm"), bool(activities)),
        ("budget", _("Budget"), True),
        ("alignment", _("What the plan serves"), bool(document["objectives"])),
    ]
    rows = [
        *texts(BEFORE_THE_MATRIX),
        *((part, part, title, "") for part, title, there in tables if there or is_draft),
        *texts((SectionKind.MONITORING,)),
    ]
    if any(activity["indicators"] for activity in activities):
        rows.append(("indicators", "indicators", _("Indicators and how they are measured"), ""))
    rows.append(("adoption", "adoption", _("Adoption"), ""))
    return [Chapter(number, *row) for number, row in enumerate(rows, start=1)]
