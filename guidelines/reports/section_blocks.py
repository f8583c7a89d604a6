"""The blocks of one section: what each shows, since when, and whether the data has changed since."""

import datetime
from dataclasses import dataclass
from typing import Self

from accounts.models import User
from accounts.roles import Capability, Role
from guidelines.blocks.frozen import value_of
from guidelines.blocks.gather import gather_all
from guidelines.blocks.values import BlockValue
from guidelines.languages import in_language_of
from guidelines.markers import kinds_in
from guidelines.models import Block, Section


@dataclass(frozen=True)
class SectionBlock:
    """One block of the text. `now` is what it would show if it followed the data."""

    kind: str
    label: str
    value: BlockValue
    now: BlockValue
    frozen_by: str = ""  # a role: an account's name is for its colleagues

    @classmethod
    def from_section(cls, section: Section, *, today: datetime.date) -> list[Self]:
        """In the order of the text; words of the data in the document's language."""
        kinds = kinds_in(section.body)
        frozen = {row.kind: row for row in section.frozen_blocks.select_related("frozen_by")}
        with in_language_of(section.guidelines.language):
            now = gather_all(kinds, section.guidelines, today=today)
            kept = {kind: value_of(row) for kind, row in frozen.items()}
        return [
            cls(
                kind,
                label_of(kind),
                kept.get(kind, now[kind]),
                now[kind],
                role_of(frozen[kind].frozen_by) if kind in frozen else "",
            )
            for kind in kinds
        ]

    @property
    def is_frozen(self) -> bool:
        return self.value is not self.now

    @property
    def has_changed(self) -> bool:
        """Frozen, and the data is another one now."""
        return self.is_frozen and not self.value.says_the_same_as(self.now)


def label_of(kind: str) -> str:
    return str(Block(kind).label) if kind in Block.values else kind


def role_of(user: User | None) -> str:
    """As what the account writes guidelines; empty where the account or the role is gone."""
    held = {g.role for g in user.scope.grants if g.allows(Capability.WRITE_GUIDELINES)} if user else set()
    return next((str(role.label) for role in Role if role in held), "")
