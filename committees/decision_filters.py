"""Finding a decision: across committees, or among those of one."""

from typing import Any

import django_filters
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.filters import countries_of_committees
from committees.models import Committee, Decision, DecisionResult, DecisionState


class DecisionStanding(models.TextChoices):
    """What people look for: tasks by how far they are, and what became no task."""

    OPEN = "open", _("Open")
    OVERDUE = "overdue", _("Overdue")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")
    NO_OWNER = "no_owner", _("Adopted, nobody named")
    REJECTED = "rejected", _("Rejected")
    DEFERRED = "deferred", _("Put off")


def committees_with_decisions(request: Any) -> QuerySet[Committee]:
    """Those with a decision that the user sees: an empty choice helps nobody."""
    seen = Decision.objects.visible_to(request.user).order_by().values("meeting__committee")
    return Committee.objects.visible_to(request.user).filter(pk__in=seen).order_by("name")


class CommitteeDecisionFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Words, code or position"))
    state = django_filters.ChoiceFilter(
        method="standing", choices=DecisionStanding.choices, label=_("State"), empty_label=_("All")
    )

    class Meta:
        model = Decision
        fields = ["q", "state"]

    def with_words(self, queryset: Any, name: str, value: str) -> Any:
        words = value.strip()
        return queryset.filter(
            Q(text__icontains=words)
            | Q(owner__title__icontains=words)
            | Q(owner__organization__name__icontains=words)
            | Q(code__iexact=words)
        )

    def standing(self, queryset: Any, name: str, value: str) -> Any:
        match value:
            case DecisionStanding.OPEN:
                return queryset.still_open()
            case DecisionStanding.OVERDUE:
                return queryset.overdue(timezone.localdate())
            case DecisionStanding.DONE | DecisionStanding.DROPPED:
                return queryset.tasks().filter(state=DecisionState(value))
            case DecisionStanding.NO_OWNER:
                return queryset.filter(result=DecisionResult.ADOPTED, owner=None)
            case _:
                return queryset.filter(result=DecisionResult(value))


class DecisionFilter(CommitteeDecisionFilter):
    country = django_filters.ModelChoiceFilter(
        field_name="meeting__committee__locality__country",
        queryset=countries_of_committees,
        to_field_name="code",
        label=_("Country"),
        empty_label=_("All"),
    )
    committee = django_filters.ModelChoiceFilter(
        field_name="meeting__committee",
        queryset=committees_with_decisions,
        to_field_name="code",
        label=_("Committee"),
        empty_label=_("All"),
    )

    class Meta:
        model = Decision
        fields = ["q", "state", "country", "committee"]
