"""Impact stories: who writes them, what publishing wants, and what withdrawing leaves behind."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from guidelines.models import Block, ImpactStory, StoryState
from guidelines.services import blocks as block_services
from guidelines.services import stories as services
from guidelines.stories import missing, points_at_somebody
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.guidelines import (
    EditionFactory,
    GuidelinesFactory,
    ImpactStoryFactory,
    SectionFactory,
)
from tests.factories.localities import LocalityFactory
from tests.factories.plans import ActivityFactory, LocalActionPlanFactory, ObjectiveFactory
from tests.factories.workshops import WorkshopFactory
from workshops.states import RiskLevel, WorkshopState

TODAY = datetime.date(2026, 11, 20)
READY = {
    "consent_on": datetime.date(2026, 3, 1),
    "consent_note": "The women's association, in its meeting",
    "evidence": "documented",
    "evidence_note": "Minutes of the council",
}


@pytest.fixture
def draft(locality):
    return ImpactStoryFactory(locality=locality, title="Four women on the council")


@pytest.fixture
def ready(locality):
    return ImpactStoryFactory(locality=locality, title="Four women on the council", **READY)


@pytest.fixture
def published(locality):
    return ImpactStoryFactory(locality=locality, title="Told already", state="published", **READY)


@pytest.fixture
def risky(locality):
    """At high risk, still to come, in the province of the story."""
    start = timezone.localdate() + datetime.timedelta(20)
    return WorkshopFactory(
        locality=locality,
        risk_level=RiskLevel.HIGH,
        starts_on=start,
        ends_on=start,
        state=WorkshopState.CONFIRMED,
    )


def typed(place, **more):
    return {
        "locality": place.code,
        "title": "Lamps at the market",
        "pillar": "protection",
        "period_start": "2026-01-01",
        "claim": "Women sell until nine in the evening.",
    } | more


def url(name, story):
    return reverse(name, args=[story.code])


# The rule of the database


@pytest.mark.parametrize("without", ["consent_on", "evidence"])
def test_story_is_never_published_without_consent_and_evidence(without, locality):
    values = READY | {without: None if without == "consent_on" else ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        ImpactStoryFactory(locality=locality, state="published", **values)


# Services


def test_missing_says_each_thing(draft, ready):
    assert set(missing(draft)) == {"consent_on", "consent_note", "evidence", "evidence_note"}
    assert missing(ready) == {}


def test_publish_story_refuses_what_is_missing(draft, coordinator):
    with pytest.raises(services.StoryNotReady) as refused:
        services.publish_story(draft, safety_reason="", today=TODAY, by=coordinator)
    assert set(refused.value.fields) == {"consent_on", "consent_note", "evidence", "evidence_note"}
    draft.refresh_from_db()
    assert draft.state == StoryState.DRAFT


def test_publish_story_of_a_place_with_a_workshop_at_high_risk(ready, risky, coordinator):
    town = LocalityFactory(parent=ready.locality, code="CD-TOWN", name="Town")
    ImpactStory.objects.update(locality=town)
    today = timezone.localdate()
    with pytest.raises(services.StoryNotReady) as refused:
        services.publish_story(ready, safety_reason=" ", today=today, by=coordinator)
    assert set(refused.value.fields) == {"safety_reason"}
    told = services.publish_story(ready, safety_reason="It was in the papers", today=today, by=coordinator)
    assert (told.state, told.safety_reason) == (StoryState.PUBLISHED, "It was in the papers")
    events = AuditEvent.objects.filter(verb="published story")
    assert "papers" not in str(events.get().detail)


def test_publish_story_two_weeks_after_the_workshop_wants_no_reason(ready, risky, coordinator):
    later = risky.ends_on + datetime.timedelta(15)
    assert services.publish_story(ready, safety_reason="", today=later, by=coordinator).state == "published"


def test_publish_story_twice_is_refused(published, coordinator):
    with pytest.raises(services.NotInThisState):
        services.publish_story(published, safety_reason="", today=TODAY, by=coordinator)


def test_withdraw_story_and_publish_it_again(published, coordinator):
    row = services.withdraw_story(published, reason="Consent was taken back", by=coordinator)
    assert (row.state, row.withdrawn_reason) == (StoryState.WITHDRAWN, "Consent was taken back")
    with pytest.raises(services.NotInThisState):
        services.withdraw_story(row, reason="Again", by=coordinator)
    again = services.publish_story(row, safety_reason="", today=TODAY, by=coordinator)
    assert (again.state, again.withdrawn_reason) == (StoryState.PUBLISHED, "")


def test_points_at_somebody(draft):
    assert not points_at_somebody(draft)
    draft.evidence_note = "Ask +243 812 345 678"
    assert points_at_somebody(draft)


# Who sees and who may do what


@pytest.fixture
def far_facilitator(country):
    """Of another province of the same country: reads guidelines, tells nothing of this one."""
    place = LocalityFactory(country=country, code="CD-FAR", name="Far")
    GuidelinesFactory(country=country)
    return AssignmentFactory(role=Role.FACILITATOR, locality=place, user=UserFactory()).user


@pytest.mark.parametrize(
    ("who", "draft_seen", "published_seen", "edits", "publishes"),
    [
        ("administrator", 200, 200, True, True),
        ("coordinator", 200, 200, True, True),
        ("facilitator", 200, 200, True, False),
        ("secretary", 200, 200, True, False),
        ("member", 200, 200, False, False),
        ("oversight", 200, 200, False, False),
        ("far_facilitator", 404, 200, False, False),
        ("outsider", 404, 404, False, False),
    ],
)
def test_stories_by_role(
    request, who, draft_seen, published_seen, edits, publishes, ready, published, signed_in
):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(url("story_detail", ready)).status_code == draft_seen
    assert client.get(url("story_detail", published)).status_code == published_seen
    may = (200, 403 if draft_seen == 200 else 404)
    assert client.get(url("story_edit", ready)).status_code == may[not edits]
    assert client.get(url("story_publish", ready)).status_code == may[not publishes]
    told = (200, 403 if published_seen == 200 else 404)
    assert client.get(url("story_edit", published)).status_code == told[not publishes]
    assert client.get(url("story_withdraw", published)).status_code == told[not publishes]
    if not publishes:
        assert client.post(url("story_publish", ready)).status_code in (403, 404)
        ready.refresh_from_db()
        assert ready.state == StoryState.DRAFT


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator", 200), ("facilitator", 200), ("secretary", 200), ("member", 403), ("oversight", 403)],
)
def test_story_new_by_role(request, who, status, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(reverse("story_new")).status_code == status


def test_story_detail_keeps_who_agreed_for_who_tells(ready, oversight, facilitator, signed_in):
    assert "association" in signed_in(facilitator).get(url("story_detail", ready)).content.decode()
    page = signed_in(oversight).get(url("story_detail", ready)).content.decode()
    assert "association" not in page
    assert "Before it can be published" not in page


# Pages


@pytest.mark.parametrize("stories", [1, 5])
def test_story_list_queries(stories, locality, coordinator, signed_in, django_assert_num_queries):
    ImpactStoryFactory.create_batch(stories, locality=locality)
    client = signed_in(coordinator)
    with django_assert_num_queries(6):
        page = client.get(reverse("story_list")).content.decode()
    assert page.count('<th scope="row">') == stories


def test_story_list_is_filtered(locality, draft, published, coordinator, signed_in):
    client, at = signed_in(coordinator), reverse("story_list")
    for query, seen, hidden in (
        ("?state=published", published, draft),
        ("?evidence=documented", published, draft),
        ("?q=four+women", draft, published),
        (f"?q={published.code}", published, draft),
    ):
        page = client.get(at + query).content.decode()
        assert seen.title in page
        assert hidden.title not in page
    assert (
        draft.title
        in client.get(at + f"?country={locality.country.code}&pillar=participation").content.decode()
    )
    assert "No story fits" in client.get(at + "?pillar=protection").content.decode()


def test_story_list_when_there_is_none(coordinator, oversight, signed_in):
    at = reverse("story_list")
    assert "Write the first story" in signed_in(coordinator).get(at).content.decode()
    assert "Write the first story" not in signed_in(oversight).get(at).content.decode()


def test_story_new_makes_one_draft(locality, facilitator, signed_in):
    client = signed_in(facilitator)
    sent = typed(locality, sent_form="0f8fad5b-d9cb-469f-a165-70867728950e")
    addresses = {client.post(reverse("story_new"), sent).url for _n in range(2)}
    story = ImpactStory.objects.get()
    assert addresses == {story.get_absolute_url()}
    assert (story.state, story.updated_by, story.locality) == (StoryState.DRAFT, facilitator, locality)


def test_story_new_with_the_place_chosen(locality, facilitator, signed_in):
    page = signed_in(facilitator).get(reverse("story_new") + f"?locality={locality.code}").content.decode()
    assert f'<option value="{locality.code}" selected' in page


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": ""}, "title"),
        ({"claim": ""}, "claim"),
        ({"claim": "x" * 100_000}, "claim"),
        ({"before": "<script>alert(1)</script>"}, "before"),
        ({"period_start": "2199-01-01"}, "period_start"),
        ({"period_start": "0001-01-01"}, "period_start"),
        ({"period_end": "2025-01-01"}, "period_end"),
        ({"consent_on": "2199-01-01"}, "consent_on"),
        ({"pillar": "none"}, "pillar"),
        ({"locality": "SL-BO-CITY"}, "locality"),
    ],
)
def test_story_new_says_what_is_wrong(more, field, locality, elsewhere, facilitator, signed_in):
    response = signed_in(facilitator).post(reverse("story_new"), typed(locality, **more))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert "Lamps" in response.content.decode() or "title" in more
    assert not ImpactStory.objects.exists()


def test_story_new_offers_the_activities_of_the_place(locality, committee, facilitator, signed_in):
    plan = LocalActionPlanFactory(committee=committee)
    activity = ActivityFactory(objective=ObjectiveFactory(plan=plan), text="Light the market")
    client = signed_in(facilitator)
    assert (
        "Light the market" in client.get(reverse("story_new") + f"?locality={locality.code}").content.decode()
    )
    client.post(reverse("story_new"), typed(locality, activity=activity.code))
    assert ImpactStory.objects.get().activity == activity


def test_story_edit_saves(draft, facilitator, signed_in):
    signed_in(facilitator).post(url("story_edit", draft), typed(draft.locality, row_version=1))
    draft.refresh_from_db()
    assert (draft.title, draft.row_version) == ("Lamps at the market", 2)


def test_story_edit_shows_both_when_somebody_was_faster(draft, facilitator, signed_in):
    ImpactStory.objects.update(claim="Theirs, saved first", row_version=2)
    response = signed_in(facilitator).post(url("story_edit", draft), typed(draft.locality, row_version=1))
    assert response.status_code == 409
    assert "Theirs, saved first" in response.content.decode()
    assert "until nine" in response.content.decode()


def test_story_edit_of_a_published_one_keeps_consent(published, coordinator, signed_in):
    client = signed_in(coordinator)
    response = client.post(url("story_edit", published), typed(published.locality, row_version=1))
    assert response.status_code == 422
    assert "consent_on" in response.context["form"].errors
    kept = {name: str(value) for name, value in READY.items()}
    assert (
        client.post(
            url("story_edit", published), typed(published.locality, row_version=1, **kept)
        ).status_code
        == 302
    )


def test_story_publish_says_what_is_missing(draft, coordinator, signed_in):
    client = signed_in(coordinator)
    page = client.get(url("story_publish", draft)).content.decode()
    assert "Write down on which day those concerned agreed" in page
    assert "Publish it" not in page
    response = client.post(url("story_publish", draft))
    assert response.status_code == 422
    draft.refresh_from_db()
    assert draft.state == StoryState.DRAFT


def test_story_publish(ready, coordinator, signed_in):
    client = signed_in(coordinator)
    assert "Publish it" in client.get(url("story_publish", ready)).content.decode()
    page = client.post(url("story_publish", ready), follow=True).content.decode()
    assert "The story is published." in page
    again = client.post(url("story_publish", ready), follow=True).content.decode()
    assert "The story is published already." in again


def test_story_publish_asks_why_where_a_workshop_is_at_high_risk(ready, risky, coordinator, signed_in):
    client = signed_in(coordinator)
    response = client.post(url("story_publish", ready), {"safety_reason": ""})
    assert response.status_code == 422
    assert "safety_reason" in response.context["form"].errors
    client.post(url("story_publish", ready), {"safety_reason": "The council looked at it"})
    ready.refresh_from_db()
    assert (ready.state, ready.safety_reason) == (StoryState.PUBLISHED, "The council looked at it")


def test_story_publish_warns_of_a_phone_number(ready, coordinator, signed_in):
    ImpactStory.objects.update(claim="Ask Mama at +243 812 345 678")
    assert (
        "looks like a phone number"
        in signed_in(coordinator).get(url("story_publish", ready)).content.decode()
    )


def test_story_withdraw_wants_a_reason(published, coordinator, signed_in):
    response = signed_in(coordinator).post(url("story_withdraw", published), {"reason": ""})
    assert response.status_code == 422
    published.refresh_from_db()
    assert published.state == StoryState.PUBLISHED


def test_story_withdraw_names_what_keeps_it(country, published, coordinator, signed_in):
    guidelines = GuidelinesFactory(country=country, title="Guidelines of the country")
    section = SectionFactory(guidelines=guidelines, heading="What worked", body="{{good_practices}}")
    frozen = block_services.freeze_block(section, Block.PRACTICES, today=TODAY, by=coordinator)
    EditionFactory(
        guidelines=GuidelinesFactory(country=country, title="Launched before", state="launched"),
        number=3,
        content={"sections": [{"parts": [{"text": "Words"}, {"block": frozen.content}]}]},
    )
    EditionFactory(
        guidelines=GuidelinesFactory(country=country, title="Without it", state="launched"),
        content={"sections": [{"parts": [{"text": published.title}]}]},
    )
    client = signed_in(coordinator)
    page = client.get(url("story_withdraw", published)).content.decode()
    assert "Guidelines of the country: What worked" in page
    assert "Launched before, edition 3" in page
    assert "Without it" not in page
    client.post(url("story_withdraw", published), {"reason": "Consent was taken back"})
    published.refresh_from_db()
    assert published.withdrawn_reason == "Consent was taken back"
    page = client.get(published.get_absolute_url()).content.decode()
    assert "Withdrawn: Consent was taken back" in page


@pytest.mark.parametrize("name", ["story_new", "story_edit", "story_publish", "story_withdraw"])
def test_pages_of_stories_stand_below_the_guidelines(name, ready, coordinator, signed_in):
    address = reverse(name, args=[] if name == "story_new" else [ready.code])
    crumbs = signed_in(coordinator).get(address).content.decode().split('class="crumbs"')[1]
    assert crumbs.index(f'href="{reverse("guidelines_list")}"') < crumbs.index(reverse("story_list"))
