"""Finding impact stories."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from frameworks.pillars import Pillar
from guidelines.models import EvidenceLevel, ImpactStory, StoryState
from localities.models import Country


def countries_of_stories(request: Any) -> Any:
    """Countries of which the user may read a story: an empty choice helps nobody."""
    seen = ImpactStory.objects.visible_to(request.user).order_by().values("locality__country")
    return Country.objects.visible_to(request.user).filter(pk__in=seen)


class StoryFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Words or locality"))
    country = django_filters.ModelChoiceFilter(
        field_name="locality__country",
        queryset=countries_of_stories,
        to_field_name="code",
        label=_("Country"),
        empty_label=_("All"),
    )
    pillar = django_filters.ChoiceFilter(choices=Pillar.choices, label=_("Pillar"), empty_label=_("All"))
    evidence = django_filters.ChoiceFilter(
        choices=EvidenceLevel.choices, label=_("How well it is known"), empty_label=_("All")
    )
    state = django_filters.ChoiceFilter(choices=StoryState.choices, label=_("State"), empty_label=_("All"))

    class Meta:
        model = ImpactStory
        fields = ["q", "country", "pillar", "evidence", "state"]

    def with_words(self, queryset: QuerySet[ImpactStory], name: str, value: str) -> QuerySet[ImpactStory]:
        return queryset.filter(
            Q(title__icontains=value)
            | Q(claim__icontains=value)
            | Q(before__icontains=value)
            | Q(lesson__icontains=value)
            | Q(locality__name__icontains=value)
            | Q(code__iexact=value)
        )
