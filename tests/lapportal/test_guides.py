"""Guided paths: three, reachable from home, each ending in the form that it speaks of (F17)."""

import pytest

from guidelines.models import GuidelinesState
from tests.factories.guidelines import (
    EditionFactory,
    GuidelinesFactory,
    ReviewCommentFactory,
    SectionFactory,
)
from tests.factories.plans import ActivityFactory, LocalActionPlanFactory, ObjectiveFactory
from tests.factories.results import CommitmentFactory, ConflictIssueFactory
from tests.factories.workshops import ParticipationFactory, WorkshopFactory

PATHS = ("/guides/workshop/", "/guides/plan/", "/guides/guidelines/")
CAST = ("administrator", "coordinator", "facilitator", "secretary", "member", "oversight", "outsider")


def guide(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.context["guide"]


def step(guide, key):
    return next(step for step in guide.steps if step.key == key)


def test_home_leads_to_the_three_paths(client, db):
    page = client.get("/").content.decode()
    for path in PATHS:
        assert f'href="{path}"' in page


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("who", CAST)
def test_guides_offer_only_what_the_reader_may_open(request, who, path, signed_in, workshop, committee):
    """Each address that a step leads to answers, for every role."""
    LocalActionPlanFactory(committee=committee)
    GuidelinesFactory(country=workshop.locality.country)
    client = signed_in(request.getfixturevalue(who))
    for each in guide(client, path).steps:
        if each.url:
            assert client.get(each.url).status_code in (200, 302), (who, each.key, each.url)


def test_guide_guidelines_that_are_signed_are_not_sent_back_to_the_start(signed_in, coordinator, workshop):
    GuidelinesFactory(country=workshop.locality.country, state=GuidelinesState.LAUNCHED)
    workshop.delete()
    found = guide(signed_in(coordinator), PATHS[2])
    assert not step(found, "gather").is_done
    assert found.next_step.key != "gather"


def test_guide_workshop_without_a_workshop_leads_to_the_form(signed_in, facilitator):
    found = guide(signed_in(facilitator), PATHS[0])
    assert found.subject is None
    assert found.next_step.url == "/workshops/new/"


def test_guide_workshop_tells_what_is_done(signed_in, facilitator, workshop):
    client = signed_in(facilitator)
    before = guide(client, PATHS[0])
    assert (step(before, "plan").is_done, step(before, "analyse").is_done) == (True, False)
    ConflictIssueFactory(workshop=workshop)
    CommitmentFactory(workshop=workshop)
    after = guide(client, PATHS[0])
    assert step(after, "analyse").is_done
    assert step(after, "promise").is_done
    assert after.done == before.done + 2
    assert step(after, "invite").url == f"/workshops/{workshop.code}/invitations/"


def test_guide_workshop_tells_a_reader_nothing_that_belongs_to_who_runs_it(
    signed_in, oversight, facilitator, workshop
):
    workshop.safety_plan = "Meet at the back door"
    workshop.save()
    mine, theirs = (step(guide(signed_in(who), PATHS[0]), "safety") for who in (facilitator, oversight))
    assert mine.is_done
    assert "Level of risk" in mine.found
    assert (theirs.is_done, theirs.found, theirs.url) == (False, "", "")
    page = signed_in(oversight).get(PATHS[0]).content.decode()
    assert f"/workshops/{workshop.code}/registration/" not in page


def test_guide_workshop_of_another_country_is_not_offered(signed_in, outsider, workshop):
    found = guide(signed_in(outsider), f"{PATHS[0]}?of={workshop.code}")
    assert found.subject is None
    assert workshop.title not in signed_in(outsider).get(PATHS[0]).content.decode()


def test_guide_workshop_walks_with_the_one_that_is_chosen(signed_in, facilitator, workshop, locality):
    other = WorkshopFactory(locality=locality, facilitators=[facilitator], title="The other")
    found = guide(signed_in(facilitator), f"{PATHS[0]}?of={other.code}")
    assert found.subject == other
    assert len(found.choices) == 2


def test_guide_plan_follows_the_plan_of_the_committee(signed_in, secretary, committee):
    client = signed_in(secretary)
    before = guide(client, PATHS[1])
    assert before.next_step.key == "start"
    assert before.next_step.url == f"/committees/{committee.code}/plans/new/"
    plan = LocalActionPlanFactory(committee=committee)
    objective = ObjectiveFactory(plan=plan)
    ActivityFactory(objective=objective, cost=None, no_cost=False)
    after = guide(client, PATHS[1])
    assert step(after, "objectives").is_done
    assert not step(after, "activities").is_done  # one has no cost: it waits
    objective.activities.update(no_cost=True)
    assert step(guide(client, PATHS[1]), "activities").is_done


def test_guide_plan_says_who_does_what_a_reader_may_not(signed_in, oversight, committee):
    page = signed_in(oversight).get(PATHS[1]).content.decode()
    assert "The committee’s secretary does this." in page
    assert f"/committees/{committee.code}/plans/new/" not in page


def test_guide_guidelines_follows_the_document(signed_in, coordinator, country):
    client = signed_in(coordinator)
    assert guide(client, PATHS[2]).next_step.url == "/guidelines/new/"
    guidelines = GuidelinesFactory(country=country)
    section = SectionFactory(guidelines=guidelines, body="*To complete: the law.*")
    ReviewCommentFactory(guidelines=guidelines, section=section)
    found = guide(client, PATHS[2])
    assert not step(found, "write").is_done
    assert "1 open comment" in step(found, "validate").found
    section.body = "Law 5 of 2004."
    section.save()
    guidelines.state = GuidelinesState.ENDORSED
    guidelines.save()
    found = guide(client, PATHS[2])
    assert all(step(found, key).is_done for key in ("write", "validate", "endorse"))
    assert not step(found, "launch").is_done


@pytest.mark.parametrize(
    ("state", "key", "page"),
    [
        (GuidelinesState.DRAFTING, "test", "field-tests/new/"),
        (GuidelinesState.VALIDATED, "endorse", "endorsements/new/"),
        (GuidelinesState.ENDORSED, "launch", "launch/"),
    ],
)
def test_guide_guidelines_leads_to_the_form_of_the_step(signed_in, coordinator, country, state, key, page):
    guidelines = GuidelinesFactory(country=country, state=state)
    client = signed_in(coordinator)
    url = step(guide(client, PATHS[2]), key).url
    assert url == f"{guidelines.get_absolute_url()}{page}"
    assert client.get(url).status_code == 200


def test_guide_guidelines_in_a_revision_goes_on_with_the_next_edition(signed_in, coordinator, country):
    """Nobody is sent back to hold workshops, and the edition that is out is not the one to launch."""
    guidelines = GuidelinesFactory(country=country, state=GuidelinesState.REVISION)
    SectionFactory(guidelines=guidelines, body="Law 5 of 2004.")
    EditionFactory(guidelines=guidelines)
    found = guide(signed_in(coordinator), PATHS[2])
    assert found.next_step.key == "validate"
    assert not step(found, "launch").is_done


def test_guide_guidelines_leads_who_reads_editions_only_to_no_refusal(signed_in, secretary, country):
    """A committee reads the edition; the review is of the draft."""
    EditionFactory(guidelines=GuidelinesFactory(country=country, state=GuidelinesState.LAUNCHED))
    client = signed_in(secretary)
    for each in guide(client, PATHS[2]).steps:
        assert not each.url or client.get(each.url).status_code == 200, each.key


def test_guide_state_marks_one_step_as_next_and_optional_ones_never(signed_in, secretary, committee):
    found = guide(signed_in(secretary), PATHS[1])
    states = [each.state for each in found.steps]
    assert states.count("next") == 1
    assert step(found, "writeshop").state == "optional"
    assert step(found, "writeshop") not in found.needed


@pytest.mark.parametrize("rows", [1, 5])
def test_guides_ask_the_same_for_one_and_for_five(
    rows, signed_in, coordinator, facilitator, locality, committee, django_assert_max_num_queries
):
    for _row in range(rows):
        workshop = WorkshopFactory(locality=locality, facilitators=[facilitator])
        ParticipationFactory(workshop=workshop)
        LocalActionPlanFactory(committee=committee)
        GuidelinesFactory(country=locality.country)
    client = signed_in(coordinator)
    for path, most in zip(PATHS, (16, 22, 12), strict=True):
        with django_assert_max_num_queries(most):
            client.get(path)
