"""plans.views.themes, and the data file"""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from accounts.models import AuditEvent
from plans.models import Theme
from tests.factories.plans import ActivityFactory, ObjectiveFactory, ThemeFactory
from workshops.models.analysis import Theme as IssueTheme

VALUES = {"name": "Women in mining", "name_fr": "Femmes dans les mines", "name_es": "", "order": "5"}


def load():
    call_command("load_themes", stdout=StringIO())


@pytest.mark.django_db
def test_load_themes_knows_those_of_the_conflict_analysis():
    load()
    known = set(Theme.objects.values_list("code", flat=True))
    assert set(IssueTheme.values) - {"other"} <= known
    assert {"mediation", "transitional_justice", "terrorism", "lgbtqi"} <= known
    with translation.override("fr"):
        assert str(Theme.objects.get(code="mediation")) == "Médiation et dialogue"
    assert all(theme.names.keys() >= {"fr", "es"} for theme in Theme.objects.all())


@pytest.mark.django_db
def test_load_themes_twice_keeps_what_the_portal_changed():
    load()
    Theme.objects.filter(code="mediation").update(name="Dialogue", names={"fr": "Dialogue"}, is_active=False)
    Theme.objects.filter(code="early_warning").delete()
    ThemeFactory(name="Early warning", code="ours")
    load()
    theme = Theme.objects.get(code="mediation")
    assert (theme.name, theme.is_active) == ("Dialogue", False)
    assert theme.names == {"fr": "Dialogue", "es": "Mediación y diálogo"}
    assert Theme.objects.get(code="early_warning").name == "Early warning (early_warning)"


def test_theme_list_is_for_everybody_signed_in(plan, member, outsider, coordinator, signed_in):
    theme = ThemeFactory(name="Mediation")
    ActivityFactory(objective=ObjectiveFactory(plan=plan)).themes.add(theme)
    url = reverse("theme_list")
    assert "Mediation" in signed_in(member).get(url).content.decode()
    assert signed_in(member).get(url).context["themes"][0].used == 1
    assert signed_in(outsider).get(url).context["themes"][0].used is None
    assert reverse("theme_new") in signed_in(coordinator).get(url).content.decode()
    assert reverse("theme_new") not in signed_in(member).get(url).content.decode()


def test_theme_new_is_offered_at_once(coordinator, member, signed_in):
    assert signed_in(coordinator).post(reverse("theme_new"), VALUES | {"is_active": "on"}).status_code == 302
    theme = Theme.objects.get()
    assert (theme.code, theme.names, theme.is_active) == (
        "women_in_mining",
        {"fr": "Femmes dans les mines"},
        True,
    )
    assert AuditEvent.objects.get().verb == "added theme"


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"name": ""}, "name", "required"),
        ({"name": "Mediation"}, "name", "There is a theme of this name already"),
        ({"name": "mediation!"}, "name", "There is a theme of this name already"),
        ({"name": "शान्ति"}, "name", "Latin letters"),
        ({"name": "x" * 500}, "name", "at most 120 characters"),
        ({"name_fr": "x" * 500}, "name_fr", "at most 120 characters"),
        ({"order": "-1"}, "order", "greater than or equal to"),
        ({"order": "9" * 9}, "order", "less than or equal to"),
    ],
)
def test_theme_new_says_what_is_wrong(change, field, words, coordinator, signed_in):
    ThemeFactory(name="Mediation", code="mediation")
    response = signed_in(coordinator).post(reverse("theme_new"), VALUES | change)
    assert response.status_code == 422
    assert words in " ".join(response.context["form"].errors[field])
    assert Theme.objects.count() == 1


def test_theme_edit_keeps_its_code_and_other_languages(coordinator, signed_in):
    theme = ThemeFactory(code="mediation", name="Mediation", names={"ne": "मध्यस्थता", "es": "Mediación"})
    url = reverse("theme_edit", args=[theme.code])
    signed_in(coordinator).post(url, VALUES | {"name": "Dialogue"})
    theme.refresh_from_db()
    assert (theme.code, theme.name, theme.is_active) == ("mediation", "Dialogue", False)
    assert theme.names == {"ne": "मध्यस्थता", "fr": "Femmes dans les mines"}


@pytest.mark.parametrize("who", ["facilitator", "secretary", "member", "oversight"])
def test_theme_pages_refuse_who_keeps_no_frameworks(request, who, signed_in):
    theme = ThemeFactory()
    client = signed_in(request.getfixturevalue(who))
    for url in (reverse("theme_new"), reverse("theme_edit", args=[theme.code])):
        assert client.get(url).status_code == 403
        assert client.post(url, VALUES).status_code == 403


def test_theme_edit_of_an_unknown_code_is_404(coordinator, signed_in):
    assert signed_in(coordinator).get(reverse("theme_edit", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("rows", [1, 5])
def test_theme_list_queries(rows, member, signed_in, django_assert_num_queries):
    ThemeFactory.create_batch(rows)
    client = signed_in(member)
    with django_assert_num_queries(4):
        client.get(reverse("theme_list"))
