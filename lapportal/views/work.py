"""What waits for who is signed in, over everything that she or he works on."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from core.lists import PER_PAGE
from lapportal.work.desk import Desk
from lapportal.work.tasks import TaskKind


class PlaceForm(forms.Form):
    """Where something waits."""

    place = forms.ChoiceField(label=_("Place"), required=False)

    def __init__(self, *args: object, desk: Desk, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        places = [(place.code, str(place)) for place in desk.places]
        self.fields["place"].choices = [("", _("All")), *places]  # type: ignore[attr-defined]


@require_safe
def my_work(request: SignedInRequest) -> HttpResponse:
    """One's own tasks, oldest first. `?kind=` and `?place=` that mean nothing show everything."""
    today = timezone.localdate()
    desk = Desk.of(request.user, today=today)
    chosen = request.GET.get("place", "")
    here = desk.in_place(chosen)
    kind = request.GET.get("kind", "")
    kind = kind if kind in TaskKind.values else ""
    query = request.GET.copy()
    query.pop("page", None)
    places = request.GET.copy()
    for name in ("page", "kind"):
        places.pop(name, None)
    context = {
        "desk": desk,
        "here": here,
        "kind": kind,
        "form": PlaceForm({"place": chosen}, desk=desk) if len(desk.places) > 1 else None,
        "is_filtered": here is not desk,
        "page": Paginator(here.of_kind(kind), PER_PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "places": places.urlencode(),
        "today": today,
    }
    return render(request, "lapportal/my_work.html", context)
