"""Adopted local plans, and the blank matrix of the next one."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.joints import listed
from frameworks.pillars import Pillar
from guidelines.blocks.asked import Asked
from guidelines.blocks.values import BlockValue, Column, RowGroup, TableValue, TextValue
from guidelines.models import Block
from plans.models import LocalActionPlan

BLANK_ROWS = 3  # to be filled in, under each pillar


def adopted_plans(asked: Asked) -> BlockValue:
    """The newest first. A plan that is not shown to the public is counted and not named."""
    plans = list(
        LocalActionPlan.objects.adopted()
        .filter(locality__country=asked.guidelines.country_id, adopted_on__lte=asked.today)
        .select_related("locality")
        .order_by("-adopted_on", "code")
    )
    shown = [plan for plan in plans if plan.is_public]
    parts: list[TableValue | TextValue] = []
    if shown:
        columns = (
            Column(_("Plan"), 5),
            Column(_("Locality"), 4),
            Column(_("Period"), 4),
            Column(_("Adopted by"), 3),
            Column(_("Act and date"), 4),
        )
        rows = tuple(_row(plan) for plan in shown)
        parts.append(TableValue(_("Adopted local plans"), columns, (RowGroup("", rows),)))
    if hidden := len(plans) - len(shown):
        words = ngettext(
            "%(number)s more plan is adopted and not shown to the public.",
            "%(number)s more plans are adopted and not shown to the public.",
            hidden,
        )
        parts.append(TextValue(words % {"number": hidden}))
    return BlockValue(
        Block.PLANS,
        _("Adopted local plans"),
        asked.today,
        _("Acts of adoption, as recorded in the portal."),
        parts=tuple(parts),
        empty="" if parts else _("No local plan is adopted yet. The first ones will stand here."),
    )


def _row(plan: LocalActionPlan) -> tuple[str, ...]:
    act = listed([plan.adopting_act, date_format(plan.adopted_on) if plan.adopted_on else ""])
    return (plan.title, str(plan.locality), plan.years, plan.adopting_body, act)


def plan_template(asked: Asked) -> BlockValue:
    """The columns of the printed matrix (F69), with what each wants to know: pillars (BR8), SMART (BR9),
    the two lenses (BR10), a cost for every activity (BR11)."""
    columns = (
        Column(_("Objective"), 4),
        Column(_("Activity"), 5),
        Column(_("Expected output"), 3),
        Column(_("Who leads, who supports"), 3),
        Column(_("When"), 2),
        Column(_("Indicator: from baseline to target"), 4),
        Column(_("Cost and source"), 3),
    )
    hints = (
        _("What will be different, and which item of the National Action Plan it serves"),
        _("What will be done: specific, measurable, within reach, relevant, with dates"),
        _("What one can see or count afterwards"),
        _("Offices, not persons"),
        _("Month and year, from and to"),
        _("How it is today, how it is to be, where it can be read"),
        _("An estimate or “no cost”, and who pays, for every activity"),
    )
    blank = tuple(("",) * len(columns) for _row_number in range(BLANK_ROWS))
    groups = (
        RowGroup(_("How to fill it in"), (hints,)),
        *(RowGroup(str(pillar.label), blank) for pillar in Pillar),
    )
    lenses = _(
        "Two questions are answered for every activity. Gender: what changes for women, men, girls and boys? "
        "Peace and conflict: what could calm or inflame, and who could be hurt?"
    )
    caption = _("Objectives, activities, indicators and costs")
    return BlockValue(
        Block.PLAN_TEMPLATE,
        _("Template of a Local Action Plan"),
        asked.today,
        _("The matrix of Local Action Plans in this portal."),
        parts=(TextValue(lenses), TableValue(caption, columns, groups, is_wide=True)),
    )
