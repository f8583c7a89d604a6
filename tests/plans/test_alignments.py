"""plans.views.alignments, plans.services.alignments"""

import pytest
from django.urls import reverse
from django.utils import timezone

from core.conflicts import RowRemoved
from core.refusals import FieldRefused
from frameworks.models import NapState, ProvisionLink
from plans.models import Alignment, AlignmentState, LocalActionPlan, Objective, Revision
from plans.services import alignments as services
from plans.services.refusals import PlanClosed
from plans.states import PlanState
from tests.factories.frameworks import NapFactory, ProvisionFactory
from tests.factories.localities import CountryFactory
from tests.factories.plans import ActivityFactory, AlignmentFactory, LocalActionPlanFactory, ObjectiveFactory


def new_url(plan, item, provision=None):
    kind = "objective" if isinstance(item, Objective) else "activity"
    chosen = f"&provision={provision.framework.code} {provision.code}" if provision else ""
    return reverse("alignment_new", args=[plan.code]) + f"?{kind}={item.code}{chosen}"


def values(provision, **changes):
    address = f"{provision.framework.code} {provision.code}"
    return {"provision": address, "strength": "partial", "justification": "It prepares them."} | changes


def close(plan):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.VALIDATION)


# --- The tab ---------------------------------------------------------------------------------


def test_plan_alignment_shows_statements_with_the_chain_and_what_is_missing(
    plan, objective, activity, items, paragraph, member, signed_in
):
    ProvisionLink.objects.create(kind="serves", lower=items[0], upper=paragraph)
    AlignmentFactory(objective=None, activity=activity, provision=items[1], strength="supporting")
    ObjectiveFactory(plan=plan, order=2, text="Safe markets", local_reason="Named first by market women.")
    ObjectiveFactory(plan=plan, order=3, text="Serves nothing at all")
    response = signed_in(member).get(reverse("plan_alignment", args=[plan.code]))
    report, page = response.context["report"], response.content.decode()
    assert "which carries out UNSCR-1325 8b" in page
    assert "Named first by market women." in page
    assert [row.line.number for row in report.local] == ["2"]
    assert [row.line.number for row in report.unlinked] == ["3"]
    assert [(item.code, list(numbers)) for item, numbers in report.coverage.served] == [
        ("1.1", ["1"]),
        ("1.2", ["1.1"]),
    ]
    assert [item.code for item in report.coverage.not_served] == ["1.3"]


def test_plan_alignment_narrows_to_what_is_asked(plan, objective, items, member, signed_in):
    doubted = ObjectiveFactory(plan=plan, order=2)
    AlignmentFactory(objective=doubted, provision=items[1], state="doubted", reviewed_version=1)
    ObjectiveFactory(plan=plan, order=3)
    client, url = signed_in(member), reverse("plan_alignment", args=[plan.code])
    shown = {
        show: [row.line.number for row in client.get(url, {"show": show}).context["rows"]]
        for show in ("", "open", "doubted", "nothing", "nonsense")
    }
    assert shown == {
        "": ["1", "2", "3"],
        "open": ["1"],
        "doubted": ["2"],
        "nothing": ["3"],
        "nonsense": ["1", "2", "3"],
    }


def test_plan_alignment_names_objectives_that_are_the_national_text(plan, items, member, signed_in):
    for order, item in enumerate(items):
        AlignmentFactory(objective=ObjectiveFactory(plan=plan, order=order, text=item.text), provision=item)
    page = signed_in(member).get(reverse("plan_alignment", args=[plan.code])).content.decode()
    assert "3 objectives are still the national text" in page
    plan.objectives.filter(order=0).update(text="What we want here")
    page = signed_in(member).get(reverse("plan_alignment", args=[plan.code])).content.decode()
    assert "are still the national text" not in page


def test_plan_alignment_without_objectives_says_what_to_do(plan, member, signed_in):
    page = signed_in(member).get(reverse("plan_alignment", args=[plan.code])).content.decode()
    assert reverse("nap_items", args=[plan.code]) in page


