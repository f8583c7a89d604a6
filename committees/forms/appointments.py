"""Forms of appointments: who sits on a seat, from when to when."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.models import Appointment, HowAppointmentEnded
from committees.services.appointments import AppointmentValues
from core.forms import DateField
from people.models import AgeBand, Incumbency, Person, Sex
from workshops.models import Disability

NOBODY, BY_OFFICE = "", "office"
# What a person says of how an appointment ended; that the seat ended is written down with the seat.
ENDINGS = [choice for choice in HowAppointmentEnded.choices if choice[0] != HowAppointmentEnded.SEAT_ENDED]


class AppointmentForm(forms.Form):
    """A new appointment, or one to be corrected. `people` are those whose names the reader may see;
    `incumbency` is the present holder of the seat's position, where somebody is written down."""

    who = forms.ChoiceField(label=_("Who sits there"), required=False, widget=forms.RadioSelect)
    person = forms.ChoiceField(
        label=_("Person registered in a workshop"),
        required=False,
        help_text=_("The name is shown to the committee only if the person agreed to that."),
    )
    starts_on = DateField(label=_("From"))
    term_ends_on = DateField(
        label=_("Term ends"), required=False, help_text=_("If a term is agreed. The portal reminds in time.")
    )
    ends_on = DateField(label=_("To"), required=False)
    how_ended = forms.ChoiceField(
        label=_("How it ended"), required=False, choices=[("", _("It has not ended")), *ENDINGS]
    )
    replaces = forms.ChoiceField(
        label=_("Somebody sits there now. How did that end?"),
        required=False,
        choices=[("", _("It goes on")), *ENDINGS],
        help_text=_("It then ends on the day on which the new one begins."),
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=Sex.choices, initial=Sex.UNSTATED)
    age_band = forms.ChoiceField(
        label=_("Age"), required=False, choices=AgeBand.choices, initial=AgeBand.UNSTATED
    )
    disability = forms.ChoiceField(
        label=_("Disability"), required=False, choices=Disability.choices, initial=Disability.UNSTATED
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[Person] = (),
        incumbency: Incumbency | None = None,
        appointment: Appointment | None = None,
        is_taken: bool = False,
        **kwargs: Any,
    ) -> None:
        if appointment is not None:
            kwargs["initial"] = as_written(appointment)
        super().__init__(*args, **kwargs)
        self.people = {person.code: person for person in people}
        self.appointment = appointment
        self.incumbency = incumbency or (appointment.incumbency if appointment else None)
        self._offer_who()
        for name in ["replaces"] if appointment or not is_taken else ["ends_on", "how_ended"]:
            del self.fields[name]
        if appointment is None and not is_taken:
            for name in ("ends_on", "how_ended"):
                self.fields[name].help_text = _("Only for somebody who sits there no more.")

    def _offer_who(self) -> None:
        choices: list[tuple[str, Any]] = [(NOBODY, _("Somebody who is not named"))]
        if self.incumbency:
            choices.append((BY_OFFICE, _("Whoever holds the office: it ends with the office")))
        if self.people:
            choices.append(("person", _("Somebody registered in a workshop")))
            found = [(code, person.full_name) for code, person in self.people.items()]
            self._choices("person", [("", _("Choose a person")), *found])
        else:
            del self.fields["person"]
        if len(choices) == 1:
            del self.fields["who"]
        else:
            self._choices("who", choices)

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("who") == "person" and not cleaned.get("person") and "person" not in self.errors:
            self.add_error("person", gettext("Choose who it is, or say that the person is not named."))
        if cleaned.get("person") and cleaned.get("who") != "person" and "who" not in self.errors:
            self.add_error("who", gettext("You chose a person below: say so here, or leave the person open."))
        if cleaned.get("how_ended") and not cleaned.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", gettext("Write on which day it ended."))
        return cleaned

    def values(self) -> AppointmentValues:
        data = self.cleaned_data
        return AppointmentValues(
            starts_on=data["starts_on"],
            ends_on=data.get("ends_on"),
            how_ended=data.get("how_ended") or "",
            term_ends_on=data.get("term_ends_on"),
            person=self._person(),
            incumbency=self.incumbency if data.get("who") == BY_OFFICE else None,
            sex=data.get("sex") or Sex.UNSTATED,
            age_band=data.get("age_band") or AgeBand.UNSTATED,
            disability=data.get("disability") or Disability.UNSTATED,
        )

    def _person(self) -> Person | None:
        """The one chosen; of one whose name the reader may not see, the one that stands there."""
        if self.cleaned_data.get("who") == "person":
            return self.people[self.cleaned_data["person"]]
        hidden = self.appointment and self.appointment.person
        if hidden and hidden.code not in self.people and self.cleaned_data.get("who") != BY_OFFICE:
            return hidden
        return None


def as_written(appointment: Appointment) -> dict[str, Any]:
    """What the form shows of an appointment."""
    who = NOBODY
    if appointment.incumbency_id:
        who = BY_OFFICE
    elif appointment.person_id:
        who = "person"
    return {
        "who": who,
        "person": appointment.person.code if appointment.person and who == "person" else "",
        "starts_on": appointment.starts_on,
        "term_ends_on": appointment.term_ends_on,
        "ends_on": appointment.ends_on,
        "how_ended": appointment.how_ended,
        "sex": appointment.sex,
        "age_band": appointment.age_band,
        "disability": appointment.disability,
    }


class EndAppointmentForm(forms.Form):
    ends_on = DateField(label=_("Last day, or the day on which the next begins"))
    how_ended = forms.ChoiceField(
        label=_("How it ended"),
        choices=ENDINGS,
        initial=HowAppointmentEnded.UNKNOWN,
        widget=forms.RadioSelect,
    )
