"""The forms of champions: who becomes one, and how far along she or he is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import show_long_texts
from localities.choices import locality_choices
from localities.models import Locality
from workshops.champion_states import MOVES
from workshops.models import Champion, ChampionState, Participation, Workshop
from workshops.services.champions import trainings_of

AREA_HINT = _("Where this champion carries Localization on.")


def note_field() -> forms.CharField:
    return forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What this champion does or needs. No phone numbers, nothing private."),
    )


def areas_of(locality: Locality) -> dict[str, Locality]:
    """All places of the country, by code."""
    places = Locality.objects.filter(country=locality.country_id).select_related("country")
    return {place.code: place for place in places}


class ChampionForm(forms.Form):
    """Somebody who is registered in the workshop and is no champion yet."""

    person = forms.ChoiceField(label=_("Participant"))
    area = forms.ChoiceField(label=_("Area"), help_text=AREA_HINT)
    note = note_field()

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = workshop.participations.filter(person__champion=None).select_related("person", "position")
        self.people = {row.person.code: row for row in rows.order_by("person__code")}
        by_name = sorted(self.people.values(), key=lambda row: row.person.full_name.casefold())
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a participant")),
            *((row.person.code, f"{row.person.full_name} ({row.person.code})") for row in by_name),
        ]
        self.fields["person"].error_messages["invalid_choice"] = _(
            "This person is not registered in the workshop, or is a champion already."
        )
        self.areas = areas_of(workshop.locality)
        self.fields["area"].choices = locality_choices(self.areas.values())  # type: ignore[attr-defined]
        self.initial.setdefault("area", workshop.locality.code)
        show_long_texts(self)

    def clean_person(self) -> Participation:
        return self.people[self.cleaned_data["person"]]

    def clean_area(self) -> Locality:
        return self.areas[self.cleaned_data["area"]]


class GuideForm(forms.Form):
    """The next step of a champion: only those that are possible from where she or he stands."""

    state = forms.ChoiceField(label=_("How far?"), widget=forms.RadioSelect)
    trained_at = forms.ChoiceField(
        label=_("Trained at"),
        required=False,
        help_text=_("Trainings of trainers that were held and in which this person is registered."),
    )
    area = forms.ChoiceField(label=_("Area"), help_text=AREA_HINT)
    note = note_field()

    def __init__(self, *args: Any, champion: Champion, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "state": champion.state,
            "area": champion.locality.code,
            "note": champion.note,
            "trained_at": champion.trained_at.code if champion.trained_at else "",
        } | kwargs.pop("initial", {})
        super().__init__(*args, **kwargs)
        possible = MOVES[ChampionState(champion.state)] | {champion.state}
        steps = [(state.value, state.label) for state in ChampionState if state in possible]
        self.fields["state"].choices = steps  # type: ignore[attr-defined]
        self.trainings = {training.code: training for training in trainings_of(champion)}
        self.fields["trained_at"].choices = [  # type: ignore[attr-defined]
            ("", _("The latest") if self.trainings else _("No training that was held is known")),
            *((code, str(training)) for code, training in self.trainings.items()),
        ]
        self.areas = areas_of(champion.locality)
        self.fields["area"].choices = locality_choices(self.areas.values())  # type: ignore[attr-defined]
        show_long_texts(self)

    def clean_state(self) -> ChampionState:
        return ChampionState(self.cleaned_data["state"])

    def clean_trained_at(self) -> Workshop | None:
        return self.trainings.get(self.cleaned_data["trained_at"])

    def clean_area(self) -> Locality:
        return self.areas[self.cleaned_data["area"]]
