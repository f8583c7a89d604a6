"""A Word document: its paragraphs and tables as WordprocessingML, its pages and lists by python-docx.

python-docx looks a table's grid up for every cell; a plan of 200 activities has thousands. So tables
are written here as XML, and python-docx keeps styles, sections and the file. It is loaded where it is
used: most processes never write a Word document.
"""

import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from core import french, numbers
from core.printable import printable
from core.scripts import direction_of

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT_WIDTH, WIDE_WIDTH = 9400, 15100  # twentieths of a point between the margins of A4, upright and across
LEFT_TO_RIGHT = "\u200e"
HELD = (
    "\u200f\u200e",
    "\u200e\u200f",
)  # about what is read from the left, and lets nothing beside it be drawn in
FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
# As long as no page number stands at its end; the style of the contents has dots.
TAB_WITHOUT_DOTS = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
GREY, SHADE = "4A5160", "EDE7F3"
HIGHEST_START = 32_767  # of a numbered list, in Word


@dataclass(frozen=True)
class Run:
    """Words that look alike."""

    text: str
    bold: bool = False
    italic: bool = False
    quiet: bool = False  # small and grey
    is_code: bool = False  # stands as it was typed


@dataclass(frozen=True)
class Paragraph:
    """`style` is the id of a style of the document; `number` an id of a numbered list."""

    runs: Sequence[Run]
    style: str = ""
    number: int | None = None
    level: int = 0
    keep: bool = False  # on one page with what follows


Cell = str | Run | Sequence[Run]  # the runs of a cell each begin a line


@dataclass
class Table:
    """Widths are shares. The first row is repeated on every page, and no row is torn. A row of one cell goes
    across."""

    headings: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Cell]] = field(default_factory=list)
    numbers: frozenset[int] = frozenset()  # columns of numbers, set at the end of the line
    width: int = TEXT_WIDTH


