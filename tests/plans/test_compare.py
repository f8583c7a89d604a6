"""plans.views.compare, plans.reports.comparison"""

import datetime

import pytest
from django.urls import reverse

from plans.document import digest_of, document_of
from plans.models import Edition
from plans.reports.comparison import Comparison, Fate, Figures, matched
from tests.factories.committees import CommitteeFactory
from tests.factories.plans import (
    ActivityFactory,
    AlignmentFactory,
    LocalActionPlanFactory,
    ObjectiveFactory,
    PriorityIssueFactory,
)


def freeze(plan, number):
    content = document_of(plan)
    return Edition.objects.create(
        plan=plan,
        number=number,
        body="Council",
        act="4",
        adopted_on=datetime.date(2026, 3, 1),
        content=content,
        digest=digest_of(content),
    )


@pytest.fixture
def before(committee, nap):
    plan = LocalActionPlanFactory(
        committee=committee,
        nap=nap,
        title="Plan I",
        period_start=datetime.date(2021, 1, 1),
        period_end=datetime.date(2025, 12, 31),
        sections={"vision": "Women speak in the council."},
    )
    ObjectiveFactory(plan=plan, text="Women take part in the peace council", order=1)
    ObjectiveFactory(plan=plan, text="Safe markets", order=2, pillar="protection")
    return plan


@pytest.fixture
def after(plan, before, items):
    plan.predecessor, plan.generation = before, 2
    plan.save()
    plan.sections.filter(kind="vision").update(text="Women decide in the council.")
    reworded = ObjectiveFactory(plan=plan, text="Women take part in every peace council", order=1)
    ActivityFactory(objective=reworded, cost=100)
    ActivityFactory(objective=reworded)
    AlignmentFactory(objective=reworded, provision=items[0])
    ObjectiveFactory(plan=plan, text="Young people have work", order=2)
    PriorityIssueFactory(plan=plan)
    return plan


def test_plan_compare_with_the_plan_before(after, before, member, signed_in):
    response = signed_in(member).get(reverse("plan_compare", args=[after.code]))
    comparison = response.context["comparison"]
    assert response.context["other"].plan == before
    assert [(change.fate, change.after and change.after["number"]) for change in comparison.objectives] == [
        (Fate.CHANGED, 1),
        (Fate.NEW, 2),
        (Fate.DROPPED, None),
    ]
    assert [(change.label, change.fate) for change in comparison.sections] == [("Vision", Fate.CHANGED)]
    page = response.content.decode()
    assert "<ins>" in page
    assert "<del>" in page
    old, new = comparison.figures
    assert (old.objectives, new.objectives, new.activities, new.costed, new.share_costed) == (2, 2, 2, 1, 50)
    assert (old.nap_items, new.nap_items, new.issues, new.unanswered, new.cost) == (0, 1, 1, 1, 100)
    assert comparison.pillars == [("Participation", 1, 2), ("Protection", 1, 0)]


def test_plan_compare_with_the_one_asked_for(after, before, committee, member, signed_in):
    other = LocalActionPlanFactory(committee=committee, title="A third plan")
    url = reverse("plan_compare", args=[after.code])
    assert signed_in(member).get(url, {"with": other.code}).context["other"].plan == other


def test_plan_compare_two_editions_of_one_plan(after, member, signed_in):
    freeze(after, 1)
    after.objectives.filter(order=2).update(text="Young women have work")
    freeze(after, 2)
    after.objectives.filter(order=2).update(text="Something else altogether here")
    url = reverse("plan_compare", args=[after.code])
    response = signed_in(member).get(url, {"edition": 2, "with_edition": 1})
    assert [change.fate for change in response.context["comparison"].objectives] == [Fate.KEPT, Fate.CHANGED]
    assert "Young women have work" not in str(response.context["comparison"].before)


def test_plan_compare_shows_nothing_that_the_reader_may_not_see(
    after, before, elsewhere, locality, committee, member, coordinator, outsider, signed_in
):
    url = reverse("plan_compare", args=[after.code])
    hidden = LocalActionPlanFactory(committee=CommitteeFactory(locality=locality), title="Of other people")
    there = LocalActionPlanFactory(committee=CommitteeFactory(locality=elsewhere), title="Plan of Bo")
    client = signed_in(member)
    assert "Of other people" not in client.get(url).content.decode()
    unknown = (
        {"with": "LAP-2222222"},
        {"edition": "9"},
        {"with_edition": "x"},
        {"with": before.code, "with_edition": "1"},
    )
    for query in ({"with": hidden.code}, {"with": there.code}, *unknown):
        assert client.get(url, query).status_code == 404
    assert signed_in(coordinator).get(url).status_code == 200
    assert signed_in(outsider).get(url).status_code == 404


def test_plan_compare_of_the_only_plan_says_so(plan, member, signed_in):
    page = signed_in(member).get(reverse("plan_compare", args=[plan.code])).content.decode()
    assert "Nothing to compare with yet" in page


def objective(text, *serves, number=1):
    stated = [{"framework": "NAP", "provision": code} for code in serves]
    return {"text": text, "serves": stated, "origin": None, "activities": [], "number": number}


def test_matched_takes_the_most_alike_and_each_once():
    earlier = [objective("Safe markets for women"), objective("Safe markets for women and girls")]
    later = [objective("Safe markets for women and girls"), objective("Safe market for women")]
    assert matched(earlier, later) == {0: 1, 1: 0}


def test_matched_by_the_same_provision_when_the_words_differ():
    earlier, later = [objective("Inclusion", "1.2")], [objective("Chiefs call women to the table", "1.2")]
    assert matched(earlier, later) == {0: 0}
    assert matched([objective("Inclusion", "1.3")], later) == {}


def test_comparison_of_a_plan_with_itself_changes_nothing(before):
    document = document_of(before)
    comparison = Comparison(document, document)
    assert {change.fate for change in comparison.objectives} == {Fate.KEPT}
    assert comparison.fates == [("Kept", 2), ("Changed", 0), ("New", 0), ("Dropped", 0)]
    assert Figures.from_document(document).share_costed is None
