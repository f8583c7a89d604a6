"""Views of guidelines as a whole: list, new, detail, edit."""

import pytest

from accounts.models import AuditEvent
from guidelines.markers import MARK, kinds_in, mark_of
from guidelines.models import Block, Guidelines
from guidelines.services.documents import save_guidelines
from guidelines.services.holding import GuidelinesClosed
from tests.factories.frameworks import NapFactory
from tests.factories.guidelines import EditionFactory, ExportFactory, GuidelinesFactory, SectionFactory
from tests.factories.localities import CountryFactory


def start(client, **changes):
    data = {"country": "CD", "nap": "", "language": "en", "title": ""} | changes
    return client.post("/guidelines/new/", data)


@pytest.mark.parametrize("rows", [1, 5])
def test_guidelines_list_asks_the_same_for_one_row_and_five(
    rows, signed_in, coordinator, country, nap, media, django_assert_num_queries
):
    for guidelines in GuidelinesFactory.create_batch(rows, country=country, nap=nap):
        SectionFactory.create_batch(2, guidelines=guidelines)
        ExportFactory(guidelines=guidelines)
    client = signed_in(coordinator)
    with django_assert_num_queries(11):
        response = client.get("/guidelines/")
    assert len(response.context["page"]) == rows
    assert response.context["page"][0].section_count == 2


def test_guidelines_list_says_what_to_do_when_empty(signed_in, coordinator, oversight):
    assert "Start guidelines" in signed_in(coordinator).get("/guidelines/").content.decode()
    assert "Start guidelines" not in signed_in(oversight).get("/guidelines/").content.decode()


def test_guidelines_list_filters_by_words(signed_in, coordinator, guidelines):
    GuidelinesFactory(country=guidelines.country, title="Older text")
    found = signed_in(coordinator).get("/guidelines/?q=older").context["page"]
    assert [g.title for g in found] == ["Older text"]
    assert signed_in(coordinator).get("/guidelines/?q=nothing").status_code == 200


def test_guidelines_new_makes_the_nine_sections_with_their_data(signed_in, coordinator, nap):
    response = start(signed_in(coordinator), nap=nap.pk)
    guidelines = Guidelines.objects.get()
    assert response.url == guidelines.get_absolute_url()
    assert guidelines.title == "Localization Guidelines: Democratic Republic of the Congo"
    sections = list(guidelines.sections.all())
    assert [section.order for section in sections] == list(range(1, 10))
    blocks = {kind for section in sections for kind in kinds_in(section.body)}
    assert blocks == set(Block.values)
    assert nap.title in sections[0].body
    assert "{" not in MARK.sub("", "".join(section.body for section in sections))
    assert AuditEvent.objects.get().detail == {"country": "CD"}


def test_guidelines_new_without_a_nap_aligns_with_the_resolutions(signed_in, coordinator, nap):
    start(signed_in(coordinator))
    guidelines = Guidelines.objects.get()
    assert guidelines.nap is None
    assert "rest on no National Action Plan" in guidelines.sections.get(order=2).body


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"country": "SL"}, "country"),
        ({"country": "XX"}, "country"),
        ({"language": "xx"}, "language"),
        ({"title": "x" * 100_000}, "title"),
        ({"nap": "999999"}, "nap"),
    ],
)
def test_guidelines_new_says_at_the_field_what_is_wrong(
    changes, field, signed_in, coordinator, nap, elsewhere
):
    response = start(signed_in(coordinator), **changes)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Guidelines.objects.exists()


def test_guidelines_new_refuses_the_plan_of_another_country(signed_in, administrator, nap, elsewhere):
    response = start(signed_in(administrator), country="SL", nap=nap.pk)
    assert response.status_code == 422
    assert "another country" in response.content.decode()


def test_guidelines_new_is_for_writers_only(signed_in, oversight, member):
    assert signed_in(oversight).get("/guidelines/new/").status_code == 403
    assert signed_in(member).get("/guidelines/new/").status_code == 403


@pytest.mark.parametrize("rows", [1, 5])
def test_guidelines_detail_asks_the_same_for_one_section_and_five(
    rows, signed_in, coordinator, guidelines, media, django_assert_num_queries
):
    for _ in range(rows):
        SectionFactory(guidelines=guidelines, body=mark_of(Block.PLANS))
    ExportFactory(guidelines=guidelines)
    client = signed_in(coordinator)
    with django_assert_num_queries(13):
        assert client.get(guidelines.get_absolute_url()).status_code == 200


def test_guidelines_detail_shows_text_and_data(signed_in, oversight, section):
    page = signed_in(oversight).get(section.guidelines.get_absolute_url()).content.decode()
    assert "First words." in page
    assert "Two seats for women in each peace council" in page
    assert "Make the document" not in page
    assert "/edit/" not in page


