"""How the Word document looks: typefaces, headings, page, foot, language and direction.

Loads python-docx: see core.word.
"""

import datetime
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from core.word import NAMESPACE, TEXT_WIDTH, About, Run, Writer

ACCENT = RGBColor(0x43, 0x20, 0x5F)
TYPEFACE = "Arial"  # on every computer, in Latin and in Arabic letters
SIZES = {"Title": 26, "Subtitle": 13, "Heading 1": 17, "Heading 2": 12, "Heading 3": 11, "Heading 4": 10}
LISTED = (
    "Normal",
    *SIZES,
    "Heading 5",
    "Heading 6",
    "List Bullet",
    "List Number",
    "Quote",
    "Caption",
    "TOC Heading",
)


def prepare(word: Any, about: About, *, rtl: bool) -> None:
    """Styles, page, head and foot of an empty document."""
    _page(word.sections[0])
    _styles(word.styles)
    _contents_styles(word.styles)
    _language(word.styles, about.language, rtl=rtl)
    _head_and_foot(word.sections[0], about, Writer(rtl=rtl), rtl=rtl)
    _properties(word.core_properties, about)


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(22)


def _styles(styles: Any) -> None:
    for name in LISTED:
        style = styles[name]
        style.font.name = TYPEFACE
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:cs"), TYPEFACE)
        if name != "Normal":
            style.font.color.rgb = ACCENT
        if name in SIZES:
            style.font.size = Pt(SIZES[name])
    for name in ("List Bullet", "List Number", "Quote"):
        styles[name].font.color.rgb = None
    styles["Normal"].font.size = Pt(10.5)
    styles["Caption"].font.size = Pt(9.5)
    styles["Caption"].paragraph_format.keep_with_next = True
    small = styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = styles["Normal"]
    small.font.size = Pt(8.5)
    for style in (*(styles[name] for name in LISTED), small):
        _size_in_every_script(style.element)
    small.paragraph_format.space_before = small.paragraph_format.space_after = Pt(1)


def _contents_styles(styles: Any) -> None:
    """By the names that Word knows: it uses them when it writes the contents anew."""
    for level in (1, 2):
        style = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = styles["Normal"]
        style.paragraph_format.space_after = Pt(4)
        tabs = f'<w:tabs {NAMESPACE}><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>'
        indent = f'<w:ind {NAMESPACE} w:start="{240 * (level - 1)}"/>'
        marks = style.element.get_or_add_pPr()
        marks.insert(0, parse_xml(tabs))
        marks.append(parse_xml(indent))


def _size_in_every_script(style: Any) -> None:
    """Word keeps a size of its own for Arabic and other complex scripts."""
    marks = style.get_or_add_rPr()
    size = marks.find(qn("w:sz"))
    for old in marks.findall(qn("w:szCs")):
        marks.remove(old)
    if size is not None:
        complex_size = OxmlElement("w:szCs")
        complex_size.set(qn("w:val"), size.get(qn("w:val")))
        size.addnext(complex_size)


def _language(styles: Any, language: str, *, rtl: bool) -> None:
    """Spelling is checked in the document's language; right-to-left is in the base of all styles."""
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    spoken = OxmlElement("w:lang")
    for name in ("val", "eastAsia", "bidi"):
        spoken.set(qn(f"w:{name}"), language)
    defaults.append(spoken)
    if rtl:
        marks = styles["Normal"].element.get_or_add_pPr()
        marks.append(OxmlElement("w:bidi"))


def _head_and_foot(section: Any, about: About, writer: Writer, *, rtl: bool) -> None:
    head = section.header.paragraphs[0]._p
    _fill(head, writer.run(Run(f"{about.title} · {about.made}", quiet=True)), rtl=rtl)
    page = (
        f'<w:fldSimple w:instr="PAGE">{writer.run(Run("1", quiet=True))}</w:fldSimple>'
        f"{writer.run(Run(' / ', quiet=True))}"
        f'<w:fldSimple w:instr="NUMPAGES">{writer.run(Run("1", quiet=True))}</w:fldSimple>'
    )
    foot = section.footer.paragraphs[0]._p
    said = "".join(writer.run(Run(each, quiet=True)) for each in (about.foot, " · "))
    _fill(foot, said + page, rtl=rtl)


def _fill(paragraph: Any, inside: str, *, rtl: bool) -> None:
    if rtl:
        paragraph.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for each in parse_xml(f"<w:p {NAMESPACE}>{inside}</w:p>"):
        paragraph.append(each)


def _properties(properties: Any, about: About) -> None:
    properties.title, properties.subject = about.title, about.subject
    properties.author = properties.last_modified_by = about.author
    properties.language = about.language
    properties.comments = about.made
    properties.created = properties.modified = datetime.datetime.combine(about.on, datetime.time(12))
