"""Imports behind their pages: the worker, what it refuses, what is forgotten, offices that are new."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import get_language, override

from people.consent import Purpose
from people.merging import merge_people
from people.models import Organization, Person, Position
from people.names import index_digest, index_tokens, name_key
from tests.factories.people import ConsentFactory, PersonFactory
from tests.factories.workshops import InvitationFactory, ParticipationFactory, WorkshopFactory
from tests.workshops.sheets import HEADINGS, PEOPLE, xlsx
from workshops.models import ImportRow, ImportState, ParticipantImport, Verdict
from workshops.services import import_reading, imports
from workshops.services.import_preparing import Preparation
from workshops.services.import_reading import known_localities, read_import
from workshops.services.import_writing import Writing, write_import
from workshops.services.imports import (
    ImportRefused,
    choose_columns,
    confirm_import,
    discard_import,
    forget_old_imports,
    is_stuck,
    sketch_of,
    start_import,
    take_back,
)


@pytest.fixture
def handed_in(workshop, facilitator):
    def hand_in(content, **chosen):
        each = start_import(workshop, name="list.xlsx", content=content, by=facilitator)
        choose_columns(
            each,
            **(
                {"mapping": each.mapping, "agreed": True, "sketch": sketch_of(each), "by": facilitator}
                | chosen
            ),
        )
        each.refresh_from_db()
        return each

    return hand_in


def work():
    """Run the real worker until the queue is empty."""
    call_command(
        "db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0, worker_id="test"
    )


@pytest.mark.django_db(transaction=True)
def test_long_list_is_read_and_saved_by_the_worker(monkeypatch, handed_in, workshop, facilitator):
    monkeypatch.setattr("signal.signal", lambda *args: None)
    monkeypatch.setattr(imports, "AT_ONCE", 0)
    each = handed_in(xlsx())
    assert (each.state, each.rows_total) == (ImportState.READING, 3)
    work()
    each.refresh_from_db()
    assert (each.state, each.rows_done) == (ImportState.READY, 3)
    confirm_import(each, by=facilitator)
    assert workshop.participations.count() == 0
    work()
    each.refresh_from_db()
    assert each.state == ImportState.DONE
    assert workshop.participations.count() == 3


@pytest.mark.django_db(transaction=True)
def test_import_has_its_people_compared_for_duplicates(monkeypatch, handed_in, workshop, facilitator):
    monkeypatch.setattr("signal.signal", lambda *args: None)
    each = handed_in(xlsx())
    confirm_import(each, by=facilitator)
    assert Person.objects.filter(is_compared=False).count() == 3
    work()
    assert not Person.objects.filter(is_compared=False).exists()


def test_worker_speaks_the_language_of_who_handed_the_list_in(workshop, facilitator, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE", -1)
    with override("fr"):
        each = start_import(workshop, name="list.xlsx", content=xlsx(rows=[]), by=facilitator)
        choose_columns(each, mapping=each.mapping, agreed=True, sketch=sketch_of(each), by=facilitator)
    spoken = []
    monkeypatch.setattr(import_reading, "_read_all", lambda each: spoken.append(get_language()) or 0)
    read_import(each.code)
    assert spoken == ["fr"]


def test_read_import_refuses_merged_cells(handed_in):
    each = handed_in(xlsx(change=lambda sheet: sheet.merge_cells("D2:D3")))
    assert each.state == ImportState.UPLOADED
    assert "Sheet “People”: the cells D2:D3 are merged." in each.message
    assert not each.rows.exists()


def test_read_import_takes_merged_cells_elsewhere(handed_in):
    """A title over all columns, and notes beside the list, disturb nobody."""

    def title(sheet):
        sheet.insert_rows(1)
        sheet["A1"], sheet["J4"] = "Participants", "Note"
        sheet.merge_cells("A1:G1")
        sheet.merge_cells("J4:J5")

    assert handed_in(xlsx(change=title)).state == ImportState.READY


def test_read_import_refuses_formulas_in_used_columns(handed_in):
    def formulas(sheet):
        sheet["A3"], sheet["I3"] = '=CONCATENATE("Ana"," Ngoyi")', "=ROW()"

    each = handed_in(xlsx(change=formulas))
    assert each.state == ImportState.UPLOADED
    assert "formulas stand in A3." in each.message


def test_read_import_of_headings_alone(handed_in):
    each = handed_in(xlsx([]))
    assert (each.state, each.message) == (ImportState.UPLOADED, "Below the headings in row 1 stands nothing.")


def test_read_import_knows_the_localities_of_the_country(handed_in, locality, elsewhere):
    rows = [["Ana Ngoyi", "Mayor", "kasai oriental"], ["Eva Ngoyi", "Mayor", elsewhere.name]]
    each = handed_in(xlsx(rows, headings=["Name", "Category", "Comes from"]))
    first, second = each.rows.all()
    assert f'"locality": "{locality.code}"' in first.values
    assert "no locality that the portal knows" in second.reasons
    assert elsewhere.name.casefold() not in known_localities(locality.country)


def test_read_import_that_breaks_does_not_stay_under_way(monkeypatch, handed_in):
    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr("workshops.services.import_reading.Judge.verdicts", broken)
    with pytest.raises(RuntimeError):
        handed_in(xlsx())
    each = ParticipantImport.objects.get()
    assert each.state == ImportState.UPLOADED
    assert each.message


def test_write_import_is_all_or_nothing(monkeypatch, handed_in, facilitator, workshop):
    def broken(self):
        raise RuntimeError

    each = handed_in(xlsx())
    monkeypatch.setattr(Writing, "_finish", broken)
    with pytest.raises(RuntimeError):
        confirm_import(each, by=facilitator)
    each.refresh_from_db()
    assert each.state == ImportState.READY
    assert "nothing of it was" in each.message
    assert not Person.objects.exists()
    assert not Organization.objects.exists()
    assert workshop.participations.count() == 0
    monkeypatch.undo()
    confirm_import(each, by=facilitator)
    assert workshop.participations.count() == 3


def test_write_import_encrypts_and_indexes_before_the_transaction(handed_in, facilitator):
    """On SQLite nobody else can write until it ends: it reads no name and makes no hash of one."""
    each = handed_in(xlsx([[f"Ana Ngoyi{letter}", "Mayor", "Mayor", "Town"] for letter in "bdfgk"]))
    each.rows.update(verdict=Verdict.NEW, person=None)
    with CaptureQueriesContext(connection) as captured:
        confirm_import(each, by=facilitator)
    statements = [query["sql"] for query in captured]
    begun = next(n for n, sql in enumerate(statements) if "people_person" in sql and "INSERT" in sql)
    last = max(n for n, sql in enumerate(statements) if '"workshops_importrow"."values"' in sql)
    assert last < begun
    assert Person.objects.count() == 5
    for person in Person.objects.all():
        held = set(person.name_tokens.values_list("kind", "token"))
        assert held == set(index_tokens(person.full_name, person.phone))
        assert (person.key, person.indexed) == (
            name_key(person.full_name),
            index_digest(person.full_name, person.phone),
        )


def test_write_import_overtaken_by_a_merge_saves_nothing(monkeypatch, handed_in, workshop, facilitator):
    """Somebody of the list is merged after it was made ready, before it is written."""
    kept, gone = (
        ParticipationFactory(
            workshop__locality=workshop.locality,
            workshop__facilitators=[facilitator],
            person__country=workshop.locality.country,
            person__full_name=name,
        ).person
        for name in ("Ana Ngoyi", "Ana Ngoyi wa Kansi")
    )
    each = handed_in(xlsx([["Ana Ngoyi", "Mayor", "Mayor", "Town"], ["Eva Mbuyi", "Mayor", "Mayor", "Town"]]))
    each.rows.filter(number=2).update(verdict=Verdict.LOOK, decision="same", person=gone)

    def made_and_merged(self, tell, make=Preparation.make):
        make(self, tell)
        if Person.objects.filter(pk=gone.pk).exists():
            merge_people(kept, gone, fields=[], by=facilitator)

    monkeypatch.setattr(Preparation, "make", made_and_merged)
    confirm_import(each, by=facilitator)
    each.refresh_from_db()
    assert (each.state, workshop.participations.count()) == (ImportState.READY, 0)
    assert "at the same moment" in each.message
    confirm_import(each, by=facilitator)
    assert set(workshop.participations.values_list("person__code", flat=True)) >= {kept.code}
    assert workshop.participations.count() == 2


def test_write_import_makes_each_office_once(handed_in, workshop, facilitator, locality):
    Organization.named("commune of  KANSHI", country=locality.country)
    each = handed_in(xlsx([PEOPLE[0], ["Eva Ngoyi", "Mayor", "mayor of the COMMUNE", "Commune of Kanshi"]]))
    confirm_import(each, by=facilitator)
    assert Organization.objects.count() == Position.objects.count() == 1
    assert workshop.participations.values("position").distinct().count() == 1


@pytest.mark.parametrize("rows", [1, 5])
def test_write_import_queries(handed_in, facilitator, django_assert_max_num_queries, rows):
    each = handed_in(xlsx([[f"Ana Ngoyi{'abcde'[n]}", "Mayor", "Mayor", "Town"] for n in range(rows)]))
    each.rows.update(verdict=Verdict.NEW, person=None)
    with django_assert_max_num_queries(40):
        confirm_import(each, by=facilitator)


def test_write_import_unless_confirmed_does_nothing(handed_in, workshop):
    each = handed_in(xlsx())
    write_import(each.code)
    write_import("IM-NOBODY")
    read_import(each.code)
    assert workshop.participations.count() == 0


def test_forget_old_imports_after_a_day(handed_in, facilitator):
    waiting, done = handed_in(xlsx()), handed_in(xlsx([["", "Mayor"], *PEOPLE], headings=HEADINGS))
    done.rows.filter(verdict=Verdict.LOOK).update(decision="leave")
    confirm_import(done, by=facilitator)
    assert done.rows.count() == 1  # the wrong one, to be fetched
    forget_old_imports()
    assert ParticipantImport.objects.count() == 2
    yesterday = timezone.now() - datetime.timedelta(hours=25)
    ParticipantImport.objects.update(created_at=yesterday, updated_at=yesterday)
    forget_old_imports()
    assert list(ParticipantImport.objects.all()) == [done]
    assert not ImportRow.objects.exists()
    assert waiting.code not in ParticipantImport.objects.values_list("code", flat=True)


def test_take_back_after_the_worker_died(handed_in):
    each = handed_in(xlsx())
    ParticipantImport.objects.filter(pk=each.pk).update(state=ImportState.WRITING)
    each.refresh_from_db()
    with pytest.raises(ImportRefused):
        take_back(each)
    with pytest.raises(ImportRefused):
        discard_import(each, by=each.by)
    long_ago = timezone.now() - datetime.timedelta(minutes=11)
    ParticipantImport.objects.filter(pk=each.pk).update(updated_at=long_ago)
    each.refresh_from_db()
    assert is_stuck(each)
    take_back(each)
    each.refresh_from_db()
    assert each.state == ImportState.READY


def test_write_import_answers_the_invitation(handed_in, workshop, facilitator):
    invited = InvitationFactory(workshop=workshop, full_name=f"Hon. {PEOPLE[0][0].upper()}")
    twice = InvitationFactory.create_batch(2, workshop=workshop, full_name=PEOPLE[1][0])
    confirm_import(handed_in(xlsx()), by=facilitator)
    invited.refresh_from_db()
    assert invited.participation.person == invited.person
    for each in twice:  # which of the two came is not for the portal to say
        each.refresh_from_db()
        assert each.participation is None


def test_an_old_list_takes_back_no_withdrawal(handed_in, workshop, facilitator, country):
    """Exported before the person withdrew, handed in after it: neither contact nor consent return."""
    person = PersonFactory(full_name=PEOPLE[0][0], country=country)
    ParticipationFactory(
        workshop=WorkshopFactory(locality=workshop.locality, facilitators=[facilitator]), person=person
    )
    ConsentFactory(person=person, purpose=Purpose.CONTACT, withdrawn_at=timezone.now())
    row = [person.code, *PEOPLE[0]]
    content = xlsx([row], headings=["Code", *HEADINGS])
    each = start_import(workshop, name="l.xlsx", content=content, by=facilitator)
    chosen = sketch_of(each)
    chosen.contact_agreed = True
    choose_columns(each, mapping=each.mapping, agreed=True, sketch=chosen, by=facilitator)
    each.refresh_from_db()
    assert "Withdrew the consent to be contacted" in each.rows.get().reasons
    confirm_import(each, by=facilitator)
    person.refresh_from_db()
    assert workshop.participations.get().person == person
    assert person.phone == ""
    assert not person.consents.filter(purpose=Purpose.CONTACT, withdrawn_at=None).exists()


def test_confirm_import_gives_a_colleague_nobody_else_s_people(handed_in, workshop, facilitator, coordinator):
    """The rows were matched with people of workshops that only who handed the list in runs."""
    elsewhere = WorkshopFactory(locality=workshop.locality, facilitators=[facilitator])
    person = PersonFactory(full_name=PEOPLE[0][0], country=workshop.locality.country)
    ParticipationFactory(workshop=elsewhere, person=person)
    workshop.facilitators.add(coordinator)
    each = handed_in(xlsx())
    ImportRow.objects.filter(of=each, person=person).update(decision="same")
    assert ImportRow.objects.filter(of=each, person=person).exists()
    with pytest.raises(ImportRefused, match="only the colleague"):
        confirm_import(each, by=coordinator)
    confirm_import(each, by=facilitator)
    assert workshop.participations.filter(person=person).exists()
