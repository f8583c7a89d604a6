"""Filters of the lists of progress. How an activity stands is computed, so rows are picked here and
not in the database; the fields look and work as those of every other list."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from plans.models import UpdateState
from plans.reports.progress import Entry, PlanProgress, QuarterProgress
from plans.reports.standing import ActivityProgress

MISSING = "missing"


def _query(data: QueryDict) -> str:
    """The other parameters of the address, for the links to further pages."""
    kept = data.copy()
    kept.pop("page", None)
    return kept.urlencode()


class ProgressFilter:
    """The activities of a plan by objective, by how they stand, and by the position that answers."""

    def __init__(self, data: QueryDict, progress: PlanProgress) -> None:
        objectives = {row.activity.objective.code: row for row in progress.rows}
        positions = {
            row.activity.responsible.code: str(row.activity.responsible)
            for row in progress.rows
            if row.activity.responsible
        }
        self.progress = progress
        self.query = _query(data)
        self.form = ProgressFilterForm(data or None)
        self.form.offer(
            objective=[
                (code, f"{row.number.split('.')[0]}. {row.activity.objective.text[:80]}")
                for code, row in objectives.items()
            ],
            light=[(light.value, light.label) for light, _tone, _number in progress.by_light],
            position=sorted(positions.items(), key=lambda each: each[1]),
        )
        self.chosen: dict[str, str] = self.form.chosen

    @property
    def is_filtered(self) -> bool:
        return any(self.chosen.values())

    @property
    def rows(self) -> list[ActivityProgress]:
        return [row for row in self.progress.rows if self._fits(row)]

    def _fits(self, row: ActivityProgress) -> bool:
        responsible = row.activity.responsible
        return (
            self.chosen["objective"] in ("", row.activity.objective.code)
            and self.chosen["light"] in ("", row.light)
            and self.chosen["position"] in ("", responsible.code if responsible else None)
        )


class EntryFilter:
    """The activities of a quarter by where their update is."""

    def __init__(self, data: QueryDict, quarter: QuarterProgress) -> None:
        self.quarter = quarter
        self.query = _query(data)
        self.form = EntryFilterForm(data or None)
        self.form.offer(update=[(MISSING, _("Missing or not sent in")), *UpdateState.choices])
        self.chosen: dict[str, str] = self.form.chosen

    @property
    def is_filtered(self) -> bool:
        return any(self.chosen.values())

    @property
    def entries(self) -> list[Entry]:
        wanted = self.chosen["update"]
        if wanted == MISSING:
            return self.quarter.missing
        return [
            each for each in self.quarter.entries if not wanted or (each.said and each.said.state == wanted)
        ]


class ChoosingForm(forms.Form):
    """Fields that narrow a list down: nothing chosen is everything, nonsense in the address as well."""

    def offer(self, **choices: list[tuple[Any, Any]]) -> None:
        for name, offered in choices.items():
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label, required=False, choices=[("", _("All")), *offered]
            )

    @property
    def chosen(self) -> dict[str, str]:
        self.full_clean()
        cleaned = self.cleaned_data if self.is_bound else {}
        return {name: cleaned.get(name) or "" for name in self.fields}


class ProgressFilterForm(ChoosingForm):
    objective = forms.ChoiceField(label=_("Objective"), required=False)
    light = forms.ChoiceField(label=_("How it stands"), required=False)
    position = forms.ChoiceField(label=_("Position"), required=False)


class EntryFilterForm(ChoosingForm):
    update = forms.ChoiceField(label=_("Update"), required=False)
