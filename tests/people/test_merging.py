"""Two records become one, whatever points at them, and two again."""

import datetime

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEvent
from localities.categories import ActorCategory
from people.consent import Purpose
from people.merging import MergeRefused, mark_different, merge_people, undo_merge, unmark_different
from people.models import DifferentPeople, Incumbency, Merge, NameToken, Person, Resemblance
from people.moving import pointing_at
from people.pairs import compare_all
from people.services import forget, withdraw_contact
from tests.factories.people import ConsentFactory, IncumbencyFactory, PersonFactory
from tests.factories.workshops import InvitationFactory, ParticipationFactory, WorkshopFactory
from workshops.models import Attendance, Champion, Invitation, Participation

DAY = datetime.date(2026, 3, 2)


def at(year):
    return datetime.datetime(year, 1, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def kept(country):
    return PersonFactory(full_name="Marie Kabongo", country=country, phone="0812345678")


@pytest.fixture
def gone(country):
    return PersonFactory(
        full_name="Marie Léonie Kabongo", country=country, phone="0998765432", email="leonie@test.example"
    )


@pytest.fixture
def both_in(workshop, kept, gone):
    """Both stand on the list of one workshop: the one came in the morning, the other all day."""
    stays = ParticipationFactory(workshop=workshop, person=kept)
    goes = ParticipationFactory(workshop=workshop, person=gone, category=ActorCategory.TEACHER)
    for participation, half in ((stays, "am"), (goes, "am"), (goes, "pm")):
        Attendance.objects.create(participation=participation, day=DAY, half=half)
    return stays, goes


def everything():
    """All rows of all tables that a merge could touch, without what is made anew or says when."""
    left_out = {"updated_at", "snapshot", "undone_at", "indexed", "is_compared"}
    models = {field.model for field in pointing_at(Person)} | {Person, Attendance}
    return {
        model._meta.label: sorted(
            str({name: value for name, value in row.items() if name not in left_out})
            for row in model._base_manager.values()
        )
        for model in models - {NameToken, Resemblance, Merge}
    }


def test_merge_people_moves_what_points_at_the_one_that_goes(workshop, kept, gone, facilitator):
    participation = ParticipationFactory(workshop=workshop, person=gone)
    ConsentFactory(person=gone)
    held = IncumbencyFactory(person=gone)
    champion = Champion.objects.create(person=gone, workshop=workshop, locality=workshop.locality)
    invitation = Invitation.objects.create(
        workshop=workshop, person=gone, category=ActorCategory.MAYOR, counted_as_local_authority=True
    )
    merge = merge_people(kept, gone, fields={"full_name", "email"}, by=facilitator)
    for row in (participation, held, champion, invitation):
        row.refresh_from_db()
        assert row.person == kept
    assert kept.consents.count() == 1
    kept.refresh_from_db()
    assert (kept.full_name, kept.phone, kept.email) == (
        "Marie Léonie Kabongo",
        "0812345678",
        "leonie@test.example",
    )
    assert not Person.objects.filter(pk=gone.pk).exists()
    assert Person.objects.with_name_parts("leonie").get() == kept
    assert (merge.kept, merge.merged_code, merge.by) == (kept, gone.code, facilitator)
    line = AuditEvent.objects.get(verb="merged people")
    assert (line.subject, line.detail) == (kept.code, {"merged": gone.code, "merge": merge.code})


def test_merge_people_knows_every_relation_of_every_app():
    """A later app takes part without a word: whatever has a foreign key to Person is found."""
    found = {(field.model, field.name) for field in pointing_at(Person)}
    stated = {
        (model, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is Person
    }
    assert found == stated
    assert len(found) >= 9


def test_merge_people_in_one_workshop_unites_attendance(both_in, workshop, kept, gone, facilitator):
    stays, goes = both_in
    merge_people(kept, gone, fields=(), by=facilitator)
    assert list(workshop.participations.all()) == [stays]
    assert {(each.day, each.half) for each in stays.attendances.all()} == {(DAY, "am"), (DAY, "pm")}
    stays.refresh_from_db()
    assert stays.category == ActorCategory.MAYOR
    assert not Participation.objects.filter(pk=goes.pk).exists()


def test_undo_merge_restores_both_as_they_were(both_in, workshop, kept, gone, facilitator, country):
    other = ParticipationFactory(workshop=WorkshopFactory(locality=workshop.locality), person=gone)
    _stays, goes = both_in
    Invitation.objects.create(
        workshop=workshop,
        person=gone,
        participation=goes,
        full_name="Léonie",
        category=ActorCategory.MAYOR,
        counted_as_local_authority=True,
    )
    for person in (kept, gone):
        ConsentFactory(person=person, given_at=at(2024))
        ConsentFactory(person=person, purpose=Purpose.CONTACT, given_at=at(2024))
        Champion.objects.create(person=person, workshop=workshop, locality=workshop.locality)
    ConsentFactory(person=kept, purpose=Purpose.PHOTO, given_at=at(2023))
    ConsentFactory(person=gone, purpose=Purpose.PHOTO, given_at=at(2022), withdrawn_at=at(2024))
    position = IncumbencyFactory(person=kept).position
    IncumbencyFactory(person=gone, position=position)
    third = PersonFactory(full_name="Marie Kabongo Beya", country=country)
    mark_different(gone, third, by=facilitator)
    before = everything()
    merge = merge_people(kept, gone, fields={"full_name", "phone"}, by=facilitator)
    assert Incumbency.objects.count() == 1
    assert everything() != before
    back = undo_merge(merge, by=facilitator)
    assert everything() == before
    assert back.code == gone.code
    assert back.participations.count() == 2
    other.refresh_from_db()
    assert other.person == back
    assert Person.objects.with_name_parts("leonie").get() == back
    merge.refresh_from_db()
    assert merge.undone_at
    assert merge.snapshot == ""


@pytest.mark.parametrize(
    ("mine", "theirs", "stands"),
    [
        ([(2023, None)], [(2024, None)], True),
        ([(2023, None)], [(2022, 2024)], False),
        ([(2022, 2024)], [(2023, None)], False),
        ([(2022, 2023)], [(2024, None)], True),
        ([(2024, None)], [(2022, 2023)], True),
        ([(2022, 2023)], [(2021, 2022)], False),
        ([], [(2023, None)], True),
    ],
)
def test_merge_people_never_widens_consent(mine, theirs, stands, kept, gone, facilitator):
    for person, times in ((kept, mine), (gone, theirs)):
        for given, withdrawn in times:
            ConsentFactory(
                person=person,
                purpose=Purpose.CONTACT,
                given_at=at(given),
                withdrawn_at=at(withdrawn) if withdrawn else None,
            )
    merge = merge_people(kept, gone, fields={"phone"}, by=facilitator)
    kept.refresh_from_db()
    active = kept.consents.filter(purpose=Purpose.CONTACT, withdrawn_at=None)
    assert active.exists() is stands
    assert kept.phone == ("0998765432" if stands else "")
    undo_merge(merge, by=facilitator)
    kept.refresh_from_db()
    assert kept.phone == "0812345678"


def test_undo_merge_keeps_what_was_withdrawn_since(kept, gone, facilitator):
    for person in (kept, gone):
        ConsentFactory(person=person, purpose=Purpose.CONTACT, given_at=at(2024))
    merge = merge_people(kept, gone, fields={"phone"}, by=facilitator)
    kept.refresh_from_db()
    withdraw_contact(kept)
    merge.refresh_from_db()
    assert "0998765432" not in merge.snapshot
    assert "leonie@" not in merge.snapshot
    back = undo_merge(merge, by=facilitator)
    kept.refresh_from_db()
    assert (kept.phone, kept.email, back.phone, back.email) == ("", "", "", "")
    for person in (kept, back):
        assert not person.consents.filter(purpose=Purpose.CONTACT, withdrawn_at=None).exists()


def test_undo_merge_keeps_what_was_corrected_since(kept, gone, facilitator):
    merge = merge_people(kept, gone, fields={"full_name", "email"}, by=facilitator)
    kept.refresh_from_db()
    kept.full_name = "Marie Kabongo wa Ilunga"
    kept.save_with_index()
    undo_merge(merge, by=facilitator)
    kept.refresh_from_db()
    assert (kept.full_name, kept.email) == ("Marie Kabongo wa Ilunga", "")
    assert Person.objects.get(code=gone.code).full_name == "Marie Léonie Kabongo"


def test_undo_merge_twice_is_refused(kept, gone, facilitator):
    merge = merge_people(kept, gone, fields=(), by=facilitator)
    undo_merge(merge, by=facilitator)
    with pytest.raises(MergeRefused, match="undone already"):
        undo_merge(merge, by=facilitator)
    assert Person.objects.count() == 2


def test_undo_merge_is_refused_when_a_registration_was_removed_since(workshop, kept, gone, facilitator):
    participation = ParticipationFactory(workshop=workshop, person=gone)
    merge = merge_people(kept, gone, fields=(), by=facilitator)
    participation.delete()
    with pytest.raises(MergeRefused, match="removed"):
        undo_merge(merge, by=facilitator)
    assert not Person.objects.filter(code=gone.code).exists()


def test_undo_merge_of_the_earlier_of_two_asks_for_the_later_first(kept, gone, country, facilitator):
    first = merge_people(kept, gone, fields=(), by=facilitator)
    third = PersonFactory(full_name="M. Kabongo", country=country)
    second = merge_people(third, kept, fields=(), by=facilitator)
    first.refresh_from_db()
    assert first.kept == third
    with pytest.raises(MergeRefused, match=second.code):
        undo_merge(first, by=facilitator)
    undo_merge(second, by=facilitator)
    first.refresh_from_db()
    undo_merge(first, by=facilitator)
    assert {person.code for person in Person.objects.all()} == {kept.code, gone.code, third.code}


def test_merge_people_twice_is_refused(kept, gone, facilitator):
    merge_people(kept, gone, fields=(), by=facilitator)
    gone.pk = Person.objects.order_by("-pk").first().pk + 1
    with pytest.raises(MergeRefused, match="meantime"):
        merge_people(kept, gone, fields=(), by=facilitator)
    assert Merge.objects.count() == 1


def test_merge_people_of_two_countries_is_refused(kept, elsewhere, facilitator):
    other = PersonFactory(full_name="Marie Kabongo", country=elsewhere.country)
    with pytest.raises(MergeRefused, match="two countries"):
        merge_people(kept, other, fields=(), by=facilitator)


def test_merge_people_takes_along_who_was_told_apart(kept, gone, country, facilitator):
    third = PersonFactory(full_name="Marie Kabongo", country=country)
    mark_different(third, gone, by=facilitator)
    mark_different(gone, kept, by=facilitator)
    merge_people(kept, gone, fields=(), by=facilitator)
    row = DifferentPeople.objects.get()
    assert {row.first, row.second} == {kept, third}


def test_mark_different_is_remembered_once_and_taken_back(kept, gone, facilitator):
    mark_different(gone, kept, by=facilitator)
    mark_different(kept, gone, by=facilitator)
    assert DifferentPeople.objects.count() == 1
    assert unmark_different(gone, kept, by=facilitator)
    assert not unmark_different(gone, kept, by=facilitator)
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["told apart", "no longer told apart"]


def test_merge_people_keeps_the_snapshot_encrypted(kept, gone, facilitator):
    merge_people(kept, gone, fields=(), by=facilitator)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_merge")
        raw = str(cursor.fetchall())
        cursor.execute("SELECT * FROM accounts_auditevent")
        raw += str(cursor.fetchall())
    for secret in ("Kabongo", "onie", "0812", "0998"):
        assert secret not in raw


def test_forget_takes_the_snapshots_along(kept, gone, facilitator):
    merge_people(kept, gone, fields=(), by=facilitator)
    assert forget(Person.objects.get(pk=kept.pk), by=facilitator)
    assert not Merge.objects.exists()


def test_merge_people_leaves_no_pair_with_the_one_that_went(kept, gone, country, facilitator):
    PersonFactory(full_name="Marie Leonie Kabongo", country=country)
    compare_all()
    assert Resemblance.objects.count() == 1
    merge = merge_people(kept, gone, fields={"full_name"}, by=facilitator)
    compare_all()
    row = Resemblance.objects.get()
    assert kept in (row.first, row.second)
    undo_merge(merge, by=facilitator)
    compare_all()
    assert Resemblance.objects.count() == 1


def test_merge_is_dated(kept, gone, facilitator):
    merge = merge_people(kept, gone, fields=(), by=facilitator)
    assert abs(merge.created_at - timezone.now()) < datetime.timedelta(minutes=1)


def test_withdraw_contact_leaves_none_in_invitations_or_snapshots(workshop, kept, gone, facilitator):
    """An invitation keeps a copy of the contact; so does one that a merge put aside."""
    for person in (kept, gone):
        ConsentFactory(person=person, purpose=Purpose.CONTACT, given_at=at(2024))
        InvitationFactory(
            workshop=workshop,
            person=person,
            participation=ParticipationFactory(workshop=workshop, person=person),
            phone="0812345678",
            email="x@example.org",
        )
    merge = merge_people(kept, gone, fields=(), by=facilitator)
    assert "0812345678" in merge.snapshot
    withdraw_contact(Person.objects.get(pk=kept.pk))
    merge.refresh_from_db()
    assert "0812345678" not in merge.snapshot
    assert "x@example.org" not in merge.snapshot
    assert {(each.phone, each.email) for each in workshop.invitations.all()} == {("", "")}
