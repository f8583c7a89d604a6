"""The report, the summary, and what holds for every paper."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from localities.categories import ActorCategory
from people.consent import Purpose
from people.models import AgeBand
from tests.factories.workshops import TallyFactory, WorkshopFactory
from tests.workshops.papers.conftest import TODAY, fill, reader_of, take_part, words
from workshops.models import (
    Champion,
)
from workshops.papers import rendering
from workshops.papers.certificates import Certificates
from workshops.papers.reports import Report
from workshops.papers.sheets import SignInSheet
from workshops.papers.summaries import LEVELS, Summary
from workshops.states import WorkshopState

pytestmark = pytest.mark.django_db


# --- The report -----------------------------------------------------------------------------


def test_report_names_only_who_agreed_and_is_of_age(workshop):
    take_part(workshop, "Agnès Agreed", consents=[Purpose.REGISTER, Purpose.NAME_IN_REPORT])
    take_part(workshop, "Silent Registered", consents=[Purpose.REGISTER])
    withdrawn = take_part(workshop, "Wanda Withdrawn", consents=[Purpose.NAME_IN_REPORT])
    withdrawn.person.consents.update(withdrawn_at=timezone.now())
    take_part(workshop, "Young Child", consents=[Purpose.NAME_IN_REPORT], age_band=AgeBand.UNDER_18)
    take_part(
        WorkshopFactory(locality=workshop.locality), "Elsa Elsewhere", consents=[Purpose.NAME_IN_REPORT]
    )
    rendered, named = rendering.report(workshop, as_of=TODAY)
    text = words(rendered)
    assert named == 1
    assert "Agnès Agreed" in text
    for name in ("Silent", "Wanda", "Young", "Elsa"):
        assert name not in text


def test_report_hides_small_numbers_even_from_who_runs_it(workshop):
    for n in range(6):
        take_part(workshop, f"Femme Numéro{n}", sex="woman", half_days=6)
    for n in range(3):
        take_part(workshop, f"Homme Numéro{n}", sex="man", category=ActorCategory.TEACHER, half_days=6)
    workshop.travel_for = 3
    workshop.childcare_for = 12
    workshop.save()
    with translation.override("fr"):
        report = Report.from_workshop(workshop, as_of=TODAY)
    numbers = [number for table in report.turnout.tables for line in table.lines for number in line.numbers]
    assert 3 not in numbers
    assert 6 not in numbers
    assert report.turnout.best is None
    assert dict(report.access) == {"Garde d’enfants": "12", "Frais de voyage payés": "moins de 5"}


def test_report_has_everything_in_order_with_contents_and_bookmarks(workshop):
    for n in range(12):
        category = ActorCategory.MAYOR if n < 6 else ActorCategory.TEACHER
        one = take_part(workshop, f"Personne Numéro{n}", half_days=6, category=category)
        Champion.objects.create(person=one.person, workshop=workshop, locality=workshop.locality)
    TallyFactory(workshop=workshop, count=8)
    fill(workshop, times=3)
    rendered, _named = rendering.report(workshop, as_of=TODAY)
    reader, text = reader_of(rendered), words(rendered)
    for said in (
        "6 sur 20 sont des autorités locales",
        "Puits disputé 2",
        "Arrêté 1",
        "Bourgmestre",
        "12 participants poursuivront la localisation",
        "La moyenne a augmenté de 3,0 points (30 % du maximum)",
        "Je me suis senti en sécurité",
        "Transport 0",
        "Comptés comme autorités locales en",
        "État au 20 mars 2026",
    ):
        assert said in text, said
    outline = [item for item in reader.outline if not isinstance(item, list)]
    contents = re.sub(r"\s+", " ", reader.pages[1].extract_text())
    for item in outline[1:]:
        title = re.sub(r"\s+", " ", item.title)
        assert f"{title} {reader.get_destination_page_number(item) + 1}" in contents
    assert "Numéro" not in text


def test_report_of_nothing_is_a_draft_that_says_so(workshop):
    workshop.state = WorkshopState.PLANNED
    workshop.save()
    text = words(rendering.report(workshop, as_of=TODAY)[0])
    assert "l’événement n’a pas encore eu lieu" in text
    assert "Aucun engagement n’est noté" in text
    assert "Aucune analyse du conflit n’est notée" in text


def test_report_shows_typed_markup_as_text(workshop):
    workshop.title = "<b>gras</b> {{ 7 }} </style>"
    workshop.narrative = "<script>alert(1)</script> **fort**"
    workshop.save()
    text = words(rendering.report(workshop, as_of=TODAY)[0])
    assert "<b>gras</b> {{ 7 }} </style>" in text
    assert "<script>alert(1)</script>" in text


# --- The summary ----------------------------------------------------------------------------


def test_summary_is_one_page_whatever_the_data(workshop):
    workshop.title = "Atelier de localisation " * 6
    workshop.save()
    fill(workshop, times=40, long=80)
    take_part(workshop, "Agnès Kabongo", consents=[Purpose.NAME_IN_REPORT])
    rendered = rendering.summary(workshop, as_of=TODAY)
    assert rendered.pages == 1
    text = words(rendered)
    assert "Kabongo" not in text
    assert "40" in text
    assert "problèmes dans l’analyse" in text
    assert "Ce résumé ne nomme personne" in text


def test_summary_at_its_least_level_lists_nothing(workshop):
    fill(workshop, times=3)
    summary = Summary.from_workshop(workshop, as_of=TODAY, level=LEVELS[-1])
    assert (summary.issues, summary.issues_more) == ([], 3)


def test_summary_says_the_next_dates(workshop):
    text = words(rendering.summary(workshop, as_of=TODAY))
    assert "3 avril 2026" in text
    assert "31 août 2026" in text
    later = words(rendering.summary(workshop, as_of=datetime.date(2026, 5, 1)))
    assert "3 avril 2026" not in later


def test_summary_of_nobody(workshop):
    rendered = rendering.summary(workshop, as_of=TODAY)
    assert rendered.pages == 1
    assert "Personne" in words(rendered)


# --- All of them ----------------------------------------------------------------------------

EACH = pytest.mark.parametrize("paper", ["sign_in_sheet", "programme", "certificates", "report", "summary"])


def html_of(workshop, paper):
    """The HTML that the paper is made of."""
    template = f"workshops/paper/{paper}.html"
    read = {
        "sign_in_sheet": SignInSheet.from_workshop,
        "programme": rendering.Programme.from_workshop,
        "certificates": Certificates.from_workshop,
        "report": Report.from_workshop,
        "summary": Summary.from_workshop,
    }[paper]
    return rendering.paper_html(workshop, template, lambda: read(workshop, as_of=TODAY))


@EACH
def test_paper_is_the_same_twice(workshop, paper):
    take_part(workshop, "Agnès Kabongo", half_days=6)
    made = [getattr(rendering, paper)(workshop, as_of=TODAY) for _twice in range(2)]
    contents = [(one[0] if isinstance(one, tuple) else one).content for one in made]
    assert contents[0] == contents[1]


@EACH
@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("es", "ltr"), ("ka", "ltr")])
def test_paper_speaks_the_events_language(workshop, paper, language, direction):
    workshop.language, workshop.other_languages = language, []
    workshop.save()
    take_part(workshop, "فاطمة أحمد", half_days=6)
    fill(workshop)
    html = html_of(workshop, paper)
    spoken = "en" if language == "ka" else language
    assert f'<html lang="{spoken}" dir="{direction}">' in html
    kinds = {"ar": "ورشة توطين", "es": "Taller de localización", "en": "Localization workshop"}
    assert kinds[spoken] in html


@EACH
def test_paper_takes_the_same_number_of_queries_for_many(workshop, paper, django_assert_num_queries):
    take_part(workshop, "Agnès Kabongo", half_days=6, consents=[Purpose.NAME_IN_REPORT])
    fill(workshop)
    with CaptureQueriesContext(connection) as few:
        html_of(workshop, paper)
    for n in range(5):
        take_part(workshop, f"Personne Numéro{n}", half_days=6, consents=[Purpose.NAME_IN_REPORT])
    with django_assert_num_queries(len(few)):
        html_of(workshop, paper)
