"""The decisions of committees that concern a part of a plan, beside its form."""

from typing import Any

from django import template

from plans.models import PlanDecision

register = template.Library()


@register.simple_tag(takes_context=True)
def decisions_on(context: Any, part: Any) -> Any:
    """As far as the reader may see them. `part` is a plan (with all of its parts), an objective or an
    activity. One query."""
    links = PlanDecision.objects.visible_to(context.request.user).filter(
        pk__in=part.decision_links.values("pk")
    )
    return links.select_related(
        "decision__meeting__committee", "decision__owner__organization", "objective", "activity"
    ).order_by("-decision__meeting__day", "pk")
