"""What stands between the parts of a line, in the language that is on."""

import pytest
from django.template import Context, Template
from django.utils import translation

from core.joints import labelled, listed
from tests.factories.people import OrganizationFactory, PositionFactory

LANGUAGES = [
    ("en", "Bo, Kenema", "Unit: litres", "; "),
    ("fr", "Bo, Kenema", "Unit\u00a0: litres", "\u00a0; "),
    ("es", "Bo, Kenema", "Unit: litres", "; "),
    ("ar", "Bo، Kenema", "Unit: litres", "؛ "),
    ("uk", "Bo, Kenema", "Unit: litres", "; "),
]


@pytest.mark.parametrize(("language", "places", "unit", "semicolon"), LANGUAGES)
def test_listed_and_labelled(language, places, unit, semicolon):
    with translation.override(language):
        assert listed(["Bo", "", "Kenema"]) == places
        assert labelled("Unit", "litres") == unit
        page = Template(
            "{% load joints %}Bo{% comma %}Kenema|Unit{% colon %}litres|{% semicolon %}|{{ all|listed }}"
        )
        said = page.render(Context({"all": ["Bo", "Kenema"]}))
        assert said == f"{places}|{unit}|{semicolon}|{places}"


def test_listed_in_a_template_is_escaped_once():
    page = Template("{% load joints %}{{ all|listed }}")
    assert page.render(Context({"all": ["<b>", "R&D"]})) == "&lt;b&gt;, R&amp;D"


@pytest.mark.django_db
def test_a_position_and_its_institution_on_an_arabic_paper():
    position = PositionFactory(title="رئيس", organization=OrganizationFactory(name="المجلس"))
    assert str(position) == "رئيس, المجلس"
    with translation.override("ar"):
        assert str(position) == "رئيس، المجلس"


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("français", "Français"),
        ("українська", "Українська"),
        ("ქართული", "ქართული"),
        ("العربية", "العربية"),
        ("", ""),
    ],
)
def test_with_capital(word, said):
    assert Template("{% load joints %}{{ word|with_capital }}").render(Context({"word": word})) == said
