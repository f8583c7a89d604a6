"""Forms of what is sent on to another committee."""

from typing import Any

from django import forms
from django.db.models import Case, QuerySet, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Meeting
from core.forms import show_long_texts


class CommitteeField(forms.ModelChoiceField):
    def label_from_instance(self, committee: Any) -> str:
        return f"{committee} ({committee.locality})"


class MeetingField(forms.ModelChoiceField):
    def label_from_instance(self, meeting: Any) -> str:
        return f"{date_format(meeting.day)} · {meeting}"


class SendOnForm(forms.Form):
    to = CommitteeField(
        label=_("To which committee"),
        queryset=Committee.objects.none(),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("What is asked of it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It sees the text of the decision and this note, not your minutes."),
    )

    def __init__(self, *args: Any, offered: QuerySet[Committee], first: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)
        nearest = Case(When(pk=first, then=Value(0)), default=Value(1))
        # The committee that it reports to, then the nearest places first.
        self.fields["to"].queryset = offered.select_related("locality").order_by(  # type: ignore[attr-defined]
            nearest, "-locality__depth", "name"
        )
        if first and offered.filter(pk=first).exists():
            self.fields["to"].initial = Committee.objects.get(pk=first).code


class TakeUpForm(forms.Form):
    meeting = MeetingField(
        label=_("On the agenda of"),
        queryset=Meeting.objects.none(),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings.order_by("day", "pk")  # type: ignore[attr-defined]
        nearest = meetings.order_by("day", "pk").first()
        self.fields["meeting"].initial = nearest.code if nearest else None


class SendBackForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Why it is not dealt with here, and where it belongs."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)
