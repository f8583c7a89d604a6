"""One page for ministries and donors, without a name (F99): the large numbers, and what matters most."""

import datetime
from dataclasses import dataclass
from typing import Self

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.joints import in_percent
from workshops.charts import Bar
from workshops.models import CommitmentState, Milestone, Workshop
from workshops.papers.heads import Head, day_on_paper
from workshops.papers.outcomes import Awareness, awareness_of, bars_of
from workshops.papers.turnouts import PaperTurnout
from workshops.reports.results import Results
from workshops.states import TO_COME


@dataclass(frozen=True)
class Level:
    """How much of it: rows of each list, and letters of each row."""

    rows: int
    letters: int


# From all that is wanted to what fits any page.
LEVELS = (Level(5, 150), Level(4, 110), Level(3, 90), Level(2, 70), Level(1, 50), Level(0, 40))


@dataclass(frozen=True)
class Summary:
    """Read while the paper's language is on."""

    head: Head
    turnout: PaperTurnout
    title: str
    figures: list[tuple[str, str]]  # number, what it counts
    issues: list[str]
    issues_more: int
    votes: list[Bar]
    votes_more: int
    commitments: list[tuple[str, str]]  # what was promised, until when
    commitments_more: int
    awareness: Awareness | None
    dates: list[tuple[str, str]]  # what, when

    @classmethod
    def from_workshop(cls, workshop: Workshop, *, as_of: datetime.date, level: Level = LEVELS[0]) -> Self:
        """A fixed number of queries; `level` says how much of each list is printed."""
        turnout = PaperTurnout.from_workshop(workshop)
        results = Results.from_workshop(workshop, today=as_of)
        issues = [Truncator(issue.description).chars(level.letters) for issue in results.issues]
        open_ones = [one for one in results.commitments if one.state == CommitmentState.OPEN]
        open_ones.sort(key=lambda one: (one.due_on, one.pk))
        return cls(
            head=Head.from_workshop(workshop, as_of=as_of),
            turnout=turnout,
            title=workshop.title,
            figures=_figures(turnout, results),
            issues=issues[: level.rows],
            issues_more=max(len(issues) - level.rows, 0),
            votes=bars_of(results.ranking[: level.rows], letters=level.letters),
            votes_more=max(len(results.ranking) - level.rows, 0),
            commitments=[
                (Truncator(one.text).chars(level.letters), day_on_paper(workshop, one.due_on))
                for one in open_ones[: level.rows]
            ],
            commitments_more=max(len(open_ones) - level.rows, 0),
            awareness=awareness_of(results),
            dates=_dates(workshop, as_of),
        )


def _figures(turnout: PaperTurnout, results: Results) -> list[tuple[str, str]]:
    """Those that there are and that may be shown."""
    figures = []
    if turnout.people:
        came = _("people took part") if results.workshop.took_place else _("people registered")
        figures.append((str(turnout.people), came))
    if turnout.best:
        figures.append((in_percent(turnout.best.turnout.share or 0), _("local authorities")))
    if results.issues:
        figures.append((str(len(results.issues)), _("issues in the conflict analysis")))
    if results.commitments:
        figures.append((str(len(results.commitments)), _("commitments")))
    return figures


def _dates(workshop: Workshop, as_of: datetime.date) -> list[tuple[str, str]]:
    """What is still to come after `as_of`: the days themselves, then the follow-ups (F22)."""
    if workshop.state in TO_COME:
        return [(_("The event"), Head.from_workshop(workshop, as_of=as_of).dates)]
    if not workshop.took_place:
        return []
    follow_ups = [workshop.ends_on + datetime.timedelta(days=milestone) for milestone in Milestone]
    label = _("Commitments are asked about")
    return [(label, day_on_paper(workshop, day)) for day in follow_ups if day >= as_of]
