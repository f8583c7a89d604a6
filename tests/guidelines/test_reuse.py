"""Sections taken from other documents: what comes along, what is asked again, what changed there since."""

import pytest
from django.urls import reverse

from core.stored_files import encrypted, read_encrypted
from guidelines.copying import pictures_in, relinked
from guidelines.models import Picture, Section
from guidelines.services.history import DEEPEST
from guidelines.tracking import keep_baseline, keep_revision, revision_of
from tests.factories.guidelines import (
    EditionFactory,
    GuidelinesFactory,
    PictureFactory,
    SectionFactory,
)


@pytest.fixture
def other(country):
    """Another document of the same country, in French."""
    return GuidelinesFactory(country=country, language="fr", title="Lignes directrices")


@pytest.fixture
def origin(other):
    return SectionFactory(guidelines=other, heading="Budget", body="Le conseil paie.\n\n{{plans}}\n", order=1)


@pytest.fixture
def abroad(elsewhere, media):
    """Published for everybody, by another country."""
    foreign = GuidelinesFactory(country=elsewhere.country, title="Guidelines SL")
    section = SectionFactory(guidelines=foreign, heading="Draft heading", body="Secret draft words.")
    picture = PictureFactory(guidelines=foreign, shows_people=True, consent="By voice, 3 May")
    picture.file.save("picture", encrypted(b"pixels"))
    text = f"Councils budget.\n\n![](picture:{picture.code})\n\nSee [the calendar](#S-NWHERE)."
    content = {
        "sections": [
            {
                "code": section.code,
                "number": "4",
                "level": 1,
                "heading": "Published heading",
                "parts": [{"text": text}, {"block": {"kind": "resolutions"}}],
            }
        ]
    }
    return EditionFactory(guidelines=foreign, content=content)


def reuse_of(guidelines):
    return reverse("section_reuse", args=[guidelines.code])


def key_of(section):
    return f"{section.guidelines.code}.{section.code}"


def origin_of(section):
    return reverse("section_origin", args=[section.guidelines.code, section.code])


def offered(response):
    return [offer.heading for offer in response.context["page"]]


def test_pictures_in_each_once():
    assert pictures_in("![a](picture:PIC-AAAA22) ![b](picture:pic-aaaa22)", "![](picture:PIC-BBBB22)") == [
        "PIC-AAAA22",
        "PIC-BBBB22",
    ]


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("See [this](#S-AAAA22).", "See [this](#S-ZZZZ22)."),
        ("See [](#S-AAAA22).", "See [](#S-ZZZZ22)."),
        ("See [that](#S-BBBB22).", "See that."),
        ("See [](#S-BBBB22).", "See Calendar."),
        ("![x](picture:PIC-AAAA22)", "![x](picture:PIC-ZZZZ22)"),
        ("![x](picture:PIC-CCCC22)", "![x](picture:PIC-CCCC22)"),
        ("[a link](https://example.org)", "[a link](https://example.org)"),
    ],
)
def test_relinked(text, copied):
    found = relinked(
        text,
        sections={"S-AAAA22": "S-ZZZZ22"},
        pictures={"PIC-AAAA22": "PIC-ZZZZ22"},
        headings={"S-BBBB22": "Calendar"},
    )
    assert found == copied


def test_section_reuse_asks_for_a_document_first(guidelines, origin, coordinator, signed_in):
    page = signed_in(coordinator).get(reuse_of(guidelines)).content.decode()
    assert "Choose a document, or look for words" in page
    assert "Lignes directrices" in page


def test_section_reuse_finds_by_document_and_by_words(guidelines, origin, coordinator, signed_in):
    client = signed_in(coordinator)
    assert offered(client.get(reuse_of(guidelines), {"source": origin.guidelines.code})) == ["Budget"]
    assert offered(client.get(reuse_of(guidelines), {"q": "CONSEIL"})) == ["Budget"]
    response = client.get(reuse_of(guidelines), {"q": "nowhere at all"})
    assert "No section has these words" in response.content.decode()


def test_section_reuse_says_when_there_is_nothing(guidelines, coordinator, signed_in):
    assert "No other guidelines yet" in signed_in(coordinator).get(reuse_of(guidelines)).content.decode()


def test_section_reuse_shows_a_section_before_it_is_taken(guidelines, origin, coordinator, signed_in):
    client = signed_in(coordinator)
    asked = {"source": origin.guidelines.code, "read": key_of(origin)}
    assert "<p>Le conseil paie.</p>" in client.get(reuse_of(guidelines), asked).content.decode()
    part = client.get(reuse_of(guidelines), asked, headers={"HX-Request": "true"}).content.decode()
    assert "<p>Le conseil paie.</p>" in part
    assert "<html" not in part


