"""The printed document, read back with pypdf."""

import io
import re

import pytest
from pypdf import PdfReader

from core.pdf import render_pdf
from guidelines.documents import guidelines_digest, guidelines_html
from guidelines.markers import mark_of
from guidelines.models import Block
from guidelines.services.documents import start_guidelines
from localities.models import Locality
from tests.factories.guidelines import GuidelinesFactory, SectionFactory
from tests.factories.people import PersonFactory, PositionFactory
from tests.factories.workshops import ParticipationFactory, WorkshopFactory
from workshops.states import WorkshopState


@pytest.fixture
def guidelines(country, nap, coordinator):
    country.ministries = {"nap": "Ministry of Gender"}
    country.save()
    return start_guidelines(
        country, title="Localization Guidelines: DRC", language="en", nap=nap, by=coordinator
    )


def read(guidelines):
    return PdfReader(io.BytesIO(render_pdf(guidelines_html(guidelines)).content))


def words(reader):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def test_guidelines_html_as_pdf_has_title_language_and_data(guidelines):
    reader = read(guidelines)
    text = words(reader)
    assert reader.metadata.title == "Localization Guidelines: DRC"
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert "Two seats for women in each peace council" in text
    assert "Ministry of Gender" in text
    assert "The ministry in charge of local government" in text
    assert "Draft, not an edition" in text
    assert f"Page 2 / {len(reader.pages)}" in text


def test_guidelines_html_as_pdf_contents_tell_the_real_pages(guidelines):
    reader = read(guidelines)
    headings = {section.heading: n for n, section in enumerate(guidelines.sections.all(), start=1)}
    outline = {
        item.title: reader.get_destination_page_number(item) + 1
        for item in reader.outline
        if not isinstance(item, list)
    }
    contents = re.sub(r"\s+", " ", reader.pages[1].extract_text())
    for heading, number in headings.items():
        page = outline[f"{number} {heading}"]
        assert f"{number} {heading} {page}" in contents
        assert heading in re.sub(r"\s+", " ", reader.pages[page - 1].extract_text())


def test_guidelines_html_never_names_a_person(guidelines, locality, facilitator):
    workshop = WorkshopFactory(locality=locality, state=WorkshopState.HELD, facilitators=[facilitator])
    person = PersonFactory(country=guidelines.country, full_name="Zawadi Verysecret", phone="0999123456")
    ParticipationFactory(workshop=workshop, person=person, position=PositionFactory(locality=locality))
    html = guidelines_html(guidelines)
    assert "Localization workshop held" in html
    for secret in (
        "Zawadi",
        "Verysecret",
        "0999123456",
        person.code,
        facilitator.display_name,
        "@test.example",
    ):
        assert secret not in html


def test_guidelines_html_shows_html_of_a_text_as_text(guidelines):
    guidelines.sections.update(body="<script>alert(1)</script><img src='file:///etc/passwd'>")
    html = guidelines_html(guidelines)
    assert "<script" not in html
    assert "<img" not in html


def test_guidelines_html_of_a_right_to_left_language(country):
    guidelines = GuidelinesFactory(country=country, language="ar")
    SectionFactory(guidelines=guidelines, heading="الأدوار", body="نص")
    html = guidelines_html(guidelines)
    assert '<html lang="ar" dir="rtl">' in html
    assert render_pdf(html).pages >= 2


@pytest.mark.parametrize("block", Block.values)
def test_guidelines_html_of_each_block_without_any_data(block, country):
    guidelines = GuidelinesFactory(country=country, language="lua")
    SectionFactory(guidelines=guidelines, body=mark_of(block))
    assert render_pdf(guidelines_html(guidelines)).pages >= 2


def test_guidelines_digest_is_the_same_until_something_changes(guidelines, locality):
    def digest():
        return guidelines_digest(guidelines_html(guidelines))

    first = digest()
    assert digest() == first
    Locality.objects.filter(pk=locality.pk).update(name="Renamed")
    second = digest()
    assert second != first
    WorkshopFactory(locality=locality, state=WorkshopState.HELD)
    assert digest() != second
