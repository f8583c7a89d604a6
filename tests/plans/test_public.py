"""What anybody may read of adopted plans, and what nobody learns from it."""

import datetime

import pytest
from django.test import Client

from core.exports import ExportState
from frameworks.pillars import Pillar
from plans.models import Comment, PlanExport
from plans.reports.public import PUBLIC_STATES, public_state
from plans.states import ADOPTED_STATES, PlanState
from tests.factories.editions import AdoptedPlanFactory, EditionFactory, PlanExportFactory
from tests.factories.frameworks import NapFactory
from tests.factories.people import IncumbencyFactory, PersonFactory
from tests.factories.plans import ActivityFactory, AttachmentFactory, LocalActionPlanFactory, ObjectiveFactory

LIST = "/adopted-plans/"


def body(response):
    return response.content.decode()


def adopt(committee, **values):
    """An adopted plan of the committee, frozen with one objective."""
    pillar = values.pop("pillar", Pillar.PARTICIPATION)
    plan = AdoptedPlanFactory(committee=committee, **values)
    ActivityFactory(
        objective=ObjectiveFactory(plan=plan, pillar=pillar), complete=True, text="Light the market"
    )
    return EditionFactory(plan=plan).plan


@pytest.fixture
def public(committee):
    return adopt(committee, title="Plan of the market women")


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_adopted_plans_needs_no_account_and_makes_no_session(public):
    client = Client()
    for address in (LIST, f"{LIST}{public.code}/"):
        response = client.get(address)
        assert response.status_code == 200
        assert "Plan of the market women" in body(response)
        assert not response.cookies
    assert not client.cookies


def test_adopted_plans_leaves_out_drafts_and_what_is_held_back(committee, public):
    LocalActionPlanFactory(committee=committee, title="Still a draft")
    adopt(committee, title="Held back", is_public=False)
    page = body(Client().get(LIST))
    assert "1 adopted plan" in page
    assert "Still a draft" not in page
    assert "Held back" not in page


@pytest.mark.parametrize("page", ["", "?edition=1", "pdf/"])
def test_public_plan_unknown_not_adopted_and_held_back_are_the_same_404(committee, public, page):
    draft = LocalActionPlanFactory(committee=committee)
    EditionFactory(plan=draft)  # taken back after it was frozen: no public plan
    held_back = adopt(committee, is_public=False)
    unfrozen = AdoptedPlanFactory(committee=committee)
    answers = {
        (response.status_code, body(response))
        for code in (draft.code, held_back.code, unfrozen.code, "P-2222NONE")
        for response in [Client().get(f"{LIST}{code}/{page}")]
    }
    assert len(answers) == 1
    assert answers.pop()[0] == 404
    assert not PlanExport.objects.exists()


@pytest.mark.parametrize("number", ["2", "0", "x", "-1", "9" * 30])
def test_public_plan_of_an_edition_that_does_not_exist_is_404(public, number):
    assert Client().get(f"{LIST}{public.code}/?edition={number}").status_code == 404


def test_public_plan_switched_off(public, settings):
    assert "Read the adopted plans" in body(Client().get("/"))
    settings.PUBLIC_SITE = False
    for address in (LIST, f"{LIST}{public.code}/", f"{LIST}{public.code}/pdf/"):
        assert Client().get(address).status_code == 404
    assert "adopted-plans" not in body(Client().get("/"))


def test_public_plan_names_no_person_and_shows_nothing_of_the_work(committee, secretary, member):
    """Positions and institutions only: no account, no comment, no scan, no progress."""
    plan = AdoptedPlanFactory(committee=committee)
    activity = ActivityFactory(objective=ObjectiveFactory(plan=plan), complete=True)
    holder = PersonFactory(country=plan.locality.country, full_name="Zawadi Verysecret", phone="0999123456")
    IncumbencyFactory(position=activity.responsible, person=holder)
    EditionFactory(plan=plan)
    Comment.objects.create(plan=plan, subject="plan", subject_code=plan.code, text="Said behind doors")
    scan = AttachmentFactory(plan=plan, title="Scan of the act")
    activity.state, activity.state_reason = "blocked", "insecurity"
    activity.state_note, activity.reporter = "They came at night", member
    activity.save()
    page = body(Client().get(f"{LIST}{plan.code}/"))
    assert activity.responsible.title in page
    for secret in (
        "Zawadi", "Verysecret", "0999123456", holder.code, "Said behind doors", scan.code,
        "Scan of the act", "They came at night", "Blocked", secretary.display_name, member.display_name,
        "@test.example", "/plans/",
    ):  # fmt: skip
        assert secret not in page, secret


def test_public_plan_stays_as_adopted_while_an_amendment_is_written(public):
    before, listed = (body(Client().get(address)) for address in (f"{LIST}{public.code}/", LIST))
    activity = public.objectives.get().activities.get()
    activity.text = "Written meanwhile"
    activity.save()
    public.title, public.period_label, public.is_amending = "Another title", "for ever", True
    public.save()
    assert body(Client().get(f"{LIST}{public.code}/")) == before
    assert body(Client().get(LIST)) == listed


