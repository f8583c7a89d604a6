"""The form of a theme: what it is called, and whether it is offered."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from localities.languages import language_name
from plans.models import Theme

LANGUAGES = ("fr", "es")  # beside English; names in others that the data brings stay


class ThemeForm(forms.ModelForm):
    order = forms.IntegerField(
        label=_("Place in the list"),
        min_value=0,
        max_value=9999,
        help_text=_("Small numbers come first; the same number: by name."),
    )

    class Meta:
        model = Theme
        fields = ["name", "order", "is_active"]
        labels = {"name": _("Name in English"), "is_active": _("Offered")}
        help_texts = {"is_active": _("Not offered any more: it stays where it was given.")}
        error_messages = {"name": {"unique": _("There is a theme of this name already.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        longest = Theme._meta.get_field("name").max_length
        for code in LANGUAGES:
            label = gettext("Name in %(language)s") % {"language": language_name(code)}
            self.fields[f"name_{code}"] = forms.CharField(label=label, required=False, max_length=longest)
            self.initial[f"name_{code}"] = self.instance.names.get(code, "")
        self.order_fields(["name", *(f"name_{code}" for code in LANGUAGES), "order", "is_active"])

    def clean_name(self) -> str:
        """Also unlike all others in its code, which comes from the first name and never changes."""
        name: str = self.cleaned_data["name"]
        if self.instance.pk is None:
            code = slugify(name)[:40].strip("-").replace("-", "_")
            if not code:
                raise forms.ValidationError(gettext("Write the name in Latin letters here."))
            if Theme.objects.filter(code=code).exists():
                raise forms.ValidationError(gettext("There is a theme of this name already."))
            self.instance.code = code
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        names = dict(self.instance.names)
        for code in LANGUAGES:
            names[code] = cleaned.get(f"name_{code}", "")
        self.instance.names = {code: name for code, name in names.items() if name}
        return cleaned
