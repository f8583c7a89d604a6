"""Who leads a National Action Plan, and telling the places when that changes (F44).

Changes at the top after elections or reshuffles are what committees complained of at the conference of
2018: a plan whose ministry is gone answers nobody."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import NoticeKind, User, record
from accounts.notices import notify
from frameworks.models import Framework, Lead, LeadChange, LeadKind


class LeadRefused(Exception):
    """What cannot be written down so, in words; `field` is where to show them."""

    def __init__(self, text: str, *, field: str = "since") -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True)
class LeadValues:
    """An institution at the head of a plan, as typed."""

    institution: str
    kind: LeadKind | str
    since: datetime.date
    change: LeadChange | str = LeadChange.OTHER
    note: str = ""
    source: str = ""


@transaction.atomic
def change_lead(framework: Framework, values: LeadValues, *, by: User) -> Lead:
    """From that day another institution leads the plan; the places of the country are told.

    Raises LeadRefused when the same institution leads it already, or the day lies before that one's."""
    Framework.objects.select_for_update().get(pk=framework.pk)
    before = framework.leads.current().first() or first_lead(framework)
    if before is not None:
        if before.institution.casefold() == values.institution.casefold():
            raise LeadRefused(_("This institution leads the plan already."), field="institution")
        if before.since and values.since < before.since:
            raise LeadRefused(
                _("%(institution)s leads it since %(day)s: the change cannot lie before that.")
                % {"institution": before.institution, "day": date_format(before.since)}
            )
        before.until = values.since
        before.save()
    lead = Lead.objects.create(framework=framework, **_columns(values))
    record(by, "changed lead of plan", framework, lead=lead.code)
    tell_of_lead(lead, key=f"lead:{lead.code}")
    return lead


def first_lead(framework: Framework) -> Lead | None:
    """The institution that the data files name, as a row of the history; None where they name none."""
    if not framework.lead_institution:
        return None
    return Lead.objects.create(
        framework=framework,
        institution=framework.lead_institution,
        kind=LeadKind.OTHER,
        since=framework.period_start,
        source=framework.source,
        as_of=framework.as_of,
    )


@transaction.atomic
def correct_lead(lead: Lead, values: LeadValues, *, by: User) -> Lead:
    """Mend what was written down of an institution. The one before it ends on the new day."""
    earlier = _before(lead)
    if earlier is not None and earlier.since and values.since < earlier.since:
        raise LeadRefused(
            _("The institution before it began on %(day)s.") % {"day": date_format(earlier.since)}
        )
    if lead.until and values.since > lead.until:
        raise LeadRefused(_("The next institution began on %(day)s.") % {"day": date_format(lead.until)})
    named = lead.institution
    for name, value in _columns(values).items():
        setattr(lead, name, value)
    lead.save()
    if earlier is not None:
        earlier.until = values.since
        earlier.save()
    record(by, "corrected lead of plan", lead.framework, lead=lead.code)
    if lead.until is None and lead.institution != named:
        tell_of_lead(lead, key=f"lead:{lead.code}:{lead.institution}")
    return lead


@transaction.atomic
def take_back_lead(lead: Lead, *, by: User) -> None:
    """The change was written by mistake: the institution before it leads the plan still."""
    if lead.until is not None:
        raise LeadRefused(_("Only the last change can be taken back."))
    earlier = _before(lead)
    code = lead.code
    record(by, "took back lead of plan", lead.framework, lead=code)
    lead.delete()
    if earlier is not None:
        earlier.until = None
        earlier.save()
        tell_of_lead(earlier, key=f"lead-back:{code}")


def _before(lead: Lead) -> Lead | None:
    """The institution whose time ended when this one's began."""
    if lead.since is None:
        return None
    return lead.framework.leads.exclude(pk=lead.pk).filter(until=lead.since).first()


def _columns(values: LeadValues) -> dict[str, object]:
    return {
        "institution": values.institution,
        "kind": values.kind,
        "since": values.since,
        "change": values.change,
        "note": values.note,
        "source": values.source,
    }


def tell_of_lead(lead: Lead, *, key: str) -> int:
    """Tell everybody who works in the country who leads the plan now. Returns how many."""
    plan = lead.framework
    if plan.country_id is None:
        return 0
    return notify(
        User.objects.working_in(plan.country_id),
        kind=NoticeKind.NAP,
        text=_("%(plan)s is now led by: %(institution)s")
        % {"plan": plan.title[:140], "institution": lead.institution[:120]},
        subject=plan.code,
        address=reverse("framework_detail", args=[plan.code]),
        key=key,
    )
