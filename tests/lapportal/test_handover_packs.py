"""The hand-over pack: what the office owes and knows, as far as its reader may see, and nobody's name."""

import datetime
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from lapportal.memory.pack import Term
from lapportal.memory.papers import language_of
from people import handovers
from people.incumbencies import change_holding, hold
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory
from tests.factories.committees import (
    AppointmentFactory,
    CommitteeAccessFactory,
    CommitteeFactory,
    DecisionFactory,
    MeetingFactory,
    SeatFactory,
)
from tests.factories.people import (
    ElectionFactory,
    HandoverFactory,
    IncumbencyFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    TrainingNeedFactory,
)
from tests.factories.plans import (
    ActivityFactory,
    BudgetLineFactory,
    IntegrationFactory,
    LocalActionPlanFactory,
    LocalLawFactory,
    ProgressUpdateFactory,
)
from tests.factories.results import CommitmentFactory
from tests.lapportal.paper_words import pack_words
from tests.workshops.test_papers_languages import TRANSLATED, catalogue

pytestmark = pytest.mark.django_db
DAYS = datetime.timedelta
NAMES = ["Gone Holder Ilunga", "Coming Holder Mbuyi", "Seated Person Kalala"]


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def office(committee, locality):
    organization = OrganizationFactory(country=locality.country, name="Town Hall")
    return PositionFactory(locality=locality, title="Mayor", organization=organization)


@pytest.fixture
def handover(office, committee, country, today, secretary):
    """The office with one of each thing, a holder who left and one who came."""
    gone, coming, seated = (PersonFactory(country=country, full_name=name) for name in NAMES)
    left = IncumbencyFactory(position=office, person=gone, starts_on=today - DAYS(days=900))
    seat = SeatFactory(committee=committee, position=office)
    AppointmentFactory(seat=seat, person=seated, starts_on=today - DAYS(days=200))
    owe(office, committee, today)
    change_holding(left, starts_on=left.starts_on, ends_on=today, how_ended="election", by=secretary)
    hold(office, person=coming, by=secretary, starts_on=today)
    return office.handovers.get()


def owe(office, committee, today):
    soon = today + DAYS(days=20)
    late = {"owner": office, "due_on": today - DAYS(days=1)}
    CommitmentFactory(workshop=committee.established_at, text="Light the market", **late)
    kept = {"state": "kept", "closed_on": today, "due_on": today, "text": "Kept long ago"}
    CommitmentFactory(workshop=committee.established_at, owner=office, **kept)
    meeting = MeetingFactory(committee=committee, day=today - DAYS(days=30), held=True)
    DecisionFactory(meeting=meeting, owner=office, due_on=soon, text="Repair the water point")
    MeetingFactory(committee=committee, day=today + DAYS(days=9))
    plan = LocalActionPlanFactory(committee=committee, foreword_by=office, title="Plan of the town")
    activity = ActivityFactory(
        objective__plan=plan, responsible=office, text="Train the police", ends_on=soon, state="ongoing"
    )
    BudgetLineFactory(activity=activity, planned=1250, spent=300)
    ProgressUpdateFactory(activity=activity, state="approved", done="Two trainings were held.")
    ProgressUpdateFactory(activity=activity, state="draft", done="Not yet agreed words.")
    ActivityFactory(objective__plan=plan, text="Early warning").supporting.add(office)
    IntegrationFactory(
        locality=office.locality, host_plan="Development plan of the town", entry_point_on=soon
    )
    LocalLawFactory(locality=office.locality, title="By-law on violence at home")
    TrainingNeedFactory(position=office, topic="other", note="Gender budgets")
    ElectionFactory(country=office.locality.country, held_on=soon, title="Town elections", state="announced")
    days = {"start": today - DAYS(days=committee.assessments.count()), "end": today}
    AssessmentFactory(committee=committee, position=office, label="Half-year 1", **days)


SHOWN = [
    "Light the market", "Repair the water point", "Train the police", "Two trainings were held.",
    "Early warning", "Plan of the town", "Development plan of the town", "By-law on violence at home",
    "Town elections", "· Open", "Gender budgets", "1,250",
]  # fmt: skip


def page_of(client, handover):
    return client.get(reverse("handover_pack", args=[handover.code])).content.decode()


def pdf_of(client, handover, language="en"):
    answer = client.get(reverse("handover_pack_pdf", args=[handover.code]), {"language": language})
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(answer.content))


def words_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


