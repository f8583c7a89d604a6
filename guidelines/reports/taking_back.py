"""What changes when all that was written in a revision is taken back."""

from dataclasses import dataclass
from typing import Self

from guidelines.models import Edition, Guidelines
from guidelines.outline import outline_of
from guidelines.reports.compared import written
from guidelines.reports.edition_changes import ADDED, DATA, REMOVED, SectionChange, changes_between
from guidelines.reports.section_blocks import label_of
from guidelines.taking_back import block_departures, fingerprint, last_edition


@dataclass(frozen=True)
class TakingBack:
    """From the text of today to the edition: an addition is what comes back. `seen` is the fingerprint of
    the text of today."""

    edition: Edition
    changes: list[SectionChange]
    moved: list[tuple[str, str, str]]  # heading, number now, number in the edition
    blocks: list[tuple[str, str, bool]]  # heading, data, whether they are kept as in the edition
    seen: str

    @classmethod
    def of(cls, guidelines: Guidelines) -> Self | None:
        """None where no edition was launched."""
        edition = last_edition(guidelines)
        if edition is None:
            return None
        frozen = edition.content.get("sections", [])
        numbers = {was["code"]: was["number"] for was in frozen}
        entries = outline_of(guidelines.sections.all())
        return cls(
            edition,
            [each for each in changes_between(written(guidelines), frozen) if each.kind != DATA],
            [
                (entry.section.heading, entry.number, numbers[entry.section.code])
                for entry in entries
                if numbers.get(entry.section.code, entry.number) != entry.number
            ],
            [
                (each.section.heading, label_of(each.kind), each.content is not None)
                for each in block_departures(guidelines)
            ],
            fingerprint(guidelines),
        )

    @property
    def is_nothing(self) -> bool:
        return not (self.changes or self.moved or self.blocks)

    @property
    def adds_or_removes(self) -> bool:
        return any(each.kind in (ADDED, REMOVED) for each in self.changes)
