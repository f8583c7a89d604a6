"""The papers of a meeting: complete words in every language, positions only, what a reader may have."""

import pytest
from django.urls import reverse

from committees.models import Meeting, MinutesState
from committees.papers.languages import paper_language
from committees.papers.rendering import PAPERS, paper_html, rendered
from tests.committees.decisions.conftest import TODAY
from tests.committees.paper_words import committee_paper_words
from tests.factories.committees import AgendaItemFactory, DecisionFactory
from tests.workshops.test_papers_languages import TRANSLATED, catalogue


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_of_the_papers_is_translated(language):
    assert not committee_paper_words() - set(catalogue(language))


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "language"), [("", "fr"), ("es", "es"), ("ar", "ar"), ("lua", "fr")])
def test_paper_language(committee, asked, language):
    committee.locality.country.languages = ["lua", "fr", "en"]
    assert paper_language(committee, asked) == language


@pytest.fixture
def full(meeting, item):
    Meeting.objects.filter(pk=meeting.pk).update(
        minutes="Opened **at nine**.", minutes_state="draft", place="Hidden hall"
    )
    DecisionFactory(meeting=meeting, item=item, number=1, text="Ten lights")
    AgendaItemFactory(meeting=meeting, order=1, title="Other matters", length=10)
    meeting.refresh_from_db()
    return meeting


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize("name", PAPERS)
def test_papers_are_drawn_in_every_language(full, name, language):
    html = paper_html(name, full, as_of=TODAY, language=language)
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
    assert "Street lights at the market" in html


@pytest.mark.django_db
def test_minutes_paper_says_all_and_where_it_stands(full):
    html = paper_html("minutes", full, as_of=TODAY, language="en")
    for words in ("DRAFT", "Ten lights", "Police commander", "Excused", "4 of 6 voting seats, 4 needed"):
        assert words in html
    assert "Hidden hall" not in html
    Meeting.objects.filter(pk=full.pk).update(minutes_state=MinutesState.APPROVED, approved_on=full.day)
    full.refresh_from_db()
    html = paper_html("minutes", full, as_of=TODAY, language="en")
    assert "DRAFT" not in html
    assert "Approved on" in html


@pytest.mark.django_db
def test_pdf_is_tagged_and_has_pages(full):
    paper = rendered("blank", full, as_of=TODAY, language="fr")
    assert paper.content.startswith(b"%PDF")
    assert 1 <= paper.pages <= 6


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["meeting_agenda_pdf", "blank_minutes_pdf"])
@pytest.mark.parametrize(("who", "status"), [("member", 200), ("oversight", 403), ("outsider", 404)])
def test_papers_with_the_place_are_for_the_committee(request, full, signed_in, name, who, status):
    answer = signed_in(request.getfixturevalue(who)).get(reverse(name, args=[full.code]) + "?language=en")
    assert answer.status_code == status
