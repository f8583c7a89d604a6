"""What a workshop produced: one read model for the page, the report and the summary.

BR17: for whoever does not run the workshop small numbers are hidden, and those that give them away.
"""

import datetime
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.suppression import suppress
from frameworks.models import Provision
from people.models import Sex
from workshops.models import (
    AwarenessScore,
    Champion,
    ChampionState,
    Commitment,
    CommitmentState,
    ConflictIssue,
    Criterion,
    EvaluationCount,
    NapVote,
    Need,
    PolicyMapping,
    Workshop,
)
from workshops.ranking import ranked
from workshops.reports.turnout import Cell
from workshops.states import WorkshopKind


@dataclass(frozen=True)
class Awareness:
    """Averages of the same test before and after (F09). None: not entered, or of too few sheets."""

    maximum: int
    before: Decimal | None
    after: Decimal | None
    before_count: int | None
    after_count: int | None
    is_hidden: bool

    @classmethod
    def from_score(cls, score: AwarenessScore, *, threshold: int) -> Self:
        hides_before = 0 < score.before_count < threshold
        hides_after = 0 < score.after_count < threshold
        return cls(
            maximum=score.maximum,
            before=None if hides_before else score.before_average,
            after=None if hides_after else score.after_average,
            before_count=None if hides_before else score.before_count,
            after_count=None if hides_after else score.after_count,
            is_hidden=hides_before or hides_after,
        )

    @property
    def change(self) -> Decimal | None:
        """In points; negative when less was known afterwards."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def change_percent(self) -> int | None:
        """The change in per cent of the highest possible score."""
        return None if self.change is None else round(self.change * 100 / self.maximum)

    @property
    def loss_percent(self) -> int:
        """The change without its sign, for the sentence that says it fell."""
        return abs(self.change_percent or 0)

    @property
    def bars(self) -> list[tuple[int, str]]:
        """Length in per cent of the highest possible score, and what it stands for."""
        both = ((self.before, _("Before")), (self.after, _("After")))
        return [(round(each * 100 / self.maximum), label) for each, label in both if each is not None]


@dataclass(frozen=True)
class EvaluationLine:
    """One question of the evaluation sheet; a number that is not shown is None."""

    label: str
    agree: int | None
    partly: int | None
    disagree: int | None
    blank: int | None


@dataclass(frozen=True)
class Evaluation:
    """How participants judged the workshop. `sheets` None: too few to say."""

    sheets: int | None
    lines: list[EvaluationLine]

    @classmethod
    def from_counts(cls, counts: list[EvaluationCount], *, threshold: int) -> Self:
        sheets = max((count.sheets for count in counts), default=0)
        if 0 < sheets < threshold:
            return cls(None, [])
        by_criterion = {count.criterion: count for count in counts}
        return cls(
            sheets,
            [
                EvaluationLine(str(criterion.label), **_shown(by_criterion[criterion], threshold))
                for criterion in Criterion
                if criterion in by_criterion
            ],
        )

    @property
    def hides_numbers(self) -> bool:
        return self.sheets is None or any(
            None in (line.agree, line.partly, line.disagree, line.blank) for line in self.lines
        )


def _shown(count: EvaluationCount, threshold: int) -> dict[str, int | None]:
    answers = {name: getattr(count, name) for name in ("agree", "partly", "disagree", "blank")}
    return suppress(answers, threshold=threshold)


@dataclass(frozen=True)
class RankedItem:
    """One voted item with its place; `groups` says who gave how many votes."""

    place: int
    provision: Provision
    votes: int
    width: int  # of the bar, in per cent of the longest
    groups: list[tuple[str, int]]

    @classmethod
    def from_votes(cls, votes: list[NapVote]) -> list[Self]:
        """Items of equal votes share a place, and stand in the order of their plan."""
        totals: Counter[int] = Counter()
        items: dict[int, Provision] = {}
        groups: dict[int, list[tuple[str, int]]] = {}
        for vote in votes:
            items[vote.provision_id] = vote.provision
            totals[vote.provision_id] += vote.votes
            groups.setdefault(vote.provision_id, []).append((vote.group, vote.votes))
        in_order = sorted(items, key=lambda pk: (items[pk].framework_id, items[pk].order))
        places = ranked({pk: totals[pk] for pk in in_order})
        most = places[0][2] if places else 1
        return [
            cls(place, items[pk], number, max(1, round(number * 100 / most)), groups[pk])
            for place, pk, number in places
        ]


@dataclass(frozen=True)
class CommitmentCounts:
    """How the commitments stand today."""

    total: int
    open: int
    overdue: int
    kept: int
    dropped: int
    to_ask: int

    @classmethod
    def of(cls, commitments: list[Commitment], *, today: datetime.date) -> Self:
        states = Counter(each.state for each in commitments)
        return cls(
            total=len(commitments),
            open=states[CommitmentState.OPEN],
            overdue=sum(each.is_overdue(today) for each in commitments),
            kept=states[CommitmentState.KEPT],
            dropped=states[CommitmentState.DROPPED],
            to_ask=sum(each.due_milestone(today) is not None for each in commitments),
        )


@dataclass(frozen=True)
class ChampionCounts:
    """Champions by state, sex and area (F30, F65). `total` None: so few that one could tell who."""

    total: int | None
    states: list[Cell]
    sexes: list[Cell]
    areas: list[Cell]

    @classmethod
    def of(cls, champions: list[Champion], *, threshold: int) -> Self:
        if 0 < len(champions) < threshold:
            return cls(None, [], [], [])
        states = suppress(Counter(each.state for each in champions), threshold=threshold)
        sexes = suppress(Counter(each.person.sex for each in champions), threshold=threshold)
        areas = suppress(Counter(each.locality for each in champions), threshold=threshold)
        return cls(
            total=len(champions),
            states=[
                Cell(str(label), states[value]) for value, label in ChampionState.choices if value in states
            ],
            sexes=[Cell(str(label), sexes[value]) for value, label in Sex.choices if value in sexes],
            areas=[
                Cell(str(area), number) for area, number in sorted(areas.items(), key=lambda a: str(a[0]))
            ],
        )

    @property
    def hides_numbers(self) -> bool:
        cells = [*self.states, *self.sexes, *self.areas]
        return self.total is None or any(cell.count is None for cell in cells)


@dataclass(frozen=True)
class Results:
    """Everything that came of one workshop, as its reader may see it. Nine queries, whatever the size;
    one fewer after `select_related("awareness")`."""

    workshop: Workshop
    today: datetime.date
    awareness: Awareness | None
    evaluation: Evaluation | None
    issues: list[ConflictIssue]
    ranking: list[RankedItem]
    voting_groups: list[str]
    policies: list[PolicyMapping]
    earlier_policies: list[PolicyMapping]  # of its localities, found out at workshops before
    needs: list[Need]
    commitments: list[Commitment]
    commitment_counts: CommitmentCounts
    champions: ChampionCounts
    committees: list[Any]  # committees stand later in the story
    # For whoever runs the workshop alone: rows that lead to names.
    champion_rows: list[Champion] = field(default_factory=list)
    untrained_here: list[Champion] = field(default_factory=list)  # registered at this training
    trained_here: list[Champion] = field(default_factory=list)

    @classmethod
    def from_workshop(
        cls,
        workshop: Workshop,
        *,
        sees_all: bool = False,
        reader: Any = None,
        today: datetime.date | None = None,
    ) -> Self:
        """`sees_all`: the reader runs the workshop. What is passed on (the report) never does.
        `reader`: what earlier workshops found out is shown as far as he or she may see them."""
        today = today or timezone.localdate()
        threshold = 0 if sees_all else workshop.locality.country.small_cell_threshold
        score: AwarenessScore | None = getattr(workshop, "awareness", None)
        counts = list(workshop.evaluation.all())
        votes = list(workshop.nap_votes.select_related("provision__framework").order_by("group"))
        commitments = list(workshop.commitments.for_list().with_heard().overdue_first(today))
        for each in commitments:
            each.workshop = workshop
        champions = list(_champions_of(workshop))
        identified = [each for each in champions if each.workshop_id == workshop.pk]
        policies = list(_policies_for(workshop, reader))
        return cls(
            workshop=workshop,
            today=today,
            awareness=Awareness.from_score(score, threshold=threshold) if score else None,
            evaluation=Evaluation.from_counts(counts, threshold=threshold) if counts else None,
            issues=list(workshop.conflict_issues.all()),
            ranking=RankedItem.from_votes(votes),
            voting_groups=sorted({vote.group for vote in votes}),
            policies=[each for each in policies if each.workshop_id == workshop.pk],
            earlier_policies=[each for each in policies if each.workshop_id != workshop.pk],
            needs=list(workshop.needs.all()),
            commitments=commitments,
            commitment_counts=CommitmentCounts.of(commitments, today=today),
            champions=ChampionCounts.of(identified, threshold=threshold),
            committees=list(workshop.committees.all()),
            champion_rows=identified if sees_all else [],
            untrained_here=_untrained(workshop, champions) if sees_all else [],
            trained_here=[each for each in champions if sees_all and each.trained_at_id == workshop.pk],
        )

    @property
    def is_empty(self) -> bool:
        filled = (self.issues, self.ranking, self.policies, self.needs, self.commitments, self.committees)
        return not (any(filled) or self.awareness or self.evaluation or self.champions.total != 0)

    @property
    def overdue(self) -> list[Commitment]:
        return [each for each in self.commitments if each.is_overdue(self.today)]

    @property
    def frameworks_voted(self) -> list[Any]:
        """The plans or resolutions whose items were voted on."""
        return list({item.provision.framework_id: item.provision.framework for item in self.ranking}.values())


def _policies_for(workshop: Workshop, reader: Any) -> Any:
    """Those mapped here, and for its localities at workshops that were before (F28). Without a reader
    those of its own locality alone: another place may be hidden from who is handed the report."""
    before = PolicyMapping.objects.filter(workshop__starts_on__lt=workshop.starts_on)
    if reader is None:
        before = before.filter(locality=workshop.locality, workshop__locality=workshop.locality)
    else:
        here = Q(locality=workshop.locality) | Q(locality__in=workshop.other_localities.values("pk"))
        before = before.visible_to(reader).filter(here)
    rows = PolicyMapping.objects.filter(Q(workshop=workshop) | Q(pk__in=before.order_by().values("pk")))
    return rows.select_related("locality", "workshop")


def _champions_of(workshop: Workshop) -> Any:
    """Those identified here and, at a training of trainers, those who are registered in it."""
    rows = Champion.objects.for_list()
    if workshop.kind != WorkshopKind.TRAINING_OF_TRAINERS:
        return rows.filter(workshop=workshop)
    taking_part = workshop.participations.values("person")
    return rows.filter(Q(workshop=workshop) | Q(person__in=taking_part))


def _untrained(workshop: Workshop, champions: list[Champion]) -> list[Champion]:
    if workshop.kind != WorkshopKind.TRAINING_OF_TRAINERS or not workshop.took_place:
        return []
    waiting = (ChampionState.IDENTIFIED, ChampionState.INVITED)
    return [each for each in champions if each.state in waiting]
