"""Sierra Leone's Guidelines from the template to all 19 councils, through the real pages.

Sia, the coordinator, writes them; a facilitator on a telephone and an oversight reader comment; two
ministries endorse; the edition is launched and rolled out; and a revision leaves edition 1 as it was.
"""

import hashlib
import re
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from guidelines.models import Edition, Endorsement, Guidelines, ReviewComment, Section
from tests.e2e.guidelines_scene import (
    COUNCILS,
    COUNCILS_MINISTRY,
    GENDER,
    TODAY,
    picture,
    scan,
    send,
    sierra_leone,
)
from tests.pdf_checks import assert_accessible

LAMP = "A lamp over the market of Bo, lit while women close their stalls"
NOTE = "Local Government Act, 2022, as amended."
ADDED = "The council asks each ward committee what women there need."


@pytest.fixture
def cast(site, watched, sign_in):
    return sierra_leone(watched, sign_in)


def test_guidelines_edition(cast, worker, axe):
    """One play; each act stands on what the one before left."""
    guidelines = started_from_the_template(cast.coordinator, cast, axe)
    written_for_the_country(cast.coordinator, guidelines, axe)
    tried_in_a_council(cast.coordinator, guidelines, axe)
    reviewers_comment(cast, guidelines, axe)
    comments_are_answered(cast.coordinator, guidelines, axe)
    validated(cast.coordinator, guidelines, axe)
    two_ministries_endorse(cast.coordinator, guidelines, axe)
    first = launched(cast.coordinator, guidelines, 1, axe)
    anybody_reads_it(cast.visitor, guidelines, first, axe)
    rolled_out(cast.coordinator, cast, guidelines, axe)
    revised(cast.coordinator, guidelines, axe)
    second = launched(cast.coordinator, guidelines, 2, axe)
    edition_one_stays(cast, guidelines, first, second, axe)


def started_from_the_template(page, cast, axe):
    page.goto("/guides/guidelines/")
    axe(page)
    page.get_by_role("link", name="Start guidelines").click()
    axe(page)
    page.locator("[name=language]").select_option("en")
    page.locator("[name=title]").fill("Localization Guidelines of Sierra Leone")
    send(page)
    expect(page.locator("main h1")).to_have_text("Localization Guidelines of Sierra Leone")
    guidelines = Guidelines.objects.get()
    assert guidelines.country == cast.country
    assert guidelines.sections.count() == 9
    assert guidelines.level == 2  # the councils
    axe(page)
    return guidelines


def written_for_the_country(page, guidelines, axe):
    """What is marked "To complete" is written; a picture, a note, a reference and a part of a section."""
    here = f"/guidelines/{guidelines.code}"
    page.goto(f"{here}/pictures/new/")
    axe(page)
    page.locator("[name=file]").set_input_files(
        {"name": "IMG_2041.png", "mimeType": "image/png", "buffer": picture()}
    )
    page.locator("[name=alt]").fill("IMG_2041.png")
    send(page)
    expect(page.locator("#error_1_id_alt, .invalid-feedback").first).to_contain_text("what the picture shows")
    page.locator("[name=alt]").fill(LAMP)
    page.locator("[name=file]").set_input_files(
        {"name": "IMG_2041.png", "mimeType": "image/png", "buffer": picture()}
    )
    send(page)
    shown = guidelines.pictures.get()
    roles = guidelines.sections.get(heading="Roles")
    for section in guidelines.sections.filter(body__contains="*To complete"):
        page.goto(f"{here}/sections/{section.code}/edit/")
        text = re.sub(
            r"\*To complete.*?\*", "Said by the country.", page.locator("[name=body]").input_value()
        )
        if section.order == 3:
            text += (
                f"\n\nThe council plans and budgets itself.[^1]\n\n![{LAMP}](picture:{shown.code})\n\n"
                f"Who does what is told in [](#{roles.code}).\n\n[^1]: {NOTE}\n"
            )
        page.locator("[name=body]").fill(text)
        send(page)
        section.refresh_from_db()
        assert "To complete" not in section.body
    page.goto(f"{here}/sections/new/")
    axe(page)
    page.locator("[name=heading]").fill("What a ward committee does")
    page.locator("[name=body]").fill("It meets every month.\n\n{{no_such_data}}\n")
    page.locator("[name=parent]").select_option(roles.code)
    send(page)
    expect(page.locator(".invalid-feedback").first).to_contain_text("no_such_data")
    page.locator("[name=body]").fill("It meets every month.\n\n{{localities_reached}}\n")
    send(page)
    assert Section.objects.get(heading="What a ward committee does").parent == roles
    page.goto(here + "/")
    expect(page.get_by_role("heading", name="6.1 What a ward committee does")).to_be_visible()
    expect(page.get_by_role("img", name=LAMP)).to_be_visible()
    axe(page)


