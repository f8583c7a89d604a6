"""Countries and their localities: the tree in which everything else takes place."""

from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from core.models import Sourced
from localities.categories import LOCAL_AUTHORITIES_BY_DEFAULT, ActorCategory
from localities.search import search_text


def name_in(names: dict[str, str], fallback: str, language: str | None = None) -> str:
    """The name in `language` (default: the reader's), else the `fallback`."""
    return names.get((language or get_language() or "en").split("-")[0], fallback)


class CountryQuerySet(models.QuerySet["Country"]):
    def visible_to(self, user: Any) -> Self:
        """Reference data: every signed-in user."""
        return self


class Country(Sourced):
    """A country with its own level names, currency, languages and rule of who governs locally."""

    code = models.CharField(_("ISO code"), max_length=2, unique=True)
    name = models.CharField(_("name"), max_length=100)
    names = models.JSONField(_("names by language"), default=dict, blank=True)
    in_strategy = models.BooleanField(_("one of the strategy's 13 countries"), default=False)
    languages = models.JSONField(_("languages"), default=list)
    currency = models.CharField(_("currency"), max_length=3)
    level_names = models.JSONField(_("names of the levels, top first"), default=list)
    plan_name = models.CharField(_("what a local plan is called"), max_length=160, blank=True)
    local_authority_overrides = models.JSONField(
        _("local authorities: departures from the default"), default=dict, blank=True
    )
    ministries = models.JSONField(_("ministries that sign"), default=dict, blank=True)
    # Share of women asked for in bodies that decide (BR22), in percent, and where it is written.
    women_quota = models.PositiveSmallIntegerField(_("women's quota in percent"), null=True, blank=True)
    women_quota_source = models.CharField(_("source of the quota"), max_length=300, blank=True)
    small_cell_threshold = models.PositiveSmallIntegerField(_("smallest number shown"), default=5)

    objects = CountryQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return name_in(self.names, self.name)

    def get_absolute_url(self) -> str:
        return reverse("country_detail", args=[self.code])

    def counts_as_local_authority(self, category: str) -> bool:
        """Whether `category` counts towards the share of local authorities here (domain.md §9.1)."""
        default = category in LOCAL_AUTHORITIES_BY_DEFAULT
        return bool(self.local_authority_overrides.get(category, default))

    def local_authority_categories(self) -> list[ActorCategory]:
        """Every category that counts here, in the list's order: what the page says was counted."""
        return [category for category in ActorCategory if self.counts_as_local_authority(category)]


class LocalityQuerySet(MP_NodeQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Reference data: every signed-in user."""
        return self

    def within(self, locality: "Locality") -> Self:
        """The locality itself and all that lies below it."""
        return self.filter(path__startswith=locality.path)

    def first_level(self) -> Self:
        """The top of each country's tree: provinces, counties, regions."""
        return self.filter(depth=1)

    def named_like(self, text: str) -> Self:
        """Those whose name, in any language, holds every word of `text`; accents and case ignored.
        Ten words are enough: a thousand would be more than SQLite takes in one question."""
        found = self
        words = search_text(text).split()[:10]
        for word in words:
            found = found.filter(search_text__contains=word)
        return found if words else self.none()


class LocalityManager(MP_NodeManager.from_queryset(LocalityQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> LocalityQuerySet:
        return LocalityQuerySet(self.model, using=self._db).order_by("path")


class Locality(MP_Node, Sourced):
    """A place with its own authority, at any level: province, district, municipality, chiefdom."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    country = models.ForeignKey(Country, models.PROTECT, related_name="localities")
    name = models.CharField(_("name"), max_length=120)
    names = models.JSONField(_("names by language"), default=dict, blank=True)
    kind = models.CharField(_("level"), max_length=80)
    search_text = models.TextField(editable=False, default="")

    node_order_by: list[str] = []
    objects = LocalityManager()

    class Meta:
        verbose_name_plural = _("localities")

    def __str__(self) -> str:
        return name_in(self.names, self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search text, which is nothing but the names made comparable."""
        self.search_text = search_text(self.name, *self.names.values())
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("locality_detail", args=[self.code])
