"""The pictures of a document, each with where it is used."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from guidelines.models import Edition, Guidelines, Picture


@dataclass(frozen=True)
class PictureCard:
    picture: Picture
    headings: list[str]  # of the sections that show it
    editions: list[int]

    @property
    def mark(self) -> str:
        """What stands in a text for it."""
        return f"![](picture:{self.picture.code})"

    @property
    def is_used(self) -> bool:
        return bool(self.headings or self.editions)

    @property
    def may_be_published(self) -> bool:
        return not self.picture.shows_people or bool(self.picture.consent)

    @classmethod
    def of(cls, guidelines: Guidelines, pictures: Iterable[Picture]) -> list[Self]:
        """Two queries, however many pictures."""
        sections = [
            (section.heading, section.body.upper())
            for section in guidelines.sections.filter(body__contains="picture:")
        ]
        editions = [
            (number, set(shown or ()))
            for number, shown in Edition.objects.filter(guidelines=guidelines)
            .order_by("number")
            .values_list("number", "content__pictures")
        ]
        return [
            cls(
                picture,
                [heading for heading, body in sections if f"PICTURE:{picture.code}" in body],
                [number for number, shown in editions if picture.code in shown],
            )
            for picture in pictures
        ]
