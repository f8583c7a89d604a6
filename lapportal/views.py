"""Home, localities, health and the pages shown when something is refused."""

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage  # noqa: F401
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from localities.models import Country, Locality


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Public: what Localization is and where it stands, in counts of public facts."""
    return render(request, "lapportal/home.html", {})


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Public: 200 when the database and the task queue answer. Says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    DBTaskResult.objects.ready().exists()
    return JsonResponse({"database": "ok", "tasks": "ok"})


@require_safe
def country_list(request: HttpRequest) -> HttpResponse:
    return render(
        request, "lapportal/country_list.html", {"countries": Country.objects.visible_to(request.user)}
    )


@require_safe
def locality_detail(request: HttpRequest, code: str) -> HttpResponse:
    locality = get_object_or_404(Locality.objects.visible_to(request.user), code=code)
    return render(request, "lapportal/locality_detail.html", {"locality": locality})


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or sign-in changed in another tab: say so, in words."""
    return render(request, "403_csrf.html", status=403)
