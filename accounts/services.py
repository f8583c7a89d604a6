"""Giving access and taking it away. Every step leaves an audit record, in codes."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Assignment, User, record
from accounts.roles import Role
from localities.models import Country, Locality


class AccessRefused(Exception):
    """A change of access that would lock somebody out or say nothing new. The message is for people."""


@transaction.atomic
def create_account(
    email: str,
    *,
    display_name: str,
    role: str,
    country: Country | None,
    locality: Locality | None,
    by: User,
) -> User:
    """A new account with its first role, or with none (its committee will give it one)."""
    home = locality.country if locality else country
    try:
        with transaction.atomic():
            account: User = User.objects.create_user(email, display_name=display_name, created_in=home)
    except IntegrityError as error:  # a second click, or somebody else, was faster than the form's check
        raise AccessRefused(_("This address has an account already.")) from error
    record(by, "account created", account, country=home.code if home else "")
    if role:
        give_role(account, role=role, country=country, locality=locality, by=by)
    return account


@transaction.atomic
def give_role(
    account: User, *, role: str, country: Country | None, locality: Locality | None, by: User
) -> Assignment:
    """One more role in one place. AccessRefused when the account holds it there already."""
    assignment = Assignment(user=account, role=role, country=country, locality=locality)
    try:
        with transaction.atomic():
            assignment.save()
    except IntegrityError as error:
        raise AccessRefused(_("This account holds that role there already.")) from error
    record(by, "role given", account, role=role, place=assignment.place_code)
    return assignment


@transaction.atomic
def withdraw_role(assignment: Assignment, *, by: User) -> None:
    """Take one role away. Administrators cannot unmake themselves: somebody must be left to help."""
    if assignment.user_id == by.pk and assignment.role == Role.PLATFORM_ADMINISTRATOR:
        raise AccessRefused(_("You cannot take your own administrator role away. Another administrator can."))
    record(by, "role withdrawn", assignment.user, role=assignment.role, place=assignment.place_code)
    assignment.delete()


@transaction.atomic
def deactivate_account(account: User, *, by: User) -> None:
    """Nobody signs in with it any more, open sessions end; its roles and its record stay."""
    if account.pk == by.pk:
        raise AccessRefused(_("You cannot deactivate your own account."))
    account.is_active = False
    account.save(update_fields=["is_active", "updated_at"])
    record(by, "account deactivated", account)


@transaction.atomic
def reactivate_account(account: User, *, by: User) -> None:
    account.is_active = True
    account.save(update_fields=["is_active", "updated_at"])
    record(by, "account reactivated", account)
