"""plans.views.objectives"""

import pytest
from django.urls import reverse

from frameworks.models import Framework
from plans.models import Activity, LocalActionPlan, Objective
from plans.states import PlanState
from tests.factories.frameworks import NapFactory, ProvisionFactory
from tests.factories.localities import CountryFactory
from tests.factories.plans import ActivityFactory, LocalActionPlanFactory, ObjectiveFactory
from tests.factories.results import NapVoteFactory

VALUES = {"text": "Safe markets", "pillar": "protection", "local_reason": ""}


def close(plan):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.VALIDATION)


@pytest.fixture
def edit_url(plan, objective):
    return reverse("objective_edit", args=[plan.code, objective.code])


# --- From the National Action Plan -----------------------------------------------------------


def test_nap_items_makes_objectives_of_what_is_ticked(plan, items, member, signed_in):
    client, url = signed_in(member), reverse("nap_items", args=[plan.code])
    page = client.get(url).content.decode()
    assert "1. Inclusion" in page
    response = client.post(url, {"items": [items[0].pk, items[2].pk]}, follow=True)
    assert "2 objectives added." in response.content.decode()
    assert list(plan.objectives.values_list("started_from", flat=True)) == [items[0].pk, items[2].pk]


def test_nap_items_marks_what_is_served(plan, objective, items, member, signed_in):
    page = signed_in(member).get(reverse("nap_items", args=[plan.code])).content.decode()
    assert "Served by objective 1" in page
    assert f'value="{items[0].pk}"' not in page
    assert f'value="{items[1].pk}"' in page


def test_nap_items_offers_what_the_workshop_found_most_relevant(plan, items, workshop, member, signed_in):
    """F21: the votes of the workshop that the committee comes from, and of no workshop elsewhere."""
    for item, votes in ((items[2], 18), (items[1], 7)):
        NapVoteFactory(workshop=workshop, provision=item, votes=votes)
    NapVoteFactory(provision=items[0], votes=99)
    page = signed_in(member).get(reverse("nap_items", args=[plan.code]))
    assert [each.provision for each in page.context["first_places"]] == [items[2], items[1]]
    text = page.content.decode()
    assert "Place 1 at the workshop, with 18 votes" in text
    assert "with 99 votes" not in text


def test_nap_items_takes_items_of_this_nap_only(plan, items, member, signed_in):
    other = ProvisionFactory(framework=NapFactory(country=plan.locality.country))
    url = reverse("nap_items", args=[plan.code])
    for chosen in ([], [other.pk], ["nonsense"]):
        assert signed_in(member).post(url, {"items": chosen}).status_code == 422
    assert not Objective.objects.exists()


def test_nap_items_without_a_nap_explains(committee, member, signed_in):
    plan = LocalActionPlanFactory(committee=committee)
    page = signed_in(member).get(reverse("nap_items", args=[plan.code])).content.decode()
    assert "follows no National Action Plan" in page
    assert reverse("objective_new", args=[plan.code]) in page


def test_nap_items_of_a_nap_without_items_explains(committee, member, signed_in):
    plan = LocalActionPlanFactory(committee=committee, nap=NapFactory(country=committee.locality.country))
    page = signed_in(member).get(reverse("nap_items", args=[plan.code])).content.decode()
    assert "are not in the portal yet" in page


def test_nap_items_of_a_closed_plan_leads_back(plan, items, member, signed_in):
    close(plan)
    client, url = signed_in(member), reverse("nap_items", args=[plan.code])
    for response in (client.get(url, follow=True), client.post(url, {"items": items[0].pk}, follow=True)):
        assert "closed for changes" in response.content.decode()
    assert not Objective.objects.exists()


# --- Writing ---------------------------------------------------------------------------------


def test_objective_new_local_only(plan, member, signed_in):
    url = reverse("objective_new", args=[plan.code])
    response = signed_in(member).post(url, VALUES | {"local_reason": "Named first."})
    objective = Objective.objects.get()
    assert response.url == reverse("activity_new", args=[plan.code, objective.code])
    assert (objective.text, objective.local_reason) == ("Safe markets", "Named first.")


