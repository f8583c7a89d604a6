"""The scorecard of an office as a PDF, in every language that papers know."""

import ast
import datetime
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from committees.composition import Side
from plans.models import SideView
from plans.papers.scorecard import language_of, languages_offered
from plans.scorecards import Band, Criterion, Mark, Outcome, Part
from tests.factories.assessments import AssessmentFactory
from tests.factories.people import IncumbencyFactory, PersonFactory, PositionFactory
from tests.factories.results import CommitmentFactory
from tests.workshops.paper_words import ROOT, words_of
from tests.workshops.test_papers_languages import TRANSLATED, catalogue

D = datetime.date
SOURCES = ["plans/scorecards.py", "plans/reports/scorecards.py", "plans/papers/scorecard.py"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_of_the_scorecard_is_translated(language):
    wanted = {
        ("", str(label), "")
        for labels in (Band, Criterion, Mark, Outcome, Part, Side)
        for label in labels.labels
    }
    for name in SOURCES:
        tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
        wanted |= set(words_of(tree))
    wanted |= {("", "cannot say", ""), ("", "not shown yet", "")}  # of the report that page and paper share
    assert not wanted - set(catalogue(language))


@pytest.fixture
def assessment(committee, workshop, locality):
    """Two terms, six commitments and two sides that are apart; a name stands in the holders."""
    mayor = PositionFactory(locality=locality, title="Maire de Mbuji-Mayi")
    person = PersonFactory(country=locality.country, full_name="Kabedi Hidden")
    IncumbencyFactory(position=mayor, person=person, starts_on=D(2024, 1, 1), ends_on=D(2026, 4, 10))
    IncumbencyFactory(position=mayor, person=person, starts_on=D(2026, 4, 10))
    for number in range(6):
        CommitmentFactory(workshop=workshop, owner=mayor, due_on=D(2026, 2, 1 + number))
    row = AssessmentFactory(committee=committee, position=mayor, start=D(2026, 1, 1), end=D(2026, 6, 30))
    SideView.objects.create(assessment=row, side="government", marks={"agenda": 4}, note="Bon travail.")
    SideView.objects.create(assessment=row, side="civil_society", marks={"agenda": 1})
    return row


def read(response):
    reader = PdfReader(io.BytesIO(response.content))
    return reader, " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Scorecard of an office", "2026, first half", "kept: none", "to be talked about"]),
        ("fr", ["Fiche d’évaluation d’une fonction", "2026, premier semestre", "à discuter"]),
        ("es", ["Ficha de evaluación de un cargo", "2026, primer semestre"]),
        ("ar", []),
    ],
)
def test_assessment_pdf_in_each_language_names_nobody(language, words, assessment, secretary, signed_in):
    url = reverse("assessment_pdf", args=[assessment.code])
    response = signed_in(secretary).get(url, {"language": language})
    assert response["Content-Type"] == "application/pdf"
    assert f"{assessment.code}-{language}.pdf" in response["Content-Disposition"]
    reader, text = read(response)
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).split("-")[0] == language
    assert root["/MarkInfo"]["/Marked"]
    assert "Maire de Mbuji-Mayi" in text
    assert ("2026-11" in text) or language == "ar"  # which is written from right to left
    for each in words:
        assert each in text
    for name in ("Kabedi", "Hidden", "Safi"):
        assert name not in text
    assert assessment.code in text


@pytest.mark.django_db
def test_assessment_pdf_takes_the_language_of_the_country(assessment, signed_in, secretary):
    committee = assessment.committee
    own = language_of(committee)
    assert languages_offered(committee)[0][0] == own
    assert language_of(committee, "xx") == own
    response = signed_in(secretary).get(reverse("assessment_pdf", args=[assessment.code]))
    assert f"-{own}.pdf" in response["Content-Disposition"]


@pytest.mark.django_db
def test_assessment_pdf_holds_back_marks_that_the_reader_may_not_see(assessment, member, signed_in):
    SideView.objects.filter(side="civil_society").delete()
    url = reverse("assessment_pdf", args=[assessment.code])
    _reader, text = read(signed_in(member).get(url, {"language": "en"}))
    assert "Bon travail." not in text
    assert "4 · Fully" not in text
    assert "Not closed yet" in text
