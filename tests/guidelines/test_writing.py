"""Writing a section: what the editor offers, what it refuses in words, and what two people do to one text."""

import re

import pytest

from guidelines.models import LONGEST_SECTION, Block, Section, SectionRevision, SectionWriting
from guidelines.states import OPEN_STATES, GuidelinesState
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.guidelines import GuidelinesFactory, PictureFactory, SectionFactory

BASE = "Women trade at night. The lamps are broken. Nobody repairs them."
THEIRS = "Women and girls trade at night. The lamps are broken. Nobody repairs them."
YOURS = "Women trade at night. The lamps are broken. The council repairs none."
BOTH = "Women and girls trade at night. The lamps are broken. The council repairs none."


def url(section, what="edit"):
    return f"/guidelines/{section.guidelines.code}/sections/{section.code}/{what}/"


def typed(section, **changes):
    return {"heading": section.heading, "body": section.body, "row_version": section.row_version} | changes


@pytest.fixture
def colleague(country):
    return AssignmentFactory(
        role="national_coordinator", country=country, user=UserFactory(display_name="Nadia National")
    ).user


@pytest.fixture
def base(section):
    section.body = BASE
    section.save()
    return section


def sent(page):
    """What a browser would post of the form that settles a conflict."""
    form = re.search(r"<form method=\"post\" data-settles>.*?</form>", page, re.S)[0]
    values = {}
    for tag in re.findall(r"<input[^>]*>", form):
        found = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if found.get("type") != "radio" or " checked" in tag:
            values.setdefault(found["name"], []).append(found["value"].replace("&#x27;", "'"))
    return values


def test_section_edit_offers_everything_that_can_be_put_in(signed_in, coordinator, section, second_section):
    picture = PictureFactory(guidelines=section.guidelines)
    page = signed_in(coordinator).get(url(section)).content.decode()
    for kind in Block.values:
        assert f'value="{{{{{kind}}}}}"' in page
    assert f'value="![](picture:{picture.code})"' in page
    assert f'value="[](#{second_section.code})"' in page
    assert "2 Roles" in page


@pytest.mark.parametrize("mark", ["{{coverage_chart}}", "picture", "section"])
def test_section_edit_inserts_at_the_end_without_javascript(mark, signed_in, coordinator, section):
    if mark == "picture":
        mark = f"![](picture:{PictureFactory(guidelines=section.guidelines).code})"
    elif mark == "section":
        mark = f"[](#{section.code})"
    response = signed_in(coordinator).post(url(section), typed(section, body="Kept words", insert=mark))
    assert response.status_code == 200
    assert response.context["form"]["body"].value() == f"Kept words\n\n{mark}\n"
    assert "data-not-saved" in response.content.decode()
    assert Section.objects.get(pk=section.pk).body == section.body


def test_section_edit_inserts_nothing_unknown_and_keeps_the_version(signed_in, coordinator, base):
    client = signed_in(coordinator)
    client.post(url(base), typed(base, body=THEIRS))
    foreign = f"![](picture:{PictureFactory().code})"
    response = client.post(url(base), typed(base, body=YOURS, insert=foreign))
    assert response.context["form"]["body"].value() == YOURS
    assert response.context["form"]["row_version"].value() == "1"  # so that the conflict is still met


def test_section_edit_previews_pictures_notes_references_and_data(signed_in, coordinator, section):
    picture = PictureFactory(guidelines=section.guidelines)
    body = (
        f"See [](#{section.code})[^1]\n\n![](picture:{picture.code})\n\n{{{{adopted_plans}}}}\n\n[^1]: Note"
    )
    page = signed_in(coordinator).post(url(section), typed(section, body=body, preview="1")).content.decode()
    assert f'src="/guidelines/{section.guidelines.code}/pictures/{picture.code}/file/"' in page
    assert "1 The plan in brief</a>" in page
    assert '<ol class="notes">' in page
    assert "data-block" in page


def test_section_edit_says_what_refers_to_nothing_and_saves(signed_in, coordinator, section):
    body = "[](#S-ZZZ999) ![](picture:PIC-ZZZ999) a{{adopted_plans}} b"
    client = signed_in(coordinator)
    preview = client.post(url(section), typed(section, body=body, preview="1")).content.decode()
    assert "The section S-ZZZ999 is not there." in preview
    page = client.post(url(section), typed(section, body=body), follow=True).content.decode()
    assert "The picture PIC-ZZZ999 is not there." in page
    assert "stands inside a line" in page
    section.refresh_from_db()
    assert section.body == body


