"""Views of sections: new, edit, move, remove."""

import pytest

from guidelines.models import LONGEST_SECTION, Section


def url(section, what):
    return f"/guidelines/{section.guidelines.code}/sections/{section.code}/{what}/"


def typed(section, **changes):
    return {
        "heading": section.heading,
        "body": section.body,
        "row_version": 1,
    } | changes


def headings(guidelines):
    return list(guidelines.sections.values_list("heading", flat=True))


def test_section_edit_saves(signed_in, coordinator, section):
    data = typed(section, body="Better words.")
    response = signed_in(coordinator).post(url(section, "edit"), data)
    section.refresh_from_db()
    assert response.url.endswith(f"#{section.code}")
    assert (section.body, section.row_version) == ("Better words.", 2)
    assert section.updated_by == coordinator


def test_section_edit_conflict_shows_both_texts_and_the_second_save_wins(signed_in, coordinator, section):
    client = signed_in(coordinator)
    client.post(url(section, "edit"), typed(section, body="Their words."))
    response = client.post(url(section, "edit"), typed(section, body="My words."))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Their words." in page
    assert page.count("My words.") >= 2  # beside theirs, and in the form
    assert Section.objects.get().body == "Their words."
    version = response.context["form"]["row_version"].value()
    assert (
        client.post(url(section, "edit"), typed(section, body="Both.", row_version=version)).status_code
        == 302
    )
    assert Section.objects.get().body == "Both."


@pytest.mark.parametrize("version", ["", "x", "0", "99999999999999999999"])
def test_section_edit_with_a_broken_version_overwrites_nothing(version, signed_in, coordinator, section):
    response = signed_in(coordinator).post(
        url(section, "edit"), typed(section, body="X", row_version=version)
    )
    assert response.status_code in {409, 422}
    assert Section.objects.get().body == section.body


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"body": "x" * 100_000}, "body"),
        ({"heading": "x" * 100_000}, "heading"),
        ({"heading": ""}, "heading"),
        ({"body": "One.\n\n{{unknown}}\n"}, "body"),
        ({"body": "One <b>two</b>"}, "body"),
    ],
)
def test_section_edit_refuses_at_the_field_and_keeps_the_text(
    changes, field, signed_in, coordinator, section
):
    response = signed_in(coordinator).post(url(section, "edit"), typed(section, **changes))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"][field].value() == changes[field]
    assert Section.objects.get().body == section.body


def test_section_edit_accepts_the_longest_text(signed_in, coordinator, section):
    data = typed(section, body="x" * LONGEST_SECTION)
    assert signed_in(coordinator).post(url(section, "edit"), data).status_code == 302


def test_section_edit_preview_shows_what_is_typed_and_saves_nothing(signed_in, coordinator, section):
    body = "**New**\n\n{{nap_items_by_pillar}}"
    data = typed(section, body=body, heading="Not saved", preview="1")
    page = signed_in(coordinator).post(url(section, "edit"), data)
    assert page.status_code == 200
    assert "<strong>New</strong>" in page.content.decode()
    assert "Two seats for women" in page.content.decode()
    assert Section.objects.get().heading == "The plan in brief"


def test_section_edit_preview_for_htmx_is_only_the_preview(signed_in, coordinator, section):
    data = typed(section, body="**New**", preview="1")
    part = signed_in(coordinator).post(url(section, "edit"), data, headers={"HX-Request": "true"})
    text = part.content.decode()
    assert "<strong>New</strong>" in text
    assert "<h1" not in text


def test_section_edit_by_who_may_not(signed_in, oversight, outsider, section):
    assert signed_in(oversight).get(url(section, "edit")).status_code == 403
    assert signed_in(oversight).post(url(section, "edit"), typed(section, body="X")).status_code == 403
    assert signed_in(outsider).post(url(section, "edit"), typed(section, body="X")).status_code == 404
    assert Section.objects.get().body == section.body


def test_section_new_goes_where_it_was_put(signed_in, coordinator, section, second_section):
    new = f"/guidelines/{section.guidelines.code}/sections/new/"
    client = signed_in(coordinator)
    client.post(new, {"heading": "Between", "body": "", "after": section.code})
    client.post(new, {"heading": "Last", "body": "", "after": ""})
    assert headings(section.guidelines) == ["The plan in brief", "Between", "Roles", "Last"]


def test_section_new_refuses_and_keeps_the_text(signed_in, coordinator, section, second_section):
    new = f"/guidelines/{section.guidelines.code}/sections/new/"
    client = signed_in(coordinator)
    response = client.post(new, {"heading": "", "body": "Kept", "after": "S-000000"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"heading", "after"}
    assert "Kept" in response.content.decode()
    assert client.get(new).status_code == 200


def test_section_new_is_for_writers_only(signed_in, oversight, outsider, guidelines):
    new = f"/guidelines/{guidelines.code}/sections/new/"
    assert signed_in(oversight).get(new).status_code == 403
    assert signed_in(outsider).get(new).status_code == 404


def test_section_move_changes_places(signed_in, coordinator, section, second_section):
    client = signed_in(coordinator)
    client.post(url(second_section, "move"), {"to": "up"})
    assert headings(section.guidelines) == ["Roles", "The plan in brief"]
    client.post(url(second_section, "move"), {"to": "up"})
    assert headings(section.guidelines) == ["Roles", "The plan in brief"]
    client.post(url(second_section, "move"), {"to": "down"})
    assert headings(section.guidelines) == ["The plan in brief", "Roles"]


def test_section_move_is_for_writers_and_by_post_only(signed_in, oversight, coordinator, second_section):
    assert signed_in(oversight).post(url(second_section, "move"), {"to": "up"}).status_code == 403
    assert signed_in(coordinator).get(url(second_section, "move")).status_code == 405


def test_section_remove_asks_first(signed_in, coordinator, section, second_section):
    client = signed_in(coordinator)
    assert "First words." in client.get(url(section, "remove")).content.decode()
    client.post(url(section, "remove"), {"row_version": 1})
    assert headings(section.guidelines) == ["Roles"]


def test_section_remove_after_a_change_by_another_removes_nothing(signed_in, coordinator, section):
    client = signed_in(coordinator)
    client.post(url(section, "edit"), typed(section, body="Words of another."))
    response = client.post(url(section, "remove"), {"row_version": 1})
    assert response.status_code == 409
    assert "Words of another." in response.content.decode()
    assert Section.objects.exists()


def test_section_remove_by_who_may_not(signed_in, oversight, outsider, section):
    assert signed_in(oversight).post(url(section, "remove"), {"row_version": 1}).status_code == 403
    assert signed_in(outsider).post(url(section, "remove"), {"row_version": 1}).status_code == 404
    assert Section.objects.exists()


def test_section_of_other_guidelines_is_unknown(signed_in, administrator, section):
    from tests.factories.guidelines import GuidelinesFactory

    other = GuidelinesFactory(country=section.guidelines.country)
    path = f"/guidelines/{other.code}/sections/{section.code}/edit/"
    assert signed_in(administrator).get(path).status_code == 404


def test_section_edit_shows_the_text_when_the_section_was_removed(signed_in, coordinator, outsider, section):
    address, form = url(section, "edit"), typed(section, body="An hour of careful words")
    section.delete()
    response = signed_in(coordinator).post(address, form)
    assert response.status_code == 409
    assert "An hour of careful words" in response.content.decode()
    assert signed_in(coordinator).get(address).status_code == 404
    assert signed_in(outsider).post(address, form).status_code == 404
