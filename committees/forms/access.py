"""Forms of the accounts that work for a committee."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import COMMITTEE_ROLES, Role
from committees.models import Committee, Seat


def seat_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=_("Works for the seat"),
        required=False,
        queryset=Seat.objects.none(),
        to_field_name="code",
        empty_label=_("None in particular"),
        help_text=_("From the seat the portal knows for which side the account speaks."),
    )


def role_field(**kwargs: Any) -> forms.ChoiceField:
    choices = [(role.value, role.label) for role in COMMITTEE_ROLES]
    return forms.ChoiceField(label=_("Role"), choices=choices, widget=forms.RadioSelect, **kwargs)


def offer_seats(form: forms.Form, committee: Committee) -> None:
    """The seats that the committee has now."""
    field: Any = form.fields["seat"]
    field.queryset = committee.seats.current().for_list()


class AccessForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address of the account"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = role_field(initial=Role.COMMITTEE_MEMBER)
    seat = seat_field()

    def __init__(self, *args: Any, giver: User, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.giver = giver
        offer_seats(self, committee)

    def clean_email(self) -> str:
        """An account that the giver may see. A hidden one and an unknown one get the same answer."""
        email = self.cleaned_data["email"]
        self.account = User.objects.visible_to(self.giver).filter(email__iexact=email, is_active=True).first()
        if self.account is None:
            raise forms.ValidationError(
                gettext("There is no account with this address. Ask your coordinator to create one.")
            )
        return email


class AccessEditForm(forms.Form):
    role = role_field()
    seat = seat_field()

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_seats(self, committee)