@pytest.mark.parametrize("rows", [1, 5])
def test_plan_alignment_costs_the_same_for_one_and_five(
    rows, plan, items, paragraph, member, signed_in, django_assert_num_queries
):
    for item in items:
        ProvisionLink.objects.create(kind="serves", lower=item, upper=paragraph)
    for _row in range(rows):
        objective = ObjectiveFactory(plan=plan)
        AlignmentFactory(objective=objective, provision=items[0], stated_by=member)
        for _activity in range(rows):
            activity = ActivityFactory(objective=objective)
            AlignmentFactory(objective=None, activity=activity, provision=items[1], reviewed_version=2)
    client = signed_in(member)
    with django_assert_num_queries(11):
        client.get(reverse("plan_alignment", args=[plan.code]))


# --- Stating ---------------------------------------------------------------------------------


def test_alignment_new_suggests_and_lists_what_is_on_offer(
    plan, objective, items, paragraph, member, signed_in
):
    Objective.objects.filter(pk=objective.pk).update(text="Les initiatives de paix des femmes sont soutenues")
    elsewhere = ProvisionFactory(framework=NapFactory(country=CountryFactory(code="SL")), code="9.9")
    over = ProvisionFactory(framework=NapFactory(country=plan.locality.country, state=NapState.SUPERSEDED))
    response = signed_in(member).get(new_url(plan, objective))
    choice, page = response.context["choice"], response.content.decode()
    assert [each.provision for each in choice.suggestions] == [paragraph]
    assert f"{choice.suggestions[0].score} % alike" in page
    assert "Both speak of:" in page
    offered = {each.provision for _framework, choices in choice.groups for each in choices}
    assert offered == {*items, paragraph}
    assert elsewhere not in offered
    assert over not in offered
    assert not Alignment.objects.filter(provision=paragraph).exists()  # never applied by itself


def test_alignment_new_finds_words_in_the_list(plan, objective, items, paragraph, member, signed_in):
    client, url = signed_in(member), new_url(plan, objective)
    found = client.get(f"{url}&q=initiatives+peace").context["choice"]
    assert found.count == 1
    assert client.get(f"{url}&kind=sdg").context["choice"].count == 0
    part = client.get(f"{url}&q=initiatives", headers={"HX-Request": "true"})
    assert "8b" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "Nothing fits" in client.get(f"{url}&q=atlantis").content.decode()


def test_alignment_new_states_it(plan, objective, paragraph, member, signed_in):
    url = new_url(plan, objective, paragraph)
    client = signed_in(member)
    assert paragraph.text in client.get(url).content.decode().replace("&#x27;", "'")
    response = client.post(url, values(paragraph))
    assert response.url == reverse("plan_alignment", args=[plan.code]) + f"#{objective.code}"
    made = objective.alignments.get(provision=paragraph)
    assert (made.strength, made.justification, made.stated_by) == ("partial", "It prepares them.", member)
    assert made.state == AlignmentState.STATED
    objective.refresh_from_db()
    assert objective.row_version == 2
    kept = Revision.objects.get(subject="objective", subject_code=objective.code, version=2)
    assert ["UNSCR-1325", "8b", "partial", "It prepares them."] in kept.values["serves"]


def test_alignment_new_for_an_activity(plan, activity, paragraph, member, signed_in):
    signed_in(member).post(new_url(plan, activity, paragraph), values(paragraph))
    assert activity.alignments.get().provision == paragraph


def test_alignment_new_sent_twice_states_it_once(plan, objective, paragraph, member, signed_in):
    key = "6f9619ff-8b86-4011-b42d-00c04fc964ff"
    client = signed_in(member)
    for _time in range(2):
        response = client.post(new_url(plan, objective), values(paragraph, sent_form=key))
        assert response.status_code == 302
    assert objective.alignments.filter(provision=paragraph).count() == 1


def refused(response, words):
    assert response.status_code == 422
    assert words in " ".join(response.context["form"].errors["provision"])
    page = response.content.decode()
    assert "It prepares them." in page  # what was typed is kept


def test_alignment_new_refuses_an_item_of_a_superseded_nap_in_words(plan, objective, member, signed_in):
    over = ProvisionFactory(framework=NapFactory(country=plan.locality.country, state=NapState.SUPERSEDED))
    refused(signed_in(member).post(new_url(plan, objective), values(over)), "was replaced")


