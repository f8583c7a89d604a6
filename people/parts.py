"""The long lists on the pages of a position and an organisation: the first rows, and the whole on a page
of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_SHOWN = 10


class First(list[Any]):
    """The first rows, with the `number` of all."""

    number: int

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> "First":
        """One query; one more where there are more than are shown."""
        found = cls(rows[: MOST_SHOWN + 1])
        found.number = len(found)
        if found.number > MOST_SHOWN:
            del found[MOST_SHOWN:]
            found.number = rows.count()
        return found

    @property
    def is_cut(self) -> bool:
        return self.number > len(self)


@dataclass(frozen=True)
class Part:
    """One such list. `rows` takes the position or organisation, the reader and whether open ones only;
    `words` are the fields in which a word is looked for."""

    title: str | Promise
    rows: Callable[..., QuerySet[Any]]
    words: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        found = Q()
        for name in self.words:
            found |= Q(**{f"{name}__icontains": text})
        return rows.filter(found)


class PartFilter(django_filters.FilterSet):
    """A word, where the rows hold any, and the open ones only, where there are such."""

    q = django_filters.CharFilter(label=_("Word"), method="with_words")
    show = django_filters.ChoiceFilter(
        label=_("What is shown"),
        method="all_the_same",
        choices=[("open", _("Open only"))],
        empty_label=_("Everything"),
    )

    def __init__(self, *args: Any, part: Part, has_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        if not part.words:
            del self.form.fields["q"]
        if not has_open:
            del self.form.fields["show"]

    def with_words(self, queryset: QuerySet[Any], name: str, value: str) -> Any:
        return self.part.with_words(queryset, value)

    def all_the_same(self, queryset: QuerySet[Any], name: str, value: str) -> Any:
        return queryset  # the view reads the open ones
