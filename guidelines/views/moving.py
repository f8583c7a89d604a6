"""The steps of guidelines, each on a page that explains it before it is taken."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from guidelines.edition_numbers import last_edition_number, next_edition_number
from guidelines.forms import moving as forms
from guidelines.gates import (
    current_tests,
    missing_for_launch,
    missing_for_roll_out,
    missing_for_test,
    missing_for_validation,
    warnings_for_validation,
)
from guidelines.models import Guidelines, GuidelinesState
from guidelines.reports.taking_back import TakingBack
from guidelines.services import moving as services
from guidelines.services.launching import launch_guidelines
from guidelines.services.taking_back import take_all_back
from guidelines.signatories import Signatures, ensure
from guidelines.states import OPEN_STATES, OUT_STATES, RETURNABLE_STATES, SIGNING_STATES, may_move
from guidelines.views.deciding import Step, guidelines_to_move, taken, typed

S = GuidelinesState


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_test(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = guidelines_to_move(request, code)
    step = Step(
        guidelines,
        "guidelines/guidelines_test.html",
        fits=may_move(guidelines.state, S.FIELD_TEST),
        take=lambda: services.begin_field_test(guidelines, by=request.user),
        done=_(
            "The field test has begun. The committees of these localities can read the draft and comment."
        ),
        missing=lambda: missing_for_test(guidelines),
        more={"tests": current_tests(guidelines)},
    )
    return taken(request, step, forms.FieldTestBeginForm(typed(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_validate(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines, today = guidelines_to_move(request, code), timezone.localdate()
    was_tested = current_tests(guidelines).exists()
    form = forms.ValidateForm(typed(request), was_tested=was_tested)
    step = Step(
        guidelines,
        "guidelines/guidelines_validate.html",
        fits=guidelines.state in OPEN_STATES,
        take=lambda: services.validate_guidelines(
            guidelines, reason=form.cleaned_data["reason"], today=today, by=request.user
        ),
        done=_("The text is validated. It is closed now, and the institutions can endorse it."),
        missing=lambda: missing_for_validation(guidelines, today),
        more={"warnings": warnings_for_validation(guidelines), "was_tested": was_tested},
    )
    return taken(request, step, form)


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_return(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = guidelines_to_move(request, code)
    form = forms.ReturnForm(typed(request))
    signatures = Signatures.of(guidelines)
    step = Step(
        guidelines,
        "guidelines/guidelines_return.html",
        fits=guidelines.state in RETURNABLE_STATES,
        take=lambda: services.return_guidelines(guidelines, **form.cleaned_data, by=request.user),
        done=_("The text can be written again."),
        more={"withdrawn": signatures.standing},
    )
    return taken(request, step, form)


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_launch(request: SignedInRequest, code: str) -> HttpResponse:
    """The edition is frozen here, for ever."""
    guidelines, today = guidelines_to_move(request, code), timezone.localdate()
    ensure(guidelines.country)
    number = next_edition_number(guidelines)
    form = forms.LaunchForm(typed(request), is_first=number == 1)
    step = Step(
        guidelines,
        "guidelines/guidelines_launch.html",
        fits=guidelines.state in SIGNING_STATES,
        take=lambda: launch_guidelines(guidelines, **form.values, today=today, by=request.user),
        done=_("Edition %(number)s is launched. Its text stays as it is, for ever.") % {"number": number},
        missing=lambda: missing_for_launch(guidelines, today),
        more={"signatures": Signatures.of(guidelines, number=number), "number": number},
    )
    return taken(request, step, form)


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_roll_out(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = guidelines_to_move(request, code)
    step = Step(
        guidelines,
        "guidelines/guidelines_roll_out.html",
        fits=guidelines.state == S.LAUNCHED,
        take=lambda: services.roll_out_guidelines(guidelines, by=request.user),
        done=_("The guidelines are rolled out."),
        missing=lambda: missing_for_roll_out(guidelines),
    )
    return taken(request, step, forms.RollOutForm(typed(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_revise(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = guidelines_to_move(request, code)
    form = forms.ReviseForm(typed(request))
    step = Step(
        guidelines,
        "guidelines/guidelines_revise.html",
        fits=guidelines.state in OUT_STATES,
        take=lambda: services.revise_guidelines(guidelines, **form.cleaned_data, by=request.user),
        done=_("The revision has begun. The last edition holds until the next one is launched."),
        more={"number": last_edition_number(guidelines)},
    )
    return taken(request, step, form)


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_drop_revision(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = guidelines_to_move(request, code)
    form = forms.DropRevisionForm(typed(request))
    step = Step(
        guidelines,
        "guidelines/guidelines_drop_revision.html",
        fits=guidelines.state == S.REVISION,
        take=lambda: services.drop_revision(guidelines, **form.cleaned_data, by=request.user),
        done=_("The revision is dropped. The last edition holds."),
        missing=lambda: services.missing_for_drop(guidelines),
        more={"number": last_edition_number(guidelines)},
    )
    return taken(request, step, form)


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_take_back(request: SignedInRequest, code: str) -> HttpResponse:
    """All that was written in the revision, at once; what changes is shown before."""
    guidelines = guidelines_to_move(request, code)
    form, plan = forms.DropRevisionForm(typed(request)), TakingBack.of(guidelines)
    step = Step(
        guidelines,
        "guidelines/guidelines_take_back.html",
        fits=guidelines.state == S.REVISION and plan is not None,
        take=lambda: take_all_back(
            guidelines, seen=request.POST.get("seen", ""), **form.cleaned_data, by=request.user
        ),
        done=_("The text is again what was launched. What was written since stays in the history."),
        more={"plan": plan},
    )
    return taken(request, step, form)


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_retire(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = guidelines_to_move(request, code)
    others = Guidelines.objects.visible_to(request.user).launched().filter(country=guidelines.country)
    others = others.exclude(pk=guidelines.pk).exclude(state=S.RETIRED)
    form = forms.RetireForm(typed(request), others=others)
    step = Step(
        guidelines,
        "guidelines/guidelines_retire.html",
        fits=may_move(guidelines.state, S.RETIRED),
        take=lambda: services.retire_guidelines(guidelines, **form.cleaned_data, by=request.user),
        done=_("The guidelines are retired. Their editions can still be read."),
    )
    return taken(request, step, form)
