"""plans.views.succession, plans.services.succession, plans.succession (BR18)"""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import AuditEvent
from core.refusals import FieldRefused
from frameworks.models import Framework, LinkState, NapState, ProvisionLink
from plans.models import Alignment, LocalActionPlan, Revision
from plans.reports.succession import affected_plans, mappings_between
from plans.services import succession as services
from plans.states import PlanState
from plans.succession import continued, last_successor, successors_on_offer
from tests.factories.committees import CommitteeFactory
from tests.factories.frameworks import NapFactory, ProvisionFactory
from tests.factories.localities import CountryFactory
from tests.factories.plans import ActivityFactory, AlignmentFactory, LocalActionPlanFactory, ObjectiveFactory

DAY = datetime.date(2026, 3, 1)


@pytest.fixture
def new(nap, country):
    return NapFactory(country=country, generation=nap.generation + 1, title="The new plan", code="CD-NAP-NEW")


@pytest.fixture
def new_items(new):
    return [
        ProvisionFactory(framework=new, code=f"1.{n}", order=n, text=text)
        for n, text in enumerate(("Women in the police", "Early warning in communities"), start=1)
    ]


@pytest.fixture
def old_items(items):
    for item, text in zip(
        items, ("More women serve in the police", "Mines are cleared", "Early warning"), strict=True
    ):
        item.text = text
        item.save()
    return items


@pytest.fixture
def replaced(nap, new, coordinator):
    return services.replace_nap(nap, successor=new, on=DAY, by=coordinator)


@pytest.fixture
def mapped(replaced, old_items, new_items):
    """The first item goes on; about the others nothing is said."""
    return ProvisionLink.objects.create(kind="continued_by", lower=old_items[0], upper=new_items[0])


# --- Which plan may replace which ------------------------------------------------------------


def test_successors_on_offer_are_later_plans_of_the_same_country_in_force(nap, new, country):
    NapFactory(country=country, generation=nap.generation + 2, state=NapState.DRAFT)
    NapFactory(country=country, generation=nap.generation + 3, state=NapState.SUPERSEDED)
    NapFactory(country=CountryFactory(code="SL"), generation=nap.generation + 4)
    assert successors_on_offer(nap) == [new]
    assert successors_on_offer(new) == []


def test_last_successor_follows_the_generations(nap, new, country, coordinator):
    newest = NapFactory(country=country, generation=nap.generation + 5)
    assert last_successor(nap) is None
    assert last_successor(None) is None
    services.replace_nap(nap, successor=new, on=DAY, by=coordinator)
    services.replace_nap(new, successor=newest, on=DAY, by=coordinator)
    nap.refresh_from_db()
    assert last_successor(nap) == newest


def test_continued_goes_over_several_generations(nap, new, country, old_items, new_items):
    newest = NapFactory(country=country, generation=nap.generation + 5)
    last = ProvisionFactory(framework=newest, code="7")
    ProvisionLink.objects.create(kind="continued_by", lower=old_items[0], upper=new_items[0])
    ProvisionLink.objects.create(kind="continued_by", lower=new_items[0], upper=last)
    ProvisionLink.objects.create(
        kind="continued_by", lower=old_items[1], upper=new_items[1], state="declined"
    )
    assert continued(old_items, newest) == {old_items[0].pk: last}
    assert continued(old_items, new) == {old_items[0].pk: new_items[0]}


# --- Items -----------------------------------------------------------------------------------


def test_nap_succession_proposes_by_similarity_and_decides_nothing(
    nap, new, old_items, new_items, coordinator, signed_in
):
    response = signed_in(coordinator).get(reverse("nap_succession", args=[nap.code]))
    proposed = [
        mapping.proposal and mapping.proposal.provision for mapping in response.context["form"].mappings
    ]
    assert proposed == [new_items[0], None, new_items[1]]
    assert "Both speak of:" in response.content.decode()
    assert not ProvisionLink.objects.exists()


