"""Finding a text in the library."""

from typing import Any

import django_filters
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guidelines.licences import licence_name
from guidelines.models import Resource, ResourceKind
from guidelines.models.rollout import ResourceQuerySet
from localities.languages import language_name
from localities.models import Country

ORDERS: dict[str, list[Any]] = {
    "newest": [F("year").desc(nulls_last=True), "title"],
    "oldest": [F("year").asc(nulls_last=True), "title"],
    "title": ["title"],
}


def countries_of_library(request: Any) -> Any:
    known = Resource.objects.visible_to(request.user).order_by().values("country")
    return Country.objects.visible_to(request.user).filter(pk__in=known)


class ResourceFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Title, publisher or content"))
    kind = django_filters.ChoiceFilter(choices=ResourceKind.choices, label=_("Kind"), empty_label=_("All"))
    country = django_filters.ModelChoiceFilter(
        queryset=countries_of_library, to_field_name="code", label=_("Country"), empty_label=_("All")
    )
    language = django_filters.ChoiceFilter(label=_("Language"), empty_label=_("All"))
    licence = django_filters.ChoiceFilter(label=_("Licence"), empty_label=_("All"))
    sort = django_filters.ChoiceFilter(
        method="in_order",
        label=_("Order"),
        empty_label=_("By kind"),
        choices=[("newest", _("Newest first")), ("oldest", _("Oldest first")), ("title", _("By title"))],
    )

    class Meta:
        model = Resource
        fields = ["q", "kind", "country", "language", "licence", "sort"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Those that the library holds: an empty choice helps nobody.
        found = Resource.objects.visible_to(self.request.user).order_by().values_list("language", "licence")
        rows = list(found.distinct())
        languages = {language for language, _licence in rows}
        licences = {licence for _language, licence in rows}
        self.filters["language"].extra["choices"] = sorted(
            ((code, language_name(code)) for code in languages), key=lambda pair: pair[1]
        )
        self.filters["licence"].extra["choices"] = sorted(
            ((value, licence_name(value)) for value in licences), key=lambda pair: pair[1]
        )

    def with_words(self, queryset: ResourceQuerySet, name: str, value: str) -> ResourceQuerySet:
        for word in value.split()[:10]:
            queryset = queryset.filter(
                Q(title__icontains=word)
                | Q(author__icontains=word)
                | Q(summary__icontains=word)
                | Q(country__name__icontains=word)
                | Q(code__iexact=word)
            )
        return queryset

    def in_order(self, queryset: ResourceQuerySet, name: str, value: str) -> ResourceQuerySet:
        return queryset.order_by(*ORDERS[value], "pk")
