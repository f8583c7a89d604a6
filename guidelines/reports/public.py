"""What anybody may read of guidelines: their editions, from what was frozen and nothing else.

Positions and institutions, never persons; no comments, no scan, no draft (domain.md §9.5)."""

from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KT
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from guidelines.models import Edition, Guidelines, GuidelinesState
from guidelines.models.editions import GuidelinesEditionQuerySet
from guidelines.reports.retirement import Retirement
from localities.languages import language_name


def newest_editions() -> GuidelinesEditionQuerySet:
    """The newest public edition of each document, without its long content, with what a list shows."""
    newer = Edition.objects.filter(guidelines=OuterRef("guidelines"), number__gt=OuterRef("number"))
    return (
        Edition.objects.public()
        .filter(~Exists(newer))
        .select_related("guidelines__country")
        .annotate(title=KT("content__title"), nap_title=KT("content__nap"))
        .defer("content")
        .order_by("guidelines__country__name", "-launched_on", "guidelines__code")
    )


def public_state(guidelines: Guidelines) -> tuple[Any, str]:
    """In force is all that is not retired: what goes on inside is no matter of the public."""
    if guidelines.state == GuidelinesState.RETIRED:
        return _("Retired"), "stop"
    return _("In force"), "done"


@dataclass(frozen=True)
class PublicRow:
    """One line of the list. `edition` is one of newest_editions."""

    edition: Any

    @property
    def state(self) -> Any:
        return public_state(self.edition.guidelines)[0]

    @property
    def tone(self) -> str:
        return public_state(self.edition.guidelines)[1]

    @property
    def language(self) -> str:
        return language_name(self.edition.guidelines.language)


@dataclass(frozen=True)
class PublicEdition:
    """A public document with one of its editions. Two queries."""

    guidelines: Guidelines
    edition: Edition
    editions: list[Edition]  # newest first
    newer_version: Guidelines | None = None  # a document of its own, that was launched as well
    retirement: Retirement | None = None

    @classmethod
    def found(cls, code: str, number: int | None = None) -> Self:
        """The edition with that number, or the newest. Http404 for what is unknown, not launched, held back
        or switched off: all the same."""
        if not settings.PUBLIC_SITE:
            raise Http404
        known = Edition.objects.public().filter(guidelines__code=code)
        editions = list(known.select_related("guidelines__country").order_by("-number"))
        wanted = [each for each in editions if number is None or each.number == number]
        if not wanted:
            raise Http404
        guidelines = wanted[0].guidelines
        return cls(
            guidelines,
            wanted[0],
            editions,
            _newer_version(guidelines),
            Retirement.told_to_all(guidelines),
        )

    @property
    def holds_back_paper(self) -> bool:
        """Its pictures cannot be taken out of the file, which stays as it was made."""
        pictures = self.edition.pictures.all()
        return pictures.exclude(pk__in=pictures.publishable()).exists()

    @property
    def newest(self) -> Edition:
        return self.editions[0]

    @property
    def is_newest(self) -> bool:
        """Of its document, and no newer version of the country's guidelines is out in that language."""
        return self.edition == self.newest and self.newer_version is None

    @property
    def state(self) -> Any:
        return public_state(self.guidelines)[0]

    @property
    def tone(self) -> str:
        return public_state(self.guidelines)[1]


def _newer_version(guidelines: Guidelines) -> Guidelines | None:
    """A printed paper leads to its edition for ever: it must not be told to be the latest then."""
    versions = Guidelines.objects.filter(
        country=guidelines.country_id, language=guidelines.language, version__gt=guidelines.version
    ).exclude(state=GuidelinesState.RETIRED)
    public = Edition.objects.public().values("guidelines")
    return versions.filter(pk__in=public).order_by("-version").first()
