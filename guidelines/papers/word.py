"""Guidelines for a last edit by hand: DOCX with real headings, lists, notes and repeated table heads.

Made of the same value as the PDF. Charts are tables there: the numbers are what counts."""

from typing import Any

from django.utils.translation import gettext as _

from core.joints import labelled, listed
from core.word import About, Entry, Paragraph, Run, Table, WordDocument
from guidelines.blocks.values import BlockValue, ChartValue, TableValue
from guidelines.papers.mark import Mark
from guidelines.papers.paper import Paper, PaperPart, PaperSection, day
from guidelines.papers.printed import address_in_paper
from guidelines.papers.word_prose import Notes, WordProse, bookmark, footnotes_xml, picture_xml

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
LOWEST_HEADING = 6
ABOUT = "about"


def guidelines_docx(document: dict[str, Any], mark: Mark, files: dict[str, bytes]) -> bytes:
    """The whole document in its language and direction. The caller has put that language on. `files` are the
    contents of its pictures by their addresses."""
    return WordGuidelines(Paper.of(document, mark, addresses={}), mark, files).written()


class WordGuidelines(WordDocument):
    """Writes one document from cover to colophon."""

    def __init__(self, paper: Paper, mark: Mark, files: dict[str, bytes]) -> None:
        self.paper, self.mark, self.files = paper, mark, files
        value = paper.document
        about = About(
            language=value["language"],
            title=value["title"],
            subject=listed([_("Localization of resolution 1325"), value["country"]]),
            author=paper.author,
            made=mark.made,
            foot=value["code"],
            on=mark.on,
        )
        super().__init__(about, rtl=paper.direction == "rtl")
        self.notes = Notes()
        self.prose = WordProse(
            writer=self.writer,
            notes=self.notes,
            names={each.code: f"{each.number} {each.heading}" for each in paper.sections},
            draw=self._picture,
            captions={
                code: " · ".join(filter(None, [each["caption"], each["credit"]]))
                for code, each in value["pictures"].items()
                if each["caption"] or each["credit"]
            },
            new_list=self._new_list,
            table=self.writer.table,
        )

    def written(self) -> bytes:
        self._cover()
        self._endorsements()
        entries = [
            Entry(each.number, each.heading, bookmark(each.code), each.level) for each in self.paper.contents
        ]
        self._contents([*entries, Entry("", _("About this document"), ABOUT)])
        for section in self.paper.sections:
            self._section(section)
        self._turn(wide=False)
        self._colophon()
        self._write_notes()
        return self._saved()

    def _picture(self, code: str, words: str) -> str:
        content, known = self.files.get(address_in_paper(code)), self.paper.document["pictures"].get(code)
        if content is None or known is None:
            return self.writer.run(Run(_("The picture %(code)s is not there.") % {"code": code}, bold=True))
        return picture_xml(self.word.part, content, words.strip() or known["alt"])

    # --- Chapters -------------------------------------------------------------------------------

    def _cover(self) -> None:
        value = self.paper.document
        self._say(f"{_('Localization of resolution 1325')}\n{_('Women, Peace and Security')}", "Subtitle")
        self._say(value["title"], "Title")
        self._say(value["country"], bold=True)
        resting = _("Resting on the resolutions of the Security Council")
        if value["nap"]:
            resting = _("Resting on the %(title)s") % {"title": value["nap"]}
        self._say(resting)
        self._say(f"{_('DRAFT')} · {self.mark.made}" if self.mark.is_draft else self.mark.made, bold=True)
        if self.mark.is_draft:
            self._say(_("Not launched: it may still change, and is not to be cited."))

    def _endorsements(self) -> None:
        if not self.paper.signing:
            return
        headings = [_("Institution"), _("Office"), _("Date")]
        rows: list[list[str]] = [list(row) for row in self.paper.signing]
        if self.mark.is_draft:
            headings.insert(2, _("Signature and seal"))
            rows = [[who, office, "", on] for who, office, on in rows]
        self._say(_("Endorsements"), "TOCHeading")
        self._table(Table(headings, [5, 4, 4, 3][: len(headings)], rows), _("Signatures"))
        if self.paper.field_tests:
            self._say(labelled(_("Field test"), listed(self.paper.field_tests)))
        if self.mark.reason:
            self._say(labelled(_("Why it was revised"), self.mark.reason))

    def _section(self, section: PaperSection) -> None:
        self._turn(wide=False)
        level = min(section.level, LOWEST_HEADING)
        self._heading((f"{section.number} ", section.heading), level, bookmark(section.code))
        if section.origin:
            self._add(
                self.writer.paragraph(
                    Paragraph([Run(_("Taken from: %(origin)s") % {"origin": section.origin}, quiet=True)])
                )
            )
        texts = [part.text for part in section.parts if part.block is None]
        pieces = iter(self.prose.pieces(texts, top=min(level + 1, LOWEST_HEADING)))
        for part in section.parts:
            self._turn(wide=part.is_wide)
            if part.block is not None:
                self._block(part)
            else:
                for xml in next(pieces):
                    self._add(xml)

    def _block(self, part: PaperPart) -> None:
        block = part.block
        assert block is not None  # noqa: S101 - only called for a block
        if block.problem:
            return self._say(labelled(block.title, block.problem), bold=True)
        if block.opens_with_text:
            self._say(block.title, bold=True)
        for each in block.parts:
            if isinstance(each, TableValue):
                self._table(_table_of(each), each.caption)
            elif isinstance(each, ChartValue):
                self._table(_chart_of(each), each.caption)
            else:
                if each.title:
                    self._say(each.title, bold=True)
                self._say(each.text)
        if block.empty:
            self._say(block.empty, italic=True)
        return self._add(self.writer.paragraph(Paragraph([Run(_source(block), quiet=True)])))

    def _colophon(self) -> None:
        value = self.paper.document
        facts = [
            [_("Document"), f"{value['title']} · {value['code']}"],
            [_("State"), self.mark.made],
            [_("Data of the portal as of"), self.paper.as_of],
        ]
        if self.mark.digest:
            facts.append([_("Checksum of the text (SHA-256)"), self.mark.digest])
        if self.mark.address:
            facts.append([_("Where it can be checked"), self.mark.address])
        self._heading([_("About this document")], 1, ABOUT)
        self._table(Table([_("What"), _("How")], [2, 5], facts))

    def _write_notes(self) -> None:
        """Notes are a part of the file of their own."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        if not self.notes.texts:
            return
        content = footnotes_xml(self.notes, rtl=self.rtl)
        package = self.word.part.package
        part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, content, package)
        self.word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _table_of(table: TableValue) -> Table:
    """Rows under a heading of their own follow a row that says it. Lines of a cell are lines there."""
    rows: list[list[Any]] = []
    for group in table.groups:
        if group.title:
            rows.append([Run(group.title, bold=True)])
        rows += [[[Run(line) for line in cell.split("\n")] for cell in row] for row in group.rows]
    numbers = frozenset(place for place, column in enumerate(table.columns) if column.is_number)
    return Table(
        [column.label for column in table.columns],
        [column.width or 1 for column in table.columns],
        rows,
        numbers,
    )


def _chart_of(chart: ChartValue) -> Table:
    return Table([_("What"), _("How much")], [3, 2], [[bar.label, bar.text] for bar in chart.bars])


def _source(block: BlockValue) -> str:
    said = _("Frozen as of %(day)s.") if block.is_frozen else _("As of %(day)s.")
    source = _("Source: %(source)s") % {"source": block.source} if block.source else ""
    return f"{source} {said % {'day': day(block.as_of.isoformat())}}".strip()
