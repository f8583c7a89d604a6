"""What to write in each part of a plan, and an example beside it. The places and figures are fictional.

What the parts are for: GNWP, Toolkit on Localization (2018); "too much on analysis and too little on
action" (F60); costed from the very beginning (International Alert, 2020).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.prose import to_html
from plans.completeness import Part


@dataclass(frozen=True)
class Guidance:
    """`how` says in a few sentences what belongs here; `example` is in light markup (core.prose)."""

    how: str | Promise
    example: str | Promise

    @property
    def example_html(self) -> str:
        return to_html(str(self.example), top_heading=4)


GUIDANCE: dict[Part, Guidance] = {
    Part.FOREWORD: Guidance(
        _(
            "One page, signed by an office that people know: the mayor, the governor, the chief. It says why "
            "this plan matters here, thanks those who wrote it and promises what the office itself will do. "
            "Write it last, when the plan is known."
        ),
        _(
            "When women from our eleven wards sat down with the police and the chiefs last March, many of us "
            "heard for the first time how unsafe the road to the water point had become.\n\n"
            "This plan is our answer. My office will **report on it to the council every quarter**, and the "
            "budget of next year carries its first activities."
        ),
    ),
    Part.VISION: Guidance(
        _(
            "One to three sentences: what will be different for women, men, girls and boys at the end of the "
            "plan. Something that people here would recognise when they see it, not the name of a project."
        ),
        _(
            "By the end of this plan, women take part in every body that decides on land and on peace in our "
            "district, and no girl is afraid on the way to school."
        ),
    ),
    Part.SITUATION: Guidance(
        _(
            "What the workshop's conflict analysis found: who is affected by what, where, and why. Give "
            "numbers with their year and source; where there are none, say so. Keep it to about two pages: "
            "what is written here should lead to a priority issue, and each issue to an activity. Never "
            "name a person who suffered harm, and nothing by which she could be recognised."
        ),
        _(
            "## Safety\n\n"
            "Four of ten women traders who were asked in 2025 avoid the market after six in the evening "
            "(survey of the market committee, 212 answers).\n\n"
            "## Land\n\n"
            "- Since people came back in 2023, the land committee heard 61 disputes.\n"
            "- In 9 of them a woman was heard herself.\n"
        ),
    ),
    Part.LEGAL_FRAME: Guidance(
        _(
            "On which laws and commitments the plan rests: the National Action Plan, resolution 1325, "
            "CEDAW, the law on local government, by-laws of this place. Two or three sentences each: what "
            "it asks of a local authority, not its history."
        ),
        _(
            "- **National Action Plan**, axis 2: local authorities see to it that at least 30 percent of the "
            "members of peace committees are women.\n"
            "- **Law on local government**, article 14: the council may found committees and give them a "
            "budget.\n"
        ),
    ),
    Part.ISSUES: Guidance(
        _(
            "The few issues that the plan answers, most urgent first. Say each in one or two sentences and "
            "who is affected. The issues of the workshop's conflict analysis can be taken over. An issue "
            "that no activity answers is listed as “no action yet”."
        ),
        _("Women traders and girls who fetch water are attacked on the unlit road between market and river."),
    ),
    Part.OBJECTIVES: Guidance(
        _(
            "What will have changed, for whom. Start from items of the National Action Plan and rewrite "
            "them for this place, or write a local priority and say why it matters. Three to seven are "
            "enough."
        ),
        _("Women and girls move safely between the quarters of the town, by day and after dark."),
    ),
    Part.ACTIVITIES: Guidance(
        _(
            "What will be done, where, by which office, from when to when, at what cost. One thing an "
            "activity. Say whom it could harm and how both lenses were answered."
        ),
        _("Light the market street and the path to the water point, together with the market committee."),
    ),
    Part.INDICATORS: Guidance(
        _(
            "How you will see that an activity worked: one number, its value today and the one you aim at. "
            "Ask who can collect it, and from where, before you choose it."
        ),
        _("Share of women who feel safe at the market after dark: from 22% (2025) to 60% (2028)."),
    ),
    Part.BUDGET: Guidance(
        _(
            "Every activity carries a cost, or says openly that it has none. Ask the treasurer early: what "
            "stands in the local budget is carried out more often than what waits for a donor."
        ),
        _("Twenty lamps, poles and two years of upkeep: 12 500, half of it from the town's own budget."),
    ),
    Part.MONITORING: Guidance(
        _(
            "Who follows the plan, how often, and what happens with what they find. Name the body and the "
            "offices, the dates of the reports, and how people outside the committee learn of the results."
        ),
        _(
            "The steering committee meets every quarter. The gender office collects the figures from the "
            "departments two weeks before. **Once a year** the results are read out in an open session of "
            "the council and on the community radio.\n"
        ),
    ),
}
