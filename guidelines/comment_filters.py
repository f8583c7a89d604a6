"""Finding a comment on guidelines among the others."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guidelines.models import FieldTest, Guidelines, ReviewComment, ReviewState
from guidelines.outline import outline_of

ALL, GONE = "all", "gone"


class ReviewCommentFilter(django_filters.FilterSet):
    """Open ones at first: they wait for somebody."""

    state = django_filters.ChoiceFilter(
        choices=[
            (ReviewState.OPEN.value, _("Open")),
            (ReviewState.ACCEPTED.value, _("Accepted")),
            (ReviewState.DECLINED.value, _("Declined")),
            (ALL, _("All")),
        ],
        method="in_state",
        label=_("State"),
        empty_label=None,
    )
    section = django_filters.ChoiceFilter(
        choices=[], method="on_section", label=_("Section"), empty_label=_("All")
    )
    test = django_filters.ModelChoiceFilter(
        field_name="field_test",
        queryset=FieldTest.objects.none(),
        to_field_name="code",
        label=_("Field test"),
        empty_label=_("All"),
    )

    class Meta:
        model = ReviewComment
        fields = ["state", "section", "test"]

    def __init__(self, data: Any = None, *args: Any, guidelines: Guidelines, **kwargs: Any) -> None:
        if data is not None and not data.get("state"):
            data = data.copy()
            data["state"] = ReviewState.OPEN.value
        super().__init__(data, *args, **kwargs)
        self.entries = outline_of(guidelines.sections.all())
        sections = [(each.section.code, f"{each.number} {each.section.heading}") for each in self.entries]
        self.filters["section"].extra["choices"] = [*sections, (GONE, _("Removed sections"))]
        tests = guidelines.field_tests.select_related("locality")
        if tests:
            self.filters["test"].queryset = tests
            self.filters["test"].field.label_from_instance = lambda test: str(test.locality)
        else:
            del self.filters["test"]

    def in_state(self, queryset: QuerySet[ReviewComment], name: str, value: str) -> QuerySet[ReviewComment]:
        return queryset if value == ALL else queryset.filter(state=value)

    def on_section(self, queryset: QuerySet[ReviewComment], name: str, value: str) -> QuerySet[ReviewComment]:
        return queryset.filter(section=None) if value == GONE else queryset.filter(section__code=value)
