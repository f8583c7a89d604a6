"""Marks of data in a text: what is one, and that one within code stays as it was typed everywhere."""

import datetime
import io

import pytest
from docx import Document

from guidelines.document import document_of
from guidelines.forms.sections import SectionForm
from guidelines.markers import Mark, Text, kinds_in, parts_of
from guidelines.papers.source import Source, docx_of
from guidelines.reports.preview import WritingDesk, text_problems
from tests.factories.guidelines import EditionFactory

TODAY = datetime.date(2026, 11, 22)
FENCED = "To show the plans, write\n\n```\n{{adopted_plans}}\n```\n\nalone on a line, or `{{resolutions}}`."


@pytest.mark.parametrize(
    "body",
    [
        "```\n{{adopted_plans}}\n```",
        "~~~ text\n{{adopted_plans}}\n~~~",
        "Words\n\n\t{{adopted_plans}}\n\nmore",
        "    {{adopted_plans}}",
        "- one\n\n  ```\n  {{adopted_plans}}\n  ```",
        "Write `{{adopted_plans}}`.",
        "```\nnever closed\n\n{{adopted_plans}}",
    ],
)
def test_parts_of_leaves_code_as_it_was_typed(body):
    assert parts_of(body) == [Text(body)]


@pytest.mark.parametrize(
    "body",
    [
        "A\n{{adopted_plans}}\nB",
        "A\n\t{{adopted_plans}}\nB",  # goes on with a paragraph: no code
        "A `sign\n{{adopted_plans}}\nand` B",  # a block ends a paragraph, whatever was begun in its lines
    ],
)
def test_parts_of_finds_marks_beside_code(body):
    assert [part for part in parts_of(body) if isinstance(part, Mark)] == [Mark("adopted_plans", 2)]


def test_parts_of_finds_the_marks_before_and_after_code():
    body = "{{adopted_plans}}\n\n```\n{{resolutions}}\n```\n\n{{resolutions}}\n"
    assert parts_of(body) == [
        Mark("adopted_plans", 1),
        Text("```\n{{resolutions}}\n```"),
        Mark("resolutions", 7),
    ]
    assert kinds_in(FENCED) == []


def test_section_form_accepts_unknown_blocks_in_code(section):
    data = {"heading": "Marks", "body": "```\n{{whatever_you_like}}\n```", "row_version": 1}
    assert SectionForm(data, instance=section).is_valid()
    assert not SectionForm(data | {"body": "{{whatever_you_like}}"}, instance=section).is_valid()


def test_text_problems_say_nothing_of_marks_in_code_and_name_code_without_end(section):
    desk = WritingDesk.of(section.guidelines)
    assert text_problems(FENCED, desk) == []
    [said] = text_problems("Plans: {{adopted_plans}} here", desk)
    assert "stands inside a line" in said
    [said] = text_problems("```\n{{adopted_plans}}", desk)
    assert said.startswith("Code that begins with ``` has no end")


def test_a_mark_in_code_stays_on_page_paper_and_in_word(section, signed_in, oversight):
    section.body = FENCED
    section.save()
    guidelines = section.guidelines
    page = signed_in(oversight).get(guidelines.get_absolute_url()).content.decode()
    source = Source.of(guidelines, None, today=TODAY)
    for html in (page, source.html({})):
        assert "<pre><code>{{adopted_plans}}\n</code></pre>" in html
        assert "<code>{{resolutions}}</code>" in html
        assert "data-block" not in html.partition("</style>")[2]
    said = [each.text for each in Document(io.BytesIO(docx_of(source))).paragraphs]
    assert "{{adopted_plans}}" in said
    assert "alone on a line, or {{resolutions}}." in said


def test_a_mark_in_code_is_compared_as_text(section, signed_in, oversight):
    section.body = FENCED
    section.save()
    guidelines = section.guidelines
    EditionFactory(guidelines=guidelines, number=1, content=document_of(guidelines, today=TODAY))
    type(guidelines).objects.update(state="revision")
    url = f"/guidelines/{guidelines.code}/changes/?from=1&to=now"
    client = signed_in(oversight)
    assert client.get(url).context["compared"].changes == []
    section.body = FENCED.replace("{{adopted_plans}}", "{{nap_items_by_pillar}}")
    section.save()
    [change] = client.get(url).context["compared"].changes
    assert [(piece.kind, piece.text) for piece in change.pieces if piece.kind != "same"]


def test_a_draft_with_a_mark_in_code_has_no_block(section):
    section.body = FENCED
    section.save()
    document = document_of(section.guidelines, today=TODAY)
    assert document["sections"][0]["parts"] == [{"text": FENCED}]
