"""Which edition of guidelines is being prepared: comments, field tests and endorsements belong to it."""

from typing import Any

from django.db.models import Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from guidelines.models import Edition, Guidelines


def last_edition_number(guidelines: Guidelines) -> int:
    """The number of the edition that holds; 0 where none was launched yet."""
    return guidelines.editions.aggregate(last=Max("number"))["last"] or 0


def next_edition_number(guidelines: Guidelines) -> int:
    """The number of the edition in preparation: that of the last one, and one more."""
    return last_edition_number(guidelines) + 1


def number_in_preparation(guidelines: str = "pk") -> Any:
    """The same inside a query; `guidelines` is the lookup path that leads to the document."""
    last = Edition.objects.filter(guidelines=OuterRef(guidelines)).order_by("-number").values("number")[:1]
    return Coalesce(Subquery(last), Value(0)) + Value(1)
