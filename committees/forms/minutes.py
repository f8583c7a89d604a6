"""Forms of minutes: the whole text on one page, comments and their answers, approval."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import AgendaItem, Meeting, MinutesComment, MinutesCommentState
from committees.services.minutes import GENERAL, Typed, mark_of
from core.forms import DateField, show_long_texts

OPENED = "opened-"  # + the name of a text: what stood there when the page was opened


class MinutesForm(forms.Form):
    """What was said about each point, and the rest. Each text carries the mark of what stood there."""

    minutes = forms.CharField(
        label=_("General"),
        required=False,
        max_length=Meeting._meta.get_field("minutes").max_length,
        widget=forms.Textarea(attrs={"rows": 8, "class": "form-control"}),
    )
    minutes_from_paper = forms.BooleanField(
        label=_("Typed in from signed paper minutes"),
        required=False,
        help_text=_("The signed paper stays the original; keep it."),
    )

    data: Any  # a QueryDict: the stubs know less

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(meeting.agenda.all())
        self.fields[GENERAL].initial = meeting.minutes
        self.fields["minutes_from_paper"].initial = meeting.minutes_from_paper
        for item in self.items:
            self.fields[item.code] = forms.CharField(
                label=item.title,
                required=False,
                max_length=AgendaItem._meta.get_field("notes").max_length,
                initial=item.notes,
                widget=forms.Textarea(attrs={"rows": 5, "class": "form-control"}),
            )
        for name in self.text_names:
            self.fields[f"{OPENED}{name}"] = forms.CharField(
                required=False,
                max_length=16,
                initial=mark_of(self.fields[name].initial),
                widget=forms.HiddenInput,
            )
        show_long_texts(self)

    @property
    def text_names(self) -> list[str]:
        return [GENERAL, *(item.code for item in self.items)]

    @property
    def points(self) -> list[tuple[AgendaItem, forms.BoundField]]:
        return [(item, self[item.code]) for item in self.items]

    @property
    def lost(self) -> list[str]:
        """What was typed for points that somebody took off the agenda meanwhile."""
        gone = [name for name in self.data if name.startswith("AI-") and name not in self.fields]
        return [self.data[name] for name in gone if self.data[name].strip()]

    def typed(self) -> Typed:
        cleaned = self.cleaned_data
        return Typed(
            texts={name: cleaned[name] for name in self.text_names},
            opened={name: cleaned[f"{OPENED}{name}"] for name in self.text_names},
            from_paper=cleaned["minutes_from_paper"],
        )

    def know(self, stand: dict[str, str]) -> None:
        """The next save of this form is made knowing these texts."""
        data = self.data.copy()
        for name, text in stand.items():
            data[f"{OPENED}{name}"] = mark_of(text)
        self.data = data


class OpenForm(forms.Form):
    until = DateField(label=_("Comments until"))


class ApproveForm(forms.Form):
    approved_on = DateField(
        label=_("Approved on"), help_text=_("As a rule the day of the next meeting, which approves them.")
    )
    seal = forms.CharField(max_length=16, widget=forms.HiddenInput)


class CommentForm(forms.ModelForm):
    item = forms.ModelChoiceField(
        label=_("About"),
        queryset=AgendaItem.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("The minutes as a whole"),
    )

    class Meta:
        model = MinutesComment
        fields = ["item", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        labels = {"text": _("What is to be put right?")}

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.agenda.all()  # type: ignore[attr-defined]
        show_long_texts(self)


class AnswerForm(forms.Form):
    state = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            (MinutesCommentState.TAKEN, _("Taken up: the minutes are put right")),
            (MinutesCommentState.DECLINED, _("Not taken up")),
        ],
        widget=forms.RadioSelect,
        initial=MinutesCommentState.TAKEN,
    )
    answer = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where it is not taken up."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)
