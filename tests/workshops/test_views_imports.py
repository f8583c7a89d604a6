"""Participants from a spreadsheet, from the upload to the registration, and back as a file."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEvent
from people.consent import Given, Purpose
from people.models import Consent, Person
from tests.factories.people import PersonFactory
from tests.factories.workshops import ParticipationFactory, WorkshopFactory
from tests.workshops.sheets import HEADINGS, PEOPLE, xlsx
from workshops.models import Entry, ImportRow, ImportState, ParticipantImport, Participation, Tally, Verdict
from workshops.spreadsheets import open_book
from workshops.states import WorkshopState


def upload(client, workshop, content, name="list.xlsx"):
    url = reverse("import_new", args=[workshop.code])
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


def mapped(each, **changed):
    """What the page of columns sends when nothing is changed on it."""
    typed = {f"column_{name}": str(column) for name, column in each.mapping.items()}
    return typed | {"agreed": "paper", "without": "count", "contact_agreed": "on"} | changed


def read(client, workshop, content, **changed):
    """Hand a list in and have it read; returns the import."""
    response = upload(client, workshop, content)
    assert response.status_code == 302, response.content.decode()
    each = ParticipantImport.objects.latest("pk")
    response = client.post(
        reverse("import_mapping", args=[workshop.code, each.code]), mapped(each, **changed)
    )
    assert response.status_code == 302, response.content.decode()
    each.refresh_from_db()
    return each


def confirm(client, each):
    response = client.post(reverse("import_confirm", args=[each.workshop.code, each.code]))
    each.refresh_from_db()
    return response


def detail(client, each, **query):
    return client.get(reverse("import_detail", args=[each.workshop.code, each.code]), query).content.decode()


def verdicts(each):
    return list(each.rows.values_list("verdict", flat=True))


def test_import_registers_people(workshop, facilitator, signed_in):
    client = signed_in(facilitator)
    each = read(client, workshop, xlsx())
    assert (each.state, each.message) == (ImportState.READY, "")
    assert verdicts(each) == [Verdict.NEW] * 3
    page = detail(client, each)
    assert "Marie-Léonie Kabongo" in page
    assert Person.objects.count() == Participation.objects.count() == 0  # nothing before it is confirmed
    confirm(client, each)
    assert each.state == ImportState.DONE
    marie = Participation.objects.get(person__key=Person.objects.named("Kabongo Marie Léonie").get().key)
    assert (marie.category, marie.sex, marie.age_band) == ("mayor", "woman", "30_to_59")
    assert (marie.entry, marie.position.title, marie.organization.name) == (
        Entry.IMPORT,
        "Mayor of the commune",
        "Commune of Kanshi",
    )
    assert marie.counted_as_local_authority
    assert marie.person.phone == "+243 81 234 0001"
    assert set(marie.person.consents.values_list("purpose", "how")) == {
        (Purpose.REGISTER, Given.PAPER),
        (Purpose.CONTACT, Given.PAPER),
    }
    assert Person.objects.with_name_parts("tshibanda").count() == 1  # found by the index
    assert "3 new people are registered." in detail(client, each)


def test_import_keeps_no_file_and_no_rows_when_done(workshop, facilitator, signed_in):
    each = read(signed_in(facilitator), workshop, xlsx())
    assert b"Kabongo" not in bytes(each.content)
    assert "Kabongo" not in str(ParticipantImport.objects.extra(select={"raw": "columns"}).values("raw"))
    confirm(signed_in(facilitator), each)
    assert each.content is None
    assert not ImportRow.objects.exists()
    assert "Kabongo" not in each.columns


def test_import_is_audited_without_names(workshop, facilitator, signed_in):
    each = read(signed_in(facilitator), workshop, xlsx())
    confirm(signed_in(facilitator), each)
    event = AuditEvent.objects.get(verb="imported participants")
    assert (event.subject, event.detail) == (each.code, {"workshop": workshop.code, "new": 3})
    assert "Kabongo" not in json.dumps(list(AuditEvent.objects.values_list("detail", flat=True)))


def known(workshop, name=PEOPLE[0][0], **fields):
    """Somebody registered in another workshop of the same facilitator."""
    earlier = WorkshopFactory(locality=workshop.locality, facilitators=list(workshop.facilitators.all()))
    person = PersonFactory(country=workshop.locality.country, full_name=name, **fields)
    return ParticipationFactory(workshop=earlier, person=person).person


def test_import_finds_the_same_person(workshop, facilitator, signed_in):
    person = known(workshop, name="Hon. KABONGO Marie Leonie", phone="0812340001")
    each = read(signed_in(facilitator), workshop, xlsx())
    row = each.rows.first()
    assert (row.verdict, row.person) == (Verdict.SAME, person)
    confirm(signed_in(facilitator), each)
    assert Person.objects.count() == 3
    assert workshop.participations.filter(person=person).exists()
    person.refresh_from_db()
    assert person.full_name == "Hon. KABONGO Marie Leonie"  # a list corrects nobody's name


def test_import_asks_about_a_namesake(workshop, facilitator, signed_in):
    person = known(workshop)
    client = signed_in(facilitator)
    each = read(client, workshop, xlsx())
    row = each.rows.first()
    assert (row.verdict, row.person) == (Verdict.LOOK, person)
    page = detail(client, each, verdict="look")
    assert person.code in page
    assert "1 row still needs your choice" in page
    confirm(client, each)  # refused: the row waits
    assert each.state == ImportState.READY
    client.post(reverse("import_detail", args=[workshop.code, each.code]), {f"row-{row.number}": "new"})
    confirm(client, each)
    assert each.state == ImportState.DONE
    assert Person.objects.named(PEOPLE[0][0]).count() == 2


@pytest.mark.parametrize(("choice", "registered"), [("same", 3), ("new", 3), ("leave", 2)])
def test_import_decides_all_at_once(workshop, facilitator, signed_in, choice, registered):
    known(workshop)
    client = signed_in(facilitator)
    each = read(client, workshop, xlsx())
    client.post(reverse("import_detail", args=[workshop.code, each.code]), {"all": choice})
    confirm(client, each)
    assert workshop.participations.count() == registered


def test_import_does_not_find_people_of_others(workshop, facilitator, elsewhere, outsider, signed_in):
    """The same name and phone in a workshop that the facilitator does not run: nothing of it is told."""
    other = WorkshopFactory(locality=workshop.locality)
    hidden = PersonFactory(country=workshop.locality.country, full_name=PEOPLE[0][0], phone=PEOPLE[0][6])
    ParticipationFactory(workshop=other, person=hidden)
    client = signed_in(facilitator)
    each = read(client, workshop, xlsx([[*PEOPLE[0], hidden.code]], headings=[*HEADINGS, "Code"]))
    assert verdicts(each) == [Verdict.NEW]
    assert hidden.code not in detail(client, each)


def test_import_says_what_is_wrong_in_which_column(workshop, facilitator, signed_in):
    client = signed_in(facilitator)
    wrong = ["", "Mayor", "", "", "Woman", "", ""]
    each = read(client, workshop, xlsx([*PEOPLE, wrong, ["Ana Ngoyi", "Mayor", "", "", "?!", "300", "abc"]]))
    assert verdicts(each) == [Verdict.NEW] * 3 + [Verdict.WRONG] * 2
    page = detail(client, each, verdict="wrong")
    assert "Name (column A): Empty." in page
    for column in ("Sex (column E)", "Age (column F)", "Phone (column G)"):
        assert column in page
    response = client.get(reverse("import_wrong_rows", args=[workshop.code, each.code]))
    book = open_book(response.content)
    rows = [row.cells for row in book.rows(book.sheets[0])]
    assert rows[0] == [*HEADINGS, "What is wrong"]
    assert rows[2][:7] == ["Ana Ngoyi", "Mayor", "", "", "?!", "300", "abc"]
    assert "Phone (column G)" in rows[2][7]

    # Corrected, the same file goes through.
    confirm(client, each)
    assert workshop.participations.count() == 3
    assert client.get(reverse("import_wrong_rows", args=[workshop.code, each.code])).status_code == 200
    corrected = [["Ana Ngoyi", "Mayor", "", "", "", "30", "", rows[2][7]]]
    again = read(client, workshop, xlsx(corrected, headings=rows[0]))
    assert verdicts(again) == [Verdict.NEW]


def test_import_asks_once_for_an_unknown_category(workshop, facilitator, signed_in):
    client = signed_in(facilitator)
    upload(client, workshop, xlsx([["Ana Ngoyi", "Chef de cabinet"], ["Eva Ngoyi", "chef de  CABINET"]]))
    each = ParticipantImport.objects.get()
    url = reverse("import_mapping", args=[workshop.code, each.code])
    response = client.post(url, mapped(each))
    assert response.status_code == 422
    page = response.content.decode()
    assert "1 word stands for no category" in page
    assert 'name="word" value="Chef de cabinet"' in page
    client.post(url, mapped(each, word=["Chef de cabinet"], word_0="local_administration"))
    assert verdicts(each) == [Verdict.NEW] * 2
    confirm(client, each)
    assert set(workshop.participations.values_list("category", flat=True)) == {"local_administration"}

    # The next list with the same headings remembers it.
    upload(client, workshop, xlsx([["Ida Ngoyi", "Chef de cabinet"]]))
    next_one = ParticipantImport.objects.first()
    response = client.post(reverse("import_mapping", args=[workshop.code, next_one.code]), mapped(next_one))
    assert response.status_code == 302


def test_import_needs_the_agreement(workshop, facilitator, signed_in):
    client = signed_in(facilitator)
    upload(client, workshop, xlsx())
    each = ParticipantImport.objects.get()
    url = reverse("import_mapping", args=[workshop.code, each.code])
    response = client.post(url, mapped(each, agreed=""))
    assert response.status_code == 422
    assert "Without the people’s agreement" in response.content.decode().replace("&#x27;", "’")
    assert not each.rows.exists()
    assert client.post(url, mapped(each, agreed="column")).status_code == 422  # which column?


@pytest.mark.parametrize(("without", "counted"), [("count", 1), ("leave", 0)])
def test_import_keeps_no_name_of_who_did_not_agree(workshop, facilitator, signed_in, without, counted):
    client = signed_in(facilitator)
    rows = [[*PEOPLE[0], "oui"], [*PEOPLE[1], "non"]]
    each = read(
        client, workshop, xlsx(rows, headings=[*HEADINGS, "Consent"]), agreed="column", without=without
    )
    assert "Tshibanda" not in json.dumps(list(each.rows.values_list("values", "reasons")))
    confirm(client, each)
    assert workshop.participations.count() == 1
    assert sum(Tally.objects.values_list("count", flat=True)) == counted
    if counted:  # the same file again counts nobody twice
        again = read(client, workshop, xlsx(rows, headings=[*HEADINGS, "Consent"]), agreed="column")
        assert again.state == ImportState.READY


def test_import_keeps_contacts_only_with_agreement(workshop, facilitator, signed_in):
    each = read(signed_in(facilitator), workshop, xlsx(), contact_agreed="")
    confirm(signed_in(facilitator), each)
    assert {person.phone for person in Person.objects.all()} == {""}
    assert not Consent.objects.filter(purpose=Purpose.CONTACT).exists()


def test_import_names_nobody_under_18_without_guardian(workshop, facilitator, signed_in):
    rows = [["Petit Ilunga", "Youth leader", "12", "no"], ["Petite Ilunga", "Youth leader", "16", "yes"]]
    each = read(
        signed_in(facilitator), workshop, xlsx(rows, headings=["Name", "Category", "Age", "Guardian agreed"])
    )
    confirm(signed_in(facilitator), each)
    named = workshop.participations.get()
    assert named.person.full_name == "Petite Ilunga"
    assert named.person.consents.filter(purpose=Purpose.GUARDIAN).exists()
    assert workshop.tallies.get().count == 1


def test_import_sees_the_same_name_twice_in_a_list(workshop, facilitator, signed_in):
    client = signed_in(facilitator)
    each = read(client, workshop, xlsx([PEOPLE[0], PEOPLE[0]]))
    assert verdicts(each) == [Verdict.NEW, Verdict.LOOK]
    assert "The same name stands in row 2 of this list." in detail(client, each)


def test_import_confirmed_twice_saves_once(workshop, facilitator, signed_in):
    client = signed_in(facilitator)
    each = read(client, workshop, xlsx())
    confirm(client, each)
    confirm(client, each)
    assert workshop.participations.count() == 3
    assert AuditEvent.objects.filter(verb="imported participants").count() == 1


def test_import_same_list_again_changes_nothing(workshop, facilitator, signed_in):
    client = signed_in(facilitator)
    confirm(client, read(client, workshop, xlsx()))
    again = read(client, workshop, xlsx())
    assert Verdict.NEW not in verdicts(again)
    client.post(reverse("import_detail", args=[workshop.code, again.code]), {"all": "same"})
    confirm(client, again)
    assert again.state == ImportState.DONE
    assert Person.objects.count() == workshop.participations.count() == 3


def test_import_of_somebody_erased_meanwhile_asks_again(workshop, facilitator, signed_in):
    person = known(workshop, phone=PEOPLE[0][6])
    client = signed_in(facilitator)
    each = read(client, workshop, xlsx())
    assert each.rows.first().verdict == Verdict.SAME
    person.participations.all().delete()
    person.delete()
    confirm(client, each)
    assert (each.state, workshop.participations.count()) == (ImportState.READY, 0)
    assert each.rows.first().verdict == Verdict.LOOK
    assert "1 row needs another look" in detail(client, each)


def test_import_of_somebody_registered_meanwhile_asks_again(workshop, facilitator, signed_in):
    client = signed_in(facilitator)
    each = read(client, workshop, xlsx())
    ParticipationFactory(
        workshop=workshop, person=PersonFactory(country=workshop.locality.country, full_name=PEOPLE[0][0])
    )
    confirm(client, each)
    assert (each.state, workshop.participations.count()) == (ImportState.READY, 1)
    client.post(reverse("import_detail", args=[workshop.code, each.code]), {"all": "same"})
    confirm(client, each)
    assert (each.state, workshop.participations.count()) == (ImportState.DONE, 3)


def test_import_into_a_closed_workshop_is_refused(workshop, facilitator, signed_in):
    client = signed_in(facilitator)
    each = read(client, workshop, xlsx())
    workshop.state = WorkshopState.CANCELLED
    workshop.save()
    confirm(client, each)
    assert (each.state, workshop.participations.count()) == (ImportState.READY, 0)
    assert upload(client, workshop, xlsx()).status_code == 422


def test_import_discard_leaves_nothing(workshop, facilitator, signed_in):
    client = signed_in(facilitator)
    each = read(client, workshop, xlsx())
    url = reverse("import_discard", args=[workshop.code, each.code])
    assert client.get(url).status_code == 200
    client.post(url)
    assert not ParticipantImport.objects.exists()
    assert not ImportRow.objects.exists()


def test_import_new_refuses_what_is_no_spreadsheet(workshop, facilitator, signed_in):
    response = upload(signed_in(facilitator), workshop, b"%PDF-1.7 not a list", name="list.xlsx")
    assert response.status_code == 422
    assert "This is a PDF file" in response.content.decode()
    assert not ParticipantImport.objects.exists()


def test_import_new_without_a_file(workshop, facilitator, signed_in):
    response = signed_in(facilitator).post(reverse("import_new", args=[workshop.code]), {})
    assert response.status_code == 422
    assert "Choose the file first." in response.content.decode()


def test_import_mapping_takes_another_sheet_and_row(workshop, facilitator, signed_in):
    def with_second_sheet(sheet):
        other = sheet.parent.create_sheet("Day 2")
        for row in [["List of the commune"], [], HEADINGS[:2], ["Ana Ngoyi", "Mayor"]]:
            other.append(row)

    client = signed_in(facilitator)
    upload(client, workshop, xlsx(change=with_second_sheet))
    each = ParticipantImport.objects.get()
    url = reverse("import_mapping", args=[workshop.code, each.code])
    assert "Day 2" in client.get(url).content.decode()
    client.post(url, {"elsewhere": "1", "sheet": "Day 2", "header_row": "1"})
    each.refresh_from_db()
    assert (each.sheet, each.header_row, each.mapping) == ("Day 2", 3, {"full_name": 0, "category": 1})
    assert client.post(url, {"elsewhere": "1", "sheet": "Day 2", "header_row": "99"}).status_code == 422
    client.post(url, mapped(each))
    assert each.rows.count() == 1


def test_import_mapping_refuses_a_column_twice_and_none(workshop, facilitator, signed_in):
    client = signed_in(facilitator)
    upload(client, workshop, xlsx())
    each = ParticipantImport.objects.get()
    url = reverse("import_mapping", args=[workshop.code, each.code])
    response = client.post(url, mapped(each, column_full_name="", column_position="1"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose the column in which it stands" in page
    assert "already used for" in page


@pytest.mark.parametrize("who", ["administrator", "coordinator", "oversight", "secretary", "member"])
def test_import_pages_are_for_who_runs_the_workshop(request, who, workshop, facilitator, signed_in):
    each = read(signed_in(facilitator), workshop, xlsx())
    client = signed_in(request.getfixturevalue(who))
    names = ["import_detail", "import_mapping", "import_discard", "import_wrong_rows"]
    for url in [
        *(reverse(name, args=[workshop.code, each.code]) for name in names),
        *(reverse(name, args=[workshop.code]) for name in ("import_new", "import_template", "export_new")),
    ]:
        response = client.get(url)
        assert response.status_code in (403, 404), url
        assert b"Kabongo" not in response.content
    assert client.post(reverse("import_confirm", args=[workshop.code, each.code])).status_code in (403, 404)
    assert workshop.participations.count() == 0


@pytest.mark.parametrize("number", [1, 5])
def test_import_detail_queries(workshop, facilitator, signed_in, django_assert_num_queries, number):
    for n in range(number):
        known(workshop, name=f"Ana Ngoyi{'abcdef'[n]} Ilunga{'abcdef'[n]}")
    client = signed_in(facilitator)
    rows = [[f"Ana Ngoyi{'abcdef'[n]} Ilunga{'abcdef'[n]}", "Mayor"] for n in range(number)]
    each = read(client, workshop, xlsx(rows))
    detail(client, each)  # the first look of the day is noted
    with django_assert_num_queries(10):
        page = detail(client, each)
    assert page.count("another, new person") == number