def test_alignment_new_refuses_an_item_of_another_country_in_words(plan, objective, member, signed_in):
    other = CountryFactory(code="SL", name="Sierra Leone")
    item = ProvisionFactory(framework=NapFactory(country=other))
    refused(signed_in(member).post(new_url(plan, objective), values(item)), "Sierra Leone")


def test_alignment_new_refuses_a_heading_and_what_is_stated_already(
    plan, objective, items, member, signed_in
):
    client = signed_in(member)
    refused(client.post(new_url(plan, objective), values(items[0].parent)), "is a heading")
    refused(client.post(new_url(plan, objective), values(items[0])), "stated already")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("provision", ""),
        ("provision", "UNSCR-9999 1"),
        ("provision", "nonsense\x00"),
        ("strength", "huge"),
        ("justification", "x" * 100_000),
        ("justification", "<script>alert(1)</script>"),
    ],
)
def test_alignment_new_says_what_is_wrong_at_the_field(
    field, value, plan, objective, paragraph, member, signed_in
):
    response = signed_in(member).post(new_url(plan, objective), values(paragraph) | {field: value})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert not Alignment.objects.filter(provision=paragraph).exists()


def test_alignment_new_of_a_closed_plan_keeps_what_was_typed(plan, objective, paragraph, member, signed_in):
    close(plan)
    client = signed_in(member)
    assert "closed for changes" in client.get(new_url(plan, objective)).content.decode()
    response = client.post(new_url(plan, objective), values(paragraph))
    assert response.status_code == 409
    assert "It prepares them." in response.content.decode()
    assert not Alignment.objects.filter(provision=paragraph).exists()


def test_alignment_new_of_a_foreign_item_is_a_404(plan, paragraph, member, signed_in):
    foreign = ObjectiveFactory(plan=LocalActionPlanFactory())
    client = signed_in(member)
    for url in (
        new_url(plan, foreign),
        new_url(plan, ActivityFactory(objective=foreign)),
        reverse("alignment_new", args=[plan.code]),
    ):
        assert client.get(url).status_code == 404
        assert client.post(url, values(paragraph)).status_code == 404


# --- Changing and taking back ----------------------------------------------------------------


def edit_url(plan, alignment):
    return reverse("alignment_edit", args=[plan.code, alignment.code])


def opened(alignment, **changes):
    return values(alignment.provision, opened=alignment.stated_at.isoformat()) | changes


def test_alignment_edit_states_it_anew_so_that_it_is_reviewed_again(
    plan, objective, stated, secretary, signed_in
):
    Alignment.objects.filter(pk=stated.pk).update(state="confirmed", reviewed_version=1, review_note="Yes")
    client = signed_in(secretary)
    assert "has to be reviewed again" in client.get(edit_url(plan, stated)).content.decode()
    client.post(edit_url(plan, stated), opened(stated, strength="supporting"))
    stated.refresh_from_db()
    assert (stated.strength, stated.state, stated.review_note) == ("supporting", "stated", "")
    assert stated.stated_by == secretary


def test_alignment_edit_without_a_change_keeps_the_review(plan, stated, secretary, signed_in):
    Alignment.objects.filter(pk=stated.pk).update(state="confirmed", reviewed_version=1)
    signed_in(secretary).post(edit_url(plan, stated), opened(stated, strength="direct", justification="Why"))
    stated.refresh_from_db()
    assert stated.state == "confirmed"


