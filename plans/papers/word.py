"""The plan for a last edit by hand: DOCX with real headings, lists and repeated table heads.

Made of the same `Paper` as the PDF.
"""

from typing import Any

from django.utils.translation import gettext as _

from core.joints import labelled, listed
from core.word import About, Entry, Paragraph, Run, Table, WordDocument
from plans.papers.languages import in_language_of
from plans.papers.paper import Chapter, Mark, Paper, paper_of
from plans.papers.word_prose import Prose
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
WIDE_PARTS = {"matrix", "lenses", "indicators"}


def plan_docx(document: dict[str, Any], mark: Mark) -> bytes:
    """The whole plan as a Word document in the plan's language and direction."""
    with in_language_of(document["language"]):
        return WordPaper(paper_of(document, mark)).written()


class WordPaper(WordDocument):
    """Writes one paper from cover to adoption."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        about = About(
            language=paper.language,
            title=paper.title,
            subject=listed([paper.kind, paper.place]),
            author=paper.committee,
            made=paper.made,
            foot=f"{paper.document['code']} · {paper.fingerprint}".rstrip(" ·"),
            on=paper.mark.as_of,
        )
        super().__init__(about, rtl=paper.direction == "rtl")
        self.prose = Prose(self._new_list)

    def written(self) -> bytes:
        self._cover()
        for chapter in self.paper.chapters:
            self._turn(wide=chapter.part in WIDE_PARTS)
            self._heading((f"{chapter.number} ", chapter.title), 1, _place(chapter))
            getattr(self, f"_{chapter.part}")(chapter)
        return self._saved()

    # --- Chapters -------------------------------------------------------------------------------

    def _cover(self) -> None:
        paper = self.paper
        self._say(paper.kind, "Subtitle")
        self._say(paper.title, "Title")
        self._say(listed([paper.place, paper.country]), bold=True)
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
        self._contents([Entry(str(each.number), each.title, _place(each)) for each in paper.chapters])

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
            self._heading((f"{objective.number} ", objective.text), 2)
            said = str(objective.pillar)
            if objective.local_reason:
                said += f" · {labelled(_('Local priority'), objective.local_reason)}"
            self._add(self.writer.paragraph(Paragraph([Run(said)], keep=True)))
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


def _place(chapter: Chapter) -> str:
    return f"chapter_{chapter.id}"
