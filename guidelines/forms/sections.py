"""The form of a section."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from guidelines.models import Section
from plans.editing import SharedTextForm


class SectionForm(SharedTextForm):
    class Meta:
        model = Section
        fields = ["heading", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 18})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].help_text = _(
            "An empty line starts a paragraph. “### ” before a line makes a sub-heading, “- ” a list, "
            "“1. ” a numbered list; two stars on both sides make **bold**."
        )
        # Without this a browser cuts a long text off in silence; so it is kept, and the limit is said.
        self.fields["body"].widget.attrs.pop("maxlength", None)


class SectionNewForm(SectionForm):
    """A new section, and where it goes."""

    after = forms.ModelChoiceField(
        label=_("Put it after"),
        queryset=Section.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("The last section"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        after = cast(forms.ModelChoiceField, self.fields["after"])
        after.queryset = self.instance.guidelines.sections.all()


class SectionRemoveForm(forms.Form):
    """Carries the version that the user saw: what somebody wrote since is not thrown away unread."""

    row_version = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)
