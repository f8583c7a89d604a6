"""Whether the portal works, for whatever watches over it."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult


def answers(question: str) -> bool:
    """Whether the database, or the task queue in it, answers."""
    try:
        if question == "tasks":
            DBTaskResult.objects.ready().exists()
        else:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


@never_cache
@require_safe
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Public: 200 when the database and the task queue answer, else 503. Says nothing else."""
    state = {part: "ok" if answers(part) else "failing" for part in ("database", "tasks")}
    return JsonResponse(state, status=503 if "failing" in state.values() else 200)