def test_alignment_edit_shows_the_other_statement_to_the_second(plan, stated, member, secretary, signed_in):
    first = opened(stated, justification="First")
    signed_in(secretary).post(edit_url(plan, stated), first)
    client = signed_in(member)
    response = client.post(edit_url(plan, stated), opened(stated, justification="Second"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "First" in page
    assert "Second" in page
    again = opened(stated, justification="Both", opened=response.context["form"]["opened"].value())
    assert client.post(edit_url(plan, stated), again).status_code == 302
    stated.refresh_from_db()
    assert stated.justification == "Both"


@pytest.mark.parametrize("when", ["", "nonsense", "2026-99-99T00:00"])
def test_alignment_edit_with_a_broken_form_is_a_conflict_not_an_error(when, plan, stated, member, signed_in):
    response = signed_in(member).post(edit_url(plan, stated), opened(stated, opened=when))
    assert response.status_code == 409


def test_alignment_edit_may_keep_an_item_of_a_plan_that_was_replaced(plan, objective, member, signed_in):
    over = ProvisionFactory(framework=NapFactory(country=plan.locality.country, state=NapState.SUPERSEDED))
    kept = AlignmentFactory(objective=objective, provision=over)
    assert signed_in(member).post(edit_url(plan, kept), opened(kept)).status_code == 302


def test_alignment_edit_offers_another_provision(plan, stated, items, member, signed_in):
    client = signed_in(member)
    page = client.get(edit_url(plan, stated) + "?choose=1").content.decode()
    assert f"?provision={items[1].framework.code}%201.2" in page
    chosen = client.get(edit_url(plan, stated) + f"?provision={items[1].framework.code} 1.2")
    assert items[1].text in chosen.content.decode()
    client.post(edit_url(plan, stated), opened(stated, provision=f"{items[1].framework.code} 1.2"))
    stated.refresh_from_db()
    assert stated.provision == items[1]


def test_alignment_remove_keeps_it_in_the_history(plan, objective, stated, member, signed_in):
    client, url = signed_in(member), reverse("alignment_remove", args=[plan.code, stated.code])
    assert client.get(url).status_code == 200
    assert Alignment.objects.filter(pk=stated.pk).exists()
    client.post(url)
    assert not Alignment.objects.filter(pk=stated.pk).exists()
    before = Revision.objects.get(subject="objective", subject_code=objective.code, version=1)
    assert ["UNSCR-1325", "8b", "direct", "Why"] in before.values["serves"]


def test_alignment_remove_of_a_closed_plan_says_why_not(plan, stated, member, signed_in):
    close(plan)
    url = reverse("alignment_remove", args=[plan.code, stated.code])
    assert "closed for changes" in signed_in(member).post(url, follow=True).content.decode()
    assert Alignment.objects.filter(pk=stated.pk).exists()


def test_alignments_of_others_are_out_of_reach(plan, stated, outsider, oversight, coordinator, signed_in):
    names = ["alignment_edit", "alignment_remove", "alignment_review"]
    for name in names:
        url = reverse(name, args=[plan.code, stated.code])
        assert signed_in(outsider).get(url).status_code == 404
        if name != "alignment_review":
            for who in (oversight, coordinator):  # they read; they do not overwrite (F47)
                assert signed_in(who).post(url, opened(stated)).status_code == 403
    assert signed_in(oversight).get(reverse("plan_alignment", args=[plan.code])).status_code == 200


def test_services_on_what_is_gone_or_closed(plan, objective, stated, paragraph, items, member):
    other = ObjectiveFactory(plan=plan)
    gone = Objective.objects.get(pk=other.pk)
    other.delete()
    with pytest.raises(RowRemoved):
        services.state_alignment(gone, provision=paragraph, strength="direct", justification="", by=member)
    with pytest.raises(FieldRefused):
        services.state_alignment(
            objective, provision=items[0], strength="direct", justification="", by=member
        )
    Alignment.objects.filter(pk=stated.pk).delete()
    with pytest.raises(RowRemoved):
        services.remove_alignment(stated, by=member)
    close(plan)
    with pytest.raises(PlanClosed):
        services.state_alignment(
            objective, provision=items[1], strength="direct", justification="", by=member
        )


def test_plan_alignment_names_accounts_to_who_works_on_the_plan_only(
    plan, objective, member, coordinator, secretary, oversight, signed_in
):
    objective.alignments.update(stated_by=member, reviewer=secretary, reviewed_at=timezone.now())
    page = {
        user: signed_in(user).get(reverse("plan_alignment", args=[plan.code])).content.decode()
        for user in (coordinator, oversight)
    }
    assert "by Mado Member" in page[coordinator]
    assert "Mado Member" not in page[oversight]
    assert "Safi Secretary" not in page[oversight]
