"""What anybody reads of guidelines: editions only, and only those that are not held back."""

import datetime

import pytest
from django.test import Client

from core.stored_files import encrypted
from guidelines.models import Export, Guidelines
from guidelines.papers.mark import Mark
from tests.factories.guidelines import (
    EditionFactory,
    ExportFactory,
    GuidelinesFactory,
    PictureFactory,
    content_without_sections,
)

PUBLIC = "/published-guidelines/"


@pytest.fixture
def edition(guidelines):
    content = content_without_sections(guidelines) | {
        "endorsements": [{"institution": "Ministry of Gender", "position": "Minister", "on": "2026-05-04"}],
        "sections": [
            {
                "code": "S-AAAAAA",
                "number": "1",
                "level": 1,
                "heading": "Roles",
                "origin": "",
                "parts": [{"text": "Frozen words."}],
            }
        ],
    }
    return EditionFactory(guidelines=guidelines, content=content)


def get(url, **query):
    return Client().get(url, query)


@pytest.mark.parametrize("count", [1, 5])
def test_published_guidelines_asks_the_same_for_one_and_five(count, db, django_assert_num_queries):
    for _ in range(count):
        EditionFactory()
    with django_assert_num_queries(3):
        page = get(PUBLIC).content.decode()
    assert page.count('lang="en">Localization Guidelines') == count


def test_published_guidelines_shows_the_newest_edition_of_what_is_public(edition, country):
    EditionFactory(guidelines=edition.guidelines, number=2)
    EditionFactory(guidelines__title="Held back", guidelines__is_public=False, guidelines__country=country)
    GuidelinesFactory(title="Only a draft", country=country)
    page = get(PUBLIC).content.decode()
    assert "1 document" in page
    assert "Held back" not in page
    assert "Only a draft" not in page
    assert 'data-label="Edition">2<' in page


@pytest.mark.parametrize(
    ("query", "found"), [({"language": "fr"}, False), ({"country": "CD"}, True), ({"q": "nothing"}, False)]
)
def test_published_guidelines_filters(query, found, edition):
    assert ("Localization Guidelines: DRC" in get(PUBLIC, **query).content.decode()) is found


def test_public_guidelines_shows_the_frozen_text_and_nothing_of_the_draft(edition, section):
    response = get(f"{PUBLIC}{edition.guidelines.code}/")
    page = response.content.decode()
    assert "Frozen words." in page
    assert "Ministry of Gender" in page
    assert "First words." not in page


def test_public_edition_says_whether_it_is_the_latest_and_its_checksums(edition, media):
    ExportFactory(guidelines=edition.guidelines, edition=edition, file_digest="e" * 64)
    url = f"{PUBLIC}{edition.guidelines.code}/editions/1/"
    page = get(url).content.decode()
    assert "Latest edition" in page
    assert edition.digest in page
    assert "e" * 64 in page
    EditionFactory(guidelines=edition.guidelines, number=2)
    assert "Older edition" in get(url).content.decode()


def test_public_edition_of_a_version_that_a_newer_one_follows_is_not_the_latest(edition):
    """The QR code of a printed paper leads here for ever."""
    old = edition.guidelines
    made = GuidelinesFactory(country=old.country, language=old.language, version=old.version + 1)
    url = f"{PUBLIC}{old.code}/editions/1/"
    assert "Latest edition" in get(url).content.decode()  # the newer one is a draft
    EditionFactory(guidelines=made)
    for address in (url, f"{PUBLIC}{old.code}/"):
        page = get(address).content.decode()
        assert "A newer version of these guidelines was launched" in page
        assert f'href="{PUBLIC}{made.code}/"' in page
        assert "Latest edition" not in page
    Guidelines.objects.filter(pk=made.pk).update(is_public=False)
    assert "Latest edition" in get(url).content.decode()


def without_nonce(response):
    return response.status_code, response.content


def test_held_back_unknown_and_switched_off_are_the_same_404(edition, settings):
    code = edition.guidelines.code
    for tail in ("", "editions/1/", "editions/1/pdf/", "editions/1/pictures/PIC-AAAAAA/"):
        unknown = get(f"{PUBLIC}G-000000/{tail}")
        assert unknown.status_code == 404
        Guidelines.objects.update(is_public=False)
        assert without_nonce(get(f"{PUBLIC}{code}/{tail}")) == without_nonce(unknown)
        Guidelines.objects.update(is_public=True)
        settings.PUBLIC_SITE = False
        assert get(f"{PUBLIC}{code}/{tail}").status_code == 404
        settings.PUBLIC_SITE = True
    assert get(f"{PUBLIC}{code}/editions/7/").status_code == 404
    settings.PUBLIC_SITE = False
    assert get(PUBLIC).status_code == 404


def test_public_edition_pdf_is_asked_for_once_and_then_served(edition, media):
    url = f"{PUBLIC}{edition.guidelines.code}/editions/1/pdf/"
    for _ in range(2):
        response = get(url)
        assert response.status_code == 202
        assert "is being made" in response.content.decode()
    export = Export.objects.get()
    export.give_up("broken")
    assert get(url).status_code == 503
    assert Export.objects.count() == 1
    ExportFactory(guidelines=edition.guidelines, edition=edition, digest=export.digest)
    assert b"".join(get(url).streaming_content) == b"%PDF-test"


def test_public_picture_only_of_the_edition_and_only_with_consent(edition):
    content = encrypted(b"seen").read()
    shown = PictureFactory(guidelines=edition.guidelines, file__data=content)
    other = PictureFactory(guidelines=edition.guidelines, file__data=content)
    edition.pictures.add(shown)
    url = f"{PUBLIC}{edition.guidelines.code}/editions/1/pictures/"
    response = get(f"{url}{shown.code}/")
    assert (response.content, response["Content-Type"]) == (b"seen", "image/png")
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert get(f"{url}{other.code}/").status_code == 404
    shown.shows_people, shown.consent = True, ""
    shown.save()
    assert get(f"{url}{shown.code}/").status_code == 404


@pytest.mark.parametrize(
    ("address", "public", "found"),
    [
        (
            "https://portal.example.org",
            True,
            "https://portal.example.org/published-guidelines/{}/editions/1/",
        ),
        ("https://portal.example.org", False, ""),
        ("", True, ""),
    ],
)
def test_mark_of_an_edition_has_the_address_that_anybody_can_open(address, public, found, edition, settings):
    settings.SITE_ADDRESS = address
    edition.guidelines.is_public = public
    mark = Mark.of_edition(edition)
    assert mark.address == found.format(edition.guidelines.code)
    assert mark.on == datetime.date(2026, 6, 1)


def test_public_edition_pdf_is_held_back_when_somebody_shown_does_not_agree_any_more(edition, media):
    shown = PictureFactory(guidelines=edition.guidelines, shows_people=True, consent="In writing")
    edition.pictures.add(shown)
    url = f"{PUBLIC}{edition.guidelines.code}/editions/1/pdf/"
    get(url)
    digest = Export.objects.get().digest
    Export.objects.all().delete()
    ExportFactory(guidelines=edition.guidelines, edition=edition, digest=digest)
    assert b"".join(get(url).streaming_content) == b"%PDF-test"
    shown.consent = ""
    shown.save()
    response = get(url)
    assert response.status_code == 410
    assert "no longer agrees" in response.content.decode()
    assert Export.objects.count() == 1