def test_nap_succession_confirms_declines_and_chooses_another(
    nap, new, old_items, new_items, coordinator, signed_in
):
    client, url = signed_in(coordinator), reverse("nap_succession", args=[nap.code])
    sent = {"by": new.code, "item-1.1": "1.2", "item-1.2": "", "item-1.3": "none"}
    assert "Saved: 1 item goes on." in client.post(url, sent, follow=True).content.decode()
    found = {(link.lower.code, link.upper.code): link.state for link in ProvisionLink.objects.all()}
    assert found == {("1.1", "1.2"): LinkState.CONFIRMED, ("1.3", "1.2"): LinkState.DECLINED}
    form = client.get(url).context["form"]
    assert [field.value() for _mapping, field in form.rows] == ["1.2", "", "none"]
    client.post(url, sent | {"item-1.1": "", "item-1.3": ""})
    assert not ProvisionLink.objects.exists()


def test_nap_succession_takes_the_proposals_for_what_is_open(
    nap, new, old_items, new_items, coordinator, signed_in
):
    url = reverse("nap_succession", args=[nap.code])
    signed_in(coordinator).post(url, {"item-1.1": "none", "proposals": "1"})
    links = {link.lower.code: link for link in ProvisionLink.objects.all()}
    assert (links["1.1"].state, links["1.3"].state) == (LinkState.DECLINED, LinkState.CONFIRMED)
    assert links["1.3"].score == mappings_between(nap, new)[2].proposal.score
    assert "1.2" not in links


def test_nap_succession_refuses_an_item_that_is_not_of_the_new_plan(
    nap, new, old_items, new_items, coordinator, signed_in
):
    response = signed_in(coordinator).post(reverse("nap_succession", args=[nap.code]), {"item-1.1": "9.9"})
    assert response.status_code == 422
    assert "item-1.1" in response.context["form"].errors


def test_nap_succession_without_a_later_plan_or_its_items_says_so(
    nap, items, coordinator, country, signed_in
):
    client, url = signed_in(coordinator), reverse("nap_succession", args=[nap.code])
    assert "No later plan is in force" in client.get(url).content.decode()
    assert client.post(url).status_code == 404
    NapFactory(country=country, generation=nap.generation + 1)
    assert "are not loaded yet" in client.get(url).content.decode()


@pytest.mark.parametrize("name", ["nap_succession", "nap_replace"])
def test_succession_is_for_who_keeps_the_plans_of_that_country(
    name, nap, new, coordinator, administrator, facilitator, oversight, member, outsider, signed_in
):
    url = reverse(name, args=[nap.code])
    for who in (coordinator, administrator):
        assert signed_in(who).get(url).status_code == 200
    for who in (facilitator, oversight, member, outsider):
        assert signed_in(who).get(url).status_code == 403
        assert (
            signed_in(who).post(url, {"successor": new.code, "replaced_on": "2026-03-01"}).status_code == 403
        )
    assert signed_in(coordinator).get(reverse(name, args=["CD-NAP-404"])).status_code == 404
    nap.refresh_from_db()
    assert nap.replaced_by is None


@pytest.mark.parametrize("rows", [1, 5])
def test_nap_succession_costs_the_same_for_one_and_five(
    rows, nap, new, new_items, locality, coordinator, signed_in, django_assert_num_queries
):
    for row in range(rows):
        item = ProvisionFactory(framework=nap, text="Women", order=row, code=f"5.{row}")
        plan = LocalActionPlanFactory(committee=CommitteeFactory(locality=locality), nap=nap)
        AlignmentFactory(objective=ObjectiveFactory(plan=plan), provision=item)
    client = signed_in(coordinator)
    with django_assert_num_queries(12):
        client.get(reverse("nap_succession", args=[nap.code]))


# --- Replacing -------------------------------------------------------------------------------


