"""The value that everything is made of."""

import datetime
import json

import pytest

from guidelines.document import digest_of, document_of, picture_codes
from guidelines.models import Guidelines
from guidelines.outline import outline_of
from guidelines.services.documents import start_guidelines
from tests.factories.guidelines import (
    EndorsementFactory,
    FieldTestFactory,
    PictureFactory,
    SectionFactory,
    SignatoryFactory,
)
from tests.factories.people import PersonFactory, PositionFactory
from tests.factories.workshops import ParticipationFactory, WorkshopFactory
from workshops.states import WorkshopState

D = datetime.date
TODAY = D(2026, 11, 22)


def fresh(guidelines):
    return Guidelines.objects.select_related("country", "nap").get(pk=guidelines.pk)


def test_document_of_has_numbers_levels_and_parts_in_reading_order(guidelines, section, second_section):
    part = SectionFactory(guidelines=guidelines, parent=section, order=1, heading="A part")
    SectionFactory(guidelines=guidelines, parent=part, order=1, heading="A part of it")
    document = document_of(guidelines, today=TODAY)
    places = [(each["number"], each["level"], each["heading"]) for each in document["sections"]]
    assert places == [
        ("1", 1, "The plan in brief"),
        ("1.1", 2, "A part"),
        ("1.1.1", 3, "A part of it"),
        ("2", 1, "Roles"),
    ]
    text, block = document["sections"][0]["parts"]
    assert text == {"text": "First words."}
    assert block["block"]["kind"] == "nap_items_by_pillar"
    assert "Two seats for women" in json.dumps(block)


def test_document_of_survives_json(guidelines, section):
    document = document_of(guidelines, today=TODAY)
    again = json.loads(json.dumps(document))
    assert again == document
    assert digest_of(dict(reversed(again.items()))) == digest_of(document)
    assert digest_of(document_of(guidelines, today=D(2026, 11, 23))) != digest_of(document)


def test_document_of_names_who_signs_and_who_signed(guidelines, section):
    assert [each["institution"] for each in document_of(guidelines, today=TODAY)["signatories"]] == [
        "The ministry that leads the National Action Plan",
        "The ministry in charge of local government",
    ]
    ended = SignatoryFactory(country=guidelines.country, ended_on=TODAY)
    signatory = SignatoryFactory(country=guidelines.country, institution="Ministry of Gender")
    EndorsementFactory(guidelines=guidelines, signatory=signatory, institution="Ministry of Gender")
    EndorsementFactory(guidelines=guidelines, withdrawn_on=TODAY, institution="Ministry of Mines")
    EndorsementFactory(guidelines=guidelines, edition_number=7, institution="Ministry of Later")
    document = document_of(fresh(guidelines), today=TODAY)
    assert document["signatories"] == [{"institution": "Ministry of Gender", "role": "other"}]
    assert document["endorsements"] == [
        {"institution": "Ministry of Gender", "position": "Minister", "on": "2026-05-04"}
    ]
    assert ended.institution not in json.dumps(document)


def test_document_of_has_field_tests_and_the_pictures_of_its_texts(guidelines, section, locality):
    FieldTestFactory(guidelines=guidelines, locality=locality, ends_on=D(2026, 4, 1), findings="Works.")
    used, unused = PictureFactory(guidelines=guidelines), PictureFactory(guidelines=guidelines)
    section.body = f"Look.\n\n![](picture:{used.code})"
    section.save()
    document = document_of(guidelines, today=TODAY)
    assert document["field_tests"] == [
        {"locality": str(locality), "starts_on": "2026-03-02", "ends_on": "2026-04-01"}
    ]
    assert list(document["pictures"]) == [used.code]
    assert document["pictures"][used.code]["alt"] == used.alt
    assert unused.code not in json.dumps(document)


def test_document_of_names_no_person(country, nap, coordinator, facilitator, locality):
    guidelines = start_guidelines(country, title="T", language="en", nap=nap, by=coordinator)
    workshop = WorkshopFactory(locality=locality, state=WorkshopState.HELD, facilitators=[facilitator])
    person = PersonFactory(country=country, full_name="Zawadi Verysecret", phone="0999123456")
    ParticipationFactory(workshop=workshop, person=person, position=PositionFactory(locality=locality))
    said = json.dumps(document_of(guidelines, today=TODAY), ensure_ascii=False)
    for secret in ("Zawadi", "0999123456", person.code, facilitator.display_name, coordinator.display_name):
        assert secret not in said


def test_document_of_speaks_the_language_of_the_document(guidelines, section):
    guidelines.language = "fr"
    assert "dirige" in document_of(guidelines, today=TODAY)["signatories"][0]["institution"]


@pytest.mark.parametrize("count", [1, 12])
def test_document_of_asks_the_same_for_one_section_and_many(
    count, guidelines, section, django_assert_num_queries
):
    for order in range(2, count + 1):
        SectionFactory(guidelines=guidelines, order=order, parent=section)
    guidelines = fresh(guidelines)
    with django_assert_num_queries(8):
        document_of(guidelines, today=TODAY)


def test_document_of_tells_where_a_section_comes_from(guidelines, section):
    other = SectionFactory(guidelines__title="Guidelines of Nepal")
    SectionFactory(guidelines=guidelines, origin=other, order=5)
    SectionFactory(guidelines=guidelines, origin_note="Guidelines of Nepal, section 4", order=6)
    origins = [each["origin"] for each in document_of(guidelines, today=TODAY)["sections"]]
    assert origins == ["", "Guidelines of Nepal", "Guidelines of Nepal, section 4"]


def test_picture_codes_each_once_in_order():
    texts = ["![a](picture:PIC-BBBBBB) ![](picture:pic-AAAAAA)", "![](picture:PIC-BBBBBB)"]
    assert picture_codes(texts) == ["PIC-BBBBBB", "PIC-AAAAAA"]


def test_outline_of_keeps_sections_whose_parents_go_round(guidelines):
    one, two = (SectionFactory(guidelines=guidelines, order=n) for n in (1, 2))
    three = SectionFactory(guidelines=guidelines, order=3)
    two.parent, three.parent = three, two
    places = {entry.section: entry.number for entry in outline_of([one, two, three])}
    assert places == {one: "1", two: "2", three: "3"}
