"""Coverage of a country: how many of its first-level localities the work has reached (F32, BR24)."""

from collections.abc import Iterable
from dataclasses import dataclass

from localities.models import Locality


@dataclass(frozen=True)
class Coverage:
    """`reached` of `total` first-level localities, each counted once however much happened in it."""

    reached: int
    total: int

    @classmethod
    def of(cls, first_level: Iterable[str], work: Iterable[str]) -> "Coverage":
        """From the tree paths of the first level and of the places where something happened."""
        roots = set(first_level)
        return cls(reached=len(roots & {root_path(path) for path in work}), total=len(roots))

    @property
    def share(self) -> int:
        return percent(self.reached, self.total)


def root_path(path: str) -> str:
    """The path of the first-level locality in which `path` lies."""
    return path[: Locality.steplen]


def percent(part: int, whole: int) -> int:
    """`part` of `whole`, to the nearest percent; 0 only for none and 100 only for all."""
    if part in (0, whole):
        return 100 if part else 0
    return min(99, max(1, round(part * 100 / whole)))