def test_section_edit_refuses_tags_naming_the_first_and_offers_to_take_them_out(
    signed_in, coordinator, section
):
    body = 'Text <o:p></o:p><p class="MsoNormal">One <b>two</b></p>'
    client = signed_in(coordinator)
    response = client.post(url(section), typed(section, body=body))
    page = response.content.decode()
    assert response.status_code == 422
    assert "&lt;o:p&gt;" in page
    assert "Take the tags out" in page
    assert response.context["form"]["body"].value() == body
    clean = client.post(url(section), typed(section, body=body, clean="1"))
    assert clean.context["form"]["body"].value() == "Text \n\nOne **two**".replace(" \n", "\n")
    assert Section.objects.get(pk=section.pk).body == section.body


def test_section_edit_names_the_line_and_the_known_blocks(signed_in, coordinator, section):
    response = signed_in(coordinator).post(url(section), typed(section, body="A\n\n{{ no_such }}\n"))
    said = str(response.context["form"].errors["body"])
    assert "Line 3" in said
    assert "no_such" in said
    assert all(kind in said for kind in Block.values)


def test_section_edit_takes_in_a_hundred_thousand_words_and_refuses_them_in_words(
    signed_in, coordinator, section
):
    body = "शान्ति र सुरक्षा " * 34_000  # more than 100,000 words, over five megabytes on the way
    response = signed_in(coordinator).post(url(section), typed(section, body=body))
    said = str(response.context["form"].errors["body"])
    assert response.status_code == 422
    assert str(LONGEST_SECTION) in said
    assert str(len(body.strip())) in said
    assert response.context["form"]["body"].value().strip() == body.strip()


@pytest.mark.parametrize("state", sorted(set(GuidelinesState.values) - OPEN_STATES))
def test_section_edit_of_closed_guidelines_keeps_what_was_typed(state, signed_in, coordinator, section):
    section.guidelines.state = state
    section.guidelines.save()
    client = signed_in(coordinator)
    response = client.post(url(section), typed(section, body="An hour of words"))
    assert response.status_code == 409
    assert "An hour of words" in response.content.decode()
    assert Section.objects.get(pk=section.pk).body == section.body
    page = client.get(url(section))
    assert page.status_code == 200
    assert ">Save<" not in page.content.decode()
    client.post(url(section, "move"), {"to": "down"})
    client.post(url(section, "remove"), {"row_version": 1})
    client.post(f"/guidelines/{section.guidelines.code}/sections/new/", {"heading": "No", "body": ""})
    assert Section.objects.count() == 1
    assert not SectionWriting.objects.exists()


def test_section_edit_stays_when_asked(signed_in, coordinator, section):
    response = signed_in(coordinator).post(url(section), typed(section, body="On", stay="1"))
    assert response.url == url(section)


def test_two_people_in_different_places_keep_both(signed_in, coordinator, colleague, base):
    signed_in(colleague).post(url(base), typed(base, body=THEIRS))
    client = signed_in(coordinator)
    response = client.post(url(base), typed(base, body=YOURS))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Nadia National" in page
    assert "Use the merged text" in page
    assert client.post(url(base), sent(page)).status_code == 302
    base.refresh_from_db()
    assert (base.body, base.row_version) == (BOTH, 3)
    assert list(SectionRevision.objects.order_by("version").values_list("version", "body")) == [
        (1, BASE),
        (2, THEIRS),
        (3, BOTH),
    ]


def test_two_people_in_the_same_place_are_asked(signed_in, coordinator, colleague, base):
    signed_in(colleague).post(url(base), typed(base, body=BASE.replace("broken", "dark")))
    client = signed_in(coordinator)
    response = client.post(url(base), typed(base, body=BASE.replace("broken", "stolen")))
    page = response.content.decode()
    assert "Both changed this. Choose one" in page
    undecided = client.post(url(base), sent(page))
    assert undecided.status_code == 422
    assert "stolen" in undecided.content.decode()
    chosen = sent(page) | {"settle:body": ["theirs"]}
    assert client.post(url(base), chosen).status_code == 302
    base.refresh_from_db()
    assert "dark" in base.body


