"""What the preview of an import shows of each row, and what an import has done, in sentences."""

import json
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from localities.categories import ActorCategory
from people.models import AgeBand, Person, Sex
from workshops.models import ImportRow, Participation, Verdict
from workshops.spreadsheets.vocabulary import NAME

TONES = {Verdict.NEW: "", Verdict.SAME: "done", Verdict.LOOK: "warn", Verdict.WRONG: "stop"}


@dataclass(frozen=True)
class Preview:
    """One row of the list as it is about to be saved, beside whom it may be."""

    row: ImportRow
    name: str
    about: list[str]
    reasons: list[str]
    person: Person | None = None
    last: Participation | None = None

    @classmethod
    def from_rows(cls, rows: list[ImportRow], *, user: User) -> list[Self]:
        """With where each person was registered last, as far as `user` may see it: one query."""
        people = {row.person_id for row in rows if row.person_id}
        last: dict[int, Participation] = {}
        if people:
            seen = Participation.objects.with_names_for(user).filter(person__in=people).order_by("pk")
            last = {
                each.person_id: each for each in seen.select_related("position", "organization", "workshop")
            }
        return [cls._from_row(row, last.get(row.person_id or 0)) for row in rows]

    @classmethod
    def _from_row(cls, row: ImportRow, last: Participation | None) -> Self:
        values = json.loads(row.values)
        if row.verdict == Verdict.WRONG:
            shown = [cell for cell in values["row"] if cell]
            name, about = (shown[0] if shown else ""), shown[1:5]
        else:
            name, about = values.get(NAME, ""), about_row(values)
        return cls(
            row=row,
            name=name,
            about=about,
            reasons=json.loads(row.reasons or "[]"),
            person=row.person,
            last=last,
        )

    @property
    def tone(self) -> str:
        return TONES[Verdict(self.row.verdict)]

    @property
    def is_counted_only(self) -> bool:
        return self.row.verdict != Verdict.WRONG and not self.name

    @property
    def needs_choice(self) -> bool:
        return self.row.verdict == Verdict.LOOK


def about_row(values: dict[str, Any]) -> list[str]:
    """Category, position, organisation, sex and age in words; what is unstated is left out."""
    words = [
        str(ActorCategory(values["category"]).label),
        values.get("position", ""),
        values.get("organization", ""),
        *(
            str(kind(values[name]).label)
            for name, kind in (("sex", Sex), ("age_band", AgeBand))
            if values.get(name, "unstated") != "unstated"
        ),
        values.get("phone", ""),
    ]
    return [word for word in words if word]


def outcome_sentences(counts: dict[str, int]) -> list[str]:
    """What an import did."""
    n = {name: counts.get(name, 0) for name in ("new", "same", "already", "counted", "left_out", "wrong")}
    said = {
        "new": ngettext("%(n)s new person is registered.", "%(n)s new people are registered.", n["new"]),
        "same": ngettext(
            "%(n)s person known before is registered.", "%(n)s people known before are registered.", n["same"]
        ),
        "already": ngettext(
            "%(n)s was registered already and stays as it was.",
            "%(n)s were registered already and stay as they were.",
            n["already"],
        ),
        "counted": ngettext(
            "%(n)s is counted without a name.", "%(n)s are counted without a name.", n["counted"]
        ),
        "left_out": ngettext("%(n)s row is left out.", "%(n)s rows are left out.", n["left_out"]),
        "wrong": ngettext(
            "%(n)s row was wrong and is not saved.", "%(n)s rows were wrong and are not saved.", n["wrong"]
        ),
    }
    found = [sentence % {"n": n[name]} for name, sentence in said.items() if n[name]]
    if counts.get("counted_before"):
        found.append(_("This list was saved before: its head-count stays as it was."))
    return found
