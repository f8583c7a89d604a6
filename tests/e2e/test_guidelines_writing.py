"""The editor of a section in a real browser: its buttons and menus, what is pasted from a word processor, the
preview beside it, pictures, and a text that is kept on the device."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from guidelines.models import Picture
from localities.models import Country
from tests.factories.accounts import AssignmentFactory
from tests.factories.guidelines import GuidelinesFactory, SectionFactory

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}
</style></head>
<body lang=EN-GB><!--StartFragment--><p class=MsoTitle>Roles of the council<o:p></o:p></p>
<p class=MsoNormal>The <b style='mso-bidi-font-weight:normal'>council </b><i>decides</i> on 5&nbsp;March.<a
href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>&middot;<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span>
<![endif]>
Women of the wards</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>the elders</p>
<table class=MsoTableGrid><tr><td><p class=MsoNormal><b>Who</b></p></td><td>What</td></tr><tr><td>Mayor</td>
<td><p>signs | seals</p></td></tr></table>
<p class=MsoNormal><st1:place>Kenema</st1:place>: <a href="https://un.org/a">UN</a></p>
<div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1"><span>[1]</span></a> The act of 2019.</p></div>
<!--EndFragment--></body></html>"""
FROM_WORD = (
    "## Roles of the council\n\nThe **council** *decides* on 5 March.[^1]\n\n"
    "- Women of the wards\n    1. the elders\n\n"
    "| **Who** | What |\n|---|---|\n| Mayor | signs \\| seals |\n\n"
    "Kenema: [UN](https://un.org/a)\n\n[^1]: The act of 2019."
)
GOOGLE = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span
style="font-size:16pt">Roles</span></h2><p dir="ltr"><span style="font-weight:700">Bold</span><span
style="font-weight:400"> and </span><span style="font-style:italic">so</span></p><ul>
<li dir="ltr"><p><span>One</span>
</p></li>
<ul><li dir="ltr"><p>Inner</p></li></ul><li>Two</li></ul></b>"""
FROM_GOOGLE = "### Roles\n\n**Bold** and *so*\n\n- One\n    - Inner\n- Two"
LIBRE = """<p style="line-height: 100%">Text<a class="sdfootnoteanc" name="sdfootnote1anc"
href="#sdfootnote1sym"><sup>1</sup></a></p>
<ol><li><p>First</p></li><li><p>Second</p></li></ol><div id="sdfootnote1">
<p class="sdfootnote"><a class="sdfootnotesym"
name="sdfootnote1sym" href="#sdfootnote1anc">1</a>A note</p></div>"""
FROM_LIBRE = "Text[^1]\n\n1. First\n2. Second\n\n[^1]: A note"


@pytest.fixture
def section(site):
    guidelines = GuidelinesFactory(country=Country.objects.get(code="SL"), title="Guidelines of Sierra Leone")
    return SectionFactory(guidelines=guidelines, heading="Roles", body="First words.")


@pytest.fixture
def coordinator(section):
    return AssignmentFactory(role="national_coordinator", country=section.guidelines.country).user


@pytest.fixture
def editor(desktop, sign_in, coordinator, section):
    """The page of the editor, and its text."""
    sign_in(desktop, coordinator)
    desktop.goto(f"/guidelines/{section.guidelines.code}/sections/{section.code}/edit/")
    return desktop


def text(page):
    return page.locator("textarea[name=body]")


def paste(page, html, plain="words"):
    page.evaluate(
        """([html, plain]) => {
            const data = new DataTransfer();
            if (html) data.setData('text/html', html);
            data.setData('text/plain', plain);
            const area = document.querySelector('textarea[name=body]');
            area.focus(); area.select();
            const pasted = {clipboardData: data, bubbles: true, cancelable: true};
            area.dispatchEvent(new ClipboardEvent('paste', pasted));
        }""",
        [html, plain],
    )


@pytest.mark.parametrize(
    ("html", "markup"),
    [(WORD, FROM_WORD), (GOOGLE, FROM_GOOGLE), (LIBRE, FROM_LIBRE)],
    ids=["Word", "Google Docs", "LibreOffice"],
)
def test_what_is_pasted_becomes_light_markup(html, markup, editor):
    paste(editor, html)
    assert text(editor).input_value() == markup


def test_plain_words_and_pictures_that_are_pasted(editor):
    paste(editor, "<span>just words</span>")
    assert text(editor).input_value() == "First words."  # left to the browser, which this event does not move
    expect(editor.locator("[data-paste-note]")).to_be_hidden()
    paste(editor, "<p><b>A</b> <img src='file:///c:/x.png'></p>")
    assert text(editor).input_value() == "**A**"
    expect(editor.locator("[data-paste-note]")).to_be_visible()


def test_every_button_works_by_keyboard_and_what_it_does_can_be_taken_back(editor, section, axe):
    axe(editor)
    bar = editor.get_by_role("toolbar")
    area = text(editor)
    area.fill("word")
    area.select_text()
    area.press("Control+b")
    assert area.input_value() == "**word**"
    area.press("Control+b")
    assert area.input_value() == "word"
    area.press("Control+i")
    assert area.input_value() == "*word*"
    area.fill("")
    bar.get_by_role("button", name="Table").click()
    assert area.input_value().startswith("| Column 1 | Column 2 |\n|---|---|\n")
    area.press("Control+z")
    assert area.input_value() == ""
    area.fill("Said")
    bar.get_by_role("button", name="Note").click()
    editor.keyboard.type("Where it was said")
    assert area.input_value() == "Said[^1]\n\n[^1]: Where it was said\n"
    bar.get_by_role("button", name="Bold").focus()
    editor.keyboard.press("End")
    expect(bar.get_by_role("button", name="Data…")).to_be_focused()
    editor.keyboard.press("Enter")
    editor.keyboard.press("Enter")  # the first of the menu
    assert "{{nap_items_by_pillar}}" in area.input_value()
    expect(area).to_be_focused()


def test_a_block_takes_no_marked_words_and_tears_no_paragraph_or_table(editor):
    area = text(editor)
    area.fill("Two words\nand more.\n\nThe end.")
    area.evaluate("area => area.setSelectionRange(0, 3)")
    editor.get_by_role("button", name="Table").click()
    table = "| Column 1 | Column 2 |\n|---|---|\n|  |  |\n|  |  |"
    assert area.input_value() == f"Two words\nand more.\n\n{table}\n\nThe end."
    editor.get_by_text("Data of the country", exact=True).click()  # "Column 1" is still marked
    editor.locator("[data-insert=block]").first.click()
    assert area.input_value() == f"Two words\nand more.\n\n{table}\n\n{{{{nap_items_by_pillar}}}}\n\nThe end."


def test_the_preview_stands_beside_the_text(editor, axe):
    text(editor).fill("## Inside\n\nSee [](#S-ZZZ999)[^1]\n\n{{resolutions}}\n\n[^1]: Here")
    editor.get_by_role("button", name="Preview").click()
    preview = editor.locator("#preview")
    expect(preview.get_by_text("Inside")).to_be_visible()
    expect(preview.locator(".notes")).to_contain_text("Here")
    expect(preview.get_by_text("The section S-ZZZ999 is not there.").first).to_be_visible()
    axe(editor)
    editor.get_by_role("button", name="Save and go on writing").click()
    expect(editor.get_by_text("Saved.")).to_be_visible()
    assert text(editor).input_value().startswith("## Inside")


def test_a_picture_with_its_words_goes_into_the_text(editor, section, axe):
    written = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(written, "PNG")
    editor.goto(f"/guidelines/{section.guidelines.code}/pictures/")
    axe(editor)
    editor.get_by_role("link", name="Add a picture").click()
    axe(editor)
    editor.locator("input[type=file]").set_input_files(
        {"name": "lamp.png", "mimeType": "image/png", "buffer": written.getvalue()}
    )
    editor.get_by_label("What it shows, in words").fill("image")
    editor.get_by_role("button", name="Add the picture").click()
    expect(editor.get_by_text("Say in words what the picture shows").first).to_be_visible()
    editor.locator("input[type=file]").set_input_files(
        {"name": "lamp.png", "mimeType": "image/png", "buffer": written.getvalue()}
    )
    editor.get_by_label("What it shows, in words").fill("A lamp at the market of Kenema")
    editor.get_by_role("button", name="Add the picture").click()
    expect(editor.get_by_role("img", name="A lamp at the market of Kenema")).to_be_visible()
    axe(editor)
    editor.goto(f"/guidelines/{section.guidelines.code}/sections/{section.code}/edit/")
    editor.get_by_text("Pictures of the document", exact=True).click()
    editor.get_by_role("button", name="A lamp at the market of Kenema").click()
    assert f"\n![](picture:{Picture.objects.get().code})" in text(editor).input_value()
    editor.get_by_role("button", name="Preview").click()
    expect(editor.locator("#preview").get_by_role("img")).to_be_visible()


def test_what_was_typed_stays_on_the_device_until_it_is_saved(editor, section):
    text(editor).fill("Typed and not saved")
    editor.goto("/guidelines/")
    editor.goto(f"/guidelines/{section.guidelines.code}/sections/{section.code}/edit/")
    editor.get_by_role("button", name="Take it back").click()
    assert text(editor).input_value() == "Typed and not saved"
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_text("Saved.")).to_be_visible()
    assert editor.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length") == 0


def test_the_editor_on_a_telephone_and_the_moves_of_a_section(phone, sign_in, coordinator, section, axe):
    SectionFactory(guidelines=section.guidelines, heading="Second", order=99)
    sign_in(phone, coordinator)
    phone.goto(f"/guidelines/{section.guidelines.code}/sections/{section.code}/edit/")
    axe(phone)
    phone.goto(f"/guidelines/{section.guidelines.code}/")
    phone.get_by_label("More: Second").click()
    phone.get_by_role("button", name="Make it a part of the one before").click()
    expect(phone.get_by_role("heading", name="1.1 Second")).to_be_visible()
    axe(phone)
