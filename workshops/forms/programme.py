"""Forms of a programme: one session, and where to start from."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import show_long_texts
from workshops.models import Half, ProgrammeItem, Workshop
from workshops.programme_templates import TEMPLATES, templates_for

MOST_EARLIER = 50
COPY = "copy"


class ProgrammeItemForm(forms.ModelForm):
    """One session or break."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=int)

    class Meta:
        model = ProgrammeItem
        fields = ["title", "day", "half", "kind", "minutes", "facilitator", "materials"]
        labels = {
            "title": _("What happens"),
            "half": _("Half-day"),
            "kind": _("Kind"),
            "minutes": _("Minutes"),
            "facilitator": _("Led by"),
            "materials": _("Materials"),
        }
        help_texts = {
            "minutes": _("The times of the day follow from it: mornings begin at 9:00, afternoons at 14:00."),
            "facilitator": _("A function or an institution. Everybody who sees the workshop reads it."),
            "materials": _("What is needed: paper, cards, copies, a projector."),
        }
        widgets = {
            "kind": forms.RadioSelect,
            "half": forms.RadioSelect,
            "materials": forms.Textarea(attrs={"rows": 2}),
            "minutes": forms.NumberInput(attrs={"inputmode": "numeric", "step": 5}),
        }

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = max(workshop.days, self.instance.day if self.instance.pk else 1)
        self.fields["day"].choices = [  # type: ignore[attr-defined]
            (number, _g("Day %(number)s") % {"number": number}) for number in range(1, last + 1)
        ]
        for name in ("kind", "half"):
            self.fields[name].choices = self.fields[name].choices[-len(self.choices_of(name)) :]  # type: ignore[attr-defined]
        show_long_texts(self)

    def choices_of(self, name: str) -> list[Any]:
        """Without the empty choice: something is always chosen."""
        return [choice for choice in self.fields[name].choices if choice[0]]  # type: ignore[attr-defined]


class ProgrammeStartForm(forms.Form):
    """A template of this type or another, or an earlier event; beside what is there, or instead of it."""

    source = forms.ChoiceField(label=_("Start from"), widget=forms.RadioSelect)
    earlier = forms.ChoiceField(label=_("Which earlier event"), required=False)
    mode = forms.ChoiceField(label=_("What is there now"), widget=forms.RadioSelect, initial="add")
    sure = forms.BooleanField(label=_("Yes, delete the sessions that are there now"), required=False)

    def __init__(self, *args: Any, workshop: Workshop, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.events = {event.code: event for event in earlier_events(workshop, user)}
        fitting = templates_for(workshop.kind, days=workshop.days)
        sources = [(key, f"{TEMPLATES[key].title} ({TEMPLATES[key].summary})") for key in fitting]
        if self.events:
            sources.append((COPY, _g("An earlier event")))
            self.fields["earlier"].choices = [  # type: ignore[attr-defined]
                ("", _g("Choose an event")),
                *(
                    (event.code, f"{event} · {event.locality}, {month_of(event)}")
                    for event in self.events.values()
                ),
            ]
        else:
            del self.fields["earlier"]
        self.fields["source"].choices = sources  # type: ignore[attr-defined]
        self.initial["source"] = fitting[0]
        if there := workshop.programme.count():
            self.fields["mode"].choices = [  # type: ignore[attr-defined]
                ("add", _g("Keep it, and add to it")),
                ("replace", _g("Replace it: %(number)s sessions are deleted") % {"number": there}),
            ]
        else:
            del self.fields["mode"], self.fields["sure"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("source") == COPY and "earlier" in data and not data["earlier"]:
            self.add_error("earlier", _("Choose the event to copy from."))
        if data.get("mode") == "replace" and not data.get("sure"):
            self.add_error("sure", _("Tick this to replace what is there, or keep it and add to it."))
        return data

    @property
    def replaces(self) -> bool:
        return self.cleaned_data.get("mode") == "replace"

    @property
    def chosen_event(self) -> Workshop | None:
        if self.cleaned_data["source"] != COPY:
            return None
        return self.events[self.cleaned_data["earlier"]]


def earlier_events(workshop: Workshop, user: User) -> list[Workshop]:
    """Those with a programme that the user sees, of the same type first; the newest first."""
    sessions = ProgrammeItem.objects.filter(workshop=OuterRef("pk"))
    seen = Workshop.objects.visible_to(user).for_list().for_reader(user).exclude(pk=workshop.pk)
    found = list(seen.filter(Exists(sessions)).order_by("-starts_on", "code")[:MOST_EARLIER])
    return sorted(found, key=lambda event: event.kind != workshop.kind)


def month_of(event: Workshop) -> str:
    return date_format(event.starts_on, "F Y")


__all__ = ["COPY", "Half", "ProgrammeItemForm", "ProgrammeStartForm", "earlier_events"]