def test_objective_new_serves_items(plan, items, member, signed_in):
    url = reverse("objective_new", args=[plan.code])
    signed_in(member).post(url, VALUES | {"provisions": [items[1].pk, items[2].pk]})
    assert Objective.objects.get().alignments.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "x" * 100_000),
        ("pillar", "fifth"),
        ("local_reason", "x" * 100_000),
        ("provisions", "999999"),
    ],
)
def test_objective_new_says_what_is_wrong_at_the_field(field, value, plan, member, signed_in):
    url = reverse("objective_new", args=[plan.code])
    response = signed_in(member).post(url, VALUES | {field: value})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert not Objective.objects.exists()


def test_objective_edit_saves(edit_url, objective, items, member, signed_in):
    client = signed_in(member)
    assert client.get(edit_url).context["form"]["provisions"].value() == [items[0].pk]
    client.post(edit_url, VALUES | {"row_version": 1, "provisions": [items[2].pk]})
    objective.refresh_from_db()
    assert objective.text == "Safe markets"
    assert objective.alignments.get().provision == items[2]


def test_objective_edit_shows_both_texts_to_the_second(
    edit_url, objective, items, secretary, member, signed_in
):
    signed_in(secretary).post(edit_url, VALUES | {"row_version": 1, "provisions": [items[0].pk]})
    client = signed_in(member)
    mine = {"text": "Mine", "pillar": "prevention", "local_reason": "", "provisions": [items[1].pk]}
    response = client.post(edit_url, mine | {"row_version": 1})
    assert response.status_code == 409
    said = {d.label: (d.theirs, d.yours) for d in response.context["attempt"].differences}
    assert said["Objective"] == ("Safe markets", "Mine")
    assert said["Pillar"] == ("Protection", "Prevention")
    assert said["Items of the National Action Plan that it serves"] == (str(items[0]), str(items[1]))
    objective.refresh_from_db()
    assert objective.text == "Safe markets"
    assert client.post(edit_url, mine | {"row_version": 2}).status_code == 302
    objective.refresh_from_db()
    assert (objective.text, objective.row_version) == ("Mine", 3)


def test_objective_edit_keeps_items_of_an_earlier_nap(edit_url, plan, objective, items, member, signed_in):
    plan.nap = NapFactory(country=plan.locality.country)
    plan.save()
    form = signed_in(member).get(edit_url).context["form"]
    assert list(form.fields["provisions"].queryset) == [items[0]]


def test_objective_edit_of_a_closed_plan_keeps_what_was_typed(edit_url, plan, objective, member, signed_in):
    close(plan)
    response = signed_in(member).post(edit_url, VALUES | {"row_version": 1})
    assert response.status_code == 409
    assert "closed for changes" in response.content.decode()
    assert "Safe markets" in response.content.decode()
    objective.refresh_from_db()
    assert objective.text == "Women decide too"


def test_objective_remove_says_what_goes_with_it(plan, objective, activity, member, signed_in):
    ActivityFactory(objective=objective)
    client, url = signed_in(member), reverse("objective_remove", args=[plan.code, objective.code])
    assert "2 activities go with it" in client.get(url).content.decode()
    assert client.post(url).url == plan.get_absolute_url()
    assert not Objective.objects.exists()
    assert not Activity.objects.exists()


def test_objective_remove_of_a_closed_plan_says_so(plan, objective, member, signed_in):
    close(plan)
    url = reverse("objective_remove", args=[plan.code, objective.code])
    assert "closed for changes" in signed_in(member).post(url, follow=True).content.decode()
    assert Objective.objects.exists()


