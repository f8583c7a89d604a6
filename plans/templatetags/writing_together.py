"""What stands beside every form of a plan, whichever page shows it."""

from typing import Any

from django import template

from plans.models import LocalActionPlan
from plans.reports.comments import PartTools
from plans.reports.presence import WritingNow

register = template.Library()


@register.simple_tag(takes_context=True)
def part_tools(context: Any, plan: LocalActionPlan, part: Any, subject: str) -> PartTools:
    """Who else writes in that part now, and its open comments. Two queries."""
    return PartTools.of_part(plan, part, subject, context.request.user)


@register.simple_tag(takes_context=True)
def writing_now(context: Any, plan: LocalActionPlan) -> list[WritingNow]:
    """Who else is writing in the plan at this moment, and where. One query when nobody is."""
    return WritingNow.in_plan(plan, except_for=context.request.user)
