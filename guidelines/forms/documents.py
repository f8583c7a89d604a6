"""What guidelines are called, in which language, resting on what."""

from typing import Any, cast

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Capability
from frameworks.models import Framework
from guidelines.models import Guidelines
from localities.languages import language_choices
from localities.levels import level_choices
from localities.models import Country
from plans.editing import SharedTextForm

ENGLISH = "en"  # the language of the starter texts


def writable_countries(user: User) -> Any:
    """Where `user` writes guidelines."""
    if user.scope.everywhere(Capability.WRITE_GUIDELINES):
        return Country.objects.all()
    return Country.objects.filter(pk__in=user.scope.countries(Capability.WRITE_GUIDELINES))


def nap_choices(countries: Any) -> list[Any]:
    """The plans by country, newest first, each with what the portal holds of it."""
    naps = (
        Framework.objects.naps()
        .filter(country__in=countries)
        .select_related("country")
        .annotate(items=Count("provisions", filter=Q(provisions__children=None)))
        .order_by("country__name", "-generation")
    )
    groups: dict[str, list[tuple[int, str]]] = {}
    for nap in naps:
        held = (
            ngettext("%(n)s item", "%(n)s items", nap.items) % {"n": nap.items}
            if nap.items
            else gettext("items not in the portal yet")
        )
        groups.setdefault(str(nap.country), []).append((nap.pk, f"{nap.title}: {held}"))
    return [("", gettext("None: local plans align with the resolutions directly")), *groups.items()]


class GuidelinesForm(SharedTextForm):
    """What guidelines are called, in which language, resting on which National Action Plan."""

    language = forms.ChoiceField(
        label=_("Language"),
        initial=ENGLISH,
        help_text=_("Of the printed document. The starter texts are in English; translate them as you edit."),
    )

    class Meta:
        model = Guidelines
        fields = ["title", "language", "nap"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer([self.instance.country])

    def offer(self, countries: Any) -> None:
        """Choices that belong to `countries`."""
        first = dict.fromkeys([ENGLISH, *(code for country in countries for code in country.languages)])
        cast(forms.ChoiceField, self.fields["language"]).choices = language_choices(first=list(first))
        nap = cast(forms.ModelChoiceField, self.fields["nap"])
        nap.queryset = Framework.objects.naps().filter(country__in=countries)
        nap.choices = nap_choices(countries)


class GuidelinesEditForm(GuidelinesForm):
    """Of guidelines that are there. While the texts are closed it asks only who may read editions."""

    level = forms.TypedChoiceField(
        label=_("Local authorities that they are for"),
        help_text=_("Each locality of this level counts once in the coverage of the country."),
        coerce=int,
        required=False,
        empty_value=None,
    )

    class Meta(GuidelinesForm.Meta):
        fields = ["title", "language", "nap", "level", "is_public"]
        help_texts = {
            "is_public": _("Drafts, comments and endorsements under way stay with those who work on them.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.TypedChoiceField, self.fields["level"]).choices = level_choices(self.instance.country)
        if not self.instance.is_open:
            for name in ("title", "language", "nap", "level"):
                del self.fields[name]

    def offer(self, countries: Any) -> None:
        super().offer(countries)
        self.fields["language"].help_text = ""

    def clean_language(self) -> str:
        """What was signed or translated was so in its language."""
        language: str = self.cleaned_data["language"]
        kept = self.instance
        if language == kept.language:
            return language
        if kept.editions.exists():
            raise forms.ValidationError(
                gettext("An edition was published in this language. For another one begin a translation.")
            )
        if kept.translation_of_id or kept.translations.exists():
            raise forms.ValidationError(
                gettext("Translations belong to these guidelines: the language cannot be changed any more.")
            )
        same = Guidelines.objects.filter(country=kept.country, language=language, version=kept.version)
        if same.exists():
            raise forms.ValidationError(
                gettext("Version %(number)s in this language is there already.") % {"number": kept.version}
            )
        return language

    def clean_level(self) -> int:
        return self.cleaned_data["level"] or self.instance.level


class GuidelinesStartForm(GuidelinesForm):
    """New guidelines: the country as well, among those where the user writes."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("Left empty, the country's name is put into the usual title."),
    )
    country = forms.ModelChoiceField(
        label=_("Country"), queryset=Country.objects.none(), to_field_name="code", empty_label=None
    )

    class Meta(GuidelinesForm.Meta):
        fields = ["country", "nap", "language", "title"]

    field_order = ["country", "nap", "language", "title"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super(GuidelinesForm, self).__init__(*args, **kwargs)
        countries = writable_countries(user)
        cast(forms.ModelChoiceField, self.fields["country"]).queryset = countries
        self.offer(list(countries))
        if len(countries) == 1:
            newest = Framework.objects.naps().filter(country__in=countries).order_by("-generation")
            self.initial.setdefault("nap", next((n.pk for n in newest if n.provisions.exists()), None))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        country, nap = cleaned.get("country"), cleaned.get("nap")
        if country and nap and nap.country_id != country.pk:
            self.add_error("nap", gettext("This National Action Plan is of another country."))
        if country and not cleaned.get("title"):
            cleaned["title"] = gettext("Localization Guidelines: %(country)s") % {"country": country}
        return cleaned
