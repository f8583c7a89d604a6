"""Forms about duplicates: which pairs to show, and which values stay."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.merging import FIELDS
from people.models import AgeBand, Certainty, Person, Reason, Resemblance, Sex
from people.models.duplicates import LIKELY_FROM, SURE_FROM
from people.spelling import latin_parts

# Reasons for which a pair is reported; "a part is the same" alone is none.
REPORTED = [reason for reason in Reason if reason not in {Reason.PART, Reason.COMMON}]
SCORES = {
    Certainty.SURE: (SURE_FROM, 100),
    Certainty.LIKELY: (LIKELY_FROM, SURE_FROM - 1),
    Certainty.POSSIBLE: (0, LIKELY_FROM - 1),
}


class DuplicateFilter(forms.Form):
    """Which pairs to show. What is no choice is shown as if nothing was chosen."""

    certainty = forms.ChoiceField(
        label=_("How certain"), required=False, choices=[("", _("All")), *Certainty.choices]
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[("", _("All")), *[(reason.value, reason.label) for reason in REPORTED]],
    )
    workshop = forms.ChoiceField(label=_("Took part in"), required=False)
    show = forms.ChoiceField(
        label=_("Decided or not"),
        required=False,
        choices=[("", _("Not decided yet")), ("different", _("Found to be two people"))],
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.pairs = Resemblance.objects.visible_to(user)
        self.workshops = list(
            user.workshops.order_by("-starts_on", "code").values_list("code", "title", "starts_on")
        )
        workshop: Any = self.fields["workshop"]
        workshop.choices = [
            ("", _("All")),
            *((code, f"{title}, {starts_on.year}") for code, title, starts_on in self.workshops),
        ]

    def _chosen(self, name: str) -> str:
        self.full_clean()
        return str(self.cleaned_data.get(name) or "")

    @property
    def shows_decided(self) -> bool:
        return self._chosen("show") == "different"

    def rows(self) -> QuerySet[Resemblance]:
        found = self.pairs.decided() if self.shows_decided else self.pairs.undecided()
        if certainty := self._chosen("certainty"):
            found = found.filter(score__range=SCORES[Certainty(certainty)])
        if reason := self._chosen("reason"):
            of_phone = reason == Reason.PHONE
            found = found.filter(same_phone=True) if of_phone else found.filter(name_reason=reason)
        if workshop := self._chosen("workshop"):
            came = Person.objects.filter(participations__workshop__code=workshop).values("pk")
            found = found.filter(Q(first__in=came) | Q(second__in=came))
        return found.select_related("first", "second")


class MergeForm(forms.Form):
    """Which record stays, and field by field whose value. The value of each choice is a person's code."""

    kept = forms.ChoiceField(label=_("Record that stays"), widget=forms.RadioSelect)
    opened = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def __init__(self, data: Any, *, first: Person, second: Person, kept: Person) -> None:
        self.first, self.second = first, second
        other = second if kept == first else first
        self.differing = [name for name in FIELDS if getattr(first, name) != getattr(second, name)]
        initial = {name: better_of(kept, other, name).code for name in self.differing}
        super().__init__(data, initial={"kept": kept.code, "opened": self.stamp, **initial})
        choices = [(person.code, person.code) for person in (first, second)]
        for name in self.differing:
            self.fields[name] = forms.ChoiceField(label=LABELS[name], widget=forms.RadioSelect)
        for name in ("kept", *self.differing):
            field: Any = self.fields[name]
            field.choices = choices

    @property
    def stamp(self) -> str:
        """How both records stood when the form was made."""
        return " ".join(person.updated_at.isoformat() for person in (self.first, self.second))

    @property
    def is_stale(self) -> bool:
        """Whether a record was corrected since the form was opened."""
        return self.cleaned_data["opened"] != self.stamp

    def show_as_of_now(self) -> None:
        """What is shown next is how the records stand now."""
        self.data = MultiValueDict({**dict(self.data.lists()), "opened": [self.stamp]})  # type: ignore[attr-defined]

    def sides(self) -> tuple[Person, Person]:
        """The record that stays and the one that goes, as chosen or as suggested."""
        code = self._chosen("kept")
        return (self.first, self.second) if code == self.first.code else (self.second, self.first)

    def taken_over(self) -> set[str]:
        """The fields whose value comes from the record that goes."""
        _kept, gone = self.sides()
        return {name for name in self.differing if self._chosen(name) == gone.code}

    def _chosen(self, name: str) -> str:
        """The code that was chosen, or that is suggested where nothing valid was."""
        chosen = self.cleaned_data.get(name) if self.is_bound and hasattr(self, "cleaned_data") else None
        return str(chosen or self.initial[name])

    def rows(self) -> list[dict[str, Any]]:
        """Field by field: what either record says, and the choice where they differ."""
        return [
            {
                "name": name,
                "label": LABELS[name],
                "values": [(person.code, shown(person, name)) for person in (self.first, self.second)],
                "chosen": self[name].value() if name in self.differing else "",
                "differs": name in self.differing,
            }
            for name in FIELDS
        ]


LABELS = {
    "full_name": _("Name"),
    "sex": _("Sex"),
    "age_band": _("Age"),
    "phone": _("Phone"),
    "email": _("E-mail"),
}


def shown(person: Person, name: str) -> str:
    display = getattr(person, f"get_{name}_display", None)
    return str(display() if display else getattr(person, name))


def better_of(kept: Person, other: Person, name: str) -> Person:
    """Whose value is suggested: what is stated before what is not, the fuller name, the later contact."""
    unstated = {"", Sex.UNSTATED.value, AgeBand.UNSTATED.value}
    stated = [person for person in (kept, other) if getattr(person, name) not in unstated]
    if len(stated) == 1:
        return stated[0]
    if name == "full_name":
        return max(kept, other, key=lambda person: len(latin_parts(person.full_name)))
    return max(kept, other, key=lambda person: person.updated_at)
