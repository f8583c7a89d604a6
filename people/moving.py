"""Everything that points at one row is made to point at another, whatever app it belongs to.

Relations are found through the model's own description, so that a later app needs nothing to take part.
Where the other row has such a row already and there may be only one (the same workshop, the same
half-day), the two are united: what hangs on the one moves to the other, and the one is put aside, to
be brought back when it is undone.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from django.apps import apps
from django.core import serializers
from django.db import models
from django.db.models import ForeignKey, UniqueConstraint

Row = models.Model


def pointing_at(model: type[Row]) -> Iterator[ForeignKey]:
    """The foreign keys of all models that point at `model`, those without a name back as well."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            yield cast(ForeignKey, relation.field)  # type: ignore[union-attr]


def all_rows(model: type[Row]) -> models.QuerySet[Any]:
    return model._base_manager.all()


def label(model: type[Row]) -> str:
    return model._meta.label


def as_written(rows: Iterable[Row]) -> list[Any]:
    """Rows as plain values, exact to the microsecond, that can be kept as JSON and brought back."""
    return json.loads(json.dumps(serializers.serialize("python", rows), default=_plain))


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


class Move:
    """What was moved and what was put aside, in the order in which it happened."""

    def __init__(self) -> None:
        self.moved: list[dict[str, Any]] = []
        self.aside: list[Any] = []

    def everything(self, old: Row, new: Row, *, but: frozenset[type[Row]] = frozenset()) -> None:
        """Make what points at `old` point at `new`, except rows of the models `but`."""
        for field in pointing_at(type(old)):
            model: Any = field.model
            if model in but:
                continue
            for row in all_rows(model).filter(**{field.name: old}).order_by("pk"):
                self._one(row, field, old, new)

    def _one(self, row: Row, field: ForeignKey, old: Row, new: Row) -> None:
        twin = _twin(row, field, new)
        if twin is not None:
            self.everything(row, twin)
            self.put_aside(row)
            return
        all_rows(type(row)).filter(pk=row.pk).update(**{field.name: new})
        self.moved.append({"model": label(type(row)), "field": field.name, "pk": row.pk, "was": old.pk})

    def put_aside(self, row: Row) -> None:
        """Delete a row that can be brought back."""
        self.aside += as_written([row])
        row.delete()


def _twin(row: Row, field: ForeignKey, new: Row) -> Row | None:
    """The row of `new` beside which `row` may not stand."""
    rows = all_rows(type(row)).filter(**{field.name: new})
    if field.unique:
        return rows.first()
    for names, condition in _uniques(type(row)):
        others = {name: row.serializable_value(name) for name in names if name != field.name}
        if field.name not in names or None in others.values():
            continue
        if condition and not all_rows(type(row)).filter(condition, pk=row.pk).exists():
            continue
        found = rows.filter(condition, **others) if condition else rows.filter(**others)
        if twin := found.exclude(pk=row.pk).first():
            return twin
    return None


def _uniques(model: type[Row]) -> Iterator[tuple[Sequence[str], models.Q | None]]:
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields:
            yield constraint.fields, constraint.condition
    for names in model._meta.unique_together:
        yield tuple(names), None


def bring_back(aside: list[Any]) -> list[Any]:
    """Write rows that were put aside again, the last one first: what hangs on a row comes after it."""
    restored = []
    for written in reversed(aside):
        for found in serializers.deserialize("python", [written]):
            found.save()
            restored.append(found.object)
    return restored


def missing_targets(written: dict[str, Any], *, known: set[tuple[str, Any]]) -> list[type[Row]]:
    """The models of rows that a row put aside needs and that are gone; `known` are about to return.

    Where it can do without, it points at nothing from now on."""
    gone = []
    for field in apps.get_model(written["model"])._meta.concrete_fields:
        key, target = written["fields"].get(field.name), field.related_model
        if key is None or not isinstance(target, type) or (label(target), key) in known:
            continue
        if all_rows(target).filter(pk=key).exists():
            continue
        if field.null:
            written["fields"][field.name] = None
        else:
            gone.append(target)
    return gone