@pytest.mark.parametrize("who", ["secretary", "coordinator", "facilitator"])
def test_handover_pack_tells_what_the_office_owes_and_names_nobody(who, request, signed_in, handover):
    page = page_of(signed_in(request.getfixturevalue(who)), handover)
    assert not [words for words in SHOWN if words not in page]
    assert "Kept long ago" not in page
    assert "1 commitment was kept already." in page
    assert "Not yet agreed words." not in page
    assert not [name for name in NAMES if any(part in page for part in name.split()[2:])]


def test_handover_pack_pdf_names_nobody_and_is_tagged(signed_in, secretary, handover):
    pdf = pdf_of(signed_in(secretary), handover)
    words = words_of(pdf)
    assert not [each for each in SHOWN if each not in words]
    people = [*NAMES, "Safi Secretary", "Cora Coordinator"]
    assert not [name for name in people if any(part in words for part in name.split()[2:])]
    assert "Safi" not in words
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert "Mayor" in pdf.metadata.title


@pytest.mark.parametrize(
    ("language", "title"), [("fr", "Dossier de passation"), ("es", "Expediente de traspaso")]
)
def test_handover_pack_pdf_speaks_the_language_asked_for(language, title, signed_in, secretary, handover):
    pdf = pdf_of(signed_in(secretary), handover, language)
    assert title in words_of(pdf)
    assert pdf.trailer["/Root"]["/Lang"] == language


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_of_the_pack_is_translated(language):
    assert not pack_words() - set(catalogue(language))


@pytest.mark.parametrize(
    ("spoken", "asked", "language"),
    [
        (["lua", "fr"], "", "fr"),
        (["ne"], "", "en"),
        (["fr"], "ar", "ar"),
        (["fr"], "xx", "fr"),
        ([], "", "en"),
    ],
)
def test_language_of(spoken, asked, language):
    assert language_of(spoken, asked=asked) == language


def test_handover_pack_of_the_successor_reads_what_the_committee_reads(
    signed_in, secretary, handover, committee
):
    """Before the pack is sent, and once somebody else is chosen, it shows no more than the own access."""
    other = CommitteeAccessFactory(committee=CommitteeFactory(), role="committee_member").user
    handovers.name_successor(handover, user=other, by=secretary)
    hidden = page_of(signed_in(other), handover)
    assert not [words for words in ("Light the market", "Train the police", "Repair the water point")
                if words in hidden]  # fmt: skip
    today = timezone.localdate()
    handovers.send_pack(handover, on=today, on_paper=False, today=today, by=secretary)
    assert not [words for words in SHOWN if words not in page_of(signed_in(other), handover)]
    handovers.name_successor(handover, user=None, by=secretary)
    assert signed_in(other).get(reverse("handover_pack", args=[handover.code])).status_code == 404


def test_handover_pack_hides_what_its_reader_may_not_see(signed_in, secretary, handover, office):
    """The office also leads an activity in the plan of a committee that the secretary does not see."""
    ActivityFactory(objective__plan__committee=CommitteeFactory(), responsible=office, text="Far away works")
    assert "Far away works" not in page_of(signed_in(secretary), handover)


def test_handover_pack_shows_documents_of_meetings_to_the_committee_alone(
    signed_in, secretary, oversight, handover, committee
):
    meeting = committee.meetings.first()
    meeting.files.create(
        title="Map of lamps", name="map.pdf", content_type="application/pdf", size=1, file="x"
    )
    assert "Map of lamps" in page_of(signed_in(secretary), handover)
    assert "Map of lamps" not in page_of(signed_in(oversight), handover)


def test_drafts_are_not_read_through_pack_and_welcome(
    signed_in, secretary, coordinator, oversight, handover, committee
):
    """Decisions of minutes that are not approved, and open assessments, are for the committee and who
    accompanies it."""
    welcome = reverse("onboarding", args=[committee.code])
    drafts = ("Repair the water point", str(committee.assessments.get().period))
    for user in (secretary, coordinator):
        assert not [words for words in drafts if words not in page_of(signed_in(user), handover)]
        assert drafts[0] in signed_in(user).get(welcome).content.decode()
    client = signed_in(oversight)
    page, paper = page_of(client, handover), words_of(pdf_of(client, handover))
    assert not [words for words in drafts if words in page or words in paper]
    assert drafts[0] not in client.get(welcome).content.decode()
    committee.meetings.filter(state="held").update(minutes_state="approved", approved_on=handover.due_on)
    assert drafts[0] in page_of(client, handover)
    assert drafts[0] in client.get(welcome).content.decode()


