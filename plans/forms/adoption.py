"""Forms of the act by which a plan, or an amendment of it, was adopted."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.uploads import UploadField
from plans.forms.decisions import DecisionForm, day_field
from plans.models import ActKind, LocalActionPlan
from plans.services.adoption import Act

MOST_VOTES = 9999


def longest(name: str) -> int:
    return getattr(LocalActionPlan._meta.get_field(name), "max_length", 0)


def vote_field(**kwargs: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(required=False, min_value=0, max_value=MOST_VOTES, widget=widget, **kwargs)


class ActForm(DecisionForm):
    """The act, with its scan or a word why there is none."""

    body = forms.CharField(
        label=_("Adopted by"),
        max_length=longest("adopting_body"),
        help_text=_("The body that decided: the provincial assembly, the municipal council."),
    )
    act_kind = forms.ChoiceField(label=_("Act"), choices=ActKind.choices, initial=ActKind.RESOLUTION)
    act = forms.CharField(
        label=_("Act number"),
        max_length=longest("adopting_act"),
        help_text=_("As it stands on the act, so that it can be found in the archive."),
    )
    adopted_on = day_field(label=_("Adopted on"))
    votes_for = vote_field(label=_("Votes for"))
    votes_against = vote_field(label=_("Against"))
    votes_abstained = vote_field(label=_("Abstained"))
    scan = UploadField(
        label=_("Scan of the signed act"),
        required=False,
        help_text=_(
            "PDF, JPEG or PNG, up to 10 MB. It is kept encrypted and shown to those who see the plan here, "
            "never to the public."
        ),
    )
    no_scan_reason = forms.CharField(
        label=_("If there is no scan: why"), required=False, max_length=longest("no_scan_reason")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("scan", True) and not cleaned.get("no_scan_reason", True):
            self.add_error("scan", gettext("Add the scan, or say below why there is none."))
        self._check_votes(cleaned)
        return cleaned

    def _check_votes(self, cleaned: dict[str, Any]) -> None:
        names = ("votes_for", "votes_against", "votes_abstained")
        if any(name not in cleaned for name in names) or all(cleaned[name] is None for name in names):
            return
        for name in names[:2]:
            if cleaned[name] is None:
                self.add_error(name, gettext("Give the votes for and against, or leave all of them empty."))
                return
        if not cleaned["votes_for"]:
            self.add_error("votes_for", gettext("Without a vote for it, it was not adopted."))
        elif cleaned["votes_for"] < cleaned["votes_against"]:
            self.add_error("votes_for", gettext("With more votes against than for, it was not adopted."))

    def adopted_by(self) -> Act:
        """What was typed, as the services take it."""
        values = self.cleaned_data
        return Act(
            body=values["body"],
            kind=values["act_kind"],
            number=values["act"],
            on=values["adopted_on"],
            votes_for=values.get("votes_for"),
            votes_against=values.get("votes_against"),
            votes_abstained=values.get("votes_abstained"),
            scan=values["scan"],
            no_scan_reason=values["no_scan_reason"],
        )

    @property
    def lost_scan(self) -> bool:
        """A browser forgets a chosen file when the page comes again: it has to be said."""
        return self.is_bound and bool(self.files.get("scan")) and "scan" not in self.errors


class AdoptForm(ActForm):
    """With the plan that it follows, whether that one ends with it."""

    supersedes = forms.BooleanField(required=False)

    def __init__(self, *args: Any, older: LocalActionPlan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.older = older
        if older is None:
            del self.fields["supersedes"]
            return
        tick = cast(forms.BooleanField, self.fields["supersedes"])
        tick.label = gettext("It replaces the plan before: %(title)s, %(code)s") % {
            "title": older.title,
            "code": older.code,
        }

    def replaces(self) -> LocalActionPlan | None:
        return self.older if self.cleaned_data.get("supersedes") else None


class AmendmentActForm(ActForm):
    """The same act for a revision; its votes stand on the scan."""

    votes_for = votes_against = votes_abstained = None  # type: ignore[assignment]
