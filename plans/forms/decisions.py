"""Forms of what is decided about a plan: each asks who decided, when and why, as far as it matters."""

import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.forms.offices import organization_field, position_title_field
from core.forms import DateField, show_long_texts
from plans.forms.fields import refuse_markup
from plans.models import Endorsement, LocalActionPlan, PlanMove, ValidationRound
from plans.states import PlanState

LONGEST_REASON = PlanMove._meta.get_field("reason").max_length
LONGEST_BODY = PlanMove._meta.get_field("actor").max_length
USUAL_WEEKS_TO_COMMENT = 3


def reason_field(rows: int = 4, **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(max_length=LONGEST_REASON, widget=widget, validators=[refuse_markup], **kwargs)


def actor_field(**kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Decided by"),
        max_length=LONGEST_BODY,
        required=False,
        help_text=_("A body, not a person. Empty: the committee."),
        **kwargs,
    )


def day_field(**kwargs: Any) -> DateField:
    """Today, unless something else is typed: what a body decided is often recorded later."""
    return DateField(initial=timezone.localdate, **kwargs)


class DecisionForm(forms.Form):
    """A browser cuts a pasted text at its limit without a word; here it is kept and told of."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)

    @property
    def has_typed_text(self) -> bool:
        """Whether something would be lost if the page went."""
        return self.is_bound and any(str(self.data.get(name, "")).strip() for name in self.fields)

    def make_read_only(self) -> None:
        """What was typed can still be read and copied."""
        for form_field in self.fields.values():
            text = isinstance(form_field.widget, forms.TextInput | forms.Textarea | forms.DateInput)
            form_field.widget.attrs["readonly" if text else "disabled"] = True


class SubmitForm(DecisionForm):
    closes_on = DateField(label=_("Comments until"), required=False)
    asked = forms.CharField(
        label=_("Who is asked, and what for"),
        required=False,
        max_length=ValidationRound._meta.get_field("asked").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_markup],
        help_text=_("Bodies and positions: the women's council, the budget office. It is shown on the plan."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weeks = datetime.timedelta(weeks=USUAL_WEEKS_TO_COMMENT)
        self.initial.setdefault("closes_on", timezone.localdate() + weeks)


class ReturnForm(DecisionForm):
    reason = reason_field(
        label=_("What has to change"),
        help_text=_("The committee sees this on the plan's page until it is submitted again."),
    )
    actor = actor_field()
    on = day_field(label=_("Decided on"), required=False, help_text=_("Empty: today."))


class TakeUpForm(DecisionForm):
    """Asks for a reason where something was decided against the plan before."""

    reason = reason_field(label=_("Why it is taken up again"), rows=3)

    def __init__(self, *args: Any, plan: LocalActionPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if plan.state == PlanState.IDEA:
            del self.fields["reason"]


class EndorseForm(DecisionForm):
    endorsed_on = day_field(label=_("Endorsed on"))


class SendForm(DecisionForm):
    submitted_on = day_field(label=_("Handed over on"), required=False, help_text=_("Empty: today."))


class RejectForm(DecisionForm):
    body = forms.CharField(
        label=_("Rejected by"),
        max_length=LONGEST_BODY,
        help_text=_("The body that decided: the provincial assembly, the municipal council."),
    )
    on = day_field(label=_("Decided on"))
    reason = reason_field(label=_("Its reason"))


class WithdrawForm(DecisionForm):
    on = day_field(label=_("Withdrawn on"))
    reason = reason_field(label=_("Why the plan is given up"))
    actor = actor_field()


class ImplementForm(DecisionForm):
    on = day_field(label=_("Carried out since"))
    reason = reason_field(label=_("Note"), required=False, rows=2)
    actor = actor_field()


class ReviewForm(DecisionForm):
    on = day_field(label=_("Review begins on"))
    reason = reason_field(
        label=_("What is reviewed, and why"),
        required=False,
        rows=3,
        help_text=_("The mid-term review, a new National Action Plan, a change of the budget."),
    )
    actor = actor_field()


class ResumeForm(DecisionForm):
    on = day_field(label=_("Review ended on"))
    reason = reason_field(label=_("What came of the review"), rows=3)
    actor = actor_field()


class CloseForm(DecisionForm):
    how = forms.ChoiceField(
        label=_("How it ended"),
        choices=LocalActionPlan._meta.get_field("closed_how").choices or [],
        widget=forms.RadioSelect,
    )
    on = day_field(label=_("Closed on"))
    reason = reason_field(
        label=_("What remains"),
        help_text=_("What was reached, what was not, and who carries it on."),
    )
    actor = actor_field()


class SupersedeForm(DecisionForm):
    """By which newer plan of the place; only plans in force are offered."""

    newer = forms.ModelChoiceField(
        label=_("Replaced by"),
        queryset=LocalActionPlan.objects.none(),
        to_field_name="code",
        empty_label=_("Choose"),
    )
    on = day_field(label=_("From"))
    actor = actor_field()

    def __init__(self, *args: Any, newer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["newer"]).queryset = newer


class EndorsementForm(DecisionForm):
    """A position that stands behind the draft, typed as the responsible ones are."""

    position_title = position_title_field(label=_("Position"))
    organization = organization_field(label=_("Institution or organisation"), required=False)
    on = day_field(label=_("Endorsed on"))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=Endorsement._meta.get_field("note").max_length,
        help_text=_("The letter or the minutes where it stands."),
    )


class AmendmentForm(DecisionForm):
    reason = reason_field(
        label=_("Why the plan is amended"),
        help_text=_("It is printed in the next edition, for the public to read."),
    )


class DropForm(DecisionForm):
    """Dropped as it is, or together with everything that was written in it."""

    take_back = forms.BooleanField(required=False, widget=forms.HiddenInput)
