"""A translation beside its source: what is up to date, what changed, and what is new."""

import pytest
from django.urls import reverse

from core.differences import pieces
from guidelines.models import Section
from guidelines.services.sections import add_section, remove_section, save_section
from guidelines.services.versions import start_translation
from guidelines.tracking import revision_of
from guidelines.translating import Translation, blocks_apart
from tests.factories.guidelines import SectionFactory


@pytest.fixture
def source(guidelines, section, second_section):
    return guidelines


@pytest.fixture
def french(source, coordinator):
    return start_translation(source, language="fr", title="Lignes", with_texts=False, by=coordinator)


@pytest.fixture
def arabic(source, coordinator):
    return start_translation(source, language="ar", title="إرشادات", with_texts=True, by=coordinator)


@pytest.fixture
def roles(french):
    return french.sections.get(heading="Roles")


def list_of(guidelines):
    return reverse("guidelines_translation", args=[guidelines.code])


def edit_of(section):
    return reverse("translation_edit", args=[section.guidelines.code, section.code])


def sent(section, **more):
    return {"heading": section.heading, "body": section.body, "row_version": section.row_version} | more


def write(section, body, by):
    section.body = body
    return save_section(section, opened_version=section.row_version, by=by)


def states(guidelines):
    return [str(line.state.value) for line in Translation.from_guidelines(guidelines).lines]


@pytest.mark.parametrize(
    ("there", "here", "apart"),
    [
        ("{{resolutions}}", "{{resolutions}}", ((), ())),
        ("{{resolutions}}", "Text", (("resolutions",), ())),
        ("Text", "{{adopted_plans}}", ((), ("adopted_plans",))),
    ],
)
def test_blocks_apart(there, here, apart):
    assert blocks_apart(there, here) == apart


def test_translation_edit_saves_and_is_up_to_date(french, roles, coordinator, signed_in):
    client = signed_in(coordinator)
    page = client.get(edit_of(roles)).content.decode()
    assert "Who does what." in page
    assert 'lang="fr"' in page
    response = client.post(
        edit_of(roles),
        sent(roles, heading="Rôles", body="Qui fait quoi.", source_version=1, current="1"),
    )
    assert response.url == f"{list_of(french)}#{roles.code}"
    roles.refresh_from_db()
    assert (roles.heading, roles.source_version, roles.row_version) == ("Rôles", 1, 2)
    assert states(french) == ["not_yet", "current"]
    assert revision_of(roles.source, 1) is not None


def test_translation_edit_saved_unfinished_is_begun(french, roles, coordinator, signed_in):
    signed_in(coordinator).post(edit_of(roles), sent(roles, body="Qui", source_version=1))
    assert states(french) == ["not_yet", "begun"]


def test_translation_edit_shows_what_changed_in_the_source(french, roles, coordinator, signed_in):
    client = signed_in(coordinator)
    client.post(edit_of(roles), sent(roles, body="Qui fait quoi.", source_version=1, current="1"))
    write(roles.source, "Who does what, and when.", coordinator)
    assert states(french) == ["not_yet", "changed"]
    response = client.get(edit_of(roles))
    assert response.context["changes"][0].pieces == pieces("Who does what.", "Who does what, and when.")
    assert "Changed in the source since you were up to date" in response.content.decode()


def test_translation_edit_is_up_to_date_with_what_stood_beside_it(french, roles, coordinator, signed_in):
    """The source was changed while the page was open: that is not in the translation."""
    client = signed_in(coordinator)
    write(roles.source, "Something else.", coordinator)
    client.post(edit_of(roles), sent(roles, body="Qui fait quoi.", source_version=1, current="1"))
    assert states(french) == ["not_yet", "changed"]


@pytest.mark.parametrize("version", ["", "x", "-3", "9" * 30, "0"])
def test_translation_edit_is_not_up_to_date_with_a_version_that_is_none(
    version, french, roles, coordinator, signed_in
):
    client = signed_in(coordinator)
    assert client.post(edit_of(roles), sent(roles, body="Qui", source_version=version, current="1")).url
    roles.refresh_from_db()
    assert roles.source_version == 0


def test_translation_edit_of_an_empty_text_is_not_up_to_date(french, roles, coordinator, signed_in):
    response = signed_in(coordinator).post(
        edit_of(roles), sent(roles, body=" ", source_version=1, current="1")
    )
    assert response.status_code == 422
    assert "Nothing is translated yet" in response.content.decode()
    assert states(french) == ["not_yet", "not_yet"]


