"""Who is asked to come: the list with its meter, one invitation, and people from earlier events."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from core.lists import listing
from core.pages import page
from workshops.filters import InvitationFilter
from workshops.forms import organizations_suggested, positions_suggested
from workshops.forms.invitations import InvitationForm, as_invited
from workshops.forms.places import places_suggested
from workshops.models import Answer, Invitation, Participation, Workshop, run_by
from workshops.reports.attendance import by_name
from workshops.reports.stages import while_inviting
from workshops.reports.training import ChampionsInvited
from workshops.rules import can_run_workshop
from workshops.services import AlreadyRegistered, RegistrationClosed, note_names_read
from workshops.services.invitations import (
    change_invitation,
    invite,
    invite_again,
    invited_twice,
    remove_invitation,
)
from workshops.states import WorkshopKind

PICKED_FROM = 50  # earlier events to choose from
PICK_PER_PAGE = 200  # ticks of one form: Django takes no more than a thousand fields
CHAMPIONS = "champions"


def workshop_run(request: SignedInRequest, code: str) -> Workshop:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_run_workshop(request.user, workshop))
    return workshop


def one_invitation(request: SignedInRequest, code: str, invitation: str) -> Invitation:
    """The workshop is asked first: whoever does not run it gets the same refusal for every code."""
    workshop = workshop_run(request, code)
    rows = Invitation.objects.visible_to(request.user).select_related("locality", "participation__person")
    row = get_object_or_404(rows, workshop=workshop, code=invitation)
    row.workshop = workshop
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_list(request: SignedInRequest, code: str) -> HttpResponse:
    """The list, the form for the next one, and the answers. Sent by htmx, the list alone comes back."""
    workshop = workshop_run(request, code)
    if request.method == "POST" and "answer" in request.POST:
        return answer(request, workshop)
    if request.method == "POST":
        return add(request, workshop)
    return invitations_page(request, workshop, InvitationForm(workshop=workshop))


def answer(request: SignedInRequest, workshop: Workshop) -> HttpResponse:
    """One tap. Whoever is registered already needs no answer any more."""
    said, code = request.POST["answer"], request.POST.get("invitation", "")
    if said in Answer.values and workshop.accepts_registrations:
        rows = Invitation.objects.visible_to(request.user).filter(workshop=workshop, participation=None)
        rows.filter(code=code).update(answer=said, updated_at=timezone.now())
    if request.htmx:
        return invitations_page(request, workshop, InvitationForm(workshop=workshop))
    return redirect(f"{request.get_full_path()}#{code}" if code.isascii() else request.get_full_path())


def add(request: SignedInRequest, workshop: Workshop) -> HttpResponse:
    form = InvitationForm(request.POST, workshop=workshop)
    if not form.is_valid():
        return invitations_page(request, workshop, form, status=422)
    facts, submission = form.facts(), form.cleaned_data["submission"]
    twins = [each for each in invited_twice(workshop, facts=facts) if each.submission != submission]
    if twins and "again" not in request.POST:
        return invitations_page(request, workshop, form, twins=twins, status=422)
    try:
        new = invite(workshop, facts=facts, submission=submission, by=request.user)
    except RegistrationClosed as refusal:
        form.add_error(None, str(refusal))
        return invitations_page(request, workshop, form, status=409)
    except AlreadyRegistered:
        messages.info(request, _("Invited already. Nobody was invited twice."))
    else:
        messages.success(request, _("Invited: %(category)s.") % {"category": new.get_category_display()})
    if request.htmx:
        return invitations_page(request, workshop, InvitationForm(workshop=workshop), next_one=True)
    return redirect(f"{reverse('invitation_list', args=[workshop.code])}?next")


def invitations_page(
    request: SignedInRequest,
    workshop: Workshop,
    form: InvitationForm,
    *,
    twins: list[Invitation] | None = None,
    next_one: bool = False,
    status: int = 200,
) -> HttpResponse:
    visible = Invitation.objects.visible_to(request.user).filter(workshop=workshop)
    filters = InvitationFilter(request.GET, queryset=visible)
    shown = listing(request, filters, filters.qs.select_related("locality", "participation__person"))
    filters.form.auto_id = "filter_%s"  # the form for the next one asks for a category, too
    stages = while_inviting(workshop)
    if stages[0].composition.total:
        note_names_read(workshop, by=request.user)
    if next_one or "next" in request.GET:
        form.fields["position"].widget.attrs["autofocus"] = True
    is_training = workshop.kind == WorkshopKind.TRAINING_OF_TRAINERS
    context: dict[str, Any] = shown | {
        "workshop": workshop,
        "form": form,
        "twins": twins or [],
        "stages": stages,
        "invited": stages[0].composition.total,
        "answers": [each for each in Answer.choices if each[0] != Answer.WAITING],
        "warnings": ChampionsInvited.from_workshop(workshop).warnings if is_training else [],
        "positions": positions_suggested(workshop, request.user),
        "organizations": organizations_suggested(workshop, request.user),
        "places": places_suggested(workshop),
    }
    context["is_filtered"] = bool(filters.form.is_valid() and any(filters.form.cleaned_data.values()))
    return page(request, "workshops/invitation_list.html", context, part="invitations", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_edit(request: SignedInRequest, code: str, invitation: str) -> HttpResponse:
    row = one_invitation(request, code, invitation)
    workshop = row.workshop
    form = InvitationForm(request.POST or None, workshop=workshop, initial=as_invited(row))
    del form.fields["submission"]
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            change_invitation(row, facts=form.facts(), by=request.user)
        except RegistrationClosed as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, _("Saved."))
            return redirect("invitation_list", workshop.code)
    note_names_read(workshop, by=request.user)
    context = {
        "workshop": workshop,
        "invitation": row,
        "form": form,
        "positions": positions_suggested(workshop, request.user),
        "organizations": organizations_suggested(workshop, request.user),
        "places": places_suggested(workshop),
    }
    status = 422 if form.errors and status == 200 else status
    return render(request, "workshops/invitation_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_remove(request: SignedInRequest, code: str, invitation: str) -> HttpResponse:
    row = one_invitation(request, code, invitation)
    if request.method == "POST":
        remove_invitation(row, by=request.user)
        messages.success(request, _("The invitation is removed, with name and contact."))
        return redirect("invitation_list", row.workshop.code)
    note_names_read(row.workshop, by=request.user)
    return render(request, "workshops/invitation_remove.html", {"workshop": row.workshop, "invitation": row})


@require_safe
def invitation_print(request: SignedInRequest, code: str) -> HttpResponse:
    """The whole list for paper."""
    workshop = workshop_run(request, code)
    rows = list(Invitation.objects.visible_to(request.user).filter(workshop=workshop))
    if rows:
        note_names_read(workshop, by=request.user)
    context = {"workshop": workshop, "invitations": rows, "stages": while_inviting(workshop)}
    return render(request, "workshops/invitation_print.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_pick(request: SignedInRequest, code: str) -> HttpResponse:
    """People who came to an earlier event and whose names the user may see, to be ticked."""
    workshop = workshop_run(request, code)
    is_training = workshop.kind == WorkshopKind.TRAINING_OF_TRAINERS
    source = request.GET.get("from", CHAMPIONS if is_training else "")  # F30: a training is for champions
    people = pickable(request, workshop, source)
    if request.method == "POST":
        ticked = set(request.POST.getlist("person"))
        chosen = [each for each in people if each.person.code in ticked]
        try:
            invited = invite_again(workshop, participations=chosen, by=request.user)
        except RegistrationClosed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                ngettext("%(n)s person invited.", "%(n)s people invited.", invited) % {"n": invited},
            )
        return redirect("invitation_list", workshop.code)
    if people:
        note_names_read(workshop, by=request.user)
    here = set(workshop.participations.values_list("person", flat=True))
    here |= set(workshop.invitations.exclude(person=None).values_list("person", flat=True))
    shown = Paginator(people, PICK_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "workshop": workshop,
        "source": source,
        "query": urlencode({"from": source}),
        "events": earlier_events(request, workshop),
        "page": shown,
        "rows": [(each, each.person_id in here) for each in shown],
        "is_open": any(each.person_id not in here for each in shown),
        "all": "all" in request.GET,
    }
    return render(request, "workshops/invitation_pick.html", context)


def earlier_events(request: SignedInRequest, workshop: Workshop) -> QuerySet[Workshop]:
    """Events of the country that this user runs and in which somebody is registered by name."""
    names = Participation.objects.with_names_for(request.user).values("workshop")
    events = Workshop.objects.visible_to(request.user).filter(
        pk__in=names, locality__country=workshop.locality.country
    )
    return events.exclude(pk=workshop.pk).for_list()[:PICKED_FROM]


def pickable(request: SignedInRequest, workshop: Workshop, source: str) -> list[Participation]:
    """Each person once, as last written down, in the order of their names."""
    rows = Participation.objects.filter(run_by(request.user), person__country=workshop.locality.country)
    if source == CHAMPIONS:
        rows = rows.filter(person__champion__isnull=False)
    else:
        rows = rows.filter(workshop__code=source)
    latest: dict[int, Participation] = {}
    for each in rows.for_list().order_by("workshop__starts_on", "pk"):
        latest[each.person_id] = each
    return by_name(latest.values())
