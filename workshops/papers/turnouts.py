"""The turnout on paper: the three stages as a stranger may see them, drawn on one scale."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from core.joints import listed
from workshops.charts import Bar, Stacked, share_bar, stacked
from workshops.models import Workshop
from workshops.papers.heads import is_guarded
from workshops.reports.stages import Stage, Stages, Table
from workshops.turnout import Turnout


@dataclass(frozen=True)
class PaperTurnout:
    """`best` is the furthest stage whose share may be shown; None where none may."""

    stages: Stages
    bars: list[Bar]
    target_bar: Bar | None
    best: Stage | None
    tables: list[Table]

    @classmethod
    def from_workshop(cls, workshop: Workshop) -> Self:
        stages = Stages.from_workshop(workshop, sees_all=False)
        shown = [stage for stage in stages.all if _has_people(stage)]
        sharing = [stage for stage in shown if stage.shows_share]
        best = sharing[-1] if sharing else None
        return cls(
            stages=stages,
            bars=stacked([_row(stage) for stage in shown]),
            target_bar=_target_bar(best) if best else None,
            best=best,
            # At high risk the places that people come from are too near to them.
            tables=[table for table in stages.tables if not _is_by_place(table, workshop)],
        )

    @property
    def people(self) -> int | None:
        """How many took part, as far as it may be said: attended, else registered."""
        shown = [stage for stage in (self.stages.attended, self.stages.registered) if _has_people(stage)]
        return shown[0].composition.total if shown else None

    @property
    def lines(self) -> list[str]:
        """Sex and age in a line each, without what is not shown."""
        wanted = [table for table in self.tables if table.title in {_("Sex"), _("Age")}]
        lines = [
            [f"{line.label} ({line.numbers[0]})" for line in table.lines if line.numbers[0]]
            for table in wanted
        ]
        return [listed(words) for words in lines if words]

    @property
    def sentence(self) -> str:
        return self.best.sentence if self.best else self.stages.registered.sentence


def _has_people(stage: Stage) -> bool:
    return stage.is_known and stage.shows_total and bool(stage.composition.total)


def _row(stage: Stage) -> Stacked:
    authorities = stage.turnout.authorities if stage.shows_share else None
    total = stage.composition.total
    words = (
        _("%(authorities)s of %(total)s") % {"authorities": authorities, "total": total}
        if stage.shows_share
        else str(total)
    )
    return Stacked(stage.label, total, authorities, words)


def _target_bar(stage: Stage) -> Bar:
    turnout: Turnout = stage.turnout
    words = _("%(share)s%% · target %(target)s%%") % {"share": turnout.share, "target": turnout.target}
    return share_bar(stage.label, share=turnout.share or 0, target=turnout.target, shown=words)


def _is_by_place(table: Table, workshop: Workshop) -> bool:
    return is_guarded(workshop) and table.title == _("Comes from")
