"""The words of guidelines on paper, in every language that calls itself complete."""

import datetime
import re

import pytest
from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import gettext, ngettext

from guidelines.languages import COMPLETE, in_language_of, paper_language
from tests.guidelines.paper_words import guidelines_paper_words
from tests.workshops.test_papers_languages import catalogue

TRANSLATED = [code for code in COMPLETE if code != "en"]
PLACE = re.compile(r"%(?:\(\w+\))?[sd%]")
LETTERS = {
    "ar": "\u0600-\u06ff",
    "hy": "\u0530-\u058f",
    "ka": "\u10a0-\u10ff",
    "ne": "\u0900-\u097f",
    "sr": "\u0400-\u04ff",
    "uk": "\u0400-\u04ff",
}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_of_the_papers_is_translated(language):
    assert not guidelines_paper_words() - set(catalogue(language))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_has_the_places_of_its_word(language):
    """A name that a translation forgets would be missing on paper. Of a plural, "one" may be written out."""
    with in_language_of(language):
        for _context, word, plural in guidelines_paper_words():
            if not plural:
                assert sorted(PLACE.findall(gettext(word))) == sorted(PLACE.findall(word)), word
                continue
            for number in (0, 1, 2, 5, 11, 21, 100):
                said = ngettext(word, plural, number)
                assert set(PLACE.findall(said)) <= set(PLACE.findall(plural)), word
                if number > 2:
                    assert "%(n" in said, word


@pytest.mark.parametrize("language", sorted(LETTERS))
def test_every_translation_is_in_its_script(language):
    with in_language_of(language):
        for _context, word, plural in guidelines_paper_words():
            said = ngettext(word, plural, 2) if plural else gettext(word)
            plain = PLACE.sub("", word).strip(" ·,.:;*()")
            if re.search("[A-Za-z]{3}", plain):
                assert re.search(f"[{LETTERS[language]}№]", said), word


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "en"), ("fr-CD", "fr"), ("ne", "ne"), ("sr", "sr"), ("sr-Cyrl", "sr"), ("mai", "en"), ("", "en")],
)
def test_paper_language(language, words):
    assert paper_language(language) == words


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("uk", ["план місцевості", "плани місцевостей", "планів місцевостей"]),
        ("sr", ["план локалне средине", "плана локалних средина", "планова локалних средина"]),
        ("bs", ["plan lokalne sredine", "plana lokalnih sredina", "planova lokalnih sredina"]),
    ],
)
def test_plurals_follow_the_language(language, forms):
    with in_language_of(language):
        said = [ngettext("%(n)s locality plan", "%(n)s locality plans", n) for n in (21, 22, 25)]
    assert said == [f"%(n)s {form}" for form in forms]


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("uk", "22 листопада 2026"),
        ("sr", "22. новембар 2026."),
        ("ka", "22 ნოემბერი 2026"),
        ("hy", "22 նոյեմբերի 2026"),
        ("sw", "22 Novemba 2026"),
        ("bs", "22. novembar 2026."),
        ("fr", "22 novembre 2026"),
        ("ar", "22 نوفمبر 2026"),
    ],
)
def test_days_as_the_language_writes_them(language, day):
    with in_language_of(language):
        assert date_format(datetime.date(2026, 11, 22), "DATE_FORMAT") == day


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_sentence_that_ends_in_a_day_has_one_stop(language):
    """In Serbian and Bosnian the day has a stop of its own."""
    with in_language_of(language):
        day = date_format(datetime.date(2026, 11, 22), "DATE_FORMAT")
        for _context, word, plural in guidelines_paper_words():
            if "%(day)s" in word and not plural:
                assert ".." not in gettext(word).replace("%(day)s", day), word


def test_months_as_armenian_dates_name_them():
    with in_language_of("hy"):
        said = [date_format(datetime.date(2026, month, 1), "E") for month in range(1, 13)]
        assert all(name.endswith("ի") and name.islower() for name in said)
        assert date_format(datetime.date(2026, 6, 20), "YEAR_MONTH_FORMAT") == "Հունիս 2026"


def test_hours_as_arabic_documents_write_them():
    with in_language_of("ar"):
        assert time_format(datetime.time(9, 5), "TIME_FORMAT") == "09:05"
        assert number_format(3, decimal_pos=1) == "3.0"
