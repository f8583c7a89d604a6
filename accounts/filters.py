"""Finding an account in the list, and a notice in one's own. Names are encrypted and cannot be searched:
e-mail and code can."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Notice, NoticeKind, User
from accounts.roles import ASSIGNED_ROLES


class AccountFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("E-mail address or code"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    role = django_filters.ChoiceFilter(
        label=_("Role"),
        choices=[(role.value, role.label) for role in ASSIGNED_ROLES],
        empty_label=_("All roles"),
        method="holding",
    )
    active = django_filters.ChoiceFilter(
        label=_("State"),
        field_name="is_active",
        choices=[("true", _("May sign in")), ("false", _("Deactivated"))],
        empty_label=_("All"),
        method="in_state",
    )

    class Meta:
        model = User
        fields: list[str] = []

    def search(self, queryset: QuerySet[User], name: str, value: str) -> Any:
        return queryset.filter(Q(email__icontains=value.strip()) | Q(code__iexact=value.strip()))

    def holding(self, queryset: QuerySet[User], name: str, value: str) -> Any:
        return queryset.filter(assignments__role=value).distinct()

    def in_state(self, queryset: QuerySet[User], name: str, value: str) -> Any:
        return queryset.filter(is_active=value == "true")


class NoticeFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(
        label=_("About"), choices=NoticeKind.choices, empty_label=_("Everything")
    )
    read = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("no", _("New only")), ("yes", _("Read only"))],
        empty_label=_("New and read"),
        method="in_state",
    )

    class Meta:
        model = Notice
        fields: list[str] = []

    def in_state(self, queryset: QuerySet[Notice], name: str, value: str) -> Any:
        return queryset.filter(read_at__isnull=value == "no")
