"""Finding a save in the history, and a comment among the others."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import DateInput
from plans.models import Comment, CommentState, Revision, Subject
from plans.models.together import CommentQuerySet

DECIDED = "decided"
ALL = "all"


def people_of(request: Any) -> QuerySet[User]:
    """Replaced by the filter, which knows the plan."""
    return User.objects.none()


class RevisionFilter(django_filters.FilterSet):
    subject = django_filters.ChoiceFilter(
        choices=Subject.choices, label=_("Part of the plan"), empty_label=_("All")
    )
    by = django_filters.ModelChoiceFilter(
        queryset=people_of, to_field_name="code", label=_("By"), empty_label=_("Everybody")
    )
    day = django_filters.DateFilter(field_name="at", lookup_expr="date", label=_("Day"), widget=DateInput)

    class Meta:
        model = Revision
        fields = ["subject", "by", "day"]

    def __init__(self, *args: Any, with_people: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_people:
            del self.filters["by"]
        else:
            people = self.queryset.order_by().values("by")
            self.filters["by"].queryset = User.objects.filter(pk__in=people)


class CommentFilter(django_filters.FilterSet):
    """Open ones at first: they wait for somebody."""

    state = django_filters.ChoiceFilter(
        choices=[(CommentState.OPEN.value, _("Open")), (DECIDED, _("Decided")), (ALL, _("All"))],
        method="in_state",
        label=_("State"),
        empty_label=None,
    )
    subject = django_filters.ChoiceFilter(choices=Subject.choices, label=_("About"), empty_label=_("All"))
    part = django_filters.CharFilter(
        field_name="subject_code", lookup_expr="iexact", label=_("One part, by its code")
    )

    class Meta:
        model = Comment
        fields = ["state", "subject", "part"]

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None and not data.get("state"):
            data = data.copy()
            data["state"] = CommentState.OPEN.value
        super().__init__(data, *args, **kwargs)
        if not (data and data.get("part")):
            # Nobody knows codes by heart: the field is there when a link from a part has filled it.
            del self.filters["part"]

    def in_state(self, queryset: CommentQuerySet, name: str, value: str) -> CommentQuerySet:
        if value == ALL:
            return queryset
        if value == DECIDED:
            return queryset.exclude(state=CommentState.OPEN)
        return queryset.filter(state=value)