def test_section_reuse_takes_sections_with_their_parts(guidelines, section, origin, coordinator, signed_in):
    part = SectionFactory(
        guidelines=origin.guidelines, parent=origin, heading="Qui", order=1, body=f"[](#{origin.code})"
    )
    response = signed_in(coordinator).post(
        reuse_of(guidelines), {"section": [key_of(origin), key_of(part)], "after": section.code}
    )
    assert response.status_code == 302
    copy = guidelines.sections.get(heading="Budget")
    assert (copy.body, copy.parent, copy.order) == (origin.body, None, section.order + 1)
    assert (copy.origin, copy.origin_version) == (origin, 1)
    assert copy.origin_note == f"Guidelines of {guidelines.country}, version 1, section 1"
    assert copy.parts.get().origin == part
    assert copy.parts.get().body == f"[](#{copy.code})"
    assert revision_of(copy, 1).note == "reused"
    assert revision_of(origin, 1) is not None  # the base of later differences


def test_section_reuse_writes_the_origin_in_the_language_of_the_document(
    country, coordinator, signed_in, section
):
    french = GuidelinesFactory(country=country, language="fr")
    signed_in(coordinator).post(reuse_of(french), {"section": key_of(section)})
    assert french.sections.get().origin_note.startswith("Directives\u00a0: ")


def test_section_reuse_sent_twice_takes_once(guidelines, origin, coordinator, signed_in):
    client = signed_in(coordinator)
    sent = {"section": key_of(origin), "sent_form": "11111111-1111-4111-8111-111111111111"}
    client.post(reuse_of(guidelines), sent)
    client.post(reuse_of(guidelines), sent)
    assert guidelines.sections.filter(heading="Budget").count() == 1


def test_section_reuse_without_a_tick_says_so(guidelines, origin, coordinator, signed_in):
    response = signed_in(coordinator).post(reuse_of(guidelines), {})
    assert response.status_code == 422
    assert "Tick at least one section." in response.content.decode()


def test_section_reuse_of_another_country_takes_what_is_published(guidelines, abroad, coordinator, signed_in):
    client = signed_in(coordinator)
    response = client.get(reuse_of(guidelines), {"source": abroad.guidelines.code})
    assert offered(response) == ["Published heading"]
    assert "Secret draft words" not in response.content.decode()
    foreign = abroad.guidelines.sections.get()
    response = client.post(reuse_of(guidelines), {"section": key_of(foreign)}, follow=True)
    copy = guidelines.sections.get()
    picture = guidelines.pictures.get()
    assert copy.body == (
        f"Councils budget.\n\n![](picture:{picture.code})\n\nSee the calendar.\n\n{{{{resolutions}}}}"
    )
    assert copy.origin_note == "Guidelines of Sierra Leone, edition 1, section 4"
    assert copy.origin_version is None
    assert picture.consent == ""  # given for another country's document
    assert read_encrypted(picture.file) == b"pixels"
    assert "ask them again" in response.content.decode()


def test_section_reuse_takes_nothing_that_is_held_back(guidelines, abroad, coordinator, signed_in):
    abroad.guidelines.is_public = False
    abroad.guidelines.save()
    client = signed_in(coordinator)
    assert (
        client.get(reuse_of(guidelines), {"source": abroad.guidelines.code}).context["page"].object_list == []
    )
    response = client.post(reuse_of(guidelines), {"section": key_of(abroad.guidelines.sections.get())})
    assert response.status_code == 422
    assert not Section.objects.filter(guidelines=guidelines).exists()


def test_section_reuse_keeps_consent_within_the_country(guidelines, origin, coordinator, signed_in, media):
    picture = PictureFactory(guidelines=origin.guidelines, shows_people=True, consent="In writing")
    picture.file.save("picture", encrypted(b"pixels"))
    origin.body = f"![](picture:{picture.code})"
    origin.save()
    signed_in(coordinator).post(reuse_of(guidelines), {"section": key_of(origin)})
    signed_in(coordinator).post(reuse_of(guidelines), {"section": key_of(origin)})
    assert Picture.objects.get(guidelines=guidelines).consent == "In writing"  # once, though taken twice


