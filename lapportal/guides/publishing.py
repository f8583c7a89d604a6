"""How to publish Localization Guidelines, step by step (Toolkit, part iii; S0; domain.md §2.1)."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from guidelines.models import Guidelines, GuidelinesState, ReviewState
from guidelines.rules import can_read_draft, can_start_guidelines, can_write_guidelines
from guidelines.states import OUT_STATES
from lapportal.guides.steps import Choice, Guide, Step
from plans.models import LocalActionPlan
from workshops.models import Champion, Workshop
from workshops.rules import can_create_workshops
from workshops.states import WorkshopKind

MOST_CHOICES = 50
S = GuidelinesState
TESTED = {S.VALIDATED, S.ENDORSED, *OUT_STATES}
SIGNED = {S.ENDORSED, *OUT_STATES}


def guide(user: User, code: str) -> Guide:
    """The path with the guidelines of that code, else with the newest that the user may read."""
    seen: Any = Guidelines.objects.visible_to(user).exclude(state=S.RETIRED).select_related("country", "nap")
    rows = list(_with_numbers(seen).order_by("-created_at")[:MOST_CHOICES])
    chosen = next((row for row in rows if row.code == code), rows[0] if rows else None)
    return Guide.of(
        steps(user, chosen),
        title=_("Publish Localization Guidelines"),
        lead=_(
            "One printed document tells every authority of the country how to localize the resolution, also "
            "where no workshop was ever held. Two ministries sign it."
        ),
        choices=tuple(Choice(row.code, f"{row} ({row.language_name})") for row in rows),
        chosen=chosen.code if chosen else "",
        subject=chosen,
    )


def _with_numbers(rows: Any) -> Any:
    """With what the steps tell, in one question."""
    is_open = Q(comments__state=ReviewState.OPEN, comments__parent=None)
    return rows.annotate(
        section_count=Count("sections", distinct=True),
        test_count=Count("field_tests", distinct=True),
        open_comments=Count("comments", filter=is_open, distinct=True),
        edition_count=Count("editions", distinct=True),
        reached=Count("rollouts__localities", distinct=True),
    )


def steps(user: User, guidelines: Any | None) -> list[Step]:
    if guidelines is None:
        return [_begin(user, None)]
    writes = can_write_guidelines(user, guidelines)
    return [
        _gather(user, guidelines),
        _begin(user, guidelines),
        *_write(guidelines, writes, reads=can_read_draft(user, guidelines)),
        *_sign(guidelines, writes),
        *_spread(user, guidelines, writes),
    ]


def _gather(user: User, guidelines: Any) -> Step:
    country = guidelines.country
    held = Workshop.objects.visible_to(user).held().filter(locality__country=country)
    workshops = held.filter(kind=WorkshopKind.LOCALIZATION).count()
    plans = LocalActionPlan.objects.visible_to(user).adopted().filter(locality__country=country).count()
    return Step(
        "gather",
        _("Gather what the first places learnt"),
        _("Guidelines tell what worked: hold workshops and let some councils adopt plans before you write."),
        is_done=workshops > 0,
        # Who has signed texts, or revises an edition, is not sent back to the start.
        is_optional=guidelines.state in SIGNED or guidelines.edition_count > 0,
        found=_("%(workshops)s workshops held, %(plans)s plans adopted")
        % {"workshops": workshops, "plans": plans},
        action=_("Open the country"),
        url=country.get_absolute_url(),
    )


def _begin(user: User, guidelines: Guidelines | None) -> Step:
    return Step(
        "start",
        _("Start from the template"),
        _(
            "Nine sections with texts to keep or change, and the country’s own data where they belong. Write "
            "together with both ministries from the first day."
        ),
        is_done=guidelines is not None,
        found=str(guidelines) if guidelines else _("There are no guidelines that you can read yet."),
        action=_("Open the guidelines") if guidelines else _("Start guidelines"),
        url=guidelines.get_absolute_url()
        if guidelines
        else (reverse("guidelines_new") if can_start_guidelines(user) else ""),
        who=_("The coordinator of the country starts them."),
    )


def _address(name: str, guidelines: Guidelines, allowed: bool) -> str:
    return reverse(name, args=[guidelines.code]) if allowed else ""


def _write(guidelines: Any, writes: bool, *, reads: bool) -> list[Step]:
    """`reads`: the draft. The review is of it, and nothing for who reads editions only."""
    to_complete = guidelines.sections.filter(body__contains="*To complete").count()
    tests = guidelines.test_count
    names_place = writes and guidelines.is_open and not tests
    return [
        Step(
            "write",
            _("Make the texts your country’s own"),
            _("What only the country knows is marked “To complete”: offices, laws, the planning calendar."),
            is_done=to_complete == 0 and guidelines.section_count > 0,
            found=_unfinished(to_complete),
            action=_("Go on writing"),
            url=_address("guidelines_detail", guidelines, True),
        ),
        Step(
            "test",
            _("Try them in a few places"),
            _("Two or three councils work with the draft for some weeks; what they find is written down."),
            is_done=tests > 0,
            found=ngettext("%(n)s place", "%(n)s places", tests) % {"n": tests},
            action=_("Name a place") if names_place else _("Open the review"),
            url=_address("field_test_new" if names_place else "guidelines_review", guidelines, reads),
            is_optional=True,
        ),
        Step(
            "validate",
            _("Answer every comment, and validate"),
            _("Each comment is accepted, or declined with a reason. Then the text is closed for signing."),
            is_done=guidelines.state in TESTED,
            found=ngettext("%(n)s open comment", "%(n)s open comments", guidelines.open_comments)
            % {"n": guidelines.open_comments},
            action=_("Open the review"),
            url=_address("guidelines_review", guidelines, writes),
            who=_("Coordinators of the country do this."),
        ),
    ]


def _unfinished(sections: int) -> str:
    if not sections:
        return ""
    told = ngettext(
        "%(n)s section still says “To complete”", "%(n)s sections still say “To complete”", sections
    )
    return told % {"n": sections}


def _sign(guidelines: Any, writes: bool) -> list[Step]:
    who = _("Coordinators of the country do this.")
    signs, launches = guidelines.state == S.VALIDATED, writes and guidelines.state == S.ENDORSED
    return [
        Step(
            "endorse",
            _("Have the ministries endorse them"),
            _(
                "The ministry that leads the National Action Plan, and the one in charge of local "
                "government: without the second, councils do not follow."
            ),
            is_done=guidelines.state in SIGNED,
            action=_("Record an endorsement") if signs else _("Open the review"),
            url=_address("guidelines_endorsement_new" if signs else "guidelines_review", guidelines, writes),
            who=who,
        ),
        Step(
            "launch",
            _("Launch the edition"),
            _("It gets a number, a day and a checksum, and stays as it is for ever. Print it from its PDF."),
            is_done=guidelines.state in OUT_STATES,  # in a revision the next edition is to come
            found=ngettext("%(n)s edition", "%(n)s editions", guidelines.edition_count)
            % {"n": guidelines.edition_count},
            action=_("Launch the edition") if launches else _("Open the editions"),
            url=_address("guidelines_launch" if launches else "guidelines_editions", guidelines, True),
        ),
    ]


def _spread(user: User, guidelines: Any, writes: bool) -> list[Step]:
    new = reverse("workshop_new")
    trained = Champion.objects.filter(locality__country=guidelines.country, trained_at__isnull=False).count()
    return [
        Step(
            "trainers",
            _("Train champions as trainers"),
            _("They carry the Guidelines to the places where nobody of the programme ever comes."),
            is_done=trained > 0,
            found=ngettext("%(n)s champion trained", "%(n)s champions trained", trained) % {"n": trained}
            if writes
            else "",
            action=_("Plan a training of trainers"),
            url=f"{new}?kind={WorkshopKind.TRAINING_OF_TRAINERS}" if can_create_workshops(user) else "",
            who=_("Coordinators of the country do this."),
            is_optional=True,
        ),
        Step(
            "roll_out",
            _("Roll them out to every locality"),
            _("By a workshop or by copies. The map shows where they have not arrived yet."),
            is_done=guidelines.state == S.ROLLED_OUT,
            found=ngettext("%(n)s locality reached", "%(n)s localities reached", guidelines.reached)
            % {"n": guidelines.reached},
            action=_("Open the roll-out"),
            url=_address("guidelines_rollout", guidelines, True),
        ),
    ]