def test_public_plan_shows_the_newest_edition_and_links_the_older(public):
    activity = public.objectives.get().activities.get()
    activity.text = "Light two markets"
    activity.save()
    EditionFactory(plan=public, number=2, reason="One market more")
    newest = body(Client().get(f"{LIST}{public.code}/"))
    assert "Light two markets" in newest
    assert "One market more" in newest
    assert "?edition=1" in newest
    older = body(Client().get(f"{LIST}{public.code}/?edition=1"))
    assert "Light the market" in older
    assert "Light two markets" not in older
    assert "This is an older edition" in older
    assert "1 adopted plan" in body(Client().get(LIST))


def test_public_plan_speaks_the_plans_language(public):
    page = body(Client().get(f"{LIST}{public.code}/"))
    assert 'lang="fr"' in page
    assert "Objectifs et activités" in page
    assert "Read the newer plan" not in page


def test_public_plan_that_was_superseded_leads_to_the_newer(committee, public):
    newer = adopt(committee, title="The second plan", predecessor=public, generation=2)
    public.state = PlanState.SUPERSEDED
    public.save()
    page = body(Client().get(f"{LIST}{public.code}/"))
    assert "Superseded" in page
    assert f"{LIST}{newer.code}/" in page


def test_public_plan_pdf_is_served_from_store(public, media):
    PlanExportFactory(plan=public, edition=None)  # of a draft: nobody else's business
    address = f"{LIST}{public.code}/pdf/"
    waiting = Client().get(address)
    assert waiting.status_code == 202
    assert "being made" in body(waiting)
    assert Client().get(address).status_code == 202
    export = PlanExport.objects.get(edition__isnull=False)
    assert export.requested_by is None
    made = PlanExportFactory.build()
    export.file.save("plan.pdf", made.file.file, save=False)
    PlanExport.objects.filter(pk=export.pk).update(
        state=ExportState.DONE, file=export.file.name, pages=3, size=9
    )
    response = Client().get(address)
    assert b"".join(response.streaming_content) == b"%PDF-test"
    assert response["Content-Disposition"] == f'attachment; filename="{public.code}-edition-1.pdf"'


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Market", "Forest", "River"}),
        ("q=mark", {"Market"}),
        ("q=bo city", {"River"}),
        ("country=SL", {"River"}),
        ("pillar=protection", {"Forest"}),
        ("year=2024", {"Forest"}),
        ("year=2026", {"Market", "River"}),
        ("year=abcd", set()),
        ("nap=yes", {"Forest"}),
        ("nap=no", {"Market", "River"}),
        ("state=closed", {"Forest"}),
        ("state=in_force", {"Market", "River"}),
    ],
)
def test_adopted_plans_filters(committee, elsewhere, country, query, found):
    from tests.factories.committees import CommitteeFactory

    # What somebody types looks like a pillar: within a text it is none.
    adopt(committee, title="Market", no_nap_reason='"pillar": "protection"')
    adopt(CommitteeFactory(locality=elsewhere), title="River")
    adopt(
        committee,
        title="Forest",
        pillar=Pillar.PROTECTION,
        nap=NapFactory(country=country),
        state="closed",
        period_start=datetime.date(2022, 1, 1),
        period_end=datetime.date(2025, 12, 31),
    )
    page = body(Client().get(f"{LIST}?{query}"))
    assert {title for title in ("Market", "Forest", "River") if f">{title}</a>" in page} == found


@pytest.mark.parametrize("number", [1, 5])
def test_adopted_plans_asks_the_same_number_of_queries(committee, number, django_assert_num_queries):
    for _each in range(number):
        adopt(committee)
    with django_assert_num_queries(3):
        Client().get(LIST)


@pytest.mark.parametrize("number", [1, 5])
def test_public_plan_asks_the_same_number_of_queries(committee, number, django_assert_num_queries):
    plan = AdoptedPlanFactory(committee=committee)
    for _each in range(number):
        ActivityFactory(objective=ObjectiveFactory(plan=plan), complete=True)
    for place in range(1, number + 1):
        EditionFactory(plan=plan, number=place)
    with django_assert_num_queries(2):
        Client().get(f"{LIST}{plan.code}/")


def test_adopted_plans_shows_25_on_a_page(committee):
    plan = adopt(committee)
    content = plan.editions.get().content
    for _each in range(25):
        EditionFactory(plan=AdoptedPlanFactory(committee=committee), content=content)
    page = body(Client().get(LIST))
    assert "26 adopted plans" in page
    assert "Page 1 of 2" in page
    assert Client().get(f"{LIST}?page=2").status_code == 200


def test_adopted_plans_empty_says_what_comes(db):
    assert "No adopted plan yet" in body(Client().get(LIST))


def test_public_state_of_every_adopted_state():
    said = {state: str(PUBLIC_STATES[public_state(state)][0]) for state in ADOPTED_STATES}
    assert said == {
        "adopted": "In force",
        "in_implementation": "In force",
        "under_review": "In force",
        "closed": "Closed",
        "superseded": "Superseded",
    }