def test_translation_edit_of_two_people_loses_nothing(french, roles, coordinator, administrator, signed_in):
    """The second gets both texts and a proposal; nothing is marked up to date meanwhile."""
    signed_in(administrator).post(edit_of(roles), sent(roles, body="Le conseil décide."))
    response = signed_in(coordinator).post(
        edit_of(roles), sent(roles, body="Le maire décide.", source_version=1, current="1")
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "Le maire décide." in page
    assert "Le conseil décide." in page
    roles.refresh_from_db()
    assert (roles.body, roles.source_version) == ("Le conseil décide.", 0)


def test_translation_edit_of_closed_guidelines_keeps_what_was_typed(french, roles, coordinator, signed_in):
    french.state = "validated"
    french.save()
    response = signed_in(coordinator).post(edit_of(roles), sent(roles, body="Typed."))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Typed." in page
    assert "cannot be changed now" in page


def test_translation_edit_too_long_keeps_what_was_typed(french, roles, coordinator, signed_in):
    response = signed_in(coordinator).post(edit_of(roles), sent(roles, body="मर्यादा " * 20_000))
    assert response.status_code == 422
    assert "मर्यादा मर्यादा" in response.content.decode()


def test_translation_edit_of_a_removed_section_shows_what_was_typed(french, roles, coordinator, signed_in):
    body = sent(roles, body="Not lost.")
    url = edit_of(roles)
    remove_section(roles, opened_version=1, by=coordinator)
    response = signed_in(coordinator).post(url, body)
    assert response.status_code == 409
    assert "Not lost." in response.content.decode()
    assert signed_in(coordinator).get(url).status_code == 404


def test_translation_edit_warns_of_blocks_that_differ(french, coordinator, signed_in):
    first = french.sections.get(heading="The plan in brief")
    client = signed_in(coordinator)
    client.post(edit_of(first), sent(first, body="Le plan.\n\n{{resolutions}}"))
    page = client.get(edit_of(first)).content.decode()
    assert "stand in the source, but not in your text" in page
    assert '<span class="code">{{nap_items_by_pillar}}</span>' in page
    assert "stand in your text, but not in the source" in page
    assert "Blocks of data differ from the source" in client.get(list_of(french)).content.decode()


def test_translation_edit_from_right_to_left(arabic, coordinator, signed_in):
    first = arabic.sections.get(heading="Roles")
    page = signed_in(coordinator).get(edit_of(first)).content.decode()
    assert '<textarea name="body"' in page
    assert 'dir="rtl"' in page
    assert 'lang="en" dir="ltr"' in page


def test_translation_edit_offers_the_source_with_references_of_its_own(source, coordinator, signed_in):
    target = source.sections.get(heading="Roles")
    linking = SectionFactory(guidelines=source, heading="Linking", order=3, body=f"[](#{target.code})")
    french = start_translation(source, language="fr", title="Fr", with_texts=False, by=coordinator)
    mine = french.sections.get(heading="Linking")
    response = signed_in(coordinator).get(edit_of(mine))
    assert response.context["raw"] == f"[](#{french.sections.get(heading='Roles').code})"
    assert linking.body == f"[](#{target.code})"


def test_translation_edit_is_for_writers(french, roles, facilitator, outsider, signed_in):
    for user, status in ((facilitator, 403), (outsider, 404)):
        assert signed_in(user).get(edit_of(roles)).status_code == status
        assert signed_in(user).post(edit_of(roles), sent(roles, body="Mine.")).status_code == status
    roles.refresh_from_db()
    assert roles.body == ""


def test_translation_edit_of_a_section_that_is_only_here(french, coordinator, signed_in):
    own = SectionFactory(guidelines=french, heading="Glossaire")
    response = signed_in(coordinator).get(edit_of(own))
    assert response.url == reverse("section_edit", args=[french.code, own.code])


# The list


def test_guidelines_translation_is_no_page_of_what_was_written_first(source, coordinator, signed_in):
    assert signed_in(coordinator).get(list_of(source)).status_code == 404


def test_guidelines_translation_tells_what_is_new_and_what_is_gone(source, french, coordinator, signed_in):
    new = add_section(
        Section(guidelines=source, heading="Budget", body="Money.\n\n{{adopted_plans}}"),
        after=source.sections.get(heading="The plan in brief"),
        by=coordinator,
    )
    SectionFactory(guidelines=french, heading="Glossaire", order=9)
    remove_section(source.sections.get(heading="Roles"), opened_version=1, by=coordinator)
    assert states(french) == ["not_yet", "new", "gone", "own"]
    client = signed_in(coordinator)
    page = client.get(list_of(french)).content.decode()
    for words in ("New in the source", "Gone from the source", "Only here", "Remove it here, too"):
        assert words in page
    client.post(list_of(french), {"source": new.code})
    client.post(list_of(french), {"source": new.code})  # pressed twice
    added = french.sections.get(heading="Budget")
    assert (added.source, added.source_version, added.body) == (new, 0, new.body)
    assert [row.heading for row in french.sections.order_by("order")][:2] == ["The plan in brief", "Budget"]


def test_guidelines_translation_leads_to_the_next_section(
    source, french, roles, coordinator, oversight, signed_in
):
    client = signed_in(coordinator)
    waiting = list(french.sections.filter(source__isnull=False).order_by("order"))
    assert (
        f'class="btn btn-primary" href="{edit_of(waiting[0])}"'
        in client.get(list_of(french)).content.decode()
    )
    for each in waiting:
        client.post(edit_of(each), sent(each, body="Traduit.", source_version=1, current="1"))
    assert "btn-primary" not in client.get(list_of(french)).content.decode()
    assert "btn-primary" not in signed_in(oversight).get(list_of(french)).content.decode()


def test_guidelines_translation_adds_a_part_below_its_own(source, french, coordinator, signed_in):
    above = source.sections.get(heading="Roles")
    part = add_section(Section(guidelines=source, heading="Mayors"), parent=above, by=coordinator)
    signed_in(coordinator).post(list_of(french), {"source": part.code})
    assert french.sections.get(heading="Mayors").parent.source == above


def test_guidelines_translation_adds_nothing_of_other_documents(french, coordinator, signed_in):
    foreign = SectionFactory(heading="Secret")
    signed_in(coordinator).post(list_of(french), {"source": foreign.code})
    assert not french.sections.filter(heading="Secret").exists()


def test_guidelines_translation_adds_nothing_when_closed(source, french, coordinator, signed_in):
    part = add_section(Section(guidelines=source, heading="Mayors"), by=coordinator)
    french.state = "endorsed"
    french.save()
    response = signed_in(coordinator).post(list_of(french), {"source": part.code}, follow=True)
    assert "cannot be changed now" in response.content.decode()
    assert not french.sections.filter(heading="Mayors").exists()


def test_guidelines_translation_is_read_by_readers(french, oversight, outsider, signed_in):
    page = signed_in(oversight).get(list_of(french)).content.decode()
    assert '/translation/"' not in page.split("<table")[1]
    assert signed_in(oversight).post(list_of(french), {"source": "S-AAAA22"}).status_code == 403
    assert signed_in(outsider).get(list_of(french)).status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_guidelines_translation_queries(count, guidelines, coordinator, signed_in, django_assert_num_queries):
    SectionFactory.create_batch(count, guidelines=guidelines)
    french = start_translation(guidelines, language="fr", title="Fr", with_texts=True, by=coordinator)
    client = signed_in(coordinator)
    with django_assert_num_queries(7):
        client.get(list_of(french))


# The form has what the form of a section has


def test_translation_edit_has_the_buttons_of_a_section(roles, coordinator, signed_in):
    client = signed_in(coordinator)
    there = client.get(reverse("section_edit", args=[roles.guidelines.code, roles.code])).text
    here = client.get(edit_of(roles)).text
    for part in ('data-markup="', 'data-insert="', "js/writing.js", 'id="section-form"', "data-paste-note"):
        assert here.count(part) == there.count(part) > 0, part


def test_translation_edit_puts_in_without_javascript(roles, coordinator, signed_in):
    answer = signed_in(coordinator).post(edit_of(roles), sent(roles, body="Qui", insert="{{resolutions}}"))
    assert answer.status_code == 200
    assert answer.context["form"]["body"].value() == "Qui\n\n{{resolutions}}\n"
    assert Section.objects.get(pk=roles.pk).body == roles.body


def test_translation_edit_takes_tags_out(roles, coordinator, signed_in):
    client = signed_in(coordinator)
    answer = client.post(edit_of(roles), sent(roles, body="<p>Qui</p>"))
    assert answer.status_code == 422
    assert 'name="clean"' in answer.text
    answer = client.post(edit_of(roles), sent(roles, body="<p>Qui</p>", clean="1"))
    assert answer.context["form"]["body"].value().strip() == "Qui"
