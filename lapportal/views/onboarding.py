"""Welcome to the committee: five minutes for somebody who sits on it for the first time."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from committees.models import Committee
from committees.rules import can_write_plans_of
from lapportal.memory.welcome import Welcome

# In plain words (domain.md §1), in the order in which a newcomer meets them.
WORDS = (
    (_("Resolution 1325"), _("What the United Nations Security Council decided in 2000: women take part in every decision about peace and security, and are protected in war.")),  # noqa: E501
    (_("National Action Plan (NAP)"), _("How a country's government wants to carry the resolution out.")),
    (_("Local Action Plan (LAP)"), _("What this place does itself: objectives, activities, who answers for each, by when, with which money.")),  # noqa: E501
    (_("Pillar"), _("One of the four parts of the agenda: participation, prevention, protection, relief and recovery.")),  # noqa: E501
    (_("Commitment"), _("A promise that an office made at the workshop. It belongs to the office, whoever holds it.")),  # noqa: E501
    (_("Activity"), _("One thing that the plan does, led by one office.")),
    (_("Indicator"), _("A number, or a yes or no, that shows whether something changed.")),
    (_("Seat"), _("A place on the committee. It belongs to an office or an organisation and stays when people change.")),  # noqa: E501
    (_("Quorum"), _("How many voting seats have to be there so that the committee can decide.")),
    (_("Hand-over"), _("What one holder of an office leaves to the next, so that nothing is forgotten.")),
)  # fmt: skip


@require_safe
def onboarding(request: SignedInRequest, code: str) -> HttpResponse:
    rows = Committee.objects.visible_to(request.user).for_list().with_last_meeting().with_seats()
    committee = get_object_or_404(rows.select_related("established_at"), code=code)
    today = timezone.localdate()
    context = {
        "committee": committee,
        "welcome": Welcome.from_committee(committee, user=request.user, today=today),
        "may_write": can_write_plans_of(request.user, committee),
        "words": WORDS,
        "today": today,
    }
    return render(request, "lapportal/onboarding.html", context)
