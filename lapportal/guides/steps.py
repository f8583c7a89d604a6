"""A guided path: what to do next, why, where, and what is done already. Read from the data, never ticked.

Nobody is forced into the order (F49): every step can be opened at any time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class StepState(models.TextChoices):
    DONE = "done", _("Done")
    NEXT = "next", _("Next")
    OPEN = "open", _("To come")
    OPTIONAL = "optional", _("If you need it")


TONES = {StepState.DONE: "done", StepState.NEXT: "going"}

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """`why` explains, `found` says what the portal knows of it, `url` leads to where it is done: "" for a
    reader who may not, who is told `who` does it instead."""

    key: str
    title: Words
    why: Words
    is_done: bool = False
    found: Words = ""
    action: Words = ""
    url: str = ""
    who: Words = ""
    is_optional: bool = False
    state: StepState = StepState.OPEN

    @property
    def tone(self) -> str:
        """For components/state.html."""
        return TONES.get(self.state, "")


@dataclass(frozen=True)
class Choice:
    """Something that the path can be walked with: a workshop, a committee, a plan, a document."""

    code: str
    label: str


@dataclass(frozen=True)
class Guide:
    """One path, walked with `subject` or, before there is one, with nothing."""

    title: Words
    lead: Words
    steps: tuple[Step, ...]
    choices: tuple[Choice, ...] = ()
    chosen: str = ""
    subject: Any = None

    @classmethod
    def of(cls, steps: Iterable[Step], **words: Any) -> "Guide":
        """With the state of each step: the first that is not done is the next one."""
        told: list[Step] = []
        for step in steps:
            state = StepState.DONE if step.is_done else StepState.OPEN
            if state == StepState.OPEN and step.is_optional:
                state = StepState.OPTIONAL
            elif state == StepState.OPEN and not any(each.state == StepState.NEXT for each in told):
                state = StepState.NEXT
            told.append(replace(step, state=state))
        return cls(steps=tuple(told), **words)

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.needed)

    @property
    def needed(self) -> list[Step]:
        """What the path asks for: optional steps count only once they are done."""
        return [step for step in self.steps if step.is_done or not step.is_optional]

    @property
    def next_step(self) -> Step | None:
        return next((step for step in self.steps if step.state == StepState.NEXT), None)