def test_guidelines_detail_offers_writers_their_tools(signed_in, coordinator, section, second_section):
    page = signed_in(coordinator).get(section.guidelines.get_absolute_url()).content.decode()
    assert "Make the document" in page
    assert page.count("Move down: ") == page.count("Move up: ") == 1


def test_guidelines_detail_shows_markup_of_a_text_but_no_html(signed_in, coordinator, section):
    section.body = "**strong** <script>alert(1)</script>"
    section.save()
    page = signed_in(coordinator).get(section.guidelines.get_absolute_url()).content.decode()
    assert "<strong>strong</strong>" in page
    assert "<script>alert" not in page


def test_guidelines_detail_hidden_equals_unknown(signed_in, outsider, guidelines):
    hidden = signed_in(outsider).get(guidelines.get_absolute_url())
    unknown = signed_in(outsider).get("/guidelines/G-000000/")
    assert hidden.status_code == unknown.status_code == 404
    assert guidelines.title not in hidden.content.decode()


def test_guidelines_edit_saves_and_keeps_the_country(signed_in, coordinator, guidelines, nap):
    data = {"title": "New title", "language": "fr", "nap": nap.pk, "row_version": 1, "country": "SL"}
    response = signed_in(coordinator).post(f"/guidelines/{guidelines.code}/edit/", data)
    guidelines.refresh_from_db()
    assert response.url == guidelines.get_absolute_url()
    assert (guidelines.title, guidelines.language, guidelines.country.code) == ("New title", "fr", "CD")
    assert guidelines.row_version == 2


def test_guidelines_edit_conflict_shows_both_and_loses_nothing(signed_in, coordinator, guidelines):
    url = f"/guidelines/{guidelines.code}/edit/"
    client = signed_in(coordinator)
    client.post(url, {"title": "Theirs", "language": "en", "nap": "", "row_version": 1})
    response = client.post(url, {"title": "Mine", "language": "en", "nap": "", "row_version": 1})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Theirs" in page
    assert 'value="Mine"' in page


def test_guidelines_edit_refuses_the_plan_of_another_country(signed_in, coordinator, guidelines):
    foreign = NapFactory(country=CountryFactory(code="SL", name="Sierra Leone"))
    data = {"title": "T", "language": "en", "nap": foreign.pk, "row_version": 1}
    response = signed_in(coordinator).post(f"/guidelines/{guidelines.code}/edit/", data)
    assert response.status_code == 422


def test_guidelines_edit_is_for_writers_only(signed_in, oversight, outsider, guidelines):
    url = f"/guidelines/{guidelines.code}/edit/"
    assert signed_in(oversight).get(url).status_code == 403
    assert signed_in(outsider).get(url).status_code == 404


def test_guidelines_edit_refuses_another_language_where_something_stands_in_it(
    signed_in, coordinator, guidelines
):
    url, client = f"/guidelines/{guidelines.code}/edit/", signed_in(coordinator)
    data = {"title": "T", "language": "fr", "nap": "", "row_version": 1}
    taken = GuidelinesFactory(country=guidelines.country, language="fr", version=guidelines.version)
    assert "there already" in str(client.post(url, data).context["form"].errors["language"])
    taken.version = 7
    taken.translation_of = guidelines
    taken.save()
    assert "Translations" in str(client.post(url, data).context["form"].errors["language"])
    EditionFactory(guidelines=guidelines)
    assert "published" in str(client.post(url, data).context["form"].errors["language"])
    guidelines.refresh_from_db()
    assert guidelines.language == "en"


def test_guidelines_edit_of_closed_texts_changes_only_who_may_read(signed_in, coordinator, guidelines):
    guidelines.state = "validated"
    guidelines.save()
    data = {"title": "Other", "language": "en", "nap": "", "row_version": 1}
    response = signed_in(coordinator).post(f"/guidelines/{guidelines.code}/edit/", data)
    assert response.status_code == 302
    title = guidelines.title
    guidelines.refresh_from_db()
    assert (guidelines.title, guidelines.is_public, guidelines.state) == (title, False, "validated")


def test_save_guidelines_keeps_a_state_that_changed_meanwhile(guidelines, coordinator):
    opened = Guidelines.objects.get(pk=guidelines.pk)
    Guidelines.objects.filter(pk=guidelines.pk).update(state="launched")
    opened.is_public = False
    save_guidelines(opened, fields=["is_public"], opened_version=1, by=coordinator)
    guidelines.refresh_from_db()
    assert (guidelines.state, guidelines.is_public) == ("launched", False)
    with pytest.raises(GuidelinesClosed):
        save_guidelines(opened, fields=["title"], opened_version=2, by=coordinator)
