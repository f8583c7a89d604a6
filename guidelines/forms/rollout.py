"""Noting a roll-out: how, when, with which edition, in which localities at once."""

import datetime
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import DateField
from core.models import SharedText
from guidelines.models import Edition, Guidelines, Rollout, RolloutKind
from guidelines.reports.rollout import workshops_to_note
from guidelines.rules import places_to_roll_out
from localities.levels import units_of
from localities.models import Locality
from localities.search import search_text
from plans.editing import SharedTextForm
from workshops.models import Workshop

MOST = 1_000_000
ALL_OF = "all_of"  # a whole region ticked at once: the codes of regions


@dataclass(frozen=True)
class PlaceGroup:
    """Localities to tick, under their region; `code` is the region's, "" where there is none."""

    code: str
    title: str
    places: tuple[tuple[str, str], ...]  # code and name


class EditionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return gettext("Edition %(number)s, launched on %(day)s") % {
            "number": obj.number,
            "day": date_format(obj.launched_on),
        }


class WorkshopField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title}, {date_format(obj.ends_on)}"


class RolloutForm(SharedTextForm):
    """A whole region is ticked by `all_of`, without JavaScript; sent, it is as if each place was ticked."""

    kind = forms.ChoiceField(label=_("How"), choices=RolloutKind.choices, widget=forms.RadioSelect)
    edition = EditionField(
        label=_("Edition"), queryset=Edition.objects.none(), to_field_name="number", empty_label=None
    )
    on = DateField(label=_("On"), help_text=_("Of a workshop, the last day."))
    workshop = WorkshopField(
        label=_("Workshop in the portal"),
        queryset=Workshop.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("None"),
    )
    localities = forms.MultipleChoiceField(
        label=_("Localities"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one locality.")},
    )
    copies = forms.IntegerField(label=_("Copies handed out"), min_value=0, max_value=MOST, required=False)
    trained = forms.IntegerField(
        label=_("Officials trained"),
        min_value=0,
        max_value=MOST,
        required=False,
        help_text=_("Local authorities only: councillors, planning and gender officers, chiefs."),
    )
    trained_women = forms.IntegerField(
        label=_("Of them women"),
        min_value=0,
        max_value=MOST,
        required=False,
        help_text=_("Empty when it was not counted."),
    )

    class Meta:
        model = Rollout
        fields = ["kind", "edition", "on", "workshop", "copies", "trained", "trained_women", "result"]
        widgets = {"result": forms.Textarea(attrs={"rows": 4})}

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        guidelines: Guidelines,
        user: User,
        today: datetime.date,
        **kwargs: Any,
    ) -> None:
        self.guidelines, self.user, self.today = guidelines, user, today
        self.groups = self._groups(kwargs.get("instance"))
        super().__init__(self._with_whole_regions(data), *args, **kwargs)
        cast(Any, self.fields["edition"]).queryset = guidelines.editions.order_by("-number")
        now = self.instance if self.instance.pk else None
        cast(Any, self.fields["workshop"]).queryset = workshops_to_note(guidelines, user, now, today=today)
        cast(Any, self.fields["localities"]).choices = [
            (group.title, list(group.places)) if group.title else pair
            for group in self.groups
            for pair in ([None] if group.title else group.places)
        ]
        if now:
            self.initial["edition"] = now.edition.number
            self.initial["workshop"] = now.workshop.code if now.workshop else None
            self.initial["localities"] = [place.code for place in now.localities.all()]

    def _groups(self, rollout: Rollout | None) -> list[PlaceGroup]:
        """What the user may tick, by region; what is ticked already stays, whatever the level is now."""
        mine = set(places_to_roll_out(self.user, self.guidelines).values_list("code", flat=True))
        rows = Locality.objects.filter(country=self.guidelines.country_id, depth__lte=self.guidelines.level)
        groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for unit in units_of(rows, self.guidelines.level):
            if unit.code in mine:
                groups.setdefault((unit.region, unit.region_code), []).append((unit.code, unit.name))
        known = {code for places in groups.values() for code, _name in places}
        if rollout is not None and rollout.pk:
            for place in rollout.localities.all():
                if place.code not in known:
                    groups.setdefault((gettext("Other places"), ""), []).append((place.code, str(place)))
        return [
            PlaceGroup(code, title, tuple(sorted(places, key=lambda place: search_text(place[1]))))
            for (title, code), places in sorted(groups.items(), key=lambda group: search_text(group[0][0]))
        ]

    def _with_whole_regions(self, data: Any) -> Any:
        if not isinstance(data, QueryDict) or ALL_OF not in data:
            return data
        whole = set(data.getlist(ALL_OF))
        ticked = dict.fromkeys(data.getlist("localities"))
        ticked |= dict.fromkeys(
            code for group in self.groups if group.code in whole for code, _name in group.places
        )
        data = data.copy()
        data.setlist("localities", list(ticked))
        del data[ALL_OF]
        return data

    def for_row(self, row: SharedText) -> "RolloutForm":
        return RolloutForm(
            instance=cast(Rollout, row), guidelines=self.guidelines, user=self.user, today=self.today
        )

    @property
    def ticked(self) -> set[str]:
        """The codes of the localities that are ticked, for the page."""
        return {str(code) for code in self["localities"].value() or []}

    @property
    def shown_groups(self) -> list[tuple[PlaceGroup, list[tuple[str, str, bool]]]]:
        """Each group with its places, and whether each is ticked. The box of a whole region stands open:
        ticked without a script, it would tick again what somebody unticked."""
        ticked = self.ticked
        return [
            (group, [(code, name, code in ticked) for code, name in group.places]) for group in self.groups
        ]

    def places(self) -> Any:
        return Locality.objects.filter(code__in=self.cleaned_data["localities"])

    def clean_trained(self) -> int:
        return self.cleaned_data["trained"] or 0

    def clean_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(gettext("This day is still to come. Note the roll-out after it."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, edition = cleaned.get("on"), cleaned.get("edition")
        if day and edition and day < edition.launched_on:
            self.add_error(
                "on",
                gettext("Edition %(number)s was launched on %(day)s: it cannot be handed out before.")
                % {"number": edition.number, "day": date_format(edition.launched_on)},
            )
        if cleaned.get("workshop") and cleaned.get("kind") == RolloutKind.DISTRIBUTION:
            self.add_error(
                "kind",
                gettext("A workshop is chosen below: choose “Workshop on the Guidelines”, or no workshop."),
            )
        self._check_women(cleaned)
        return cleaned

    def _check_women(self, cleaned: dict[str, Any]) -> None:
        women, trained = cleaned.get("trained_women"), cleaned.get("trained")
        if women is not None and trained is not None and women > trained:
            self.add_error(
                "trained_women",
                gettext("More women (%(women)s) than officials trained (%(trained)s).")
                % {"women": women, "trained": trained},
            )
