"""frameworks.similarity and frameworks.ideas"""

import pytest
from django.core.management import call_command

from frameworks.ideas import idea_name, ideas_in, words_of
from frameworks.models import Provision
from frameworks.similarity import THRESHOLD, suggest
from tests.factories.frameworks import NapFactory, ProvisionFactory
from tests.frameworks.suggestion_texts import NAPS, TEXTS


def offered(texts):
    nap = NapFactory()
    return [ProvisionFactory(framework=nap, text=text, order=order) for order, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("language", "text", "ideas"),
    [
        ("en", "Women decide in the peace council", {"women", "decisions", "peace"}),
        (
            "fr",
            "Les femmes prennent part aux décisions de sécurité",
            {"women", "participation", "decisions", "security"},
        ),
        ("es", "Una casa de acogida para mujeres", {"women", "survivor_care"}),
        ("sw", "Wanawake na vijana katika kamati za usalama", {"women", "youth", "decisions", "security"}),
        ("uk", "Участь жінок у прийнятті рішень", {"women", "participation", "decisions"}),
        ("bs", "Učešće žena u odlučivanju", {"women", "participation", "decisions"}),
        ("sr", "Безбедност жена у селима", {"women", "security", "rural"}),
        ("ar", "مشاركة النساء في صنع القرار", {"women", "participation", "decisions"}),
        ("ne", "महिला सहभागिता", {"women", "participation"}),
        ("ka", "ქალების მონაწილეობა", {"women", "participation"}),
        ("hy", "Կանանց մասնակցությունը", {"participation"}),
        ("fr", "Two seats for women", {"women", "decisions"}),  # pasted in English
        ("kri", "women and policing", {"women", "police"}),  # a language without a list
        ("en", "", set()),
        ("en", "xyz", set()),
    ],
)
def test_ideas_in_finds_the_ideas_of_a_text_in_its_language(language, text, ideas):
    assert ideas <= ideas_in(text, language)
    assert bool(ideas) == bool(ideas_in(text, language))


def test_ideas_in_takes_whole_words_and_phrases_as_they_are_marked():
    assert "men" in ideas_in("men and boys", "en")
    assert "men" not in ideas_in("mention the environment", "en")
    assert "peace_talks" in ideas_in("an agreement on peace; the peace and unity agreement", "en")
    assert "peace_talks" not in ideas_in("a peace that the four parties to it later made an agreement", "en")


def test_words_of_keeps_the_marks_that_belong_to_a_letter():
    assert words_of("महिला, शान्ति।", "ne") == ("महिला", "शान्ति")
    assert words_of("L’école", "fr") == ("l", "ecole")


def test_idea_name_in_the_language_of_the_reader():
    assert idea_name("women", "fr") == "femmes"
    assert idea_name("women", "ka") == "women"


@pytest.mark.django_db
def test_suggest_puts_the_most_alike_first_and_says_why():
    mines, police = offered(["Clear the land of mines", "More women in the police"])
    found = suggest("Women serve in the police of the district", "en", [mines, police])
    assert [each.provision for each in found] == [police]
    assert found[0].score >= THRESHOLD
    assert found[0].shared_ideas == ("police", "women")
    assert set(found[0].shared_words) == {"women", "police"}
    assert found[0].reason == "Both speak of: police, women. Same words: police, women."


@pytest.mark.django_db
def test_suggest_finds_across_languages_without_common_words():
    mines, police = offered(["Clear the land of mines", "More women in the police"])
    found = suggest("Des policières dans chaque commissariat", "fr", [mines, police])
    assert [each.provision for each in found] == [police]
    assert found[0].shared_words == ()


@pytest.mark.django_db
def test_suggest_compares_in_the_language_of_the_text_where_it_is_known():
    item = ProvisionFactory(text="Xyz", texts={"fr": "Sensibiliser les chefs coutumiers"})
    found = suggest("Les chefs coutumiers sont sensibilisés", "fr-CD", [item])
    assert found[0].score > 80
    assert "coutumiers" in found[0].shared_words


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "   ", "12345", "\x00", "the of and"])
def test_suggest_nothing_for_a_text_that_says_nothing(text):
    assert suggest(text, "en", offered(["More women in the police"])) == []


@pytest.mark.django_db
def test_suggest_nothing_below_the_threshold():
    items = offered(["Women and police and land and school and budget and climate and mines", "Mines"])
    score = suggest("Women", "en", items)[0].score
    assert suggest("Women", "en", items, threshold=score + 1) == []


@pytest.mark.django_db
def test_suggest_nothing_when_nothing_is_offered():
    assert suggest("Women in the police", "en", []) == []


@pytest.mark.django_db
def test_suggest_names_the_right_provision_among_the_first_five():
    """At least four of five texts of committees, in three languages; 40 of 41 when it was written."""
    call_command("load_localities")
    call_command("load_frameworks")
    items = Provision.objects.items().select_related("framework")
    missed = []
    for language, text, right in TEXTS:
        offer = items.exclude(framework__kind="nap") | items.filter(framework__code__in=NAPS[language])
        found = {
            (each.provision.framework.code, each.provision.code) for each in suggest(text, language, offer)
        }
        if not found & set(right):
            missed.append((text, right, found))
    assert len(TEXTS) >= 30
    assert len(missed) <= len(TEXTS) * 0.2, missed
