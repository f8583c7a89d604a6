"""Forms of comments, answers and decisions about them."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import show_long_texts
from plans.forms.fields import refuse_markup
from plans.models import Comment, Subject
from plans.subjects import MODELS
from plans.wording import text_fields

NO_NAMES = _("Speak about the text. No names of participants or of people who were harmed.")


class CommentForm(forms.ModelForm):
    """What somebody says about a part of the plan, or another wording for one of its texts."""

    field = forms.ChoiceField(label=_("For which text"), required=False)

    class Meta:
        model = Comment
        fields = ["text", "field", "suggestion"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "suggestion": forms.Textarea(attrs={"rows": 6}),
        }
        labels = {"suggestion": _("The text as you would write it")}
        help_texts = {
            "text": NO_NAMES,
            "suggestion": _("The whole text. Whoever writes the plan sees what you changed and decides."),
        }

    def __init__(self, *args: Any, part: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)
        self.part = part
        self.fields["text"].required = False
        self.fields["text"].validators.append(refuse_markup)
        self.fields["suggestion"].validators.append(refuse_markup)
        choices = [("", gettext("No other wording, only a comment")), *text_fields(self._kind).items()]
        self.fields["field"].choices = choices  # type: ignore[attr-defined]

    @property
    def _kind(self) -> Subject:
        return Subject(self.instance.subject)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        name, suggestion = cleaned.get("field"), cleaned.get("suggestion", "")
        if not name and "suggestion" not in self.errors:
            if suggestion:
                self.add_error("field", gettext("Say for which text this wording is."))
            elif not cleaned.get("text") and "text" not in self.errors:
                self.add_error("text", gettext("Write what you want to say, or suggest another wording."))
        elif name and "suggestion" not in self.errors:
            self._check_wording(name, suggestion)
        return cleaned

    def _check_wording(self, name: str, suggestion: str) -> None:
        longest = MODELS[self._kind]._meta.get_field(name).max_length  # type: ignore[union-attr]
        if not suggestion:
            self.add_error("suggestion", gettext("Write the text as you would have it."))
        elif longest and len(suggestion) > longest:
            said = gettext("This text may have %(longest)s characters; yours has %(length)s.")
            self.add_error("suggestion", said % {"longest": longest, "length": len(suggestion)})
        elif suggestion.replace("\r\n", "\n") == str(getattr(self.part, name)).replace("\r\n", "\n").strip():
            self.add_error("suggestion", gettext("This is the text as it stands. Change what should change."))


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=Comment._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAMES,
        validators=[refuse_markup],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)


class DecisionForm(forms.Form):
    """Accept, decline or resolve; the version is that of the part whose text was shown."""

    ACCEPT, DECLINE, RESOLVE, PLACE = "accept", "decline", "resolve", "place"

    row_version = forms.IntegerField(
        required=False, min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=Comment._meta.get_field("decision_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to decline; everybody who reads the comment sees it."),
        validators=[refuse_markup],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)

    @property
    def opened_version(self) -> int:
        return self.cleaned_data["row_version"] or 0
