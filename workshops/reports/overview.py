"""The first page of a workshop: how far it has come, the one thing to do next, and what to look at."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.prose import to_html
from workshops.kinds import is_outside_training_window, suggested_training, usual
from workshops.models import (
    Attendance,
    ConflictIssue,
    Invitation,
    ProgrammeItem,
    ReferralContact,
    SelfRegistration,
    Workshop,
)
from workshops.reports.training import ChampionsInvited
from workshops.states import TO_COME, WorkshopKind, WorkshopState

COMMITTEE_WITHIN = 90  # days after a Localization workshop, BR13

LIFE = (
    WorkshopState.PLANNED,
    WorkshopState.CONFIRMED,
    WorkshopState.HELD,
    WorkshopState.REPORTED,
    WorkshopState.CLOSED,
)


@dataclass(frozen=True)
class Step:
    """One state on the way, and whether the workshop has passed it or stands in it."""

    label: str | Promise
    is_reached: bool
    is_current: bool


def life_of(workshop: Workshop) -> list[Step]:
    """The five states from planned to closed. Postponed and cancelled stand beside them."""
    here = LIFE.index(workshop.state) if workshop.state in LIFE else -1
    return [Step(state.label, position <= here, position == here) for position, state in enumerate(LIFE)]


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next: why, and the page where it is done. `query` follows a question mark."""

    sentence: str | Promise
    action: str | Promise
    url_name: str
    query: str = ""


def with_work(workshops: QuerySet[Workshop]) -> QuerySet[Workshop]:
    """What there is of each workshop, as yes or no: read along with the workshop itself, so that the
    page asks for nothing that is empty."""

    def some(model: Any) -> Exists:
        return Exists(model._base_manager.filter(workshop=OuterRef("pk")))

    present = Attendance.objects.filter(participation__workshop=OuterRef("pk"))
    return workshops.annotate(
        has_programme=some(ProgrammeItem),
        has_invitations=some(Invitation),
        has_waiting=some(SelfRegistration),
        has_attendance=Exists(present),
        has_issues=some(ConflictIssue),
        has_referrals=some(ReferralContact),
        has_other_localities=some(Workshop.other_localities.through),
    )


@dataclass(frozen=True)
class Overview:
    """What the first page says to its reader. Wants a workshop read `with_work` and `with_turnout`."""

    life: list[Step]
    next_step: NextStep | None
    warnings: list[str]
    texts: list[tuple[str, str]]  # heading and HTML of what was written down

    @classmethod
    def from_workshop(
        cls,
        workshop: Workshop,
        *,
        committees: list[Any],
        last_workshop: Workshop | None,
        today: datetime.date,
        runs: bool,
    ) -> Self:
        """`last_workshop`: the country's last Localization workshop, asked for a training only."""
        champions = runs and workshop.kind == WorkshopKind.TRAINING_OF_TRAINERS
        warnings = [
            *_of_length(workshop),
            *_of_window(workshop, last_workshop),
            *_of_committee(workshop, committees, today),
            *(ChampionsInvited.from_workshop(workshop).warnings if champions else []),
            *_of_safety(workshop, runs=runs),
        ]
        step = next_step_of(workshop, committees=committees, today=today) if runs else None
        return cls(life_of(workshop), step, warnings, texts_of(workshop))


def texts_of(workshop: Workshop) -> list[tuple[str, str]]:
    """What was written down of the workshop, as HTML; the account of it stands under no heading."""
    texts = (
        ("", workshop.narrative),
        (_("The good cycle"), workshop.good_cycle_notes),
        (_("What to keep and what to change"), workshop.evaluation_note),
    )
    return [
        (heading, to_html(text, top_heading=3 if heading == "" else 4)) for heading, text in texts if text
    ]


def _of_length(workshop: Workshop) -> Iterator[str]:
    days = usual(workshop.kind).days
    if usual(workshop.kind).asks_why and workshop.days != days:
        reason = workshop.length_reason or _("no reason is given")
        yield ngettext(
            "A writeshop has two days, this one has %(days)s day: %(reason)s",
            "A writeshop has two days, this one has %(days)s days: %(reason)s",
            workshop.days,
        ) % {"days": workshop.days, "reason": reason}


def _of_window(workshop: Workshop, last_workshop: Workshop | None) -> Iterator[str]:
    """BR3. Nothing is said of days that the reader may not know."""
    if last_workshop is None or not workshop.shows_days or workshop.state not in TO_COME:
        return
    if is_outside_training_window(workshop.starts_on, last_workshop.ends_on):
        yield _(
            "A training of trainers comes about six months after the last Localization workshop, four to "
            "nine at the most: that would be about %(day)s."
        ) % {"day": date_format(suggested_training(last_workshop.ends_on))}


