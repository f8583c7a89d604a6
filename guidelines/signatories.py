"""Which institutions have to endorse the guidelines of a country, and which of them have.

Two ministries sign as a rule: that of the National Action Plan, and that in charge of local government
(domain.md §2.1, after Nepal 2013 and Sierra Leone 2013)."""

from dataclasses import dataclass

from django.utils import timezone

from guidelines.edition_numbers import next_edition_number
from guidelines.models import Endorsement, Guidelines, Signatory, SignatoryRole
from guidelines.models.review import UNNAMED
from localities.models import Country

DEFAULT_ROLES = (SignatoryRole.NAP, SignatoryRole.LOCAL_GOVERNMENT)


def ensure(country: Country) -> None:
    """The usual two, once a country, from its record; one that was not named gets its name when the record
    has it. What was changed or ended by hand stays."""
    known = {row.role: row for row in country.signatories.all()}
    if not known:
        Signatory.objects.bulk_create(
            [
                Signatory(
                    country=country,
                    role=role,
                    institution=country.ministries.get(role.value) or UNNAMED[role.value],
                    order=order,
                )
                for order, role in enumerate(DEFAULT_ROLES, start=1)
            ],
            ignore_conflicts=True,  # two readers at once: the database keeps one of each
        )
        return
    for role in DEFAULT_ROLES:
        row, name = known.get(role), country.ministries.get(role.value)
        if row is not None and not row.is_named and name:
            unnamed = Signatory.objects.filter(pk=row.pk, row_version=row.row_version)
            unnamed.update(institution=name, row_version=row.row_version + 1, updated_at=timezone.now())


@dataclass(frozen=True)
class Signature:
    """One institution that has to sign, and how it did."""

    signatory: Signatory
    endorsement: Endorsement | None

    @property
    def is_given(self) -> bool:
        return self.endorsement is not None


@dataclass(frozen=True)
class Signatures:
    """Who has to sign the edition in preparation, who has, and who signed besides."""

    number: int
    required: list[Signature]
    others: list[Endorsement]

    @classmethod
    def of(cls, guidelines: Guidelines, *, number: int | None = None) -> "Signatures":
        """Two queries, and one more for the number where it is not given."""
        number = number or next_edition_number(guidelines)
        standing = guidelines.endorsements.filter(edition_number=number, withdrawn_on=None)
        given = list(standing.order_by("on", "pk"))
        by_signatory = {row.signatory_id: row for row in given if row.signatory_id}
        required = [
            Signature(row, by_signatory.get(row.pk))
            for row in Signatory.objects.filter(country=guidelines.country_id).required()
        ]
        counted = {each.endorsement.pk for each in required if each.endorsement}
        return cls(number, required, [row for row in given if row.pk not in counted])

    @property
    def given(self) -> int:
        return sum(each.is_given for each in self.required)

    @property
    def standing(self) -> list[Endorsement]:
        """Everybody who stands behind the text."""
        return [*(each.endorsement for each in self.required if each.endorsement), *self.others]

    @property
    def missing(self) -> list[Signatory]:
        return [each.signatory for each in self.required if not each.is_given]

    @property
    def all_given(self) -> bool:
        """Nobody asked is not everybody agreed."""
        return bool(self.required) and not self.missing
