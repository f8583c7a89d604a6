"""What is said of guidelines that nobody is to follow any more."""

import datetime
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KT

from guidelines.models import Edition, Guidelines, GuidelinesState


@dataclass(frozen=True)
class Retirement:
    """Since when, why, and what is read instead, as far as the reader may know of it. Of what was retired
    before the reason was asked for as one that everybody reads there is none."""

    on: datetime.date | None
    reason: str
    replaced_by: Guidelines | None = None

    @classmethod
    def of(cls, guidelines: Guidelines, *, known: Any) -> Self | None:
        """`known` are the documents that the reader may know of. None where they are not retired; one query
        where another document replaces them."""
        if guidelines.state != GuidelinesState.RETIRED:
            return None
        instead = known.filter(pk=guidelines.replaced_by_id).first() if guidelines.replaced_by_id else None
        return cls(guidelines.retired_on, guidelines.retired_reason, instead)

    @classmethod
    def told_to_all(cls, guidelines: Guidelines) -> Self | None:
        """The same for anybody: what replaces them is named once an edition of it is public, as that edition
        names it: the title may be under revision."""
        last = Edition.objects.public().filter(guidelines=OuterRef("pk")).order_by("-number")
        title = last.annotate(frozen_title=KT("content__title")).values("frozen_title")[:1]
        public = Guidelines.objects.filter(pk__in=Edition.objects.public().values("guidelines"))
        return cls.of(guidelines, known=public.annotate(public_title=Subquery(title)))

    @property
    def title_instead(self) -> str:
        """Of what replaces them, as the reader may know it."""
        return getattr(self.replaced_by, "public_title", None) or str(getattr(self.replaced_by, "title", ""))
