"""What a reader of a block is given: the guidelines, the day, and what several blocks share."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from guidelines.blocks.localities import Coverage
from guidelines.models import Guidelines
from guidelines.stories import hidden_places


@dataclass(frozen=True)
class Asked:
    """One asking for blocks of one document: what two of them need is read once."""

    guidelines: Guidelines
    today: datetime.date

    @cached_property
    def coverage(self) -> Coverage:
        guidelines = self.guidelines
        return Coverage.from_country(guidelines.country, level=guidelines.level, today=self.today)

    @cached_property
    def hidden_places(self) -> list[str]:
        """Where it may not be known that a workshop takes place, by tree path."""
        return hidden_places(self.guidelines.country, today=self.today)
