"""What a revision's values stand for: rows again for codes, dates and numbers again for text."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from frameworks.models import Provision
from plans.models import Subject
from plans.subjects import MODELS
from plans.tracking import SERVES, TRACKED


@dataclass(frozen=True)
class Restored:
    """`fields` can be set on a row, `lists` on its many-to-many fields. `missing` names the fields of
    which something is gone since, `unfit` those whose value no field takes any more."""

    fields: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list[Any]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)


def restored(kind: Subject | str, values: dict[str, Any], *, but: Iterable[str] = ()) -> Restored:
    """The tracked values of a part of that kind, as its row holds them. A query for each relation."""
    found = Restored()
    model = MODELS[Subject(kind)]
    for name in TRACKED[Subject(kind)]:
        if name in but or name not in values:
            continue
        column: Any = model._meta.get_field(name)
        value = values[name]
        if isinstance(column, models.ManyToManyField):
            found.lists[name] = list(column.related_model._default_manager.filter(code__in=value))
            if len(found.lists[name]) < len(value):
                found.missing.append(name)
        elif isinstance(column, models.ForeignKey):
            row = column.related_model._default_manager.filter(code=value).first() if value else None
            found.fields[name] = row
            if value and row is None:
                found.missing.append(name)
        else:
            _read(found, column, value)
    return found


def _read(found: Restored, column: Any, value: Any) -> None:
    try:
        found.fields[column.name] = column.to_python(value)
    except ValidationError:
        found.unfit.append(column.name)


def provisions_of(values: dict[str, Any]) -> dict[tuple[str, str], Provision]:
    """The provisions that a revision of an objective or an activity names, by framework and number."""
    wanted = Q(pk__in=[])
    for framework, code, *_rest in values.get(SERVES, []):
        wanted |= Q(framework__code=framework, code=code)
    rows = Provision.objects.filter(wanted).select_related("framework")
    return {(row.framework.code, row.code): row for row in rows}
