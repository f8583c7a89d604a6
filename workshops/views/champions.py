"""Champions: naming them, guiding them, and the list by area."""

import django_filters
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from core.lists import listing
from workshops.forms.champions import ChampionForm, GuideForm
from workshops.models import Champion, ChampionState
from workshops.reports.champions import Championship
from workshops.rules import can_accompany
from workshops.services import note_names_read
from workshops.services.champions import ChampionRefused, guide_champion, name_champion, no_champion
from workshops.views.entries import entry_page, results_page, sent, warn_of_contacts, workshop_to_fill


class ChampionFilter(django_filters.FilterSet):
    """For those with names only: numbers under a filter would give small groups away."""

    state = django_filters.ChoiceFilter(
        choices=ChampionState.choices, label=gettext_lazy("State"), empty_label=gettext_lazy("All")
    )

    class Meta:
        model = Champion
        fields = ["state"]


@require_safe
def champion_list(request: SignedInRequest) -> HttpResponse:
    """By area in numbers and codes; with names those whom the reader has registered in a workshop."""
    named = Champion.objects.visible_to(request.user).with_names_for(request.user)
    found = ChampionFilter(request.GET, queryset=named)
    context = listing(request, found, found.qs.for_list())
    rows = list(context["page"])
    for workshop in {row.workshop for row in rows}:
        note_names_read(workshop, by=request.user)
    context |= {"rows": rows, "championship": Championship.seen_by(request.user)}
    return render(request, "workshops/champion_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def champion_new(request: SignedInRequest, code: str) -> HttpResponse:
    """`?person=` is the code of the participant, where the list of people leads here."""
    workshop = workshop_to_fill(request, code)
    form = ChampionForm(
        sent(request), workshop=workshop, initial={"person": request.GET.get("person", "")[:12]}
    )
    note_names_read(workshop, by=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            name_champion(
                data["person"],
                area=data["area"],
                note=data["note"],
                today=timezone.localdate(),
                by=request.user,
            )
        except ChampionRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The champion is noted."))
            warn_of_contacts(request, form)
            return redirect(results_page(workshop, "champions"))
    return entry_page(request, "workshops/champion_new.html", workshop, form)


def champion_to_guide(request: SignedInRequest, person: str) -> Champion:
    """Who accompanies nobody gets the same answer for every code: a refusal would tell which of the
    codes on a list are those of champions (BR17)."""
    champions = (
        Champion.objects.visible_to(request.user)
        .with_names_for(request.user)
        .select_related("person", "workshop__locality__country", "locality__country", "trained_at")
    )
    champion = get_object_or_404(champions, person__code=person)
    require(can_accompany(request.user, champion))
    return champion


@require_http_methods(["GET", "HEAD", "POST"])
def champion_edit(request: SignedInRequest, person: str) -> HttpResponse:
    champion = champion_to_guide(request, person)
    asked = request.GET.get("to", "")
    initial = {"state": asked} if asked in ChampionState.values else {}
    form = GuideForm(sent(request), champion=champion, initial=initial)
    note_names_read(champion.workshop, by=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            guide_champion(
                champion,
                to=data["state"],
                area=data["area"],
                note=data["note"],
                trained_at=data["trained_at"],
                today=timezone.localdate(),
                by=request.user,
            )
        except ChampionRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Saved."))
            warn_of_contacts(request, form)
            return redirect("champion_list")
    return entry_page(request, "workshops/champion_edit.html", champion.workshop, form, champion=champion)


@require_http_methods(["GET", "HEAD", "POST"])
def champion_remove(request: SignedInRequest, person: str) -> HttpResponse:
    champion = champion_to_guide(request, person)
    if request.method == "POST":
        no_champion(champion, by=request.user)
        messages.success(request, _("This person is no champion any more, and stays registered."))
        return redirect("champion_list")
    context = {"champion": champion, "workshop": champion.workshop}
    return render(request, "workshops/champion_remove.html", context)