def test_handover_pack_of_a_successor_ends_with_the_handover(signed_in, secretary, handover, today):
    """The pack tells what stands today: who took over years ago and left does not read on in it."""
    other = CommitteeAccessFactory(committee=CommitteeFactory(), role="committee_member").user
    handovers.name_successor(handover, user=other, by=secretary)
    handovers.send_pack(handover, on=today, on_paper=False, today=today, by=secretary)
    handovers.acknowledge(handover, on=today, on_paper=False, note="", today=today, by=other)
    handover.refresh_from_db()
    client = signed_in(other)
    assert "Repair the water point" in page_of(client, handover)
    for changed in (
        {"acknowledged_on": today - DAYS(days=31), "pack_sent_on": today - DAYS(days=31)},
        {"acknowledged_on": None, "stays_on": today, "stays_reason": "Elected again"},
    ):
        type(handover).objects.filter(pk=handover.pk).update(**changed)
        page = page_of(client, handover)
        assert not [words for words in ("Light the market", "Repair the water point") if words in page]


def test_activities_stay_with_the_office_when_its_holder_changes(handover, office):
    assert [each.text for each in office.activities.all()] == ["Train the police"]
    assert office.decisions.count() == 1
    assert office.commitments.count() == 2
    assert office.seats.filter(ended_on=None).count() == 1


@pytest.mark.parametrize("number", [1, 5])
def test_handover_pack_queries(
    number, signed_in, secretary, handover, office, committee, today, django_assert_num_queries
):
    for _each in range(number):
        owe(office, committee, today)
        SeatFactory(committee=committee, position__organization=OrganizationFactory())
    client = signed_in(secretary)
    with django_assert_num_queries(28):
        page_of(client, handover)


def test_handover_pack_leaves_no_cell_of_the_terms_empty(office):
    days = [datetime.date(year, 1, 1) for year in (2020, 2022, 2024)]
    IncumbencyFactory(position=office, starts_on=days[0], ends_on=days[1])
    IncumbencyFactory(position=office, starts_on=days[1], ends_on=days[2], how_ended="resigned")
    IncumbencyFactory(position=office, starts_on=days[2])
    ended = {term.days.split()[0]: term.how_ended for term in Term.of_office(office)}
    assert sorted(term.how_ended for term in Term.of_office(office)) == ["Not stated", "Resigned", "–"]
    assert ended["since"] == "–"


def test_handover_pack_of_an_office_without_anything(signed_in, coordinator, locality):
    handover = HandoverFactory(position=PositionFactory(locality=locality))
    page = page_of(signed_in(coordinator), handover)
    for words in ("It leads no activity.", "No commitment is open.", "No decision waits for it."):
        assert words in page
    assert len(pdf_of(signed_in(coordinator), handover).pages) >= 3


def test_onboarding_tells_a_new_member_what_the_committee_is_about(signed_in, secretary, handover, committee):
    user = CommitteeAccessFactory(committee=committee, role="committee_member", user=UserFactory()).user
    page = signed_in(user).get(reverse("onboarding", args=[committee.code])).content.decode()
    for words in ("resolution 1325", "Light the market", "Repair the water point", "Train the police",
                  "Plan of the town", "Mayor, Town Hall", "Quorum"):  # fmt: skip
        assert words in page
    assert not [name for name in NAMES if any(part in page for part in name.split()[2:])]


@pytest.mark.parametrize("number", [1, 5])
def test_onboarding_queries(
    number, signed_in, member, handover, office, committee, today, django_assert_num_queries
):
    for _each in range(number):
        owe(office, committee, today)
        SeatFactory(committee=committee)
    client = signed_in(member)
    with django_assert_num_queries(17):
        client.get(reverse("onboarding", args=[committee.code]))


def test_onboarding_shows_promises_only_to_who_may_know_them(signed_in, administrator, committee, handover):
    """Another committee's commitments are not read through this page."""
    stranger = CommitteeAccessFactory(committee=CommitteeFactory(), role="committee_member").user
    assert signed_in(stranger).get(reverse("onboarding", args=[committee.code])).status_code == 404
    page = signed_in(administrator).get(reverse("onboarding", args=[committee.code])).content.decode()
    assert "Light the market" in page


def test_onboarding_of_a_new_committee_says_what_is_missing(signed_in, coordinator, locality):
    committee = CommitteeFactory(locality=locality)
    page = signed_in(coordinator).get(reverse("onboarding", args=[committee.code])).content.decode()
    assert "No mandate is written down yet." in page
    assert "The committee has no plan yet that you may see." in page
