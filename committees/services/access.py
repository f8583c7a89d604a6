"""The accounts that work for a committee."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import NoticeKind, User, record
from accounts.notices import notify
from accounts.roles import Role
from committees.models import Committee, CommitteeAccess, Seat


class AlreadyHasAccess(Exception):
    """The account works for this committee already."""

    def __init__(self) -> None:
        super().__init__(gettext("This account works for the committee already. Remove its access first."))


@transaction.atomic
def give_access(
    committee: Committee, *, user: User, role: Role | str, by: User, seat: Seat | None = None
) -> CommitteeAccess:
    """Let an account work for the committee, as secretary or member, for one of its seats or for none."""
    access, is_new = CommitteeAccess.objects.get_or_create(
        committee=committee, user=user, defaults={"role": role, "seat": seat, "is_demo": committee.is_demo}
    )
    if not is_new:
        raise AlreadyHasAccess
    record(by, "gave committee access", committee, access=access.code, role=str(role))
    if user != by:
        welcome(access)
    return access


def welcome(access: CommitteeAccess) -> None:
    """Tell the account that it works for the committee now, and where to begin."""
    committee = access.committee
    words = gettext("You now work for a committee, as %(role)s. Read first what it promised: %(committee)s")
    notify(
        [access.user],
        kind=NoticeKind.MEETING,
        text=words % {"role": access.get_role_display(), "committee": committee},
        subject=committee.code,
        address=reverse("onboarding", args=[committee.code]),
        key=f"access:{access.code}",
    )


@transaction.atomic
def change_access(
    access: CommitteeAccess, *, role: Role | str, seat: Seat | None, by: User
) -> CommitteeAccess:
    """Another role, or another seat that the account works for."""
    access.role, access.seat = role, seat
    access.save()
    record(
        by,
        "changed committee access",
        access.committee,
        access=access.code,
        role=str(role),
        seat=seat.code if seat else "",
    )
    return access


@transaction.atomic
def remove_access(access: CommitteeAccess, *, by: User) -> None:
    """Take the access away. What the account wrote stays."""
    record(by, "removed committee access", access.committee, access=access.code)
    access.delete()
