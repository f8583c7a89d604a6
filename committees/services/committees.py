"""Setting up a committee and changing what it is. Every change leaves an audit line of codes."""

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User, record
from committees.composition import Composition
from committees.models import Committee, CommitteeKind
from committees.states import CommitteeState
from core.conflicts import save_unless_changed
from core.refusals import FieldRefused
from people.models import Organization


class CommitteeRefused(FieldRefused):
    """The committee cannot be so."""


@transaction.atomic
def set_up_committee(committee: Committee, *, by: User, responsible: str = "") -> Committee:
    """Save a new committee. What a demonstration workshop sets up belongs to the demonstration."""
    workshop = committee.established_at
    committee.is_demo = workshop is not None and workshop.is_demo
    committee.responsible = department(committee, responsible)
    refuse_circle(committee)
    committee.save()
    record(by, "set up committee", committee, locality=committee.locality.code, state=committee.state)
    return committee


@transaction.atomic
def change_committee(
    committee: Committee, *, opened_version: int, by: User, responsible: str | None = None
) -> Committee:
    """Save what was corrected. `responsible` is the department's name, None to leave it as it is.

    Raises CommitteeRefused, EditConflict or RowRemoved."""
    standing = Committee.objects.select_for_update().filter(pk=committee.pk).first()
    if responsible is not None:
        committee.responsible = department(committee, responsible)
    if standing is not None:
        refuse_quorum_over_seats(committee)
        refuse_circle(committee)
        refuse_board_without_gate(committee, standing)
    save_unless_changed(committee, opened_version=opened_version, by=by)
    record(by, "changed committee", committee)
    return committee


def department(committee: Committee, name: str) -> Organization | None:
    """The organisation of that name in the committee's country; made if it is new."""
    if not name.strip():
        return None
    return Organization.named(name, country=committee.locality.country, is_demo=committee.is_demo)


def refuse_quorum_over_seats(committee: Committee) -> None:
    """A quorum that can never be reached would stop the committee from deciding."""
    voting = committee.seats.current().filter(voting=True).count()
    if committee.quorum is not None and committee.quorum > voting:
        words = gettext("The quorum is %(quorum)s, but the committee has %(seats)s voting seats only.")
        raise CommitteeRefused("quorum", words % {"quorum": committee.quorum, "seats": voting})


def refuse_circle(committee: Committee) -> None:
    """The higher committee is of the same country, and does not report to this one, however far up."""
    higher = committee.reports_to
    if higher is None:
        return
    if higher.locality.country_id != committee.locality.country_id:
        raise CommitteeRefused("reports_to", gettext("This committee works in another country."))
    passed: set[int] = set()
    while higher is not None and higher.pk not in passed:
        if higher.pk == committee.pk:
            raise CommitteeRefused(
                "reports_to", gettext("That committee reports to this one already: it would be a circle.")
            )
        passed.add(higher.pk)
        higher = higher.reports_to


def refuse_board_without_gate(committee: Committee, standing: Committee) -> None:
    """What a monitoring board needed to become active, it cannot lose while it is (F77, BR5)."""
    if standing.state != CommitteeState.ACTIVE or committee.kind != CommitteeKind.MONITORING:
        return
    if committee.responsible is None:
        raise CommitteeRefused(
            "responsible", gettext("An active monitoring board has its responsible department.")
        )
    seats = committee.seats.current().with_vacancy()
    if standing.kind != CommitteeKind.MONITORING and not Composition.from_seats(seats).is_balanced:
        raise CommitteeRefused(
            "kind",
            gettext(
                "A monitoring board works in balance of its two sides, and this committee is not. Put it "
                "back to established, change the type, and make it active again: there you can give a reason."
            ),
        )
