"""The values of revisions in words: positions for codes, labels for choices, dates and sums as read."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext

from core.differences import SAME, Piece, pieces
from frameworks.models import Provision
from localities.languages import language_name
from plans.models import LocalActionPlan, Revision, Split, Strength, Subject
from plans.restoring import provisions_of
from plans.subjects import MODELS
from plans.tracking import ORIGIN, PARENTS, SERVES

MONEY = frozenset({"cost", "planned", "allocated", "disbursed", "spent"})


def label_of(kind: Subject | str, name: str) -> str:
    """What a field is called."""
    if name == SERVES:
        return gettext("What it serves")
    return capfirst(str(column_of(kind, name).verbose_name))


def column_of(kind: Subject | str, name: str) -> Any:
    return MODELS[Subject(kind)]._meta.get_field(name)


class Vocabulary:
    """Says values of one plan. Rows that the values name are looked up once, by `learn`."""

    def __init__(self, plan: LocalActionPlan) -> None:
        self.plan = plan
        self.rows: dict[tuple[type[models.Model], str], str] = {}
        self.provisions: dict[tuple[str, str], Provision] = {}

    def learn(self, found: Iterable[tuple[Subject | str, dict[str, Any]]]) -> None:
        """Look up everything that these values name: one query for each kind of row."""
        codes: dict[type[models.Model], set[str]] = {}
        serves: list[Any] = []
        for kind, values in found:
            serves += values.get(SERVES, [])
            for name, value in values.items():
                if name in {SERVES, ORIGIN} or not value:
                    continue
                if model := column_of(kind, name).related_model:
                    codes.setdefault(model, set()).update(value if isinstance(value, list) else [value])
        for model, wanted in codes.items():
            for row in model._default_manager.filter(code__in=wanted):
                self.rows[model, row.code] = str(row)  # type: ignore[attr-defined]
        if serves:
            self.provisions = provisions_of({SERVES: serves})

    def change(self, revision: Revision, old: dict[str, Any], name: str) -> list[Piece]:
        """What one save did to a field; the first text of a part is simply its text."""
        kind = revision.subject
        if not old:
            return [Piece(SAME, self.of(kind, name, revision.values.get(name)))]
        return pieces(self.of(kind, name, old.get(name)), self.of(kind, name, revision.values.get(name)))

    def of(self, kind: Subject | str, name: str, value: Any) -> str:
        """One value as a reader knows it; nothing for nothing."""
        if value in (None, "", [], {}):
            return ""
        if name == SERVES:
            return "\n".join(self._served(each) for each in value)
        column = column_of(kind, name)
        if name == PARENTS.get(Subject(kind)) or column.related_model:
            listed = value if isinstance(value, list) else [value]
            return "\n".join(self.rows.get((column.related_model, str(code)), str(code)) for code in listed)
        if name == "split_by":
            return ", ".join(str(dict(Split.choices).get(each, each)) for each in value)
        if isinstance(value, dict):
            return "\n".join(f"{key}: {_number(each)}" for key, each in sorted(value.items()))
        return self._plain(column, name, value)

    def _plain(self, column: Any, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return gettext("Yes") if value else gettext("No")
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        if name == "language":
            return language_name(value)
        if isinstance(column, models.DateField):
            return _date(column, value)
        if name in MONEY:
            return f"{_number(value)} {self.plan.currency}"
        return _number(value) if isinstance(column, models.DecimalField) else str(value)

    def _served(self, entry: list[str]) -> str:
        framework, code, strength, why = entry
        provision = self.provisions.get((framework, code))
        said = f"{provision.framework}, {code}" if provision else f"{framework}, {code}"
        said += f" ({dict(Strength.choices).get(strength, strength)})"
        return f"{said}: {why}" if why else said


def _number(value: Any) -> str:
    try:
        return number_format(Decimal(str(value)), use_l10n=True, force_grouping=True)
    except InvalidOperation:
        return str(value)


def _date(column: Any, value: str) -> str:
    try:
        return date_format(column.to_python(value))
    except ValidationError:
        return str(value)
