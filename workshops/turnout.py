"""Turnout: the share of local authorities among those who came, against the target.

BR1 (GNWP, 2018): a Localization workshop convenes about 60 % local authorities. It warns and
never blocks. Head-counts count like named registrations.
"""

from dataclasses import dataclass
from math import ceil

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

DEFAULT_TARGET = 60


@dataclass(frozen=True)
class Turnout:
    """`authorities` of `total` people; `target` in percent (1 to 100)."""

    authorities: int
    total: int
    target: int = DEFAULT_TARGET

    @property
    def others(self) -> int:
        return self.total - self.authorities

    @property
    def share(self) -> int | None:
        """Local authorities in percent of all, rounded down so that 59.6 % is not shown as met."""
        return self.authorities * 100 // self.total if self.total else None

    @property
    def is_met(self) -> bool:
        return bool(self.total) and self.authorities * 100 >= self.target * self.total

    @cached_property
    def missing(self) -> int | None:
        """How many more local authorities, and nobody else, would reach the target.

        None when no number would (a target of 100 % with others present)."""
        if self.is_met:
            return 0
        if not self.total:
            return 1
        if self.target >= 100:
            return None if self.others else 0
        return ceil((self.target * self.total - 100 * self.authorities) / (100 - self.target))

    @property
    def sentence(self) -> str:
        """What the numbers mean, in words."""
        if not self.total:
            return _("Nobody is registered yet. The target is %(target)s%% local authorities.") % {
                "target": self.target
            }
        counted = ngettext(
            "%(authorities)s of %(total)s is a local authority",
            "%(authorities)s of %(total)s are local authorities",
            self.authorities,
        ) % {"authorities": self.authorities, "total": self.total}
        if self.is_met:
            return _("%(counted)s; the target of %(target)s%% is reached.") % {
                "counted": counted,
                "target": self.target,
            }
        if self.missing is None:
            return _("%(counted)s; the target of %(target)s%% cannot be reached any more.") % {
                "counted": counted,
                "target": self.target,
            }
        more = ngettext(
            "%(missing)s more would bring it to %(target)s%%.",
            "%(missing)s more would bring it to %(target)s%%.",
            self.missing,
        ) % {"missing": self.missing, "target": self.target}
        return _("%(counted)s; %(more)s") % {"counted": counted, "more": more}