def test_section_new_keeps_what_was_typed_after_a_press_of_another_button(signed_in, coordinator, section):
    new = f"/guidelines/{section.guidelines.code}/sections/new/"
    data = {"heading": "H", "body": "Words", "after": section.code, "insert": "{{resolutions}}"}
    response = signed_in(coordinator).post(new, data)
    form = response.context["form"]
    assert form["body"].value() == "Words\n\n{{resolutions}}\n"
    assert form["after"].value() == section.code
    assert f'value="{section.code}" selected' in response.content.decode()
    assert Section.objects.count() == 1


def test_section_new_as_a_part(signed_in, coordinator, section, second_section):
    new = f"/guidelines/{section.guidelines.code}/sections/new/"
    client = signed_in(coordinator)
    assert f'value="{section.code}" selected' in client.get(f"{new}?under={section.code}").content.decode()
    client.post(new, {"heading": "Part", "body": "", "parent": section.code, "after": ""})
    part = Section.objects.get(heading="Part")
    assert part.parent == section
    response = client.post(new, {"heading": "X", "parent": section.code, "after": second_section.code})
    assert list(response.context["form"].errors) == ["after"]
    client.post(new, {"heading": "Second part", "body": "", "parent": "", "after": part.code})
    assert Section.objects.get(heading="Second part").parent == section


def test_section_new_is_made_once(signed_in, coordinator, guidelines):
    new = f"/guidelines/{guidelines.code}/sections/new/"
    data = {"heading": "Once", "body": "", "sent_form": "8f4b1a52-6f0b-4c1f-9a5b-111111111111"}
    client = signed_in(coordinator)
    assert client.post(new, data).url == client.post(new, data).url
    assert guidelines.sections.count() == 1


def test_section_edit_asks_as_often_for_five_sections_as_for_one(
    signed_in, coordinator, django_assert_num_queries
):
    guidelines = GuidelinesFactory(country__code="SL")
    AssignmentFactory(role="national_coordinator", country=guidelines.country, user=coordinator)
    section = SectionFactory(guidelines=guidelines)
    client = signed_in(coordinator)
    counts = []
    for _more in range(2):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(url(section)).status_code == 200
        counts.append(len(asked))
        for _each in range(4):
            PictureFactory(guidelines=guidelines)
            SectionFactory(guidelines=guidelines, parent=section)
    client.get(url(section))
    assert counts[0] >= counts[1]


# --- Who is writing ------------------------------------------------------------------------------


def test_section_edit_says_who_else_writes(signed_in, coordinator, colleague, section):
    signed_in(colleague).get(url(section))
    page = signed_in(coordinator).get(url(section)).content.decode()
    assert "Nadia National is writing here, since" in page
    assert (
        "Nadia" not in signed_in(colleague).get(url(section)).content.decode().split("part-writers")[1][:300]
    )


def test_section_writing_answers_the_others_and_forgets_who_left(signed_in, coordinator, colleague, section):
    assert signed_in(colleague).post(url(section, "writing")).json() == {"writers": []}
    answer = signed_in(coordinator).post(url(section, "writing")).json()
    assert "Nadia National" in answer["writers"][0]
    assert signed_in(colleague).post(url(section, "writing"), {"left": "1"}).status_code == 204
    assert signed_in(coordinator).post(url(section, "writing")).json() == {"writers": []}


def test_section_writing_is_over_after_a_save(signed_in, coordinator, section):
    client = signed_in(coordinator)
    client.get(url(section))
    assert SectionWriting.objects.count() == 1
    client.post(url(section), typed(section, body="Saved"))
    assert not SectionWriting.objects.exists()


def test_section_writing_is_for_writers_only(signed_in, oversight, outsider, section):
    assert signed_in(oversight).post(url(section, "writing")).status_code == 403
    assert signed_in(outsider).post(url(section, "writing")).status_code == 404


def test_saved_form_is_named_so_that_the_device_forgets_its_draft(signed_in, coordinator, section):
    response = signed_in(coordinator).post(url(section), typed(section, body="Saved"))
    assert "saved_form" in response.cookies


def test_section_edit_refuses_a_text_of_marks_and_previews_the_first(signed_in, coordinator, section):
    body = "{{resolutions}}\n" * 3000
    client = signed_in(coordinator)
    response = client.post(url(section), typed(section, body=body))
    assert response.status_code == 422
    assert "at most 20 blocks of data; this text has 3000." in str(response.context["form"].errors["body"])
    assert len(response.context["preview"].parts) == 20
    assert client.post(url(section), typed(section, body="{{resolutions}}\n" * 20)).status_code == 302
