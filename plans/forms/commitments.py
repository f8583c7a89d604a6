"""Which commitments become activities, and under which objective."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import RowsField
from plans.models import LocalActionPlan, Objective
from workshops.models import Commitment

OWN_OBJECTIVE = "new"


class CommitmentsForm(forms.Form):
    commitments = RowsField(
        queryset=Commitment.objects.none(),
        error_messages={"required": _("Tick at least one commitment.")},
        label=_("Commitments"),
    )
    objective = forms.ChoiceField(
        label=_("For which objective?"),
        error_messages={"required": _("Choose the objective that they help to reach.")},
        help_text=_("An objective of its own takes the commitment's text: you can rewrite it then."),
    )

    def __init__(
        self, *args: Any, plan: LocalActionPlan, offered: QuerySet[Commitment], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commitments"].queryset = offered  # type: ignore[attr-defined]
        self.objectives = {row.code: row for row in plan.objectives.order_by("order", "pk")}
        self.fields["objective"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Choose…")),
            *[
                (row.code, f"{number}. {Truncator(row.text).chars(90)}")
                for number, row in enumerate(self.objectives.values(), start=1)
            ],
            (OWN_OBJECTIVE, gettext("An objective of its own for each")),
        ]

    def chosen_objective(self) -> Objective | None:
        """None: each commitment becomes an objective of its own."""
        return self.objectives.get(self.cleaned_data["objective"])
