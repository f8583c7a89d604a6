"""Another wording suggested for a text of a plan: for which fields, and what became of the text since."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst

from core.differences import Piece, merged, pieces
from plans.models import Comment, Revision, Subject
from plans.subjects import MODELS, subject_of
from plans.tracking import TRACKED, revisions_of

# Words, but none of the plan's text: nobody suggests another wording of a unit.
NO_WORDING = frozenset({"language", "fiscal_year", "period_label", "unit", "state_note", "source_name"})


def text_fields(kind: Subject | str) -> dict[str, str]:
    """The fields of such a part for which another wording can be suggested, with their names."""
    model, found = MODELS[Subject(kind)], {}
    for name in TRACKED[Subject(kind)]:
        column: Any = model._meta.get_field(name)
        is_text = isinstance(column, models.CharField | models.TextField) and not column.choices
        if is_text and name not in NO_WORDING:
            found[name] = capfirst(str(column.verbose_name))
    return found


@dataclass(frozen=True)
class Wording:
    """A suggestion beside the text of today. `result` is what accepting it would save; None when the
    text was changed at the same place since: then a person brings the two together."""

    comment: Comment
    part: Any
    label: str
    current: str
    base: str
    is_placed: bool

    @classmethod
    def of_comment(cls, comment: Comment) -> "Wording | None":
        """None when nothing was suggested, or the part or its field is gone."""
        if not comment.suggestion or comment.field not in text_fields(comment.subject):
            return None
        part = subject_of(comment.plan, comment.subject, comment.subject_code)
        if part is None:
            return None
        current = str(getattr(part, comment.field))
        return cls(
            comment=comment,
            part=part,
            label=text_fields(comment.subject)[comment.field],
            current=current,
            base=_text_then(comment, part, current),
            is_placed=revisions_of(part).filter(note=comment.code).exists(),
        )

    @property
    def was_changed(self) -> bool:
        """Whether the text is another than the one that the suggestion was made for."""
        return _same(self.current) != _same(self.base)

    @property
    def result(self) -> str | None:
        if not self.was_changed:
            return self.comment.suggestion
        return merged(self.base, self.current, self.comment.suggestion)

    @property
    def suggested(self) -> list[Piece]:
        """What the suggestion changes in the text that it was made for."""
        return pieces(self.base, self.comment.suggestion)

    @property
    def effect(self) -> list[Piece]:
        """What accepting it would change today."""
        return pieces(self.current, self.result if self.result is not None else self.comment.suggestion)


def _text_then(comment: Comment, part: Any, current: str) -> str:
    """The text when the suggestion was made: that of the last save before it. A part without history
    has not changed since."""
    before = revisions_of(part).filter(at__lte=comment.created_at).first()
    return str(before.values.get(comment.field, "")) if before else _first_known(part, comment.field, current)


def _first_known(part: Any, name: str, current: str) -> str:
    first: Revision | None = revisions_of(part).last()
    return str(first.values.get(name, "")) if first else current


def _same(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
