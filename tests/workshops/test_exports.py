"""The list of participants as a file: for whom, what for, what never stands in it; and back again."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from people.consent import Given, Purpose
from people.models import Person
from people.services import agree, withdraw_contact
from tests.factories.people import PersonFactory
from tests.factories.workshops import ParticipationFactory
from tests.workshops.test_views_imports import confirm, read, verdicts
from workshops.models import Participation, Verdict
from workshops.services.exports import COLUMNS, template_for
from workshops.spreadsheets import guess_columns, guess_sheet, open_book
from workshops.spreadsheets.columns import read_head

NAMES = [
    '=HYPERLINK("http://x.example","Ana") Kabongo',
    "+Marie “Léonie” Ngalula",
    "-Jean Mukendi",
    "@Albert Ilunga",
    "'=Agnès Mbuyi",
    "مريم الحسن",
    "Оксана Шевченко",
    "Ngozi 👩🏽 Eze",
    'Rosa "la Flaca" Díaz, hija',
]


@pytest.fixture
def people(workshop, facilitator):
    found = []
    for n, name in enumerate(NAMES):
        person = PersonFactory(country=workshop.locality.country, full_name=name, phone=f"+243 81 000 000{n}")
        agree(
            person,
            purposes=[Purpose.REGISTER, Purpose.CONTACT],
            how=Given.SPOKEN,
            language="fr",
            by=facilitator,
        )
        ParticipationFactory(
            workshop=workshop,
            person=person,
            functioning='{"seeing": "a_lot"}',
            disability="yes",
        )
        found.append(person)
    return found


def typed(**changed):
    return {
        "purpose": "List for the ministry",
        "columns": list(COLUMNS),
        "kind": "xlsx",
    } | changed


def export(client, workshop, **changed):
    return client.post(reverse("export_new", args=[workshop.code]), typed(**changed))


def rows_in(response):
    book = open_book(response.content)
    headings, *rows = [row.cells for row in book.rows(guess_sheet(book))]
    return [dict(zip(headings, row, strict=True)) for row in rows]


def state_of_everything():
    return (
        list(Person.objects.order_by("pk").values()),
        list(Participation.objects.order_by("pk").values()),
    )


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_export_new_comes_back_unchanged(workshop, facilitator, people, signed_in, kind):
    """Formulas, quotation marks, three scripts and emoji: imported again, nothing changes."""
    client = signed_in(facilitator)
    response = export(client, workshop, kind=kind)
    assert [row["Name"] for row in rows_in(response)] == NAMES
    assert rows_in(response)[0]["Phone"] == "+243 81 000 0000"
    before = state_of_everything()
    each = read(client, workshop, response.content, agreed="column")
    assert verdicts(each) == [Verdict.SAME] * len(NAMES)
    confirm(client, each)
    assert each.state == "done"
    assert state_of_everything() == before


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_export_new_holds_nothing_that_a_program_works_out(workshop, facilitator, people, signed_in, kind):
    content = export(signed_in(facilitator), workshop, kind=kind).content
    if kind == "csv":
        lines = content.decode("utf-8-sig").splitlines()
        cells = [cell for line in lines for cell in line.strip('"').split('","')]
        assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]
    else:
        from io import BytesIO

        from openpyxl import load_workbook

        for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows(min_row=2):
            assert {cell.data_type for cell in row} <= {"inlineStr", "s", "n"}
            assert not [cell.value for cell in row if str(cell.value or "").startswith(("=", "-", "@"))]


def test_export_new_is_recorded_with_its_purpose(workshop, facilitator, people, signed_in):
    response = export(signed_in(facilitator), workshop, columns=["code", "category"])
    event = AuditEvent.objects.get(verb="exported names")
    assert (event.by, event.subject) == (facilitator, workshop.code)
    assert event.detail == {
        "purpose": "List for the ministry",
        "rows": len(NAMES),
        "columns": ["code", "category"],
        "kind": "xlsx",
        "only_shared": False,
    }
    assert list(rows_in(response)[0]) == ["Code", "Category"]
    assert facilitator.code.encode() in export(signed_in(facilitator), workshop, kind="csv").content
    assert response["Content-Disposition"].startswith(f'attachment; filename="participants-{workshop.code}')


@pytest.mark.parametrize("purpose", ["", "  ", "list", "x" * 100_000])
def test_export_new_needs_a_purpose(workshop, facilitator, people, signed_in, purpose):
    response = export(signed_in(facilitator), workshop, purpose=purpose)
    assert response.status_code == 422
    assert not AuditEvent.objects.filter(verb="exported names").exists()
    assert purpose.strip()[:1000] in response.content.decode()


def test_export_new_holds_no_contact_without_agreement_and_no_answers(
    workshop, facilitator, people, signed_in
):
    withdraw_contact(people[0])
    Person.objects.filter(pk=people[0].pk).update(phone="+243 99 999 9999")  # left behind somehow
    content = export(signed_in(facilitator), workshop, kind="csv").content.decode()
    assert "999 9999" not in content
    assert "0000001" in content.replace(" ", "")
    for word in ("seeing", "a_lot", "isability"):
        assert word not in content


def test_export_new_leaves_out_who_withdrew(workshop, facilitator, people, signed_in):
    from people.services import end_consents

    end_consents(people[0], purposes=[Purpose.REGISTER])
    rows = rows_in(export(signed_in(facilitator), workshop))
    assert people[0].code not in [row["Code"] for row in rows]
    assert len(rows) == len(NAMES) - 1


def test_export_new_for_a_partner_holds_only_who_agreed(workshop, facilitator, people, signed_in):
    agree(people[3], purposes=[Purpose.SHARE_WITH_PARTNER], how=Given.PAPER, language="fr", by=facilitator)
    rows = rows_in(export(signed_in(facilitator), workshop, only_shared="on"))
    assert [row["Code"] for row in rows] == [people[3].code]


@pytest.mark.parametrize("who", ["administrator", "coordinator", "oversight", "outsider"])
def test_export_new_is_for_who_runs_the_workshop(request, who, workshop, people, signed_in):
    response = export(signed_in(request.getfixturevalue(who)), workshop)
    assert response.status_code in (403, 404)
    assert not AuditEvent.objects.filter(verb="exported names").exists()


@pytest.mark.parametrize("number", [1, 5])
def test_export_new_queries(workshop, facilitator, signed_in, django_assert_num_queries, number):
    ParticipationFactory.create_batch(number, workshop=workshop, person__country=workshop.locality.country)
    client = signed_in(facilitator)
    with django_assert_num_queries(6):
        assert len(rows_in(export(client, workshop))) == number


def test_template_is_read_again(workshop):
    book = open_book(template_for(workshop))
    sheet = guess_sheet(book)
    head = read_head(book, sheet)
    assert sheet == "Participants"
    assert {"full_name", "category", "sex", "age_band", "agreed"} <= set(guess_columns(head))
    assert "Mayor" in [row.cells[0] for row in book.rows("Allowed values")]


def test_import_template_is_an_empty_list(workshop, facilitator, signed_in):
    response = signed_in(facilitator).get(reverse("import_template", args=[workshop.code]))
    assert response.status_code == 200
    assert open_book(response.content).sheets == ["Participants", "Allowed values"]
