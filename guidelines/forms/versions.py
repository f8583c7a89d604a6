"""The next version of guidelines, and a translation of them."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from frameworks.models import Framework
from guidelines.forms.documents import nap_choices
from guidelines.models import Guidelines
from localities.languages import language_choices


class NewVersionForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    nap = forms.ModelChoiceField(
        label=_("National Action Plan"),
        queryset=Framework.objects.none(),
        required=False,
        help_text=_("That of the new version: a newer plan is often why there is one."),
    )

    def __init__(self, *args: Any, guidelines: Guidelines, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"title": guidelines.title, "nap": guidelines.nap_id, **self.initial}
        nap = cast(forms.ModelChoiceField, self.fields["nap"])
        nap.queryset = Framework.objects.naps().filter(country=guidelines.country)
        nap.choices = nap_choices([guidelines.country])


EMPTY, SOURCE = "empty", "source"


class TranslationForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"))
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("In the language of the translation.")
    )
    texts = forms.ChoiceField(
        label=_("Each section begins"),
        choices=[
            (SOURCE, _("with the text of its source, to be written over")),
            (EMPTY, _("empty; the source stands beside it")),
        ],
        initial=SOURCE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, guidelines: Guidelines, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guidelines = guidelines
        self.initial = {"title": guidelines.title, **self.initial}
        taken = {guidelines.language, *guidelines.translations.values_list("language", flat=True)}
        choices = language_choices(first=list(guidelines.country.languages))
        cast(forms.ChoiceField, self.fields["language"]).choices = [
            (code, name) for code, name in choices if code not in taken
        ]

    def clean_title(self) -> str:
        """The document's own title is that of its own language."""
        title: str = self.cleaned_data["title"].strip()
        if not title:
            raise ValidationError(gettext("Give it a title."))
        return title
