"""Finding commitments over all workshops."""

import datetime
from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from frameworks.pillars import Pillar
from localities.models import Locality
from localities.search import search_text
from workshops.followup import Milestone
from workshops.models import Commitment, CommitmentState
from workshops.models.commitments import CommitmentQuerySet

SHOWN = [
    ("overdue", _("Overdue")),
    ("ask", _("To be asked about now")),
    *CommitmentState.choices,
]


class CommitmentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Words, position or place"))
    show = django_filters.ChoiceFilter(method="shown", choices=SHOWN, label=_("State"), empty_label=_("All"))
    after = django_filters.ChoiceFilter(
        method="due_at",
        choices=Milestone.choices,
        label=_("To ask about after"),
        empty_label=_("Any time"),
    )
    locality = django_filters.ModelChoiceFilter(
        method="at_place",
        queryset=Locality.objects.none(),
        to_field_name="code",
        label=_("Place of the workshop"),
        empty_label=_("All"),
    )
    pillar = django_filters.ChoiceFilter(choices=Pillar.choices, label=_("Pillar"), empty_label=_("All"))
    workshop = django_filters.CharFilter(field_name="workshop__code", label=_("Code of the workshop"))

    class Meta:
        model = Commitment
        fields = ["q", "show", "after", "locality", "pillar", "workshop"]

    def __init__(self, *args: Any, today: datetime.date, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        seen = Commitment.objects.visible_to(user).order_by().values("workshop__locality")
        self.filters["locality"].field.queryset = Locality.objects.filter(pk__in=seen)

    def with_words(self, queryset: CommitmentQuerySet, name: str, value: str) -> CommitmentQuerySet:
        """Every word in the promise, the position, its organisation or a name of the place."""
        for word in value.split()[:10]:
            queryset = queryset.filter(
                Q(text__icontains=word)
                | Q(owner__title__icontains=word)
                | Q(owner__organization__name__icontains=word)
                | Q(workshop__locality__search_text__contains=search_text(word))
                | Q(code__iexact=word)
            )
        return queryset

    def shown(self, queryset: CommitmentQuerySet, name: str, value: str) -> CommitmentQuerySet:
        if value == "overdue":
            return queryset.overdue(self.today)
        if value == "ask":
            return queryset.to_ask(self.today)
        return queryset.filter(state=value)

    def due_at(self, queryset: CommitmentQuerySet, name: str, value: str) -> CommitmentQuerySet:
        return queryset.to_ask(self.today, milestone=Milestone(int(value)))

    def at_place(self, queryset: CommitmentQuerySet, name: str, value: Locality) -> CommitmentQuerySet:
        return queryset.filter(workshop__locality__path__startswith=value.path)
