"""The list of participants as a file, for who runs the workshop."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from workshops.forms.imports import ExportForm
from workshops.services.exports import export_participants, participants_to_hand_out
from workshops.views.files import handed_out
from workshops.views.imports import workshop_run_by


@require_http_methods(["GET", "HEAD", "POST"])
def export_new(request: SignedInRequest, code: str) -> HttpResponse:
    """What for and which columns; the answer is the file itself."""
    workshop = workshop_run_by(request, code)
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        file = export_participants(
            workshop,
            columns=data["columns"],
            kind=data["kind"],
            purpose=data["purpose"],
            only_shared=data["only_shared"],
            by=request.user,
        )
        return handed_out(file.content, file.name, file.content_type)
    context = {
        "workshop": workshop,
        "form": form,
        "people": participants_to_hand_out(workshop).count(),
        "shared": participants_to_hand_out(workshop, only_shared=True).count(),
    }
    return render(request, "workshops/export_new.html", context, status=422 if form.errors else 200)