def tried_in_a_council(page, guidelines, axe):
    here = f"/guidelines/{guidelines.code}"
    page.goto(f"{here}/field-tests/new/")
    axe(page)
    page.locator("[name=locality]").select_option("SL-BO-CITY")
    page.locator("[name=starts_on]").fill(f"{TODAY}")
    send(page)
    page.goto(f"{here}/test/")
    axe(page)
    send(page)
    guidelines.refresh_from_db()
    assert guidelines.state == "field_test"


def reviewers_comment(cast, guidelines, axe):
    section = guidelines.sections.get(heading="Roles")
    for page, text in (
        (cast.facilitator, "Ward committees are missing here."),
        (cast.reader, "Name the amounts in euro."),
    ):
        page.goto(f"/guidelines/{guidelines.code}/sections/{section.code}/comments/new/")
        axe(page)
        page.locator("[name=text]").fill(text)
        send(page)
    assert ReviewComment.objects.filter(section=section, state="open").count() == 2
    answer = cast.reader.goto(f"/guidelines/{guidelines.code}/sections/{section.code}/edit/")
    assert answer.status == 403  # a reader comments; writing is for who writes


def comments_are_answered(page, guidelines, axe):
    here = f"/guidelines/{guidelines.code}"
    page.goto(f"{here}/validate/")
    expect(page.locator("main")).to_contain_text("comment")
    axe(page)
    taken, refused = (
        ReviewComment.objects.get(text__startswith=text) for text in ("Ward committees", "Name the amounts")
    )
    page.goto(f"{here}/comments/{refused.code}/")
    axe(page)
    page.get_by_role("button", name="Decline, with the reason").click()
    expect(page.locator(".invalid-feedback, .error-summary").first).to_be_visible()
    page.locator("[name=reason]").fill("Councils budget in their own currency.")
    page.get_by_role("button", name="Decline, with the reason").click()
    page.wait_for_load_state()
    page.goto(f"{here}/comments/{taken.code}/")
    page.get_by_role("button", name="Accept", exact=True).click()
    page.wait_for_load_state()
    assert set(ReviewComment.objects.values_list("state", flat=True)) == {"accepted", "declined"}
    section = taken.section
    page.goto(f"{here}/sections/{section.code}/edit/")
    page.locator("[name=body]").fill(f"{section.body}\n\n{ADDED}\n")
    send(page)


def validated(page, guidelines, axe):
    here = f"/guidelines/{guidelines.code}"
    page.goto(f"{here}/validate/")
    expect(page.locator("main")).to_contain_text("Bo City")  # its field test has no findings yet
    test = guidelines.field_tests.get()
    page.goto(f"{here}/field-tests/{test.code}/end/")
    axe(page)
    page.locator("[name=findings]").fill("The calendar was understood; the section on roles was too short.")
    send(page)
    page.goto(f"{here}/validate/")
    send(page)
    guidelines.refresh_from_db()
    assert guidelines.state == "validated"
    closed = page.goto(f"{here}/sections/{guidelines.sections.first().code}/edit/")
    assert closed.status in (200, 409)
    expect(page.locator("main form button.btn-primary")).to_have_count(0)