def test_objective_move(plan, objective, member, signed_in):
    second = ObjectiveFactory(plan=plan, order=2)
    client = signed_in(member)
    client.post(reverse("objective_move", args=[plan.code, second.code]), {"to": "up"})
    assert list(plan.objectives.order_by("order")) == [second, objective]
    client.post(reverse("objective_move", args=[plan.code, second.code]), {"to": "down"})
    assert list(plan.objectives.order_by("order")) == [objective, second]
    close(plan)
    url = reverse("objective_move", args=[plan.code, second.code])
    assert "closed for changes" in client.post(url, {"to": "up"}, follow=True).content.decode()


# --- What it might serve -----------------------------------------------------------------------


def test_objective_edit_suggests_for_the_text_as_it_is_typed(edit_url, objective, items, member, signed_in):
    items[1].text = "Set up community mechanisms for early warning"
    items[1].save()
    asked = {
        "text": "Un mécanisme d'alerte précoce dans la communauté",
        "pillar": "prevention",
        "row_version": 1,
    }
    client = signed_in(member)
    response = client.post(edit_url, asked | {"suggest": "1"})
    page = response.content.decode()
    assert response.status_code == 200
    assert [each.provision for each in response.context["suggestions"]] == [items[1]]
    assert "Both speak of:" in page
    assert f"objective={objective.code}&amp;provision=" in page
    assert asked["text"].split("'")[0] in page  # what was typed is kept
    part = client.post(edit_url, asked | {"suggest": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "It serves this" in part
    assert "<form" not in part
    objective.refresh_from_db()
    assert (objective.text, objective.row_version) == ("Women decide too", 1)


def test_objective_new_suggests_without_making_anything(plan, items, member, signed_in):
    url = reverse("objective_new", args=[plan.code])
    client = signed_in(member)
    page = client.post(url, {"text": "", "suggest": "1"}).content.decode()
    assert "Nothing on offer is much like this text" in page
    items[0].text = "Women serve in the police"
    items[0].save()
    page = client.post(url, VALUES | {"text": "Policières", "suggest": "1"}).content.decode()
    assert "Women serve in the police" in page
    assert "It serves this" not in page
    assert not Objective.objects.exists()


def test_objective_form_offers_no_new_item_of_a_replaced_plan(plan, objective, items, member, signed_in):
    plan.nap.state = "superseded"
    plan.nap.save()
    client = signed_in(member)
    offered = client.get(reverse("objective_edit", args=[plan.code, objective.code])).context["form"]
    assert list(offered.fields["provisions"].queryset) == [items[0]]  # what it serves stays
    new = client.post(reverse("objective_new", args=[plan.code]), VALUES | {"provisions": [items[1].pk]})
    assert new.status_code == 302
    assert not Objective.objects.get(text="Safe markets").alignments.exists()


def test_nap_items_without_a_nap_offers_the_resolutions(committee, member, signed_in):
    plan = LocalActionPlanFactory(committee=committee, language="fr")
    resolution = Framework.objects.create(code="UNSCR-1325", kind="wps_resolution", title="Resolution 1325")
    item = ProvisionFactory(
        framework=resolution, code="8b", text="Peace", texts={"fr": "Initiatives de paix"}
    )
    foreign = ProvisionFactory(framework=NapFactory(country=CountryFactory(code="SL")), text="Of elsewhere")
    client, url = signed_in(member), reverse("nap_items", args=[plan.code])
    page = client.get(url).content.decode()
    assert "Start from the resolutions" in page
    assert "Initiatives de paix" in page
    assert foreign.text not in page
    client.post(url, {"items": [item.pk]})
    objective = plan.objectives.get()
    assert (objective.text, objective.started_from) == ("Initiatives de paix", item)
    assert client.post(url, {"items": [foreign.pk]}).status_code == 422


def test_plan_of_a_replaced_nap_leads_nobody_to_its_items(plan, objective, items, member, signed_in):
    to_items = reverse("nap_items", args=[plan.code])
    pages = [plan.get_absolute_url(), reverse("plan_write", args=[plan.code])]
    client = signed_in(member)
    assert all(to_items in client.get(page).content.decode() for page in pages)
    plan.nap.state = "superseded"
    plan.nap.save()
    assert not any(to_items in client.get(page).content.decode() for page in pages)
