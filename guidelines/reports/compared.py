"""Two states of one document beside each other: an edition, the text as it stands, the version before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.formats import date_format
from django.utils.translation import gettext

from guidelines.markers import Text, parts_of
from guidelines.models import Guidelines
from guidelines.outline import outline_of
from guidelines.reports.edition_changes import DATA, SectionChange, changes_between
from guidelines.rules import can_read_draft

NOW, BEFORE = "now", "before"


@dataclass(frozen=True)
class State:
    """`key` is what an address says for it. Of a text that is being written data are not compared: they
    are of the day that they are looked at."""

    key: str
    label: str
    sections: list[dict[str, Any]]
    is_written: bool = False


@dataclass(frozen=True)
class Compared:
    states: list[State]  # the oldest first
    before: State
    after: State
    changes: list[SectionChange]

    @classmethod
    def of(cls, guidelines: Guidelines, asked: Mapping[str, str], *, user: Any) -> Self | None:
        """`asked` holds from and to; without them the newest state and the one before it. None where there
        is only one state that the user may read."""
        states = states_of(guidelines, user=user)
        if len(states) < 2:
            return None
        known = {state.key: place for place, state in enumerate(states)}
        after = known.get(asked.get("to", ""), len(states) - 1)
        before = known.get(asked.get("from", ""), max(after - 1, 0))
        changes = changes_between(states[before].sections, states[after].sections)
        if states[before].is_written or states[after].is_written:
            changes = [change for change in changes if change.kind != DATA]
        return cls(states, states[before], states[after], changes)

    @property
    def is_same_state(self) -> bool:
        return self.before.key == self.after.key

    @property
    def is_in_other_order(self) -> bool:
        """The same sections, one behind another in another way: no word says so."""
        old = [each["code"] for each in self.before.sections]
        new = [each["code"] for each in self.after.sections]
        return [code for code in old if code in new] != [code for code in new if code in old]


def states_of(guidelines: Guidelines, *, user: Any) -> list[State]:
    """What `user` may read of it."""
    editions = [
        State(
            str(edition.number),
            gettext("Edition %(number)s of %(day)s")
            % {"number": edition.number, "day": date_format(edition.launched_on)},
            edition.content["sections"],
        )
        for edition in guidelines.editions.order_by("number")
    ]
    states = [*_version_before(guidelines, user), *editions]
    if can_read_draft(user, guidelines) and not (editions and guidelines.is_out):
        states.append(State(NOW, gettext("The text as it stands"), written(guidelines), is_written=True))
    return states


def _version_before(guidelines: Guidelines, user: Any) -> list[State]:
    """The last edition of the version that this one was made of, else its text, with the codes that its
    sections have here."""
    documents = Guidelines.objects.visible_to(user)
    former = documents.filter(pk=guidelines.predecessor_id or 0).first()
    if former is None:
        return []
    edition = former.editions.order_by("-number").first()
    if edition is None and not can_read_draft(user, former):
        return []
    sections = edition.content["sections"] if edition else written(former)
    here = dict(guidelines.sections.filter(origin__guidelines=former).values_list("origin__code", "code"))
    label = gettext("Version %(number)s") % {"number": former.version}
    renamed = [each | {"code": here.get(each["code"], each["code"])} for each in sections]
    return [State(BEFORE, label, renamed, is_written=edition is None)]


def written(guidelines: Guidelines) -> list[dict[str, Any]]:
    """The sections as an edition would hold them, without the data."""
    return [
        {
            "code": entry.section.code,
            "number": entry.number,
            "heading": entry.section.heading,
            "parts": [
                {"text": part.text} if isinstance(part, Text) else {"block": {"kind": part.kind, "parts": []}}
                for part in parts_of(entry.section.body)
            ],
        }
        for entry in outline_of(guidelines.sections.select_related("parent"))
    ]
