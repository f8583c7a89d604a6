"""The words of the papers, in every language that calls itself complete; the website stays in English."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

from tests.factories.workshops import WorkshopFactory
from tests.workshops.paper_words import ROOT, paper_words
from workshops.charts import Bar
from workshops.papers.languages import COMPLETE, is_own_language, paper_language, second_languages

TRANSLATED = [code for code in COMPLETE if code != "en"]
HOLDS = re.compile(r"%\(\w+\)s")


def catalogue(language):
    """Every (context or "", word, plural) of the language's file, and its translations."""
    source = (ROOT / f"locale/{language}/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    found = {}
    for entry in source.split("\n\n")[1:]:
        parts = dict(re.findall(r'^(msg\w+(?:\[\d\])?) "(.*)"$', entry, re.M))
        said = [text for key, text in parts.items() if key.startswith("msgstr")]
        word = parts["msgid"].replace('\\"', '"')
        found[parts.get("msgctxt", ""), word, parts.get("msgid_plural", "")] = said
    return found


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_of_the_papers_is_translated(language):
    known = catalogue(language)
    assert not paper_words() - set(known)
    assert not [word for word, said in known.items() if not all(said)]


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_fill_in_the_same_values(language):
    wrong = [
        (word, text)
        for (_context, word, plural), said in catalogue(language).items()
        for text in said
        if not set(HOLDS.findall(text)) <= set(HOLDS.findall(word + plural))
        or (not plural and set(HOLDS.findall(text)) != set(HOLDS.findall(word)))
    ]
    assert not wrong


def test_french_signs_stand_apart_at_spaces_that_do_not_break():
    said = [text for texts in catalogue("fr").values() for text in texts]
    assert not [text for text in said if re.search(r"(?<!\u00a0)[:;?!»](?=\s|$)|« | »|«(?!\u00a0)|'", text)]
    assert not [text for text in said if re.search(r"(?<!\u00a0)%%", text)]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_hint_for_translators_is_not_printed(language):
    """Which minutes, and "for" what, says the context that stands beside the word in the catalogue."""
    with translation.override(language):
        for context, word in (("length", "Minutes"), ("votes", "For")):
            assert "(" not in pgettext(context, word)


@pytest.mark.parametrize(
    ("language", "word", "people"),
    [("fr", "Liste de présence", "2 personnes"), ("es", "Lista de asistencia", "2 personas"),
     ("ar", "كشف الحضور", "شخصان")],
)  # fmt: skip
def test_words_are_found_at_run_time(language, word, people):
    with translation.override(language):
        assert gettext("Sign-in sheet") == word
        assert ngettext("%(total)s person", "%(total)s people", 2) % {"total": 2} == people


@pytest.mark.parametrize(
    ("language", "others", "paper"),
    [
        ("fr", [], "fr"),
        ("fr-CD", [], "fr"),
        ("lua", ["fr", "en"], "fr"),
        ("lua", [], "en"),
        ("ne", ["mai"], "en"),
        ("ar", ["fr"], "ar"),
        ("", [], "en"),
    ],
)
def test_paper_language(language, others, paper):
    workshop = WorkshopFactory.build(language=language, other_languages=others, locality=None)
    assert paper_language(workshop) == paper


def test_second_languages_are_english_and_the_others_spoken():
    workshop = WorkshopFactory.build(language="fr", other_languages=["es", "lua"], locality=None)
    assert second_languages(workshop) == ["en", "es"]
    assert is_own_language(workshop)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["fr", "es", "ar", "fr-FR,fr;q=0.9,en;q=0.1"])
def test_website_stays_in_english_whatever_the_browser_asks(asked, signed_in, facilitator, workshop):
    url = reverse("papers", args=[workshop.code])
    page = signed_in(facilitator).get(url, headers={"Accept-Language": asked})
    assert page["Content-Language"] == "en"
    assert "Certificates of attendance" in page.content.decode()
    assert "Sign-in sheet" in page.content.decode()
    assert "Liste de présence" not in page.content.decode()


def test_chart_says_its_numbers_beside_the_bars_in_both_directions():

    context = {
        "caption": "C",
        "label": "L",
        "value": "V",
        "bars": [Bar("One", "7", 50, 50, 1)],
        "ranked": True,
    }
    with translation.override("ar"):
        mirrored = render_to_string("components/chart_bars.html", context)
    plain = render_to_string("components/chart_bars.html", context)
    assert "scale(-1 1)" in mirrored
    assert "scale(-1 1)" not in plain
    assert '<td class="chart-value">7</td>' in plain
    assert "Rank" in plain
