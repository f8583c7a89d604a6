"""The paper as a value and as PDF, read back with pypdf."""

import datetime
import io
import re

import pytest
from pypdf import PdfReader

from core.pdf import render_pdf
from frameworks.models import ProvisionLink
from plans.document import document_of
from plans.papers.paper import Mark, paper_of
from plans.papers.printed import plan_html, source_of
from tests.factories.frameworks import NapFactory, ProvisionFactory

DRAFT = Mark(as_of=datetime.date(2026, 11, 20))


def read(plan, edition=None):
    return PdfReader(io.BytesIO(render_pdf(plan_html(*source_of(plan, edition))).content))


def words(reader):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def test_paper_of_leaves_no_column_empty(full):
    """F69: "activities, indicators, timeframes and responsible parties", none empty."""
    paper = paper_of(document_of(full), DRAFT)
    said, bare = paper.activities
    for row in (said, bare):
        assert all([row.output, row.lead, row.supporting, row.when, row.cost, row.sources, row.do_no_harm])
    assert (bare.output, bare.lead, bare.when, bare.cost) == ("Not stated",) * 4
    assert bare.sources == ["Source not stated"]
    assert said.cost == "12,500.5\u00a0CDF"
    assert said.sources[0] == "Local government (Mairie): 10,000\u00a0CDF"
    assert said.indicators[0].measure == "10 → 50"
    assert said.issues == "1"


def test_paper_of_lists_issues_without_activity(full):
    paper = paper_of(document_of(full), DRAFT)
    assert [(issue.text, issue.answer) for issue in paper.issues] == [
        ("Nobody is heard", "1.1"),
        ("The road is not safe", "No action yet"),
    ]
    assert paper.answered == 1


def test_paper_of_sums_the_budget_by_source_and_year(full):
    budget = paper_of(document_of(full), DRAFT).budget
    assert budget.years == ["2026", "2027"]
    assert budget.rows == [
        ("Local government", [("2026", "10,000"), ("2027", "0")], "10,000"),
        ("Donor or UN", [("2026", "0"), ("2027", "2,500.5")], "2,500.5"),
    ]
    assert (budget.total, budget.cost, budget.costed) == ("12,500.5", "12,500.5", "1 of 2")


def test_paper_of_shows_the_chain_to_the_resolution(full, items):
    resolution = NapFactory(
        kind="wps_resolution", country=None, generation=None, state="", title="Resolution 1325"
    )
    for code, state in (("OP 1", "confirmed"), ("OP 2", "proposed")):
        ProvisionLink.objects.create(
            kind="serves",
            lower=items[0],
            upper=ProvisionFactory(framework=resolution, code=code),
            state=state,
            source="Tests",
            as_of=datetime.date(2026, 1, 1),
        )
    row = paper_of(document_of(full), DRAFT).alignment[0]
    assert [each.provision for each in row.nap] == ["1.1"]
    assert row.upward == ["Resolution 1325, OP 1"]


def test_paper_of_a_draft_shows_chapters_to_come_and_an_edition_leaves_them_out(full, edition):
    draft = paper_of(document_of(full), DRAFT)
    frozen = paper_of(edition.content, Mark.of_edition(edition))
    assert "vision" in [chapter.id for chapter in draft.chapters]
    assert "vision" not in [chapter.id for chapter in frozen.chapters]
    assert [chapter.number for chapter in frozen.chapters] == list(range(1, len(frozen.chapters) + 1))
    assert ("Vote", "21 for, 3 against, 1 abstained") in frozen.adoption
    assert ("Act", "Resolution 12/2026") in frozen.adoption


def test_plan_html_as_pdf_of_a_draft_says_so_on_every_page(full):
    reader = read(full)
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Plan of Kasaï-Oriental"
    for page in reader.pages:
        assert "PROJET" in page.extract_text()
    assert "Édition" not in words(reader)


def test_plan_html_as_pdf_has_everything_and_runs_nothing(full):
    reader = read(full)
    text = words(reader)
    for said in (
        "=cmd|' /C calc'!A0",
        "Two seats <b>taken</b>",
        "A thing nobody thought through",
        "Médiation",
        "Pas encore d’action",
        "Non précisé",
        "12 500,5 CDF",
        "What we saw",
        f"Page 2 / {len(reader.pages)}",
    ):
        assert said in text.replace("\u00a0", " "), said
    assert "<script" not in plan_html(*source_of(full, None))


def test_plan_html_as_pdf_turns_the_page_for_wide_tables_only(full):
    across = [
        page.extract_text().replace("\u00a0", " ")
        for page in read(full).pages
        if page.mediabox.width > page.mediabox.height
    ]
    assert any("Activités de l’objectif" in page for page in across)
    assert not any("Du plan local au plan d’action national" in page for page in across)


def test_plan_html_says_how_far_a_draft_is_and_how_an_edition_came_into_force(full, edition):
    assert "Étapes à ce jour" in words(read(full))
    assert "Étapes à ce jour" not in words(read(edition.plan, edition))


def test_plan_html_as_pdf_contents_tell_the_real_pages(full):
    reader = read(full)
    outline = [item for item in reader.outline if not isinstance(item, list)]
    contents = re.sub(r"\s+", " ", reader.pages[1].extract_text())
    chapters = [item for item in outline if item.title[0].isdigit()]
    assert len(chapters) >= 10
    for item in chapters:
        assert f"{item.title} {reader.get_destination_page_number(item) + 1}" in contents


def test_plan_html_as_pdf_of_an_edition_has_number_and_fingerprint_and_no_watermark(edition):
    text = words(read(edition.plan, edition))
    assert "Édition 1" in text
    assert edition.digest[:4] in text
    assert "PROJET" not in text


def test_plan_html_of_an_edition_stays_as_it_was_adopted(adopted, edition, activity, nap, locality):
    before = plan_html(*source_of(adopted, edition))
    activity.text, activity.cost = "Something else", 1
    activity.save()
    activity.responsible.title = "Renamed office"
    activity.responsible.save()
    nap.title = "Renamed plan"
    nap.save()
    adopted.title, adopted.is_amending = "Another title", True
    adopted.save()
    edition.refresh_from_db()
    assert plan_html(*source_of(adopted, edition)) == before


def test_plan_html_in_arabic_reads_from_right_to_left(full):
    full.language = "ar"
    full.save()
    html = plan_html(*source_of(full, None))
    assert '<html lang="ar" dir="rtl">' in html
    assert "10 ← 50" in html
    reader = PdfReader(io.BytesIO(render_pdf(html).content))
    assert reader.trailer["/Root"]["/Lang"] == "ar"


def test_plan_html_in_arabic_holds_a_latin_name_within_its_sentence(edition):
    content = edition.content | {"language": "ar"}
    html = plan_html(content, Mark.of_edition(edition))
    assert "\u2066City council\u2069" in html  # its full stop would stand on the other side


@pytest.mark.parametrize("language", ["sw", "ne"])
def test_plan_html_in_a_language_without_words_keeps_its_text_and_says_the_rest_in_english(full, language):
    full.language = language
    full.save()
    html = plan_html(*source_of(full, None))
    assert f'<html lang="{language}"' in html
    assert "Not stated" in html


def test_plan_html_says_the_same_twice(full):
    """No clock is read: equal content is served from store."""
    assert plan_html(*source_of(full, None)) == plan_html(*source_of(full, None))