class Writer:
    """Writes one direction of text, as the language that is on sets it."""

    def __init__(self, *, rtl: bool) -> None:
        self.rtl = rtl
        self.is_french = french.is_on()

    def run(self, run: Run) -> str:
        marks = "<w:b/><w:bCs/>" if run.bold else ""
        marks += "<w:i/><w:iCs/>" if run.italic else ""
        marks += f'<w:color w:val="{GREY}"/><w:sz w:val="15"/><w:szCs w:val="15"/>' if run.quiet else ""
        return "".join(_run(marks, text, rtl=rtl) for text, rtl in self._pieces(run))

    def _pieces(self, run: Run) -> Iterator[tuple[str, bool]]:
        """What is read in its own direction, and whether that is from the right. A Latin name keeps its full
        stop at its own end, and a range of numbers is not turned round: Word goes by the mark of the run,
        other programs by Unicode's sign."""
        text = printable(run.text)
        if self.is_french and not run.is_code:
            text = french.typeset(text)
        if run.is_code or not self.rtl:
            yield (text if run.is_code else numbers.together(text)), self.rtl and direction_of(text) != "ltr"
        elif direction_of(text) == "ltr":
            yield "\n".join(map(_held_from_left, numbers.together(text).split("\n"))), False
        else:
            for piece, turns in numbers.turning(numbers.together(text)):
                yield (f"{HELD[0]}{piece}{HELD[1]}", False) if turns else (piece, True)

    def paragraph(self, paragraph: Paragraph, *, end: bool = False) -> str:
        return self.line(
            "".join(self.run(run) for run in paragraph.runs),
            style=paragraph.style,
            keep=paragraph.keep,
            number=paragraph.number,
            level=paragraph.level,
            end=end,
            from_left=bool(paragraph.runs)
            and all(run.is_code and direction_of(run.text) != "rtl" for run in paragraph.runs),
        )

    def line(
        self,
        inside: str,
        *,
        style: str = "",
        keep: bool = False,
        number: int | None = None,
        level: int = 0,
        end: bool = False,
        from_left: bool = False,
    ) -> str:
        """A paragraph around what is written already; `from_left`: whatever the document's direction."""
        marks = f'<w:pStyle w:val="{style}"/>' if style else ""
        marks += "<w:keepNext/>" if keep else ""
        if number is not None:
            marks += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        if self.rtl:  # which is in the base of all styles as well
            marks += '<w:bidi w:val="0"/>' if from_left else "<w:bidi/>"
        marks += f'<w:ind w:start="{360 + 360 * level}" w:hanging="360"/>' if level else ""
        marks += '<w:jc w:val="end"/>' if end else ""
        return f"<w:p {NAMESPACE}><w:pPr>{marks}</w:pPr>{inside}</w:p>"

    def table(self, table: Table) -> str:
        whole = sum(table.widths)
        widths = [table.width * share // whole for share in table.widths]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        body = [self._row([Run(heading, bold=True) for heading in table.headings], widths, table, head=True)]
        body += [self._row(row, widths, table) for row in table.rows]
        return (
            f'<w:tbl {NAMESPACE}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
            f"{'<w:bidiVisual/>' if self.rtl else ''}"
            f'<w:tblW w:w="{table.width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
            f' w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(body)}</w:tbl>'
        )

    def _row(self, cells: Sequence[Cell], widths: list[int], table: Table, *, head: bool = False) -> str:
        marks = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if head else ""
        if len(cells) == 1 < len(widths):  # a heading across the table
            across = f'<w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/>'
            shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>'
            inside = self._lines(cells[0], end=False)
            return f"<w:tr>{marks}<w:tc><w:tcPr>{across}{shade}</w:tcPr>{inside}</w:tc></w:tr>"
        written = [
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
            f"{self._lines(cell, end=place in table.numbers)}</w:tc>"
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return f"<w:tr>{marks}{''.join(written)}</w:tr>"

    def _lines(self, cell: Cell, *, end: bool) -> str:
        runs = [Run(cell)] if isinstance(cell, str) else [cell] if isinstance(cell, Run) else list(cell)
        return "".join(self.paragraph(Paragraph([run], "TableText"), end=end) for run in runs or [Run("")])


def _run(marks: str, text: str, *, rtl: bool) -> str:
    marks += "<w:rtl/>" if rtl else ""
    lines = escape(text).split("\n")
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{f'<w:rPr>{marks}</w:rPr>' if marks else ''}{inside}</w:r>"


def _field_begin(said: str) -> str:
    """A field up to what it shows."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {said} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def _held_from_left(line: str) -> str:
    """What stands before its first letter and after its last one goes with them."""
    before = LEFT_TO_RIGHT if line and not line[0].isalpha() else ""
    return before + line + (LEFT_TO_RIGHT if line and not line[-1].isalnum() else "")


@dataclass(frozen=True)
class About:
    """What the head, the foot and the properties of the file say."""

    language: str
    title: str
    subject: str
    author: str  # an institution
    made: str
    foot: str
    on: datetime.date


@dataclass(frozen=True)
class Entry:
    """A line of the contents; `place` is that of its heading."""

    number: str
    title: str
    place: str
    level: int = 1


class WordDocument:
    """Is written from its first page to its last: what is said is put at its end."""

    def __init__(self, about: About, *, rtl: bool) -> None:
        from docx import Document

        from core.word_styles import prepare

        self.rtl = rtl
        self.writer = Writer(rtl=rtl)
        self.word = Document()
        prepare(self.word, about, rtl=rtl)
        self.wide = False
        self.places = 0

    def _add(self, xml: str) -> None:
        from docx.oxml import parse_xml

        self.word.element.body.insert_element_before(parse_xml(xml), "w:sectPr")

    def _say(self, text: str, style: str = "", **look: bool) -> None:
        self._add(self.writer.paragraph(Paragraph([Run(text, **look)], style)))

    def _table(self, table: Table, caption: str = "") -> None:
        table.width = WIDE_WIDTH if self.wide else table.width
        if caption:
            self._say(caption, "Caption")
        self._add(self.writer.table(table))
        self._say("")

    def _new_list(self, start: int = 1) -> int:
        """A numbered list of its own that begins with `start`."""
        numbering = self.word.part.numbering_part.element
        style = self.word.styles["List Number"].element
        first = numbering.num_having_numId(style.pPr.numPr.numId.val)
        made = numbering.add_num(first.abstractNumId.val)
        made.add_lvlOverride(0).add_startOverride(min(start, HIGHEST_START))
        return int(made.numId)

    def _turn(self, *, wide: bool) -> None:
        """Go on across the page for a wide table, and upright again after it."""
        from docx.enum.section import WD_ORIENT, WD_SECTION

        if wide == self.wide:
            return
        self.wide = wide
        section = self.word.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = section.page_height, section.page_width

    def _heading(self, words: Sequence[str], level: int, place: str = "") -> None:
        """`place` is what references and the contents find it by."""
        inside = "".join(self.writer.run(Run(each)) for each in words)
        if place:
            self.places += 1
            start = f'<w:bookmarkStart w:id="{self.places}" w:name="{place}"/>'
            inside = f'{start}{inside}<w:bookmarkEnd w:id="{self.places}"/>'
        self._add(self.writer.line(inside, style=f"Heading{level}"))

    def _contents(self, entries: Sequence[Entry]) -> None:
        """A field whose lines lead to their headings at once. Page numbers come when the field is updated, or
        the document printed: to have them on opening, Word would first ask a question that frightens."""
        self._say(_("Contents"), "TOCHeading")
        for place, entry in enumerate(entries, start=1):
            line = self._contents_line(entry)
            line = _field_begin('TOC \\o "1-2" \\h \\z') + line if place == 1 else line
            self._add(
                f'<w:p {NAMESPACE}><w:pPr><w:pStyle w:val="toc{entry.level}"/>{TAB_WITHOUT_DOTS}'
                f"{'<w:bidi/>' if self.rtl else ''}</w:pPr>{line}"
                f"{FIELD_END if place == len(entries) else ''}</w:p>"
            )
        self.word.add_page_break()

    def _contents_line(self, entry: Entry) -> str:
        words = [f"{entry.number} ", entry.title] if entry.number else [entry.title]
        said = "".join(self.writer.run(Run(each)) for each in words)
        page = _field_begin(f"PAGEREF {entry.place} \\h") + FIELD_END
        inside = f"{said}<w:r><w:tab/></w:r>{page}"
        return f'<w:hyperlink w:anchor="{entry.place}" w:history="1">{inside}</w:hyperlink>'

    def _saved(self) -> bytes:
        stream = io.BytesIO()
        self.word.save(stream)
        return stream.getvalue()