def two_ministries_endorse(page, guidelines, axe):
    here = f"/guidelines/{guidelines.code}"
    page.goto(f"{here}/launch/")
    expect(page.locator("main")).to_contain_text(GENDER)  # refused in words: who has not signed
    expect(page.locator("main form button.btn-primary")).to_have_count(0)
    for institution, position in ((GENDER, "Minister"), (COUNCILS_MINISTRY, "Director")):
        page.goto(f"{here}/endorsements/new/")
        axe(page)
        page.locator("[name=signatory]").select_option(label=institution)
        page.locator("[name=position]").fill(position)
        page.locator("[name=on]").fill(f"{TODAY}")
        page.locator("[name=scan]").set_input_files(
            {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": scan()}
        )
        send(page)
        if institution == GENDER:
            endorsed_twice(page, here)
    guidelines.refresh_from_db()
    assert guidelines.state == "endorsed"
    assert Endorsement.objects.count() == 2
    page.goto(f"{here}/review/")
    axe(page)


def endorsed_twice(page, here):
    page.goto(f"{here}/endorsements/new/")
    page.locator("[name=signatory]").select_option(label="Another institution")
    page.locator("[name=institution]").fill(GENDER.upper())
    page.locator("[name=position]").fill("Permanent Secretary")
    page.locator("[name=on]").fill(f"{TODAY}")
    send(page)
    expect(page.locator(".invalid-feedback, .error-summary").first).to_be_visible()
    assert Endorsement.objects.count() == 1


def launched(page, guidelines, number, axe):
    """The bytes of the edition's PDF, as somebody downloads it."""
    here = f"/guidelines/{guidelines.code}"
    page.goto(f"{here}/launch/")
    axe(page)
    page.locator("[name=on]").fill(f"{TODAY}")
    if number > 1:
        page.locator("[name=reason]").fill("Ward committees have a section of their own.")
    send(page)
    edition = Edition.objects.get(guidelines=guidelines, number=number)
    page.goto(f"{here}/editions/")
    axe(page)
    pdf = fetched(page, f"{here}/editions/{number}/file/?format=pdf")
    reader = PdfReader(BytesIO(pdf))
    text = re.sub(r"\s+", " ", " ".join(each.extract_text() for each in reader.pages))
    assert f"Edition {number}" in text
    assert "DRAFT" not in text
    dense = re.sub(r"[\s\u200b\u00ad]", "", text)
    assert edition.digest in dense
    assert f"/published-guidelines/{guidelines.code}/editions/{number}/" in dense
    assert NOTE in text
    assert_accessible(pdf, tolerate={"TBL-012": "the template of a plan is a blank form"})
    page.goto(f"{here}/editions/")
    expect(page.locator("main")).to_contain_text(hashlib.sha256(pdf).hexdigest())
    return pdf


def fetched(page, address):
    """The file, once the worker has made it."""
    for _try in range(120):
        answer = page.request.get(address)
        if answer.status == 200 and answer.headers["content-type"] == "application/pdf":
            return answer.body()
        page.wait_for_timeout(500)
    raise AssertionError(f"not made within a minute: {address}")


def anybody_reads_it(visitor, guidelines, pdf, axe):
    visitor.goto("/published-guidelines/")
    axe(visitor)
    visitor.get_by_role("link", name="Localization Guidelines of Sierra Leone").click()
    axe(visitor)
    visitor.goto(f"/published-guidelines/{guidelines.code}/editions/1/")
    axe(visitor)
    expect(visitor.locator("main")).to_contain_text(Edition.objects.get(number=1).digest[:16])
    assert fetched(visitor, f"/published-guidelines/{guidelines.code}/editions/1/pdf/") == pdf


def rolled_out(page, cast, guidelines, axe):
    here = f"/guidelines/{guidelines.code}"
    page.goto(f"{here}/rollout/")
    axe(page)
    page.goto(f"{here}/rollouts/new/")
    axe(page)
    page.locator("[name=kind][value=distribution]").check()
    page.locator("[name=on]").fill(f"{TODAY}")
    for council in cast.councils:
        page.locator(f"[name=localities][value={council.code}]").check()
    page.locator("[name=trained]").fill("57")
    page.locator("[name=trained_women]").fill("24")
    send(page)
    page.goto(f"{here}/rollout/")
    expect(page.locator("main")).to_contain_text("100")
    expect(page.locator("main")).to_contain_text("57")
    axe(page)
    assert guidelines.rollouts.get().localities.count() == COUNCILS
    cast.facilitator.goto(f"{here}/rollout/")
    axe(cast.facilitator)
    page.goto(f"{here}/roll-out/")
    send(page)
    guidelines.refresh_from_db()
    assert guidelines.state == "rolled_out"


def revised(page, guidelines, axe):
    here = f"/guidelines/{guidelines.code}"
    page.goto(f"{here}/revise/")
    axe(page)
    page.locator("[name=reason]").fill("The roll-out taught that ward committees need more.")
    send(page)
    section = Section.objects.get(heading="What a ward committee does")
    page.goto(f"{here}/sections/{section.code}/edit/")
    page.locator("[name=body]").fill(f"{section.body}\n\nIt keeps a list of what was asked.\n")
    send(page)
    page.goto(f"{here}/")
    page.locator(".export-form button").click()
    page.wait_for_url("**/exports/**")
    page.get_by_role("link", name="Download").wait_for(timeout=60_000)
    draft = page.request.get(page.get_by_role("link", name="Download").get_attribute("href")).body()
    text = " ".join(each.extract_text() for each in PdfReader(BytesIO(draft)).pages)
    assert "DRAFT" in text
    assert "Edition 2" not in text
    page.goto(f"{here}/validate/")
    page.locator("[name=reason]").fill("The change is small; the councils asked for it.")
    send(page)
    for institution in (GENDER, COUNCILS_MINISTRY):
        page.goto(f"{here}/endorsements/new/")
        page.locator("[name=signatory]").select_option(label=institution)
        page.locator("[name=position]").fill("Minister")
        page.locator("[name=on]").fill(f"{TODAY}")
        send(page)
    guidelines.refresh_from_db()
    assert guidelines.state == "endorsed"


def edition_one_stays(cast, guidelines, first, second, axe):
    assert first != second
    here = f"/guidelines/{guidelines.code}"
    assert fetched(cast.coordinator, f"{here}/editions/1/file/?format=pdf") == first
    assert fetched(cast.visitor, f"/published-guidelines/{guidelines.code}/editions/1/pdf/") == first
    assert "It keeps a list" not in str(Edition.objects.get(number=1).content)
    assert "It keeps a list" in str(Edition.objects.get(number=2).content)
    cast.visitor.goto(f"/published-guidelines/{guidelines.code}/editions/1/")
    expect(cast.visitor.locator("main")).to_contain_text("newer")
    axe(cast.visitor)
    cast.reader.goto(f"{here}/editions/2/")
    expect(cast.reader.locator("main")).to_contain_text("What changed since edition 1")
    axe(cast.reader)
