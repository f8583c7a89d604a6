"""What one page of attendance sends back. One field a page and a tick each: Django takes no more than a
thousand fields, so no page has a field for every cell."""

from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

ABSENT, PRESENT = "absent", "present"
LONGEST = 20  # characters of a code


@dataclass(frozen=True)
class Ticks:
    """`shown`: the people of the page. `was`: those marked present when it was opened. `ticked`: those
    ticked now, as absent or as present."""

    shown: frozenset[str]
    was: frozenset[str]
    ticked: frozenset[str]
    mode: str
    was_marked: bool

    @classmethod
    def from_post(cls, data: QueryDict) -> Self:
        shown = frozenset(code for code in data.get("shown", "").split(",") if 0 < len(code) <= LONGEST)
        return cls(
            shown=shown,
            was=frozenset(data.get("was", "").split(",")) & shown,
            ticked=frozenset(data.getlist("tick")) & shown,
            mode=PRESENT if data.get("tick_mode") == PRESENT else ABSENT,
            was_marked=bool(data.get("was_marked")),
        )

    @property
    def wanted(self) -> frozenset[str]:
        """Those of the page who are to be present."""
        return self.ticked if self.mode == PRESENT else self.shown - self.ticked

    @property
    def came(self) -> frozenset[str]:
        """Those whose mark was changed to present."""
        return self.wanted - self.was

    @property
    def left(self) -> frozenset[str]:
        """Those whose mark was changed to absent."""
        return self.was - self.wanted

    @property
    def is_for_all(self) -> bool:
        """“All present except those ticked”, of a half-day on which nobody was marked before."""
        return self.mode == ABSENT and not self.was_marked
