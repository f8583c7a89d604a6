"""What can be fetched of a plan on paper: the draft as it stands, and each of its editions."""

import datetime
from dataclasses import dataclass
from typing import Self

from core.exports import ExportState
from plans.models import DocumentFormat, Edition, LocalActionPlan, PlanExport
from plans.papers.printed import day_of_draft


@dataclass(frozen=True)
class PaperRow:
    """The draft (edition None) or an edition, with the last PDF that was asked for."""

    edition: Edition | None
    as_of: datetime.date
    export: PlanExport | None
    is_newest: bool = False

    @property
    def is_outdated(self) -> bool:
        """The PDF is of a draft that was changed since."""
        return self.edition is None and self.export is not None and self.export.created_at.date() < self.as_of


@dataclass(frozen=True)
class PlanPapers:
    """Three queries, however many editions there are."""

    draft: PaperRow | None  # none where the newest edition is what stands
    editions: list[PaperRow]

    @classmethod
    def from_plan(cls, plan: LocalActionPlan) -> Self:
        exports: dict[int | None, PlanExport] = {}
        for export in plan.exports.filter(format=DocumentFormat.PDF).order_by("created_at", "pk"):
            known = exports.get(export.edition_id)
            # What is ready stands before a later try that failed.
            if known is None or not (known.is_done and export.state == ExportState.FAILED):
                exports[export.edition_id] = export
        editions = list(plan.editions.defer("content").order_by("-number"))
        rows = [
            PaperRow(each, each.adopted_on, exports.get(each.pk), is_newest=place == 0)
            for place, each in enumerate(editions)
        ]
        draft = None
        if plan.is_open or not editions:
            draft = PaperRow(None, day_of_draft(plan), exports.get(None))
        return cls(draft, rows)
