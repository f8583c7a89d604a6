"""What a plan gathers until it is adopted: every text written, every list filled, a long history."""

from accounts.models import User
from people.models import Position
from plans.models import (
    Activity,
    Alignment,
    BudgetLine,
    BudgetSource,
    Comment,
    Indicator,
    IndicatorKind,
    LocalActionPlan,
    PriorityIssue,
    Revision,
    Strength,
    Subject,
    Theme,
)
from plans.tracking import values_of

REVISIONS, THREADS, ISSUES = 2_000, 60, 8
ACTIVITY = (
    "Light the streets and the markets of the commune, at places chosen with the women's market "
    "committee, and train two women of each market to keep the lamps in repair"
)
PAGE = "What the workshop found, in the words of those who said it, commune by commune. " * 40
TEXTS = {
    "text": ACTIVITY,
    "expected_output": "By the end of the second year 120 lamps stand at 24 places, all of them working, and "
    "each market has two women who are paid to keep them and a fund for spare parts.",
    "target_groups": "Women traders, girls who walk to evening school, displaced families near the market",
    "location": "All five communes, first Dibindi and Bipemba",
    "gender_lens": "Women traders choose the places and keep the keys; two of each market are trained. Girls "
    "can walk to school in the evening. Men who guard the stalls are heard before a place is chosen.",
    "conflict_lens": "Sites are spread over all communes by a list that everybody can see, because the last "
    "lamps all went to one of them and were broken. Both youth groups are asked to watch over them.",
    "do_no_harm": "Night watchmen keep their pay. Nobody who reported an attack is named in the list; "
    "the committee looks at the list again after each incident.",
    "risks": "Cables are stolen; the town does not pay for electricity. Solar lamps are bought where it has "
    "not paid for two years, and the chief of the quarter signs for them.",
}
SOURCES = (BudgetSource.LOCAL, BudgetSource.DONOR)


def fill(plan: LocalActionPlan, *, posts: list[Position], by: User) -> None:
    """`plan` has its objectives and activities: all that belongs to them, in bulk."""
    activities = list(Activity.objects.filter(objective__plan=plan).order_by("pk"))
    for activity in activities:
        for name, text in TEXTS.items():
            setattr(activity, name, text)
    Activity.objects.bulk_update(activities, list(TEXTS))
    issues = PriorityIssue.objects.bulk_create(
        PriorityIssue(plan=plan, order=order, text=f"Issue {order}: {PAGE[:240]}", affected=PAGE[:160])
        for order in range(ISSUES)
    )
    for section in plan.sections.all():
        text = PAGE if section.kind == "situation" else PAGE[:1200]
        section.text = f"## As it is\n\n{text}\n\n* **First**: {PAGE[:80]}\n* *Second*: {PAGE[:80]}"
        section.save()
    _lists(activities, issues, posts)
    _money(activities)
    _alignments(activities)
    _comments(plan, activities, by)
    _history(plan, activities, by)


def _lists(activities: list[Activity], issues: list[PriorityIssue], posts: list[Position]) -> None:
    themes = list(Theme.objects.all())
    for name, rows, each in (("supporting", posts, 3), ("themes", themes, 2), ("issues", issues, 1)):
        through = getattr(Activity, name).through
        column = {"supporting": "position_id", "themes": "theme_id", "issues": "priorityissue_id"}[name]
        through.objects.bulk_create(
            through(**{"activity_id": activity.pk, column: rows[(place * each + step) % len(rows)].pk})
            for place, activity in enumerate(activities)
            for step in range(each)
        )
    Indicator.objects.bulk_create(
        Indicator(
            activity=activity,
            text="Share of women who feel safe at the market after dark",
            kind=IndicatorKind.PERCENT,
            baseline=20,
            target=60,
            split_by=["sex", "age"],
            yearly_targets={"2026": "30", "2027": "45", "2028": "60"},
            means_of_verification="Survey of the market committee, twice a year, with the same questions",
            frequency="half_yearly",
            responsible=posts[place % len(posts)],
        )
        for place, activity in enumerate(activities)
    )


def _money(activities: list[Activity]) -> None:
    BudgetLine.objects.bulk_create(
        BudgetLine(
            activity=activity,
            source=source,
            source_name="Fund for peace and security in the provinces",
            fiscal_year="2026",
            planned=6_000_000,
            allocated=2_000_000,
            note="To be confirmed by the assembly in its second session",
        )
        for activity in activities
        for source in SOURCES
    )


def _alignments(activities: list[Activity]) -> None:
    if not activities[0].plan.nap:
        return
    items = list(activities[0].plan.nap.provisions.items())
    Alignment.objects.bulk_create(
        Alignment(
            activity=activity,
            provision=items[place % len(items)],
            strength=Strength.PARTIAL,
            justification="The item asks for safe public places; here they are markets.",
        )
        for place, activity in enumerate(activities)
    )


def _comments(plan: LocalActionPlan, activities: list[Activity], by: User) -> None:
    threads = Comment.objects.bulk_create(
        Comment(
            plan=plan,
            subject=Subject.ACTIVITY,
            subject_code=activity.code,
            author=by,
            text=f"Is this not what the town promised last year? {PAGE[:240]}",
        )
        for activity in activities[:THREADS]
    )
    Comment.objects.bulk_create(
        Comment(
            plan=plan,
            subject=thread.subject,
            subject_code=thread.subject_code,
            parent=thread,
            author=by,
            text="It did, without money. This time the line is in the budget.",
        )
        for thread in threads
    )


def _history(plan: LocalActionPlan, activities: list[Activity], by: User) -> None:
    """Ten saves of each activity: the last is the row as it stands."""
    each = REVISIONS // len(activities)
    for activity in activities:
        values = values_of(activity)
        Revision.objects.bulk_create(
            Revision(
                plan=plan,
                subject=Subject.ACTIVITY,
                subject_code=activity.code,
                version=version,
                values=values | ({"text": f"{ACTIVITY}, version {version}"} if version < each else {}),
                by=by,
            )
            for version in range(1, each + 1)
        )
    Activity.objects.filter(objective__plan=plan).update(row_version=each)
