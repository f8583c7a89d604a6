"""How to organise a Localization workshop, step by step (Toolkit, part i; S0)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from committees.models import Committee
from frameworks.models import Framework, NapState
from lapportal.guides.steps import Choice, Guide, Step
from workshops.models import Workshop
from workshops.rules import can_create_workshops, can_run_workshop, can_set_up_committee_at
from workshops.states import TO_COME, WorkshopKind, WorkshopState

MOST_CHOICES = 50
TOLD = {WorkshopState.REPORTED, WorkshopState.CLOSED}


def guide(user: User, code: str) -> Guide:
    """The path with the workshop of that code, else with the newest that the user runs."""
    rows = workshops_of(user)
    chosen = next((row for row in rows if row.code == code), rows[0] if rows else None)
    return Guide.of(
        steps(user, chosen),
        title=_("Organise a Localization workshop"),
        lead=_(
            "Two days in which those who govern a place and those who live there look at their conflicts "
            "and promise each other what they will do."
        ),
        choices=tuple(Choice(row.code, f"{row} ({row.locality})") for row in rows),
        chosen=chosen.code if chosen else "",
        subject=chosen,
    )


def workshops_of(user: User) -> list[Workshop]:
    """Localization workshops that the user may see: those to come first, then the newest."""
    seen: Any = Workshop.objects.visible_to(user).filter(kind=WorkshopKind.LOCALIZATION)
    rows = seen.exclude(state=WorkshopState.CANCELLED).for_reader(user).with_turnout()
    found = list(rows.select_related("locality__country").order_by("-starts_on", "code")[:MOST_CHOICES])
    return sorted(found, key=lambda row: (not row.reader_runs_it, row.state not in TO_COME))


def steps(user: User, workshop: Workshop | None) -> list[Step]:
    if workshop is None:
        return [_begin(user, None), *_unbegun()]
    runs = can_run_workshop(user, workshop)
    return [
        _begin(user, workshop),
        _know(workshop),
        *_prepare(workshop, runs),
        *_hold(workshop, runs),
        _committee(user, workshop),
        _tell(workshop, runs),
    ]


def _address(name: str, workshop: Workshop, allowed: bool) -> str:
    return reverse(name, args=[workshop.code]) if allowed else ""


def _begin(user: User, workshop: Workshop | None) -> Step:
    may = can_create_workshops(user)
    return Step(
        "plan",
        _("Set the place, the days and who runs it"),
        _(
            "Choose one locality whose authority can decide. Two days are usual. Ask the governor or mayor "
            "to invite: an invitation of their own brings the others."
        ),
        is_done=workshop is not None,
        found=str(workshop) if workshop else _("You have no Localization workshop in the portal yet."),
        action=_("Change it") if workshop else _("Plan a workshop"),
        url=(
            (_address("workshop_edit", workshop, can_run_workshop(user, workshop)))
            if workshop
            else (reverse("workshop_new") if may else "")
        ),
        who=_("A facilitator of the place plans it."),
    )


def _know(workshop: Workshop) -> Step:
    country = workshop.locality.country
    nap = Framework.objects.naps().filter(country=country, state=NapState.ACTIVE).first()
    return Step(
        "know",
        _("Read what the nation promised, and what the place did already"),
        _(
            "Who invites must know the National Action Plan and the resolutions, and what was tried here "
            "before. A place without a National Action Plan works with the resolutions directly."
        ),
        is_done=nap is not None,
        found=str(nap) if nap else _("No National Action Plan in force is in the portal for this country."),
        action=_("Open the plan") if nap else _("Open the frameworks"),
        url=nap.get_absolute_url() if nap else reverse("framework_list"),
    )


def _prepare(workshop: Workshop, runs: bool) -> list[Step]:
    programme, invited = workshop.programme.count(), workshop.invitations.count()
    risk = workshop.get_risk_level_display()
    return [
        Step(
            "safety",
            _("Think of safety first"),
            _(
                "In some places it is dangerous to be known as somebody who came. Set the level of risk, "
                "write down what you do if something happens, and whom to refer people to."
            ),
            is_done=bool(workshop.safety_plan.strip()) if runs else False,
            found=_("Level of risk: %(level)s") % {"level": risk} if runs else "",
            action=_("Write the safety plan"),
            url=_address("workshop_edit", workshop, runs),
            who=_("Only who runs the workshop reads and writes the safety plan."),
        ),
        Step(
            "programme",
            _("Make the programme"),
            _("Lectures and work in groups, half and half. The portal has a usual programme to begin with."),
            is_done=programme > 0,
            found=ngettext("%(n)s session planned", "%(n)s sessions planned", programme) % {"n": programme},
            action=_("Open the programme"),
            url=_address("programme", workshop, True),
        ),
        Step(
            "invite",
            _("Invite so that about 60% are local authorities"),
            _(
                "What is agreed can be done when those who decide are in the room. The list of invitations "
                "shows the share before anybody comes."
            ),
            is_done=invited > 0,
            found=ngettext("%(n)s invitation", "%(n)s invitations", invited) % {"n": invited} if runs else "",
            action=_("Open the invitations"),
            url=_address("invitation_list", workshop, runs),
            who=_("Who runs the workshop invites."),
        ),
    ]


def _hold(workshop: Workshop, runs: bool) -> list[Step]:
    issues, votes = workshop.conflict_issues.count(), workshop.nap_votes.count()
    promises = workshop.commitments.count()
    return [
        _register(workshop, runs),
        Step(
            "analyse",
            _("Look at the conflicts of the place, and vote on the National Action Plan"),
            _(
                "Which conflicts are here, whom they hurt, what drives them; which local policies help and "
                "which hinder; and which parts of the National Action Plan matter most."
            ),
            is_done=issues > 0,
            found=_("%(issues)s conflict issues, %(votes)s items voted on")
            % {"issues": issues, "votes": votes},
            action=_("Write down the results"),
            url=_address("results", workshop, True),
        ),
        Step(
            "promise",
            _("Let offices promise"),
            _(
                "Each promise has an office and a day. An office keeps it when its holder changes; the "
                "promises become the first activities of the plan."
            ),
            is_done=promises > 0,
            found=ngettext("%(n)s commitment", "%(n)s commitments", promises) % {"n": promises},
            action=_("Write down a commitment"),
            url=_address("commitment_new", workshop, runs),
            who=_("Who runs the workshop writes them down."),
        ),
    ]


def _register(workshop: Workshop, runs: bool) -> Step:
    turnout = workshop.turnout()
    return Step(
        "register",
        _("Register who comes"),
        _(
            "In a minute a person, on a telephone, without a line if need be; and by head-count where "
            "names are a danger. The share of local authorities is shown all the time."
        ),
        is_done=turnout.total > 0 and workshop.took_place,
        found=ngettext("%(n)s person registered", "%(n)s people registered", turnout.total)
        % {"n": turnout.total},
        action=_("Register people"),
        url=_address("registration", workshop, runs),
        who=_("Who runs the workshop registers."),
    )


def _committee(user: User, workshop: Workshop) -> Step:
    seen = Committee.objects.visible_to(user).filter(locality=workshop.locality)
    committee = seen.order_by("established_on").first()
    may = can_set_up_committee_at(user, workshop)
    new = f"{reverse('committee_new')}?workshop={workshop.code}"
    return Step(
        "committee",
        _("Set up the Local Steering Committee"),
        _(
            "Before everybody goes home: who will write the plan? Half from the authorities, half from "
            "women’s groups and civil society. A workshop without a committee is soon forgotten."
        ),
        is_done=committee is not None,
        found=str(committee) if committee else _("There is none in this place yet."),
        action=_("Open the committee") if committee else _("Set up the committee"),
        url=committee.get_absolute_url() if committee else (new if may else ""),
        who=_("Coordinators and facilitators of the place set it up."),
    )


def _tell(workshop: Workshop, runs: bool) -> Step:
    return Step(
        "report",
        _("Tell what happened, and follow up"),
        _(
            "Write the report while it is fresh: it is printed without a single name. The portal asks "
            "about the promises after 30, 90 and 180 days."
        ),
        is_done=workshop.state in TOLD,
        found=_("The workshop is: %(state)s") % {"state": workshop.get_state_display()},
        action=_("Write what happened"),
        url=_address("narrative_edit", workshop, runs),
        who=_("Who runs the workshop reports."),
    )


def _unbegun() -> list[Step]:
    """The steps to come, as they read before there is a workshop."""
    return [
        Step("know", _("Read what the nation promised, and what the place did already"),
             _("The National Action Plans and the resolutions are in the library."),
             action=_("Open the frameworks"), url=reverse("framework_list")),
        Step("prepare", _("Prepare: safety, programme, invitations"),
             _("About 60% of those who come are local authorities.")),
        Step("hold", _("Hold it: register, analyse, promise"),
             _("The results become the plan.")),
        Step("committee", _("Set up the Local Steering Committee"),
             _("It writes the Local Action Plan: the next path.")),
    ]  # fmt: skip