def _of_committee(workshop: Workshop, committees: list[Any], today: datetime.date) -> Iterator[str]:
    """BR13: a committee is set up at the workshop, or soon after it."""
    over = (today - workshop.ends_on).days > COMMITTEE_WITHIN
    if workshop.kind == WorkshopKind.LOCALIZATION and workshop.took_place and over and not committees:
        yield _(
            "More than %(days)s days have passed, and no Local Steering Committee was set up from this "
            "workshop."
        ) % {"days": COMMITTEE_WITHIN}


def _of_safety(workshop: Workshop, *, runs: bool) -> Iterator[str]:
    if runs and workshop.risk_level != "low" and workshop.state in TO_COME and not workshop.safety_plan:
        yield _("The risk is not low, and there is no safety plan yet. Write one under “Edit”.")


def next_step_of(workshop: Any, *, committees: list[Any], today: datetime.date) -> NextStep | None:
    """For who runs it: by the state, and by what is done already."""
    if workshop.state == WorkshopState.POSTPONED:
        return NEW_DAYS
    if workshop.state in TO_COME:
        return _while_to_come(workshop, today)
    if workshop.state == WorkshopState.HELD:
        return _after_it(workshop, committees)
    if workshop.state == WorkshopState.REPORTED:
        return CLOSE
    return None


def _while_to_come(workshop: Any, today: datetime.date) -> NextStep:
    people = workshop.turnout().total
    if workshop.has_begun(today):
        if not people or today <= workshop.ends_on:
            return REGISTER
        return ATTENDANCE if workshop.named_people and not workshop.has_attendance else HOLD
    if not workshop.has_programme:
        return PROGRAMME
    if not workshop.has_invitations and not people:
        return INVITE
    if workshop.state == WorkshopState.PLANNED:
        return CONFIRM
    return WAITING if workshop.has_waiting else PREPARE


def _after_it(workshop: Any, committees: list[Any]) -> NextStep:
    if workshop.kind == WorkshopKind.LOCALIZATION and not workshop.has_issues:
        return RESULTS
    if workshop.kind == WorkshopKind.LOCALIZATION and not committees:
        return COMMITTEE
    return REPORT if workshop.narrative.strip() else NARRATIVE


NEW_DAYS = NextStep(
    gettext_lazy("The workshop is postponed. When its new days are known, plan it again."),
    gettext_lazy("Say the new days"),
    "workshop_move",
    "to=planned",
)
PROGRAMME = NextStep(
    gettext_lazy("Draw up the programme: begin with a template for this type, or with an earlier event."),
    gettext_lazy("Draw up the programme"),
    "programme_start",
)
INVITE = NextStep(
    gettext_lazy("Invite people, and see already now how many of them govern."),
    gettext_lazy("Write the invitation list"),
    "invitation_list",
)
CONFIRM = NextStep(
    gettext_lazy("When place and days are settled, confirm the workshop."),
    gettext_lazy("Confirm"),
    "workshop_move",
    "to=confirmed",
)
WAITING = NextStep(
    gettext_lazy("Somebody has registered by the link and waits for you to confirm it."),
    gettext_lazy("See who waits"),
    "self_registration_desk",
)
PREPARE = NextStep(
    gettext_lazy("Print the sign-in sheet and the programme, and follow who answers."),
    gettext_lazy("Get the papers"),
    "papers",
)
REGISTER = NextStep(
    gettext_lazy("The workshop has begun: register people as they arrive."),
    gettext_lazy("Register people"),
    "registration",
)
ATTENDANCE = NextStep(
    gettext_lazy("The last day is over: mark who was there on which half-day."),
    gettext_lazy("Mark attendance"),
    "attendance",
)
HOLD = NextStep(
    gettext_lazy("The workshop is over and its people are registered: mark it as held."),
    gettext_lazy("Mark as held"),
    "workshop_hold",
)
RESULTS = NextStep(
    gettext_lazy("Write down what the workshop produced, above all the conflict analysis."),
    gettext_lazy("Write down the results"),
    "results",
)
COMMITTEE = NextStep(
    gettext_lazy(
        "A Local Steering Committee carries on what the workshop began: it writes and follows the Local "
        "Action Plan."
    ),
    gettext_lazy("Set up the steering committee"),
    "committee_new",
)
NARRATIVE = NextStep(
    gettext_lazy("Tell in a few sentences what happened: the report begins with it."),
    gettext_lazy("Write what happened"),
    "narrative_edit",
)
REPORT = NextStep(
    gettext_lazy("Everything for the report is there. Look it through, then mark the workshop as reported."),
    gettext_lazy("Mark as reported"),
    "workshop_move",
    "to=reported",
)
CLOSE = NextStep(
    gettext_lazy("When nothing more is to be added, close the workshop."),
    gettext_lazy("Close the workshop"),
    "workshop_move",
    "to=closed",
)
