"""Who may have which paper, what each print leaves in the audit record, and odd addresses."""

import datetime
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import AuditEvent
from people.consent import Purpose
from tests.factories.people import ConsentFactory, PersonFactory
from tests.factories.workshops import AttendanceFactory, ParticipationFactory, WorkshopFactory

WITH_NAMES = ["paper_sign_in_sheet", "paper_certificates", "paper_report"]
OPEN = ["paper_programme", "paper_summary"]
QUERIES = 13  # of the page that offers them
pytestmark = pytest.mark.django_db


@pytest.fixture
def present(workshop):
    """Somebody who was there on the first morning, and agreed to be named in a report."""
    person = PersonFactory(country=workshop.locality.country, full_name="Agnès Kabongo")
    participation = ParticipationFactory(workshop=workshop, person=person)
    AttendanceFactory(participation=participation)
    ConsentFactory(person=person, purpose=Purpose.NAME_IN_REPORT)
    return person


def address(name, workshop, query=""):
    return reverse(name, args=[workshop.code]) + query


def text_of(response):
    reader = PdfReader(io.BytesIO(response.content))
    return " ".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("name", WITH_NAMES)
@pytest.mark.parametrize("who", ["oversight", "coordinator", "administrator"])
def test_papers_with_names_are_refused_to_who_does_not_run_it(
    request, name, who, workshop, present, signed_in
):
    response = signed_in(request.getfixturevalue(who)).get(address(name, workshop))
    assert response.status_code == 403
    assert not AuditEvent.objects.filter(verb="printed names").exists()


@pytest.mark.parametrize("name", [*WITH_NAMES, *OPEN, "papers"])
def test_papers_of_a_hidden_workshop_are_not_there(name, workshop, present, outsider, signed_in):
    assert signed_in(outsider).get(address(name, workshop)).status_code == 404


@pytest.mark.parametrize("name", OPEN)
@pytest.mark.parametrize("who", ["oversight", "facilitator"])
def test_open_papers_name_nobody_for_anybody(request, name, who, workshop, present, signed_in):
    response = signed_in(request.getfixturevalue(who)).get(address(name, workshop))
    assert response.status_code == 200
    assert "Kabongo" not in text_of(response)
    assert present.code not in text_of(response)
    assert not AuditEvent.objects.filter(verb="printed names").exists()


@pytest.mark.parametrize(
    ("name", "query", "detail"),
    [
        ("paper_sign_in_sheet", "", {"paper": "sign-in sheet"}),
        ("paper_certificates", "?who=any", {"paper": "certificates", "people": 1}),
        ("paper_report", "", {"paper": "report", "people": 1}),
    ],
)
def test_printing_names_is_audited_without_a_name(
    name, query, detail, workshop, present, facilitator, signed_in
):
    response = signed_in(facilitator).get(address(name, workshop, query))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith(f'attachment; filename="{workshop.code}-')
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "Kabongo" in text_of(response)
    event = AuditEvent.objects.get(verb="printed names")
    assert (event.by, event.subject, event.detail) == (facilitator, workshop.code, detail)


@pytest.mark.parametrize("query", ["?blank=20", "?names=no"])
def test_paper_sign_in_sheet_without_names_is_not_audited(query, workshop, present, facilitator, signed_in):
    response = signed_in(facilitator).get(address("paper_sign_in_sheet", workshop, query))
    assert "Kabongo" not in text_of(response)
    assert not AuditEvent.objects.filter(verb="printed names").exists()


def test_paper_certificates_of_nobody_go_back_with_a_word(workshop, facilitator, signed_in):
    response = signed_in(facilitator).get(address("paper_certificates", workshop), follow=True)
    assert response.redirect_chain == [(address("papers", workshop), 302)]
    assert "Nobody to print a certificate for" in response.content.decode()
    assert not AuditEvent.objects.filter(verb="printed names").exists()


def test_paper_certificates_of_one_person_as_typed(workshop, present, facilitator, signed_in):
    client = signed_in(facilitator)
    response = client.get(address("paper_certificates", workshop, f"?person=%20{present.code.lower()}"))
    assert "Kabongo" in text_of(response)
    stranger = ParticipationFactory(workshop=WorkshopFactory(locality=workshop.locality)).person
    response = client.get(address("paper_certificates", workshop, f"?person={stranger.code}"))
    assert response.status_code == 302


@pytest.mark.parametrize("query", ["?blank=x", "?blank=-1", "?sheet=99999999999", "?sheet=²", "?names="])
def test_paper_sign_in_sheet_with_an_odd_address(query, workshop, present, facilitator, signed_in):
    assert signed_in(facilitator).get(address("paper_sign_in_sheet", workshop, query)).status_code in (
        200,
        400,
    )


@pytest.mark.parametrize("query", ["?who=all", "?part=-3", "?part=9999", "?person=" + "x" * 5000])
def test_paper_certificates_with_an_odd_address(query, workshop, present, facilitator, signed_in):
    assert signed_in(facilitator).get(address("paper_certificates", workshop, query)).status_code in (
        200,
        302,
    )


@pytest.mark.parametrize("name", [*WITH_NAMES, *OPEN])
def test_papers_take_no_post(name, workshop, facilitator, signed_in):
    assert signed_in(facilitator).post(address(name, workshop)).status_code == 405


def test_papers_say_what_is_missing(workshop, facilitator, signed_in):
    page = signed_in(facilitator).get(address("papers", workshop)).content.decode()
    assert "No session is in the programme yet." in page
    assert "No attendance is marked yet." in page
    assert "Nobody is registered by name yet: the sheet has empty lines only." in page
    assert "The event is not marked as held: the report is a draft." in page
    assert "PDF files in French" in page


def test_papers_of_a_reader_offer_no_names(workshop, present, oversight, signed_in):
    page = signed_in(oversight).get(address("papers", workshop)).content.decode()
    assert address("paper_summary", workshop) in page
    for name in WITH_NAMES:
        assert address(name, workshop) not in page
    assert "carry names" in page


def test_papers_offer_every_sheet_of_a_long_workshop(locality, facilitator, signed_in):
    long = WorkshopFactory(locality=locality, facilitators=[facilitator], ends_on=datetime.date(2026, 3, 13))
    page = signed_in(facilitator).get(address("papers", long)).content.decode()
    assert page.count("With names, sheet") == 3


def test_papers_take_the_same_queries_for_many(
    workshop, present, facilitator, signed_in, django_assert_num_queries
):
    client = signed_in(facilitator)
    client.get(address("papers", workshop))
    with django_assert_num_queries(QUERIES):
        client.get(address("papers", workshop))
    for n in range(4):
        AttendanceFactory(participation=ParticipationFactory(workshop=workshop), half="pm" if n % 2 else "am")
    with django_assert_num_queries(QUERIES):
        client.get(address("papers", workshop))
