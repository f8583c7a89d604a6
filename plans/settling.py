"""A conflict of two saves, settled field by field: what each changed, and a proposal that keeps both.

The page posts all three texts of each field and a choice; `settled` makes an ordinary form of it, so
that it needs no JavaScript and saving has no second path.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.http import QueryDict

from core.differences import Piece, merged, pieces

THEIRS, YOURS, MERGED = "theirs", "yours", "merged"
CHOICE, NAMES, OPEN = "settle:", "names:", "settle-open"  # CHOICE + field, NAMES + field, and all fields


@dataclass(frozen=True)
class Difference:
    """One field in which what was typed departs from what stands now: both values as text; with the
    text that both began with, what each changed and what could become of it."""

    label: str
    theirs: str
    yours: str
    name: str = ""
    theirs_pieces: list[Piece] = field(default_factory=list)
    yours_pieces: list[Piece] = field(default_factory=list)
    merged_pieces: list[Piece] = field(default_factory=list)
    choice: str = ""  # what is proposed; "" when a person has to decide
    has_base: bool = False

    @property
    def is_only_theirs(self) -> bool:
        return self.choice == THEIRS

    @property
    def is_only_yours(self) -> bool:
        return self.choice == YOURS

    @property
    def is_merged(self) -> bool:
        return self.choice == MERGED


@dataclass(frozen=True)
class Settlement:
    """The hidden inputs of the page on which a conflict is settled."""

    hidden: list[tuple[str, str]]
    is_complete: bool  # each difference has a proposal


@dataclass(frozen=True)
class Sides:
    """One field of the three forms: as both opened it, as the other saved it, as it was typed."""

    bound: forms.BoundField
    base: Any
    theirs: Any
    has_base: bool = True

    @property
    def yours(self) -> Any:
        return self.bound.data

    @property
    def theirs_changed(self) -> bool:
        return differs(self.bound.field, self.base, self.theirs)

    @property
    def yours_changed(self) -> bool:
        return differs(self.bound.field, self.base, self.yours)

    @property
    def is_text(self) -> bool:
        return isinstance(self.bound.field.widget, forms.TextInput | forms.Textarea) and all(
            isinstance(value or "", str) for value in (self.base, self.theirs, self.yours)
        )

    @property
    def merged(self) -> str | None:
        """Both changes in one text; only long texts hold two changes that do not touch."""
        if not (self.has_base and isinstance(self.bound.field.widget, forms.Textarea) and self.is_text):
            return None
        return merged(self.base or "", self.theirs or "", self.yours or "")

    @property
    def choice(self) -> str:
        if not self.has_base:
            return ""
        if not self.yours_changed:
            return THEIRS
        if not self.theirs_changed:
            return YOURS
        return MERGED if self.merged is not None else ""

    def difference(self, as_text: Any) -> Difference:
        found = Difference(
            label=str(self.bound.label),
            theirs=as_text(self.bound.field, self.bound.field.prepare_value(self.theirs)),
            yours=as_text(self.bound.field, self.bound.value()),
            name=self.bound.name,
            choice=self.choice,
            has_base=self.has_base,
        )
        if not (self.has_base and self.is_text):
            return found
        base = self.base or ""
        found.theirs_pieces.extend(pieces(base, self.theirs or ""))
        found.yours_pieces.extend(pieces(base, self.yours or ""))
        if found.is_merged:
            found.merged_pieces.extend(pieces(base, self.merged or ""))
        return found

    def inputs(self) -> Iterator[tuple[str, str]]:
        """What the page must post for this field, whatever is chosen."""
        for name in posted_names(self.bound):
            yield f"{NAMES}{self.bound.name}", name
        for name, value in posted(self.bound, self.theirs):
            yield f"{THEIRS}:{name}", value
        if self.choice == MERGED:
            yield f"{MERGED}:{self.bound.html_name}", cast(str, self.merged)
        yield OPEN, self.bound.name


def differs(form_field: forms.Field, one: Any, other: Any) -> bool:
    """Whether two values of a field are different to a reader: line ends of browsers are not."""
    return form_field.has_changed(_plain(one), _plain(other))


def _plain(value: Any) -> Any:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def posted_names(bound: forms.BoundField) -> list[str]:
    """The names of the inputs of a field: several for a widget made of several."""
    widget = bound.field.widget
    if isinstance(widget, forms.MultiWidget):
        return [bound.html_name + suffix for suffix in widget.widgets_names]  # type: ignore[attr-defined]
    return [bound.html_name]


def posted(bound: forms.BoundField, value: Any) -> list[tuple[str, str]]:
    """What a browser would post if the field held `value`."""
    widget = bound.field.widget
    if isinstance(widget, forms.MultiWidget):
        values = list(value if isinstance(value, list | tuple) else widget.decompress(value) or [])
        return [
            (name, str(each))
            for name, each in zip(posted_names(bound), values, strict=False)
            if each not in (None, "")
        ]
    if isinstance(widget, forms.CheckboxInput):
        return [(bound.html_name, "on")] if value else []
    shown = widget.format_value(bound.field.prepare_value(value))
    if isinstance(shown, list | tuple | set):
        return [(bound.html_name, str(each)) for each in shown if str(each) != ""]
    return [(bound.html_name, "" if shown is None else str(shown))]


def settlement_of(data: QueryDict, sides: Iterable[Sides]) -> Settlement:
    """All that was typed, and for each field that differs what the other saved and the proposal."""
    hidden = [(name, value) for name, values in data.lists() if not _is_ours(name) for value in values]
    sides = list(sides)
    for side in sides:
        hidden += side.inputs()
    return Settlement(hidden, is_complete=all(side.choice for side in sides))


def _is_ours(name: str) -> bool:
    return name == OPEN or name.startswith((CHOICE, NAMES, f"{THEIRS}:", f"{MERGED}:"))


def settled(data: QueryDict) -> tuple[QueryDict, set[str]]:
    """An ordinary form of what was chosen, and the fields for which nothing was chosen."""
    if OPEN not in data:
        return data, set()
    result, undecided = data.copy(), set()
    for field_name in data.getlist(OPEN):
        choice = data.get(f"{CHOICE}{field_name}")
        if choice not in {THEIRS, YOURS, MERGED}:
            undecided.add(field_name)
        elif choice != YOURS:
            for name in data.getlist(f"{NAMES}{field_name}"):
                result.setlist(name, data.getlist(f"{choice}:{name}"))
    for name in [name for name in result if _is_ours(name)]:
        del result[name]
    return result, undecided
