"""Forms of committees, seats and access."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import COMMITTEE_ROLES, Capability, Role
from committees.composition import SeatRole, Side
from committees.models import Committee, Seat
from committees.services import SeatValues
from core.forms import DateField, show_long_texts
from localities.choices import locality_choices
from localities.models import Locality
from people.models import Organization, Position

SUGGESTIONS = 60  # entries of a list of suggestions: more would weigh on a phone


def named_field(options: str, **kwargs: Any) -> forms.CharField:
    """A name to type, with suggestions from the datalist of that id."""
    return forms.CharField(widget=forms.TextInput(attrs={"list": options, "autocomplete": "off"}), **kwargs)


def position_title_field(**kwargs: Any) -> forms.CharField:
    longest = Position._meta.get_field("title").max_length
    return named_field("position-titles", max_length=longest, **kwargs)


def organization_field(**kwargs: Any) -> forms.CharField:
    longest = Organization._meta.get_field("name").max_length
    return named_field("organizations", max_length=longest, **kwargs)


def suggestions(locality: Locality, user: User) -> dict[str, list[str]]:
    """Titles and organisations that `user` may know of here, for the two datalists of a form."""
    positions = Position.objects.visible_to(user).filter(locality=locality)
    return {
        "titles": list(positions.order_by("title").values_list("title", flat=True).distinct()[:SUGGESTIONS]),
        "organizations": list(
            Organization.objects.filter(positions__in=positions)
            .order_by("name")
            .values_list("name", flat=True)
            .distinct()[:SUGGESTIONS]
        ),
    }


class LocalityField(forms.ChoiceField):
    """A locality among `localities`, grouped by country, each below the one it belongs to."""

    def offer(self, localities: Any) -> None:
        self.localities = {locality.code: locality for locality in localities}
        self.choices = locality_choices(self.localities.values())

    def clean(self, value: Any) -> Locality | None:
        return self.localities.get(super().clean(value))


class CommitteeForm(forms.ModelForm):
    locality = LocalityField(label=_("Locality"))
    established_on = DateField(label=_("Set up on"))

    class Meta:
        model = Committee
        fields = ["kind", "locality", "name", "established_on", "mandate"]
        widgets = {"mandate": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["locality"]  # its positions and plans belong to the place
        else:
            places = Locality.objects.filter(user.scope.rows(Capability.SET_UP_COMMITTEES, locality=""))
            if self.instance.established_at:
                places = places.filter(country=self.instance.established_at.locality.country_id)
            cast(LocalityField, self.fields["locality"]).offer(places.select_related("country"))
        show_long_texts(self)
        self.fields["name"].required = False
        self.fields["name"].help_text = _("Left empty: the type and the locality make the name.")
        self.fields["mandate"].help_text = _("What the committee was asked to do, in a few sentences.")

    def clean_established_on(self) -> Any:
        day = self.cleaned_data["established_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                gettext("This day has not come yet. Enter the committee when it is set up.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        locality = self.instance.locality if self.instance.pk else cleaned.get("locality")
        if not cleaned.get("name") and "name" not in self.errors and locality:
            cleaned["name"] = default_name(locality)
        return cleaned


def default_name(locality: Locality) -> str:
    """What the strategy calls it (GNWP, 2018)."""
    return gettext("Local Steering Committee on UNSCR 1325, %(locality)s") % {"locality": locality}


class SeatForm(forms.Form):
    position_title = position_title_field(
        label=_("Position"), help_text=_("The office, not the person: “Head of the gender division”.")
    )
    organization = organization_field(label=_("Organisation or institution"), required=False)
    side = forms.ChoiceField(label=_("Side"), choices=Side.choices, widget=forms.RadioSelect)
    role = forms.ChoiceField(label=_("Role"), choices=SeatRole.choices, initial=SeatRole.MEMBER)
    voting = forms.BooleanField(
        label=_("Votes"), required=False, initial=True, help_text=_("An observer never votes.")
    )

    def __init__(self, *args: Any, seat: Seat | None = None, **kwargs: Any) -> None:
        if seat is not None:
            organization = seat.position.organization
            kwargs["initial"] = {
                "position_title": seat.position.title,
                "organization": organization.name if organization else "",
                "side": seat.side,
                "role": seat.role,
                "voting": seat.voting,
            }
        super().__init__(*args, **kwargs)
        if seat is None and not self.is_bound:
            self.fields["position_title"].widget.attrs["autofocus"] = True

    def values(self) -> SeatValues:
        return SeatValues(**self.cleaned_data)


class AccessForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address of the account"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in COMMITTEE_ROLES],
        initial=Role.COMMITTEE_MEMBER,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.giver = giver

    def clean_email(self) -> str:
        """An account that the giver may see. A hidden one and an unknown one get the same answer."""
        email = self.cleaned_data["email"]
        self.account = User.objects.visible_to(self.giver).filter(email__iexact=email, is_active=True).first()
        if self.account is None:
            raise forms.ValidationError(
                gettext("There is no account with this address. Ask your coordinator to create one.")
            )
        return email
