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
