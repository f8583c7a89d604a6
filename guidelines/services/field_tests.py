"""The draft is tried out in named localities before it is validated."""

import datetime
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import User, record
from accounts.models.notices import NoticeKind
from accounts.notices import notify
from committees.models import CommitteeAccess
from core.conflicts import save_unless_changed
from core.refusals import FieldRefused
from guidelines.edition_numbers import next_edition_number
from guidelines.models import FieldTest, Guidelines, GuidelinesState
from guidelines.services.holding import held_open


@transaction.atomic
def plan_field_test(test: FieldTest, *, by: User) -> FieldTest:
    """Where the edition in preparation is tried out. Raises GuidelinesClosed or FieldRefused."""
    guidelines = held_open(test.guidelines)
    test.edition_number, test.is_demo = next_edition_number(guidelines), guidelines.is_demo
    try:
        with transaction.atomic():
            test.save()
    except IntegrityError:
        said = gettext("A field test in %(place)s is recorded for this edition already.")
        raise FieldRefused("locality", said % {"place": test.locality}) from None
    record(by, "named field test", guidelines, test=test.code, locality=test.locality.code)
    if guidelines.state == GuidelinesState.FIELD_TEST:
        tell_committees(guidelines, [test], but=by)
    return test


def tell_committees(guidelines: Guidelines, tests: Iterable[FieldTest], *, but: User) -> None:
    """Who works for a committee where the draft is tried out hears that it can be read and commented on:
    nobody looks for it else."""
    for test in tests:
        here = CommitteeAccess.objects.filter(committee__locality__path__startswith=test.locality.path)
        people = User.objects.filter(pk__in=here.values("user")).exclude(pk=but.pk)
        told = gettext("“%(title)s” is tried out in %(place)s: read the draft, and say what has to change.")
        notify(
            people,
            kind=NoticeKind.GUIDELINES,
            text=told % {"title": guidelines.title, "place": test.locality},
            subject=guidelines.code,
            address=reverse("guidelines_detail", args=[guidelines.code]),
            key=f"guidelines-test:{test.code}",
        )


@transaction.atomic
def change_field_test(test: FieldTest, *, opened_version: int, by: User) -> FieldTest:
    """Days, what is tried, what was found. Raises GuidelinesClosed, EditConflict when somebody changed or
    ended it meanwhile, or RowRemoved."""
    held_open(test.guidelines)
    save_unless_changed(test, opened_version=opened_version, by=by)
    record(by, "changed field test", test.guidelines, test=test.code)
    return test


@transaction.atomic
def end_field_test(
    test: FieldTest, *, ends_on: datetime.date, findings: str, today: datetime.date, by: User
) -> FieldTest:
    held_open(test.guidelines)
    row = FieldTest.objects.select_for_update(of=("self",)).get(pk=test.pk)
    if ends_on > today:
        raise FieldRefused("ends_on", gettext("This day has not come yet."))
    if ends_on < row.starts_on:
        raise FieldRefused("ends_on", gettext("It cannot end before it begins."))
    row.ends_on, row.findings = ends_on, findings
    save_unless_changed(row, opened_version=row.row_version, by=by)
    record(by, "ended field test", row.guidelines, test=row.code)
    return row


@transaction.atomic
def remove_field_test(test: FieldTest, *, by: User) -> None:
    """Named by mistake, or given up. What was said from it stays. While the draft is being tested, one
    locality has to remain: nobody would be left to try it out."""
    guidelines = held_open(test.guidelines)
    others = guidelines.field_tests.filter(edition_number=test.edition_number).exclude(pk=test.pk)
    if guidelines.state == GuidelinesState.FIELD_TEST and not others.exists():
        raise LastFieldTest(guidelines)
    record(by, "removed field test", guidelines, test=test.code, locality=test.locality.code)
    test.delete()


class LastFieldTest(Exception):
    """The only locality of a field test cannot go while the test runs."""

    def __init__(self, guidelines: Guidelines) -> None:
        super().__init__(
            gettext(
                "This is the only locality of the field test. Name another one first, "
                "or send the text back to be written."
            )
        )