def test_nap_replace_supersedes_the_old_plan(nap, new, coordinator, signed_in):
    url = reverse("nap_replace", args=[nap.code])
    client = signed_in(coordinator)
    assert client.get(url).status_code == 200
    response = client.post(url, {"successor": new.code, "replaced_on": "2026-03-01"})
    assert response.url == reverse("nap_succession", args=[nap.code])
    nap.refresh_from_db()
    assert (nap.state, nap.replaced_by, nap.replaced_on) == (NapState.SUPERSEDED, new, DAY)
    event = AuditEvent.objects.get(verb="replaced National Action Plan")
    assert (event.subject, event.detail) == (nap.code, {"new": new.code, "on": "2026-03-01"})
    assert "Replaced on" in client.get(nap.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 302


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"replaced_on": "2099-01-01"}, "replaced_on"),
        ({"replaced_on": "1999-01-01"}, "replaced_on"),
        ({"replaced_on": ""}, "replaced_on"),
        ({"successor": "CD-NAP-404"}, "successor"),
        ({"successor": ""}, "successor"),
    ],
)
def test_nap_replace_says_what_is_wrong_at_the_field(sent, field, nap, new, coordinator, signed_in):
    values = {"successor": new.code, "replaced_on": "2026-03-01"} | sent
    response = signed_in(coordinator).post(reverse("nap_replace", args=[nap.code]), values)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    nap.refresh_from_db()
    assert nap.state == NapState.ACTIVE


def test_replace_nap_refuses_twice_a_draft_and_another_country(nap, new, country, coordinator):
    draft = NapFactory(country=country, generation=nap.generation + 2, state=NapState.DRAFT)
    other = NapFactory(country=CountryFactory(code="SL"), generation=nap.generation + 3)
    for wrong in (draft, other, nap):
        with pytest.raises(FieldRefused):
            services.replace_nap(nap, successor=wrong, on=DAY, by=coordinator)
    services.replace_nap(nap, successor=new, on=DAY, by=coordinator)
    with pytest.raises(FieldRefused):
        services.replace_nap(nap, successor=new, on=DAY, by=coordinator)


def test_loading_the_data_files_anew_keeps_what_was_decided(db, coordinator):
    call_command("load_localities")
    call_command("load_frameworks")
    links = ProvisionLink.objects.count()
    assert links > 100
    old, later = Framework.objects.get(code="BI-NAP-3"), Framework.objects.get(code="BI-NAP-2")
    Framework.objects.filter(pk=old.pk).update(generation=1)
    Framework.objects.filter(pk=later.pk).update(state=NapState.ACTIVE)
    services.replace_nap(Framework.objects.get(pk=old.pk), successor=later, on=DAY, by=coordinator)
    declined = ProvisionLink.objects.filter(kind="serves").first()
    ProvisionLink.objects.filter(pk=declined.pk).update(state=LinkState.DECLINED)
    call_command("load_frameworks")
    old.refresh_from_db()
    declined.refresh_from_db()
    assert (old.state, old.replaced_by) == (NapState.SUPERSEDED, later)
    assert declined.state == LinkState.DECLINED
    assert ProvisionLink.objects.count() == links


# --- The local plans -------------------------------------------------------------------------


def test_affected_plans_says_what_goes_on_and_what_ends(
    plan, objective, mapped, old_items, new, new_items, locality, coordinator, outsider
):
    activity = ActivityFactory(objective=objective)
    AlignmentFactory(objective=None, activity=activity, provision=old_items[1])
    closed = LocalActionPlanFactory(committee=CommitteeFactory(locality=locality), nap=plan.nap)
    LocalActionPlan.objects.filter(pk=closed.pk).update(state=PlanState.WITHDRAWN)
    (found,) = affected_plans(plan.nap, new, reader=coordinator)
    assert found.plan == plan
    assert found.going_on == [(old_items[0], new_items[0])]
    assert found.ending == [old_items[1]]
    assert affected_plans(plan.nap, new, reader=outsider) == []


