"""The words of a plan's papers, in every language that calls itself complete."""

import pytest

from plans.papers.languages import in_language_of, paper_language
from plans.papers.words import money, months, number
from tests.plans.papers.words import plan_paper_words
from tests.workshops.test_papers_languages import TRANSLATED, catalogue


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_of_the_papers_is_translated(language):
    assert not plan_paper_words() - set(catalogue(language))


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "fr"), ("fr-CD", "fr"), ("ar", "ar"), ("sw", "en"), ("", "en")]
)
def test_paper_language(language, words):
    assert paper_language(language) == words


@pytest.mark.parametrize(
    ("language", "amount", "period"),
    [
        ("en", "1,250,000.5\u00a0CDF", "March\u00a02026 – Feb.\u00a02027"),
        ("fr", "1\u00a0250\u00a0000,5\u00a0CDF", "mars\u00a02026 – fév.\u00a02027"),
        ("ar", "1\u00a0250\u00a0000.5\u00a0CDF", "مارس\u00a02026 – فبراير\u00a02027"),
    ],
)
def test_money_and_months_as_the_language_writes_them(language, amount, period):
    with in_language_of(language):
        assert money("1250000.5", "CDF") == amount
        assert months("2026-03-01", "2027-02-28") == period


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (None, None, "Not stated"),
        ("2026-03-01", "2026-03-20", "March\u00a02026"),
        ("2026-03-01", "2026-09-20", "March – Sept.\u00a02026"),
        ("2026-03-01", None, "March\u00a02026 – …"),
    ],
)
def test_months(start, end, said):
    assert months(start, end) == said


@pytest.mark.parametrize(
    ("value", "said"), [(None, "Not stated"), ("0", "0"), ("10", "10"), ("12.50", "12.5")]
)
def test_number(value, said):
    assert number(value) == said
