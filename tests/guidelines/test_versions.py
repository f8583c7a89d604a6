"""Languages and versions of guidelines: the next version, and beginning a translation."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from core.stored_files import encrypted
from guidelines.models import FrozenBlock, Guidelines
from guidelines.services.versions import AlreadyTranslated, new_version, start_translation
from guidelines.tracking import revision_of
from tests.factories.frameworks import NapFactory
from tests.factories.guidelines import EditionFactory, GuidelinesFactory, PictureFactory, SectionFactory


@pytest.fixture
def written(guidelines, section, second_section, media):
    """Two sections, a part with a reference and a picture, and data that are frozen."""
    picture = PictureFactory(guidelines=guidelines, shows_people=True, consent="In writing")
    picture.file.save("picture", encrypted(b"pixels"))
    SectionFactory(
        guidelines=guidelines,
        parent=second_section,
        heading="Councils",
        order=1,
        body=f"See [](#{section.code}).\n\n![](picture:{picture.code})",
    )
    FrozenBlock.objects.create(section=section, kind="nap_items_by_pillar", as_of="2026-01-02", content={})
    return guidelines


def url_of(name, guidelines):
    return reverse(name, args=[guidelines.code])


def tree(guidelines):
    rows = guidelines.sections.select_related("parent")
    return [(row.heading, row.parent.heading if row.parent else "") for row in rows.order_by("pk")]


# The next version


def test_guidelines_new_version_copies_all_texts(written, country, coordinator, signed_in):
    nap = NapFactory(country=country, title="National Action Plan III")
    client = signed_in(coordinator)
    page = client.get(url_of("guidelines_new_version", written)).content.decode()
    assert 'value="Localization Guidelines: DRC"' in page
    response = client.post(
        url_of("guidelines_new_version", written), {"title": "Guidelines 2027", "nap": nap.pk}
    )
    assert response.status_code == 302
    made = Guidelines.objects.get(title="Guidelines 2027")
    assert (made.version, made.state, made.predecessor, made.nap) == (2, "drafting", written, nap)
    assert tree(made) == tree(written)
    part = made.sections.get(heading="Councils")
    first = made.sections.get(heading="The plan in brief")
    picture = made.pictures.get()
    assert part.body == f"See [](#{first.code}).\n\n![](picture:{picture.code})"
    assert picture.consent == "In writing"  # of the same country
    assert first.origin == written.sections.get(heading="The plan in brief")
    assert (first.origin_version, first.origin_note) == (1, "")
    assert not first.frozen_blocks.exists()
    assert revision_of(first, 1).body == first.body
    assert AuditEvent.objects.get(verb="started version").detail == {"guidelines": written.code, "version": 2}


@pytest.mark.parametrize("name", ["guidelines_new_version", "guidelines_translate"])
def test_crumbs_lead_back_to_the_guidelines_themselves(name, written, coordinator, signed_in):
    page = signed_in(coordinator).get(url_of(name, written)).content.decode()
    crumbs = page[page.index('class="crumbs"') : page.index("</nav>", page.index('class="crumbs"'))]
    steps = [written.get_absolute_url(), url_of("guidelines_versions", written)]
    assert [crumbs.count(f'<a href="{step}">') for step in steps] == [1, 1]


def test_guidelines_new_version_of_what_is_published(written, coordinator):
    """The document that is out stays as it is."""
    written.state = "launched"
    written.save()
    made = new_version(written, title="Next", nap=None, by=coordinator)
    written.refresh_from_db()
    assert (written.state, made.state) == ("launched", "drafting")


def test_guidelines_new_version_sent_twice_makes_one(written, coordinator, signed_in):
    client = signed_in(coordinator)
    sent = {"title": "Next", "sent_form": "11111111-1111-4111-8111-111111111111"}
    addresses = {client.post(url_of("guidelines_new_version", written), sent).url for _time in range(2)}
    assert len(addresses) == 1
    assert Guidelines.objects.filter(title="Next").count() == 1


def test_guidelines_new_version_without_a_title_keeps_the_form(written, coordinator, signed_in):
    response = signed_in(coordinator).post(url_of("guidelines_new_version", written), {"title": " "})
    assert response.status_code == 422


def test_guidelines_new_version_takes_no_plan_of_another_country(written, elsewhere, coordinator, signed_in):
    foreign = NapFactory(country=elsewhere.country)
    response = signed_in(coordinator).post(
        url_of("guidelines_new_version", written), {"title": "Next", "nap": foreign.pk}
    )
    assert response.status_code == 422
    assert not Guidelines.objects.filter(title="Next").exists()


# A translation


def test_guidelines_translate_copies_the_sections(written, coordinator, signed_in):
    client = signed_in(coordinator)
    sent = {"language": "fr", "title": "Lignes directrices", "texts": "source"}
    response = client.post(url_of("guidelines_translate", written), sent)
    made = Guidelines.objects.get(language="fr")
    assert response.url == url_of("guidelines_translation", made)
    assert (made.version, made.translation_of, made.nap) == (written.version, written, written.nap)
    assert tree(made) == tree(written)
    part = made.sections.get(heading="Councils")
    first = made.sections.get(heading="The plan in brief")
    assert part.body == f"See [](#{first.code}).\n\n![](picture:{made.pictures.get().code})"
    assert (part.source.guidelines, part.source_version) == (written, 0)


def test_guidelines_translate_with_empty_texts(written, coordinator, signed_in):
    sent = {"language": "sw", "title": "Miongozo", "texts": "empty"}
    signed_in(coordinator).post(url_of("guidelines_translate", written), sent)
    made = Guidelines.objects.get(language="sw")
    assert set(made.sections.values_list("body", flat=True)) == {""}
    assert made.pictures.count() == 1  # for who writes the texts


@pytest.mark.parametrize("language", ["en", "fr", "xx", ""])
def test_guidelines_translate_into_a_language_once(language, written, coordinator, signed_in):
    start_translation(written, language="fr", title="Fr", with_texts=False, by=coordinator)
    sent = {"language": language, "title": "Again", "texts": "empty"}
    response = signed_in(coordinator).post(url_of("guidelines_translate", written), sent)
    assert response.status_code == 422
    assert not Guidelines.objects.filter(title="Again").exists()


def test_start_translation_refuses_what_another_was_faster_with(written, coordinator):
    start_translation(written, language="fr", title="Fr", with_texts=False, by=coordinator)
    with pytest.raises(AlreadyTranslated, match="French"):
        start_translation(written, language="fr", title="Again", with_texts=False, by=coordinator)


def test_start_translation_where_its_number_is_taken(written, country, coordinator):
    GuidelinesFactory(country=country, language="fr", version=1)
    made = start_translation(written, language="fr", title="Fr", with_texts=False, by=coordinator)
    assert made.version == 2


def test_guidelines_translate_of_a_translation_leads_to_its_source(written, coordinator, signed_in):
    made = start_translation(written, language="fr", title="Fr", with_texts=False, by=coordinator)
    response = signed_in(coordinator).get(url_of("guidelines_translate", made))
    assert response.url == url_of("guidelines_translate", written)


@pytest.mark.parametrize("name", ["guidelines_translate", "guidelines_new_version"])
def test_guidelines_translate_and_new_version_are_for_writers(
    name, written, facilitator, oversight, outsider, signed_in
):
    sent = {"language": "fr", "title": "Not mine", "texts": "empty"}
    for user, status in ((facilitator, 403), (oversight, 403), (outsider, 404)):
        assert signed_in(user).post(url_of(name, written), sent).status_code == status
    assert not Guidelines.objects.filter(title="Not mine").exists()


# The page of all


def test_guidelines_versions_shows_each_document(written, coordinator, signed_in):
    made = new_version(written, title="Next", nap=None, by=coordinator)
    french = start_translation(written, language="fr", title="Fr", with_texts=False, by=coordinator)
    part = french.sections.get(heading="Roles")
    part.source_version = part.source.row_version
    part.save()
    EditionFactory(guidelines=written, number=3)
    response = signed_in(coordinator).get(url_of("guidelines_versions", written))
    rows = {row.guidelines.title: row for row in response.context["rows"]}
    assert list(rows) == [made.title, written.title, french.title]
    assert rows[written.title].edition == 3
    assert (rows["Fr"].current, rows["Fr"].in_source, rows["Fr"].is_behind) == (1, 3, True)
    page = response.content.decode()
    assert "1 of 3 sections up to date" in page
    assert "Edition 3, " in page


def test_guidelines_versions_offers_readers_nothing_to_start(written, oversight, outsider, signed_in):
    page = signed_in(oversight).get(url_of("guidelines_versions", written)).content.decode()
    assert "Start a version" not in page
    assert signed_in(outsider).get(url_of("guidelines_versions", written)).status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_guidelines_versions_queries(count, guidelines, coordinator, signed_in, django_assert_num_queries):
    client = signed_in(coordinator)
    for language in ["fr", "sw", "ln", "kg", "lua"][:count]:
        start_translation(guidelines, language=language, title=language, with_texts=False, by=coordinator)
    with django_assert_num_queries(6):
        client.get(url_of("guidelines_versions", guidelines))