def test_plan_alignment_warns_and_leads_to_the_new_plan(
    plan, objective, replaced, member, coordinator, signed_in
):
    url = reverse("plan_alignment", args=[plan.code])
    page = signed_in(member).get(url).content.decode()
    assert "was replaced on" in page
    assert reverse("plan_reanchor", args=[plan.code]) in page
    assert "of a plan that was replaced" in page
    assert reverse("plan_reanchor", args=[plan.code]) not in signed_in(coordinator).get(url).content.decode()


def test_plan_reanchor_carries_over_what_is_ticked(
    plan, objective, mapped, old_items, new, new_items, member, signed_in
):
    old = objective.alignments.get()
    Alignment.objects.filter(pk=old.pk).update(state="confirmed", justification="Because", strength="partial")
    ending = AlignmentFactory(objective=ObjectiveFactory(plan=plan), provision=old_items[1])
    client, url = signed_in(member), reverse("plan_reanchor", args=[plan.code])
    response = client.get(url)
    assert [row.goes_on_as for row in response.context["rows"]] == [new_items[0], None]
    client.post(url, {"carried": [old.code], "keep_old": "on"})
    plan.refresh_from_db()
    assert (plan.nap, plan.row_version) == (new, 2)
    made = objective.alignments.get(provision=new_items[0])
    assert (made.strength, made.justification, made.state, made.stated_by) == (
        "partial",
        "Because",
        "stated",
        member,
    )
    assert Alignment.objects.filter(pk__in=[old.pk, ending.pk]).count() == 2
    kept = Revision.objects.get(subject="objective", subject_code=objective.code, version=2)
    assert ["CD-NAP-NEW", "1.1", "partial", "Because"] in kept.values["serves"]
    assert AuditEvent.objects.filter(verb="moved plan to the new National Action Plan").exists()
    assert client.get(url).status_code == 302  # nothing more to do


def test_plan_reanchor_may_let_the_old_statements_go(
    plan, objective, mapped, old_items, new, member, signed_in
):
    signed_in(member).post(reverse("plan_reanchor", args=[plan.code]), {"carried": []})
    assert not Alignment.objects.exists()
    before = Revision.objects.get(subject="objective", subject_code=objective.code, version=1)
    assert before.values["serves"]
    plan.refresh_from_db()
    assert plan.nap == new


def test_plan_reanchor_takes_no_foreign_statement(plan, objective, mapped, old_items, member, signed_in):
    foreign = AlignmentFactory(provision=old_items[0])
    response = signed_in(member).post(reverse("plan_reanchor", args=[plan.code]), {"carried": [foreign.code]})
    assert response.status_code == 422
    assert "What can be carried over changed" in response.content.decode()


def test_plan_reanchor_of_a_closed_plan_says_why_not(plan, objective, mapped, member, signed_in):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.VALIDATION)
    client, url = signed_in(member), reverse("plan_reanchor", args=[plan.code])
    assert "closed for changes" in client.get(url).content.decode()
    assert client.post(url, {"carried": []}).status_code == 409
    plan.refresh_from_db()
    assert plan.nap.code != "CD-NAP-NEW"


def test_plan_reanchor_is_for_its_writers(plan, mapped, coordinator, oversight, outsider, signed_in):
    url = reverse("plan_reanchor", args=[plan.code])
    for who in (coordinator, oversight):
        assert signed_in(who).post(url).status_code == 403
    assert signed_in(outsider).post(url).status_code == 404


def test_plan_reanchor_without_a_new_plan_leads_back(plan, member, signed_in):
    page = signed_in(member).get(reverse("plan_reanchor", args=[plan.code]), follow=True).content.decode()
    assert "is not replaced" in page


def test_nap_items_of_a_replaced_plan_lead_to_the_new_one(plan, replaced, member, signed_in):
    page = signed_in(member).get(reverse("nap_items", args=[plan.code])).content.decode()
    assert reverse("plan_reanchor", args=[plan.code]) in page
    assert 'name="items"' not in page
