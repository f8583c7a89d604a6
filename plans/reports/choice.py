"""What an objective or activity could serve: suggestions by similarity, and everything on offer."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.urls import reverse

from frameworks.ideas import plain
from frameworks.models import Framework, FrameworkKind, Provision
from frameworks.similarity import Suggestion, suggest
from plans.models import LocalActionPlan, Objective
from plans.offers import offered_to

# The order in which one looks: the country's own plan first.
KINDS_IN_ORDER = [
    FrameworkKind.NAP,
    FrameworkKind.WPS_RESOLUTION,
    FrameworkKind.YPS_RESOLUTION,
    FrameworkKind.REGIONAL,
    FrameworkKind.CEDAW,
    FrameworkKind.SDG,
    FrameworkKind.PLATFORM,
    FrameworkKind.RELATED_RESOLUTION,
]


@dataclass(frozen=True)
class Choice:
    """One provision in the list, with its text in the plan's language where it is known."""

    provision: Provision
    text: str
    is_served: bool


@dataclass(frozen=True)
class ProvisionChoice:
    """What can be chosen for a text. `served` are keys of provisions that it serves already."""

    suggestions: list[Suggestion] = field(default_factory=list)
    groups: list[tuple[Framework, list[Choice]]] = field(default_factory=list)

    @classmethod
    def for_text(
        cls, text: str, plan: LocalActionPlan, *, served: set[int], q: str = "", kind: str = ""
    ) -> "ProvisionChoice":
        offered = sorted(offered_to(plan), key=_place)
        found = [each for each in offered if _fits(each, plan.language, q, kind)]
        choices = [Choice(each, each.text_in(plan.language), each.pk in served) for each in found]
        return cls(
            suggestions=suggestions_for(text, plan, served=served, offered=offered),
            groups=[
                (framework, list(rows))
                for framework, rows in groupby(choices, key=lambda choice: choice.provision.framework)
            ],
        )

    @property
    def count(self) -> int:
        return sum(len(choices) for _framework, choices in self.groups)


def suggestions_for(
    text: str, plan: LocalActionPlan, *, served: set[int], offered: list[Provision] | None = None
) -> list[Suggestion]:
    """What the text may serve beside what it serves already. Rarity is counted over all on offer."""
    offered = list(offered_to(plan)) if offered is None else offered
    found = suggest(text, plan.language, offered, most=len(served) + 5)
    return [each for each in found if each.provision.pk not in served][:5]


def _place(provision: Provision) -> tuple[int, int, str, int]:
    framework = provision.framework
    kind = KINDS_IN_ORDER.index(FrameworkKind(framework.kind))
    return (kind, -(framework.generation or 0), framework.code, provision.order)


def _fits(provision: Provision, language: str, q: str, kind: str) -> bool:
    if kind and provision.framework.kind != kind:
        return False
    framework = provision.framework
    words = (
        f"{provision.code} {provision.text} {provision.text_in(language)} {framework.title} {framework.theme}"
    )
    known = plain(words, "en")
    return all(word in known for word in plain(q, "en").split())


def state_at(plan: LocalActionPlan, item: Any) -> str:
    """Where the item is stated to serve a provision, whose address is to be added."""
    kind = "objective" if isinstance(item, Objective) else "activity"
    return f"{reverse('alignment_new', args=[plan.code])}?{kind}={item.code}&provision="
