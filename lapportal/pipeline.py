"""How far Localization has come in a place: derived from what happened there, never typed (domain.md §5).

The steps have an order but nobody is forced into it (F49): a plan can exist without a workshop.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """One step, whether it is reached, and whether it is where the place stands now."""

    label: str | Promise
    reached: bool
    is_current: bool
    count: int


@dataclass(frozen=True)
class Pipeline:
    """Numbers of what happened in a place and below it, as far as the reader may see it."""

    approached: int = 0
    workshops: int = 0
    committees: int = 0
    plans: int = 0
    adopted: int = 0
    integrated: int = 0
    monitored: int = 0
    sustained: int = 0

    @property
    def counts(self) -> tuple[tuple[str | Promise, int], ...]:
        return (
            (_("Approached"), self.approached),
            (_("Workshop held"), self.workshops),
            (_("Committee set up"), self.committees),
            (_("Plan drafted"), self.plans),
            (_("Instrument adopted"), self.adopted),
            (_("Integrated"), self.integrated),
            (_("Monitored"), self.monitored),
            (_("Sustained"), self.sustained),
        )

    @property
    def stage(self) -> str | Promise:
        """The furthest step that is reached, in words."""
        reached = [label for label, count in self.counts if count]
        return reached[-1] if reached else _("Not started")

    @property
    def has_started(self) -> bool:
        return any(count for _label, count in self.counts)

    @property
    def is_adopted(self) -> bool:
        return self.adopted > 0

    @property
    def steps(self) -> list[Step]:
        return [
            Step(label, reached=count > 0, is_current=label == self.stage, count=count)
            for label, count in self.counts
        ]
