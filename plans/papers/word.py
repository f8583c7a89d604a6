"""The plan for a last edit by hand: DOCX with real headings, lists and repeated table heads.

Made of the same `Paper` as the PDF. python-docx is loaded where it is used: most processes never
write a Word document.
"""

import io
from typing import Any

from django.utils.translation import gettext as _

from plans.papers.languages import in_language_of
from plans.papers.paper import Chapter, Mark, Paper, paper_of
from plans.papers.word_parts import NAMESPACE, WIDE_WIDTH, Paragraph, Prose, Run, Table, Writer
from plans.papers.word_tables import (
    activity_table,
    adoption_table,
    alignment_table,
    budget_tables,
    indicator_table,
    issue_table,
    lens_table,
    signature_table,
)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDE_PARTS = {"matrix", "lenses", "alignment", "indicators"}


def plan_docx(document: dict[str, Any], mark: Mark) -> bytes:
    """The whole plan as a Word document in the plan's language and direction."""
    with in_language_of(document["language"]):
        return WordPaper(paper_of(document, mark)).written()


class WordPaper:
    """Writes one paper from cover to adoption."""

    def __init__(self, paper: Paper) -> None:
        from docx import Document

        from plans.papers.word_styles import About, prepare

        self.paper = paper
        self.rtl = paper.direction == "rtl"
        self.writer = Writer(rtl=self.rtl)
        self.word = Document()
        about = About(
            language=paper.language,
            title=paper.title,
            subject=f"{paper.kind}, {paper.place}",
            author=paper.committee,
            made=paper.made,
            foot=f"{paper.document['code']} · {paper.fingerprint}".rstrip(" ·"),
            on=paper.mark.as_of,
        )
        prepare(self.word, about, rtl=self.rtl)
        self.prose = Prose(self._new_list)
        self.wide = False

    def written(self) -> bytes:
        self._cover()
        for chapter in self.paper.chapters:
            self._turn(wide=chapter.part in WIDE_PARTS)
            self._heading(f"{chapter.number} {chapter.title}", 1)
            getattr(self, f"_{chapter.part}")(chapter)
        stream = io.BytesIO()
        self.word.save(stream)
        return stream.getvalue()

    # --- Pieces ---------------------------------------------------------------------------------

    def _add(self, xml: str) -> None:
        from docx.oxml import parse_xml

        self.word.element.body.insert_element_before(parse_xml(xml), "w:sectPr")

    def _say(self, text: str, style: str = "", **look: bool) -> None:
        self._add(self.writer.paragraph(Paragraph([Run(text, **look)], style)))

    def _heading(self, text: str, level: int) -> None:
        self._say(text, f"Heading{level}")

    def _table(self, table: Table, caption: str) -> None:
        table.width = WIDE_WIDTH if self.wide else table.width
        self._say(caption, "Caption")
        self._add(self.writer.table(table))
        self._say("")

    def _new_list(self) -> int:
        """A numbered list that begins with 1 again."""
        numbering = self.word.part.numbering_part.element
        style = self.word.styles["List Number"].element
        first = numbering.num_having_numId(style.pPr.numPr.numId.val)
        made = numbering.add_num(first.abstractNumId.val)
        made.add_lvlOverride(0).add_startOverride(1)
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

    # --- Chapters -------------------------------------------------------------------------------

    def _cover(self) -> None:
        paper = self.paper
        self._say(paper.kind, "Subtitle")
        self._say(paper.title, "Title")
        self._say(f"{paper.place}, {paper.country}", bold=True)
        self._say(paper.period)
        self._say(_("Written by %(committee)s") % {"committee": paper.committee})
        resting = _("Resting on the resolutions of the Security Council")
        if paper.document["nap"]:
            resting = _("Resting on the %(title)s") % {"title": paper.nap}
        self._say(resting)
        self._say(_("DRAFT") if paper.is_draft else paper.made, bold=True)
        if paper.is_draft:
            self._say(paper.made)
            self._say(_("Not adopted: it may still change, and is not to be cited as the plan."))
        else:
            self._say(_("Adopted by %(adopted)s") % {"adopted": paper.adopted}, bold=True)
        self._contents()

    def _contents(self) -> None:
        """A field that the word processor fills with page numbers; until then the titles stand in it."""
        self._say(_("Contents"), "TOCHeading")
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
            ' TOC \\o "1-2" \\h \\z </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        bidi = "<w:pPr><w:bidi/></w:pPr>" if self.rtl else ""
        last = len(self.paper.chapters)
        for chapter in self.paper.chapters:
            title = self.writer.run(Run(f"{chapter.number} {chapter.title}"))
            first = begin if chapter.number == 1 else ""
            self._add(f"<w:p {NAMESPACE}>{bidi}{first}{title}{end if chapter.number == last else ''}</w:p>")
        self.word.add_page_break()

    def _to_come(self) -> None:
        self._say(_("Not written yet."), italic=True)

    def _text(self, chapter: Chapter) -> None:
        if not chapter.text:
            return self._to_come()
        for part in self.prose.parts(chapter.text):
            if isinstance(part, Table):
                self._add(self.writer.table(part))
                self._say("")
            else:
                self._add(self.writer.paragraph(part))
        if chapter.id == "foreword" and self.paper.foreword_by:
            self._say(self.paper.foreword_by, bold=True)
        return None

    def _issues(self, chapter: Chapter) -> None:
        if not self.paper.issues:
            return self._to_come()
        self._say(
            _("Priority issues that an activity answers: %(answered)s of %(total)s")
            % {"answered": self.paper.answered, "total": len(self.paper.issues)}
        )
        return self._table(issue_table(self.paper), _("Priority issues and what answers them"))

    def _matrix(self, chapter: Chapter) -> None:
        for objective in self.paper.objectives:
            self._heading(f"{objective.number} {objective.text}", 2)
            reason = f" · {_('Local priority')}: {objective.local_reason}" if objective.local_reason else ""
            self._add(self.writer.paragraph(Paragraph([Run(f"{objective.pillar}{reason}")], keep=True)))
            if objective.activities:
                caption = _("Activities of objective %(number)s") % {"number": objective.number}
                self._table(activity_table(objective.activities), caption)
            else:
                self._say(_("No activity yet"), bold=True)
        if not self.paper.objectives:
            self._to_come()

    def _lenses(self, chapter: Chapter) -> None:
        if not self.paper.activities:
            return self._to_come()
        caption = _("Who gains from each activity, and who could be hurt by it")
        return self._table(lens_table(self.paper.activities), caption)

    def _budget(self, chapter: Chapter) -> None:
        for caption, table in budget_tables(self.paper.budget):
            self._table(table, caption)
        if not self.paper.budget.rows:
            self._say(_("No money is planned by source and year yet."))

    def _alignment(self, chapter: Chapter) -> None:
        self._say(_("Strength says how far it serves the provision: direct, partial or supporting."))
        if not self.paper.alignment:
            return self._to_come()
        caption = _("From the local plan to the National Action Plan and the resolutions")
        return self._table(alignment_table(self.paper.alignment), caption)

    def _indicators(self, chapter: Chapter) -> None:
        self._table(indicator_table(self.paper.indicators), _("How each indicator is measured"))

    def _adoption(self, chapter: Chapter) -> None:
        if self.paper.is_draft:
            self._say(
                _("%(made)s. Not adopted: it may still change, and is not to be cited as the plan.")
                % {"made": self.paper.made}
            )
        self._table(adoption_table(self.paper), _("How the plan came into force"))
        self._table(signature_table(self.paper), _("Signatures"))
