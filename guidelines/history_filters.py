"""Finding a save in the history of guidelines."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import DateInput
from guidelines.models import SectionRevision

REMOVED = "removed"
RESTORED = "restored"


def people_of(request: Any) -> QuerySet[User]:
    """Replaced by the filter, which knows the guidelines."""
    return User.objects.none()


class SectionRevisionFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="heading", lookup_expr="icontains", label=_("Heading"))
    kind = django_filters.ChoiceFilter(
        choices=[(REMOVED, _("Removed")), (RESTORED, _("Brought back"))],
        method="of_kind",
        label=_("What happened"),
        empty_label=_("All"),
    )
    by = django_filters.ModelChoiceFilter(
        queryset=people_of, to_field_name="code", label=_("By"), empty_label=_("Everybody")
    )
    day = django_filters.DateFilter(field_name="at", lookup_expr="date", label=_("Day"), widget=DateInput)

    class Meta:
        model = SectionRevision
        fields = ["q", "kind", "by", "day"]

    def __init__(self, *args: Any, with_people: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_people:
            del self.filters["by"]
        else:
            people = self.queryset.order_by().values("by")
            self.filters["by"].queryset = User.objects.filter(pk__in=people)

    def of_kind(
        self, queryset: QuerySet[SectionRevision], name: str, value: str
    ) -> QuerySet[SectionRevision]:
        if value == REMOVED:
            return queryset.filter(removed=True)
        return queryset.filter(note__startswith="restored")
