"""Looking for sections of other documents, and where those that are taken over go."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from guidelines.models import Guidelines, Section


class DocumentChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Guidelines) -> str:
        return _("%(country)s, %(language)s, version %(version)s: %(title)s") % {
            "country": obj.country,
            "language": obj.language_name,
            "version": obj.version,
            "title": obj.title,
        }


class ReuseSearchForm(forms.Form):
    source = DocumentChoice(
        label=_("Document"),
        queryset=Guidelines.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All documents"),
    )
    q = forms.CharField(label=_("Words in heading or text"), max_length=100, required=False)

    def __init__(self, *args: Any, sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(DocumentChoice, self.fields["source"]).queryset = sources


class ReusePlaceForm(forms.Form):
    """Behind which section of the top level."""

    after = forms.ModelChoiceField(
        label=_("Put them after"),
        queryset=Section.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("The last section"),
    )

    def __init__(self, *args: Any, guidelines: Guidelines, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        after = cast(forms.ModelChoiceField, self.fields["after"])
        after.queryset = guidelines.sections.filter(parent=None)
