"""Forms of accounts: signing in, one's own account, and giving access."""

from collections.abc import Iterator
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import EVERYWHERE, User
from accounts.roles import ASSIGNED_ROLES, Capability, Role
from localities.models import Country, Locality

NAME_LENGTH = 120


def plain_helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    return helper


def reword(form: forms.Form, **labels: Any) -> None:
    """Our words instead of allauth's, and no placeholders: they vanish when one types."""
    for name, label in labels.items():
        form.fields[name].label = label
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, login=_("E-mail address"), password=_("Password"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""


class ForgottenPasswordForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, email=_("E-mail address"))


class NewPasswordForm(ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, password1=_("New password"), password2=_("New password, again"))
        self.fields["password1"].help_text = _("At least 10 characters. A sentence is easy to remember.")


class OwnPasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(
            self,
            oldpassword=_("Password until now"),
            password1=_("New password"),
            password2=_("New password, again"),
        )
        self.fields["password1"].help_text = _("At least 10 characters. A sentence is easy to remember.")


class OwnNameForm(forms.ModelForm):
    """What one may change of one's own account. The e-mail address is changed by who gives access."""

    display_name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH, required=False)

    class Meta:
        model = User
        fields = ["display_name"]

    helper = plain_helper()


def place_choices(giver: User) -> Iterator[tuple[Any, Any]]:
    """Where `giver` may give a role: grouped by country, each locality below its country. Two queries."""
    countries = Country.objects.all()
    if giver.scope.everywhere(Capability.GIVE_ACCESS):
        yield (EVERYWHERE, _("Everywhere (platform administrator only)"))
    else:
        countries = countries.filter(pk__in=giver.scope.countries(Capability.GIVE_ACCESS))
    below: dict[int, list[tuple[str, str]]] = {}
    for locality in Locality.objects.filter(country__in=countries):
        indent = "\u2003" * locality.depth
        below.setdefault(locality.country_id, []).append((locality.code, f"{indent}{locality}"))
    for country in countries:
        whole = _("%(country)s, the whole country") % {"country": country}
        yield (str(country), [(country.code, whole), *below.get(country.pk, [])])


class RoleForm(forms.Form):
    """One role in one place, both within what the giver may give."""

    role = forms.ChoiceField(label=_("Role"))
    place = forms.ChoiceField(
        label=_("Where"),
        help_text=_("A coordinator and an oversight reader get a country; a facilitator also a part of one."),
    )

    helper = plain_helper()

    def __init__(self, *args: Any, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everywhere = giver.scope.everywhere(Capability.GIVE_ACCESS)
        roles = [role for role in ASSIGNED_ROLES if everywhere or role != Role.PLATFORM_ADMINISTRATOR]
        choices = [(role.value, role.label) for role in roles]
        self.fields["role"].choices = [("", _("Choose a role")), *choices]  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", _("Choose a place")), *place_choices(giver)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The place must fit the role; `country` and `locality` are what the service takes."""
        values = super().clean() or {}
        role, place = values.get("role", ""), values.get("place", "")
        values["country"] = Country.objects.filter(code=place).first()
        values["locality"] = Locality.objects.select_related("country").filter(code=place).first()
        if place and (problem := self.misfit(role, values)):
            self.add_error("place", problem)
        return values

    def misfit(self, role: str, values: dict[str, Any]) -> Any:
        everywhere = values["place"] == EVERYWHERE
        if role == Role.PLATFORM_ADMINISTRATOR:
            return None if everywhere else _("An administrator's role holds everywhere: choose “Everywhere”.")
        if everywhere:
            return _("Only an administrator's role holds everywhere: choose a country.")
        if values["locality"] and role != Role.FACILITATOR:
            return _("Only a facilitator's role can hold in a part of a country: choose the whole country.")
        return None


class AccountForm(RoleForm):
    """A new account. Without a role it waits for the committee that will give it one."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    display_name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_(
            "Stored encrypted. Shown to those who give access, and beside texts that this person edits."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    field_order = ["email", "display_name", "role", "place"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        role.required = False
        role.choices = [("", _("None yet: for a committee’s secretary or member")), *role.choices[1:]]  # type: ignore[attr-defined]
        role.help_text = _("Committee roles are given on the committee’s own page.")

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(
                _(
                    "This address has an account already. If you do not find it in your list, "
                    "a platform administrator can add the role."
                )
            )
        return email
