"""The form of an activity as it is at the end of drafting: every text written, every list full."""

from collections.abc import Iterator
from io import StringIO

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from benchmarks.figures import Figure, measure_get, seconds
from plans.models import Activity, Indicator, IndicatorKind, LocalActionPlan, PriorityIssue, Theme

KB = 1024
SENTENCE = "Women traders choose the places; two of them are trained to keep the lamps. "


def activity_figures(plan: LocalActionPlan, user: User) -> Iterator[Figure]:
    activity = full_activity(plan)
    client = Client()
    client.force_login(user)
    url = reverse("activity_edit", args=[plan.code, activity.code])
    page = measure_get(client, url)
    yield Figure("activity, edit form", page.size / KB, "KB", 40)
    yield Figure("activity, edit form", page.milliseconds, "ms", 150)
    typed = {"check": "1", "row_version": "1", "text": activity.text, "gender_lens": ""}
    checks = [
        1000 * seconds(lambda: client.post(url, typed, headers={"HX-Request": "true"})) for _ in range(5)
    ]
    yield Figure("activity, SMART checked while typing", sorted(checks)[2], "ms", 150)
    found = measure_get(client, reverse("activity_list"))
    yield Figure("activities of all plans, 25 a page", found.milliseconds, "ms", 150)


def full_activity(plan: LocalActionPlan) -> Activity:
    """The first of the plan, with all that its form can hold: five indicators, all themes, the issues."""
    call_command("load_themes", stdout=StringIO())
    activity: Activity = Activity.objects.filter(objective__plan=plan).order_by("pk")[0]
    for name in ("expected_output", "gender_lens", "conflict_lens", "do_no_harm", "risks"):
        setattr(activity, name, SENTENCE * 6)
    activity.text = SENTENCE * 4
    activity.target_groups, activity.location = "Women traders and girls", "All communes"
    activity.save()
    activity.themes.set(Theme.objects.all())
    activity.issues.set(
        PriorityIssue.objects.create(plan=plan, order=order, text=f"Issue {order}: {SENTENCE * 2}")
        for order in range(12)
    )
    officers = [each.responsible for each in Activity.objects.filter(objective__plan=plan)[1:6]]
    activity.supporting.set([position for position in officers if position])
    for number in range(4):
        Indicator.objects.create(
            activity=activity,
            text=f"Share of women who feel safe, quarter {number}",
            kind=IndicatorKind.PERCENT,
            baseline=20,
            target=60,
        )
    return activity
