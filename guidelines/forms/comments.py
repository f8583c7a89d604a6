"""Forms of comments on a section, answers, and what is decided about them."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import show_long_texts
from guidelines.models import FieldTest, ReviewComment, Section
from guidelines.quotes import spaced, stands_in
from plans.forms.comments import NO_NAMES
from plans.forms.fields import refuse_markup

LONGEST_TEXT = ReviewComment._meta.get_field("text").max_length
LONGEST_QUOTE = ReviewComment._meta.get_field("quote").max_length or 0


class ReviewCommentForm(forms.Form):
    """What a reader says about a section, or about some of its words."""

    quote = forms.CharField(
        label=_("The words it is about"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-quote-field": ""}),
        help_text=_("Copy them from the text, or mark them there. Empty: the section as a whole."),
    )
    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=NO_NAMES,
        validators=[refuse_markup],
    )
    field_test = forms.ModelChoiceField(
        label=_("From the field test in"),
        queryset=FieldTest.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Not from a field test"),
    )

    def __init__(self, *args: Any, section: Section, tests: Any, must_be_test: bool, **kwargs: Any) -> None:
        """`must_be_test`: who only works for a committee speaks from the field test in its locality."""
        super().__init__(*args, **kwargs)
        show_long_texts(self)
        self.section = section
        field = cast(forms.ModelChoiceField, self.fields["field_test"])
        field.queryset = tests
        field.label_from_instance = lambda obj: str(obj.locality)  # type: ignore[method-assign]
        if must_be_test:
            field.required, field.empty_label = True, None
            if len(tests) == 1:
                self.initial["field_test"] = tests[0]
                field.widget = forms.HiddenInput()
        elif not tests:
            del self.fields["field_test"]

    def clean_quote(self) -> str:
        quote = spaced(self.cleaned_data["quote"])
        if len(quote) > LONGEST_QUOTE:
            said = gettext("Quote at most %(longest)s characters; these are %(length)s.")
            raise forms.ValidationError(said % {"longest": LONGEST_QUOTE, "length": len(quote)})
        if quote and not stands_in(quote, self.section):
            raise forms.ValidationError(
                gettext(
                    "These words do not stand in the section. Copy them from its text, or leave this empty."
                )
            )
        return quote


class ReviewAnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAMES,
        validators=[refuse_markup],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)


class ReviewDecisionForm(forms.Form):
    """Accept, or decline with a reason."""

    ACCEPT, DECLINE = "accept", "decline"

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=ReviewComment._meta.get_field("decision_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to decline; everybody who reads the comment sees it."),
        validators=[refuse_markup],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)
