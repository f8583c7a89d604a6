"""What the page of papers offers, and what is still missing for each, in words."""

from dataclasses import dataclass, field
from typing import Self

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workshops.models import Workshop
from workshops.papers.certificates import Who, parts_of, recipients
from workshops.papers.heads import is_guarded
from workshops.papers.sheets import sheets_of


@dataclass(frozen=True)
class Download:
    """One link to a PDF."""

    label: str
    url: str


@dataclass(frozen=True)
class Offer:
    """One paper: what it is for, how to have it, what is missing for it."""

    title: str
    purpose: str
    downloads: list[Download]
    missing: list[str] = field(default_factory=list)
    for_one: str = ""  # address that takes `?person=CODE`


@dataclass(frozen=True)
class Offers:
    """The papers that the reader may have."""

    open: list[Offer]
    named: list[Offer]
    is_guarded: bool

    @classmethod
    def from_workshop(cls, workshop: Workshop, *, with_names: bool) -> Self:
        named = [_sheet(workshop), _certificates(workshop), _report(workshop)] if with_names else []
        return cls([_programme(workshop), _summary(workshop)], named, is_guarded(workshop))


def _url(name: str, workshop: Workshop, query: str = "") -> str:
    return reverse(name, args=[workshop.code]) + (f"?{query}" if query else "")


def _programme(workshop: Workshop) -> Offer:
    missing = [] if workshop.programme.exists() else [_("No session is in the programme yet.")]
    return Offer(
        _("Programme"),
        _("For the wall and for everybody's hand: the sessions of each half-day with their times."),
        [Download(_("Programme"), _url("paper_programme", workshop))],
        missing,
    )


def _summary(workshop: Workshop) -> Offer:
    missing = []
    if not workshop.conflict_issues.exists():
        missing.append(_("No conflict analysis is recorded yet."))
    if not workshop.commitments.exists():
        missing.append(_("No commitment is recorded yet."))
    return Offer(
        _("Summary on one page"),
        _("For ministries and donors: the large numbers, what matters most, what was promised. No names."),
        [Download(_("Summary"), _url("paper_summary", workshop))],
        missing,
    )


def _sheet(workshop: Workshop) -> Offer:
    registered = workshop.participations.count()
    sheets = len(sheets_of(workshop))
    with_names = [
        Download(
            _("With names") if sheets == 1 else _("With names, sheet %(number)s") % {"number": number},
            _url("paper_sign_in_sheet", workshop, f"sheet={number}" if number > 1 else ""),
        )
        for number in range(1, sheets + 1)
    ]
    others = [
        Download(_("Codes only"), _url("paper_sign_in_sheet", workshop, "names=no")),
        Download(_("20 empty lines"), _url("paper_sign_in_sheet", workshop, "blank=20")),
    ]
    return Offer(
        _("Sign-in sheet"),
        _(
            "To be signed on each half-day, in the event's language and in English, with room for those who "
            "come without being announced."
        ),
        [*with_names, *others],
        [] if registered else [_("Nobody is registered by name yet: the sheet has empty lines only.")],
    )


def _certificates(workshop: Workshop) -> Offer:
    half, came = len(recipients(workshop, who=Who.HALF)), len(recipients(workshop, who=Who.ANY))
    downloads = _parts(workshop, half, Who.HALF)
    if came > half:
        downloads += _parts(workshop, came, Who.ANY)
    missing = [] if came else [_("No attendance is marked yet.")]
    return Offer(
        _("Certificates of attendance"),
        _("One page for each person, to be signed: for those present for at least half of the half-days."),
        downloads,
        missing,
        for_one=_url("paper_certificates", workshop) if came else "",
    )


def _parts(workshop: Workshop, number: int, who: Who) -> list[Download]:
    """A file for each hundred: a larger one would take too long to make."""
    if not number:
        return []
    people = ngettext("%(number)s person", "%(number)s people", number) % {"number": number}
    labels = {
        Who.HALF: _("Half of the time or more: %(people)s"),
        Who.ANY: _("Whoever was there: %(people)s"),
    }
    label = labels[who] % {"people": people}
    parts = parts_of(number)
    if parts == 1:
        return [Download(label, _url("paper_certificates", workshop, f"who={who}"))]
    return [
        Download(
            _("%(label)s, part %(part)s of %(parts)s") % {"label": label, "part": part, "parts": parts},
            _url("paper_certificates", workshop, f"who={who}&part={part}"),
        )
        for part in range(1, parts + 1)
    ]


def _report(workshop: Workshop) -> Offer:
    missing = []
    if not workshop.took_place:
        missing.append(_("The event is not marked as held: the report is a draft."))
    if not workshop.narrative:
        missing.append(_("What happened is not written down yet."))
    return Offer(
        _("Workshop report"),
        _(
            "Everything that came out of it, to be passed on: small numbers are hidden, and only those are "
            "named who agreed to be named in a report."
        ),
        [Download(_("Report"), _url("paper_report", workshop))],
        missing,
    )
