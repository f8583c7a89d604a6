"""Programmes to start from, one or more for each kind of event (domain.md §2.4). All can be changed.

Interactive lectures alternate with hands-on sessions (F19), and the good cycle has its place (F20).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workshops.models import Half, ItemKind
from workshops.states import WorkshopKind

AM, PM = Half.MORNING, Half.AFTERNOON
LECTURE, HANDS_ON, PLENARY, BREAK = ItemKind.LECTURE, ItemKind.HANDS_ON, ItemKind.PLENARY, ItemKind.BREAK

Text = str | Promise


@dataclass(frozen=True)
class Session:
    """One session of a template, in its place."""

    day: int
    half: Half
    title: Text
    kind: ItemKind
    minutes: int
    materials: Text = ""


@dataclass(frozen=True)
class Template:
    """A programme of so many days for one kind of event."""

    kind: WorkshopKind
    title: Text
    summary: Text
    days: int
    sessions: tuple[Session, ...]


Row = tuple[Text, ItemKind, int] | tuple[Text, ItemKind, int, Text]

TEA = (_("Tea and coffee"), BREAK, 15)
WELCOME = (_("Opening by the mayor or the governor"), PLENARY, 30)
SAFETY = (_("How we treat each other: safety, consent, what is written down"), PLENARY, 30)
EXPECTATIONS = (_("Who we are and what we expect"), HANDS_ON, 30, _("Cards, pens"))
GENDER = (_("Gender: words, roles and power in our place"), LECTURE, 60)
GOOD_CYCLE = (
    _("The good cycle: good governance, sustainable development and security"),
    HANDS_ON,
    60,
    _("The diagram of the good cycle, large sheets of paper"),
)
RESOLUTION = (_("Resolution 1325 and the resolutions that followed"), LECTURE, 75)
NAP = (_("The National Action Plan, pillar by pillar"), LECTURE, 75, _("Copies of the National Action Plan"))
POLICIES = (
    _("Our local policies: what promotes, what hinders"),
    HANDS_ON,
    75,
    _("By-laws, development plan, budget"),
)
CONFLICTS = (_("Conflict analysis in groups"), HANDS_ON, 90, _("Large sheets of paper, cards"))
BACK = (_("Groups report to all"), PLENARY, 45)
VOTE = (_("Vote on the most relevant items of the National Action Plan"), HANDS_ON, 45, _("Stickers"))
COMMITMENTS = (_("What each of us commits to, and by when"), HANDS_ON, 75, _("Commitment sheets"))
COMMITTEE = (_("Setting up the Local Steering Committee"), PLENARY, 60)
CHAMPIONS = (_("Who carries it on: champions"), PLENARY, 30)
NEXT_DATES = (_("Next steps and dates"), PLENARY, 30)
EVALUATION = (_("Evaluation and closing"), PLENARY, 30, _("Evaluation sheets"))
REVIEW_DAY = (_("What we learnt so far"), PLENARY, 30)
SINCE = (_("What happened in our areas since the workshops"), PLENARY, 60)
IN_SHORT = (_("Resolution 1325 and the National Action Plan in short"), LECTURE, 45)
LEARNING = (_("How adults learn"), LECTURE, 60)
TEACHING = (_("Teach-back: each group teaches, the others answer"), HANDS_ON, 90)
PREPARING = (_("Teach-back: each group prepares a session"), HANDS_ON, 90)
ROLLOUT_PLAN = (_("Roll-out plan for each area"), HANDS_ON, 90)
USING = (_("How to use the Localization Guidelines"), LECTURE, 75, _("Copies of the Guidelines"))
CHAPTERS = (_("The Guidelines, chapter by chapter"), LECTURE, 75, _("Copies of the Guidelines"))
CALENDAR = (_("Where it fits into our planning calendar"), HANDS_ON, 75, _("The planning calendar"))
CLAUSES = (_("First draft of clauses for the development plan"), HANDS_ON, 90)
DIFFICULT = (_("Difficult conversations and trauma: what a trainer does"), LECTURE, 60)


def _sessions(*half_days: tuple[int, Half, tuple[Row, ...]]) -> tuple[Session, ...]:
    return tuple(Session(day, half, *row) for day, half, rows in half_days for row in rows)


TEMPLATES: dict[str, Template] = {
    "localization_2": Template(
        WorkshopKind.LOCALIZATION,
        _("Localization workshop"),
        _("two days"),
        2,
        _sessions(
            (1, AM, (WELCOME, SAFETY, EXPECTATIONS, TEA, GENDER, GOOD_CYCLE)),
            (1, PM, (RESOLUTION, NAP, TEA, POLICIES)),
            (2, AM, (REVIEW_DAY, CONFLICTS, TEA, BACK, VOTE)),
            (2, PM, (COMMITMENTS, TEA, COMMITTEE, CHAMPIONS, EVALUATION)),
        ),
    ),
    "localization_3": Template(
        WorkshopKind.LOCALIZATION,
        _("Localization workshop"),
        _("three days"),
        3,
        _sessions(
            (1, AM, (WELCOME, SAFETY, EXPECTATIONS, TEA, GENDER)),
            (1, PM, (GOOD_CYCLE, TEA, RESOLUTION)),
            (2, AM, (REVIEW_DAY, NAP, TEA, POLICIES)),
            (2, PM, (CONFLICTS, TEA, BACK, VOTE)),
            (3, AM, (REVIEW_DAY, COMMITMENTS, TEA, COMMITTEE, CHAMPIONS)),
            (3, PM, (NEXT_DATES, EVALUATION)),
        ),
    ),
    "writeshop_2": Template(
        WorkshopKind.WRITESHOP,
        _("Writeshop"),
        _("two days"),
        2,
        _sessions(
            (
                1,
                AM,
                (
                    WELCOME,
                    (
                        _("Our local policies, read together"),
                        HANDS_ON,
                        75,
                        _("By-laws, development plan, budget"),
                    ),
                    TEA,
                    (_("Gap analysis: what the National Action Plan asks and we do not have"), HANDS_ON, 75),
                ),
            ),
            (
                1,
                PM,
                (
                    (_("The gender lens and the conflict lens"), LECTURE, 60),
                    TEA,
                    (_("Objectives, pillar by pillar"), HANDS_ON, 105, _("A computer for each group")),
                ),
            ),
            (
                2,
                AM,
                (
                    (_("What makes an activity SMART"), LECTURE, 45),
                    (_("Activities, indicators, who is responsible"), HANDS_ON, 105),
                    TEA,
                    (_("What it costs and who pays"), HANDS_ON, 60),
                ),
            ),
            (
                2,
                PM,
                (
                    (_("The plan is read back to all"), PLENARY, 75),
                    TEA,
                    (_("The way to endorsement, and the calendar"), PLENARY, 45),
                    EVALUATION,
                ),
            ),
        ),
    ),
    "tot_2": Template(
        WorkshopKind.TRAINING_OF_TRAINERS,
        _("Training of trainers"),
        _("two days"),
        2,
        _sessions(
            (1, AM, (WELCOME, SINCE, TEA, GOOD_CYCLE, IN_SHORT)),
            (1, PM, (LEARNING, TEA, PREPARING)),
            (2, AM, (TEACHING, TEA, USING)),
            (2, PM, (ROLLOUT_PLAN, TEA, BACK, EVALUATION)),
        ),
    ),
    "tot_3": Template(
        WorkshopKind.TRAINING_OF_TRAINERS,
        _("Training of trainers"),
        _("three days"),
        3,
        _sessions(
            (1, AM, (WELCOME, EXPECTATIONS, SINCE, TEA, GOOD_CYCLE)),
            (1, PM, (RESOLUTION, TEA, NAP)),
            (2, AM, (REVIEW_DAY, LEARNING, TEA, DIFFICULT)),
            (2, PM, (PREPARING, TEA, TEACHING)),
            (3, AM, (USING, TEA, ROLLOUT_PLAN)),
            (3, PM, (BACK, NEXT_DATES, EVALUATION)),
        ),
    ),
    "rollout_1": Template(
        WorkshopKind.ROLLOUT,
        _("Guidelines roll-out"),
        _("one day"),
        1,
        _sessions(
            (1, AM, (WELCOME, RESOLUTION, TEA, CHAPTERS)),
            (1, PM, (CALENDAR, TEA, NEXT_DATES, EVALUATION)),
        ),
    ),
    "rollout_2": Template(
        WorkshopKind.ROLLOUT,
        _("Guidelines roll-out"),
        _("two days"),
        2,
        _sessions(
            (1, AM, (WELCOME, EXPECTATIONS, RESOLUTION, TEA, GOOD_CYCLE)),
            (1, PM, (NAP, TEA, POLICIES)),
            (2, AM, (CHAPTERS, TEA, CALENDAR)),
            (2, PM, (CLAUSES, TEA, BACK, EVALUATION)),
        ),
    ),
    "consultation_1": Template(
        WorkshopKind.CONSULTATION,
        _("Consultation"),
        _("one day"),
        1,
        _sessions(
            (
                1,
                AM,
                (
                    WELCOME,
                    SAFETY,
                    (_("Why we ask, and what becomes of the answers"), LECTURE, 30),
                    TEA,
                    (
                        _("What women peacebuilders do and need, in groups"),
                        HANDS_ON,
                        90,
                        _("Large sheets of paper"),
                    ),
                ),
            ),
            (
                1,
                PM,
                (
                    BACK,
                    (_("Which needs come first"), HANDS_ON, 45, _("Stickers")),
                    TEA,
                    NEXT_DATES,
                    EVALUATION,
                ),
            ),
        ),
    ),
    "conference_2": Template(
        WorkshopKind.CONFERENCE,
        _("Conference"),
        _("two days"),
        2,
        _sessions(
            (
                1,
                AM,
                (
                    WELCOME,
                    (_("Where Localization stands: the areas report"), LECTURE, 90),
                    TEA,
                    (_("Discussion"), PLENARY, 60),
                ),
            ),
            (
                1,
                PM,
                (
                    (_("Working groups: what worked, what did not"), HANDS_ON, 90),
                    TEA,
                    (_("Exchange between areas with the same issues"), HANDS_ON, 60),
                ),
            ),
            (
                2,
                AM,
                (BACK, TEA, (_("What each delegation commits to"), HANDS_ON, 90, _("Commitment sheets"))),
            ),
            (2, PM, ((_("Commitments are read out"), PLENARY, 60), EVALUATION)),
        ),
    ),
    "committee_training_1": Template(
        WorkshopKind.COMMITTEE_TRAINING,
        _("Committee training"),
        _("one day"),
        1,
        _sessions(
            (
                1,
                AM,
                (
                    WELCOME,
                    IN_SHORT,
                    (_("Structure and mission of the committee"), LECTURE, 45),
                    TEA,
                    (_("Who does what in the committee"), HANDS_ON, 60),
                ),
            ),
            (
                1,
                PM,
                (
                    (_("The plan and the commitments: where we stand"), PLENARY, 45),
                    (_("Work plan for the next six months"), HANDS_ON, 75),
                    TEA,
                    EVALUATION,
                ),
            ),
        ),
    ),
    "review_1": Template(
        WorkshopKind.REVIEW,
        _("Review meeting"),
        _("one day"),
        1,
        _sessions(
            (
                1,
                AM,
                (
                    WELCOME,
                    (_("What was promised and what was done"), PLENARY, 75, _("The list of commitments")),
                    TEA,
                    (_("What holds us back"), HANDS_ON, 75),
                ),
            ),
            (1, PM, ((_("What we change in the plan"), HANDS_ON, 75), TEA, NEXT_DATES, EVALUATION)),
        ),
    ),
}


def templates_for(kind: str, *, days: int) -> list[str]:
    """Names of all templates: those of the kind first, among them the one nearest in length."""

    def distance(name: str) -> tuple[bool, int, str]:
        template = TEMPLATES[name]
        return template.kind != kind, abs(template.days - days) if template.kind == kind else 0, name

    return sorted(TEMPLATES, key=distance)