def test_section_reuse_goes_on_when_the_file_of_a_picture_is_lost(
    guidelines, origin, coordinator, signed_in, media
):
    picture = PictureFactory(guidelines=origin.guidelines)
    picture.file.delete()
    origin.body = f"![](picture:{picture.code})"
    origin.save()
    signed_in(coordinator).post(reuse_of(guidelines), {"section": key_of(origin)})
    assert guidelines.sections.get().body == origin.body
    assert not guidelines.pictures.exists()


def test_section_reuse_is_for_writers_of_open_guidelines(
    guidelines, origin, coordinator, facilitator, outsider, signed_in
):
    sent = {"section": key_of(origin)}
    assert signed_in(facilitator).post(reuse_of(guidelines), sent).status_code == 403
    assert signed_in(outsider).post(reuse_of(guidelines), sent).status_code == 404
    guidelines.state = "endorsed"
    guidelines.save()
    response = signed_in(coordinator).post(reuse_of(guidelines), sent, follow=True)
    assert "cannot be changed now" in response.content.decode()
    assert not guidelines.sections.exists()


@pytest.mark.parametrize("count", [1, 5])
def test_section_reuse_queries(count, guidelines, other, coordinator, signed_in, django_assert_num_queries):
    client = signed_in(coordinator)
    SectionFactory.create_batch(count, guidelines=other)
    with django_assert_num_queries(10):
        client.get(reuse_of(guidelines), {"source": other.code})


@pytest.fixture
def taken(guidelines, origin, coordinator, signed_in):
    signed_in(coordinator).post(reuse_of(guidelines), {"section": key_of(origin)})
    return guidelines.sections.get()


def write(section, body, by):
    keep_baseline(section)
    section.body, section.row_version = body, section.row_version + 1
    section.save()
    keep_revision(section, by=by)


def test_section_origin_says_what_changed_there_since(taken, origin, coordinator, signed_in):
    client = signed_in(coordinator)
    assert "has not changed there since" in client.get(origin_of(taken)).content.decode()
    write(origin, "Le conseil ne paie pas.", coordinator)
    response = client.get(origin_of(taken))
    assert "Changed there since" in response.content.decode()
    assert response.context["changes"][0].label == "Text"
    assert client.post(origin_of(taken), {"version": 2}).status_code == 302
    assert "has not changed there since" in client.get(origin_of(taken)).content.decode()


@pytest.mark.parametrize("version", ["", "x", "0", "3", "-1", "9" * 30])
def test_section_origin_notes_only_a_version_that_there_is(version, taken, origin, coordinator, signed_in):
    write(origin, "Autre.", coordinator)
    assert signed_in(coordinator).post(origin_of(taken), {"version": version}).status_code == 404
    taken.refresh_from_db()
    assert taken.origin_version == 1


def test_section_origin_that_was_removed(taken, origin, coordinator, signed_in):
    origin.delete()
    page = signed_in(coordinator).get(origin_of(taken)).content.decode()
    assert "The section was removed there" in page


def test_section_origin_shows_no_draft_of_another_country(guidelines, abroad, coordinator, signed_in):
    foreign = abroad.guidelines.sections.get()
    mine = SectionFactory(guidelines=guidelines, origin=foreign, origin_version=1, origin_note="From SL")
    response = signed_in(coordinator).get(origin_of(mine))
    page = response.content.decode()
    assert "not yours to read" in page
    assert foreign.body not in page
    assert signed_in(coordinator).post(origin_of(mine), {"version": 1}).status_code == 403


def test_section_origin_of_an_own_section_is_no_page(section, coordinator, signed_in):
    assert signed_in(coordinator).get(origin_of(section)).status_code == 404


def test_deepest_is_what_papers_number():
    assert DEEPEST == 3


def test_section_reuse_of_an_edition_takes_nothing_of_the_draft(guidelines, abroad, coordinator, signed_in):
    """Neither the newer heading of a reference, nor a picture whose people do not agree any more."""
    foreign = abroad.guidelines.sections.get()
    later = SectionFactory(guidelines=abroad.guidelines, heading="Secret new heading")
    abroad.guidelines.pictures.update(consent="")
    content = abroad.content["sections"][0]
    content["parts"][0]["text"] += f"\n\nSee [](#{later.code})."
    type(abroad).objects.filter(pk=abroad.pk).update(
        content={
            "sections": [content, {**content, "code": later.code, "number": "5", "heading": "Old heading"}]
        }
    )
    signed_in(coordinator).post(reuse_of(guidelines), {"section": key_of(foreign)})
    copy = guidelines.sections.get()
    assert "See Old heading." in copy.body
    assert not guidelines.pictures.exists()
