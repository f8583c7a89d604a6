"""plans.views.alignments.alignment_review, plans.services.alignments.review_alignment: four eyes"""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from plans.models import Alignment, LocalActionPlan, Objective
from plans.services import alignments as services
from plans.states import PlanState
from tests.factories.plans import AlignmentFactory


def close(plan):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.VALIDATION)


def review_url(plan, alignment):
    return reverse("alignment_review", args=[plan.code, alignment.code])


def review(**changes):
    return {"verdict": "confirm", "note": "", "seen": 1} | changes


@pytest.mark.parametrize("who", ["secretary", "coordinator", "facilitator"])
def test_alignment_review_by_another(request, who, plan, stated, signed_in):
    reviewer = request.getfixturevalue(who)
    close(plan)  # reviewing goes on in every state
    signed_in(reviewer).post(review_url(plan, stated), review(verdict="doubt", note="Who trains?"))
    stated.refresh_from_db()
    assert (stated.state, stated.reviewer, stated.review_note) == ("doubted", reviewer, "Who trains?")
    assert stated.is_reviewed
    assert AuditEvent.objects.get(verb="reviewed alignment").detail == {
        "alignment": stated.code,
        "state": "doubted",
    }


@pytest.mark.parametrize(
    ("who", "allowed"), [("member", False), ("oversight", False), ("administrator", True)]
)
def test_alignment_review_is_for_who_accompanies_the_plan(
    request, who, allowed, plan, paragraph, objective, signed_in
):
    row = AlignmentFactory(objective=objective, provision=paragraph)
    client = signed_in(request.getfixturevalue(who))
    assert client.get(review_url(plan, row)).status_code == (200 if allowed else 403)
    response = client.post(review_url(plan, row), review())
    assert response.status_code == (302 if allowed else 403)
    row.refresh_from_db()
    assert row.state == ("confirmed" if allowed else "stated")


def test_alignment_review_of_ones_own_statement_is_refused_in_words(
    plan, objective, paragraph, secretary, signed_in
):
    own = AlignmentFactory(objective=objective, provision=paragraph, stated_by=secretary)
    client = signed_in(secretary)
    assert "You wrote this yourself" in client.get(review_url(plan, own)).content.decode()
    response = client.post(review_url(plan, own), review())
    assert response.status_code == 409
    assert "You wrote this yourself" in response.content.decode()
    own.refresh_from_db()
    assert own.state == "stated"


def test_alignment_review_of_another_text_than_was_read_is_refused(
    plan, objective, stated, secretary, signed_in
):
    Objective.objects.filter(pk=objective.pk).update(text="Something else", row_version=2)
    client = signed_in(secretary)
    response = client.post(review_url(plan, stated), review(note="Fine"))
    assert response.status_code == 409
    page = response.content.decode()
    assert "Something else" in page
    assert "Fine" in page
    assert response.context["form"]["seen"].value() == "2"
    assert client.post(review_url(plan, stated), review(seen=2)).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"verdict": ""}, "verdict"),
        ({"verdict": "doubt"}, "note"),
        ({"note": "x" * 100_000}, "note"),
        ({"seen": "x"}, "seen"),
    ],
)
def test_alignment_review_says_what_is_wrong_at_the_field(changes, field, plan, stated, secretary, signed_in):
    response = signed_in(secretary).post(review_url(plan, stated), review(**changes))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}


def test_review_is_outdated_by_another_text_and_not_by_another_statement(
    plan, objective, stated, items, member, secretary, signed_in
):
    services.review_alignment(stated, is_confirmed=True, note="", seen_version=1, by=secretary)
    services.state_alignment(objective, provision=items[2], strength="direct", justification="", by=member)
    stated.refresh_from_db()
    assert Alignment.objects.get(pk=stated.pk).is_reviewed
    edit = reverse("objective_edit", args=[plan.code, objective.code])
    typed = {"text": objective.text, "pillar": "prevention", "local_reason": ""}
    ticked = [items[0].pk, items[2].pk, stated.provision.pk]
    client = signed_in(member)
    client.post(edit, typed | {"row_version": 2, "provisions": ticked})
    assert Alignment.objects.get(pk=stated.pk).is_reviewed
    client.post(edit, typed | {"text": "Another text", "row_version": 3, "provisions": ticked})
    assert not Alignment.objects.get(pk=stated.pk).is_reviewed
    page = client.get(reverse("plan_alignment", args=[plan.code])).content.decode()
    assert "Text changed since the review" in page
