"""Every address: closed unless it is listed here, and silent about what exists but is hidden."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from accounts.roles import Role
from core.stored_files import encrypted
from localities.categories import ActorCategory
from plans.tracking import keep_revision
from tests.factories.accounts import AssignmentFactory, NoticeFactory, UserFactory
from tests.factories.assessments import AssessmentFactory
from tests.factories.committees import (
    AgendaItemFactory,
    AppointmentFactory,
    CommitteeAccessFactory,
    CommitteeFactory,
    DecisionFactory,
    ForwardingFactory,
    MeetingFactory,
    MeetingFileFactory,
    MinutesCommentFactory,
    SeatFactory,
)
from tests.factories.editions import EditionFactory, PlanExportFactory
from tests.factories.frameworks import LeadFactory, NapFactory
from tests.factories.guidelines import EditionFactory as GuidelinesEditionFactory
from tests.factories.guidelines import EndorsementFactory as GuidelinesEndorsementFactory
from tests.factories.guidelines import (
    ExportFactory,
    FieldTestFactory,
    GuidelinesFactory,
    ImpactStoryFactory,
    PictureFactory,
    PlanningStepFactory,
    ResourceFactory,
    ReviewCommentFactory,
    RolloutFactory,
    SectionFactory,
    SectionRevisionFactory,
    SignatoryFactory,
)
from tests.factories.people import (
    ConsentFactory,
    ElectionFactory,
    HandoverFactory,
    IncumbencyFactory,
    MergeFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    TrainingNeedFactory,
)
from tests.factories.plans import (
    AlignmentFactory,
    AttachmentFactory,
    BudgetLineFactory,
    CommentFactory,
    EndorsementFactory,
    IndicatorFactory,
    IntegrationFactory,
    LocalActionPlanFactory,
    LocalLawFactory,
    ObjectiveFactory,
    PriorityIssueFactory,
    ProgressUpdateFactory,
    ThemeFactory,
)
from tests.factories.results import (
    ChampionFactory,
    CommitmentFactory,
    ConflictIssueFactory,
    NeedFactory,
    PolicyMappingFactory,
)
from tests.factories.workshops import (
    InvitationFactory,
    ParticipantImportFactory,
    ParticipationFactory,
    ProgrammeItemFactory,
    ReferralContactFactory,
    SelfRegistrationFactory,
    TallyFactory,
    WorkshopFactory,
)
from tests.inline_code import inline_code

PUBLIC = {
    "home": "explains the strategy, in counts of public facts",
    "healthz": "asked by a supervisor; says nothing but ok",
    "roles": "helps to decide what access to ask for; shows no data",
    "adopted_plans": "what councils adopted may be read by everybody; from frozen editions, without persons",
    "public_plan": "one adopted plan, from its frozen edition; held back and unknown are the same 404",
    "public_plan_pdf": "the stored PDF of a public edition",
    "published_guidelines": "what ministries launched may be read by everybody; without persons",
    "public_guidelines": "the newest edition of public guidelines; held back and unknown are the same 404",
    "public_edition": "where the QR code of a printed edition leads to: is it the latest, its checksum",
    "public_edition_pdf": "the stored PDF of a public edition",
    "public_picture": "a picture of a public edition, while who is shown agrees",
    "privacy": "whoever is registered may read what is kept, without an account",
    "self_registration": "participants have no account: the code in the link is the key; shows nobody",
    "self_registration_done": "says thank you, in the same words for every code",
    "account_login": "the way in",
    "account_logout": "the way out works when the session is gone already",
    "account_inactive": "says that the account was closed",
    "account_signup": "says who gives accounts; signs nobody up",
    "account_reset_password": "the way in for who forgot the password, and for who was invited",
    "account_reset_password_done": "says that a mail was sent, whether or not the address is known",
    "account_reset_password_from_key": "the link in the mail is the key",
    "account_reset_password_from_key_done": "says that the password was set",
}

FOR_EVERYBODY_SIGNED_IN = {
    "country_detail": "reference data",
    "locality_detail": "reference data",
    "framework_detail": "reference data",
    "lead_new": "reference data; who does not keep the plans of that country is refused with 403",
    "lead_edit": "reference data; who does not keep the plans of that country is refused with 403",
    "lead_remove": "reference data; who does not keep the plans of that country is refused with 403",
    "nap_succession": "reference data; who does not keep the plans of that country is refused with 403",
    "nap_replace": "reference data; who does not keep the plans of that country is refused with 403",
    "theme_edit": "reference data",
    "election_detail": "reference data",
    "election_edit": "reference data; who does not keep the calendar of that country is refused with 403",
    "election_outcome": "reference data; who records no holders in that country is refused with 403",
    "planning_calendar": "reference data: how local authorities of a country plan in the year",
    "step_new": "reference data; who does not write the guidelines of that country is refused with 403",
    "step_edit": "reference data; who does not write the guidelines of that country is refused with 403",
    "step_remove": "reference data; who does not write the guidelines of that country is refused with 403",
    "integration_new": "the locality is reference data; who keeps no instruments there is refused with 403",
    "law_new": "the locality is reference data; who keeps no instruments there is refused with 403",
    "resource_detail": "published texts",
    "resource_file": "a published text whose licence allows to hand it on",
    "resource_edit": "published texts; who does not write guidelines of that country is refused with 403",
    "resource_remove": "published texts; who does not write guidelines of that country is refused with 403",
}


def walk(patterns, route=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield route + str(pattern.pattern), pattern
        else:
            yield from walk(pattern.url_patterns, route + str(pattern.pattern))


ROUTES = {pattern.name: (route, pattern) for route, pattern in walk(get_resolver().url_patterns)}
CLOSED = sorted(set(ROUTES) - set(PUBLIC))
WITH_CODES = [
    name for name in CLOSED if ROUTES[name][1].pattern.regex.groups and name not in FOR_EVERYBODY_SIGNED_IN
]
# Codes of two rows, the second a part of the first. Role, place and purpose are words, not codes of a row,
# and every plan numbers its editions from 1.
WORDS = {
    "consent_withdraw",
    "edition_detail",
    "edition_file",
    "guidelines_edition",
    "organization_part",
    "position_part",
    "role_withdraw",
}
WITH_PARTS = [name for name in WITH_CODES if ROUTES[name][1].pattern.regex.groups > 1 and name not in WORDS]


class Scene(dict):
    """One row of each kind in one place: (first part of the path, argument) → its code."""

    def __init__(self, locality, *, run_by, nap_code):
        workshop = WorkshopFactory(locality=locality, facilitators=[run_by])
        person = PersonFactory(country=locality.country, full_name="Hidden Person Kabedi")
        office = OrganizationFactory(country=locality.country)
        # Known only from the registration: a seat would show it to everybody.
        position = PositionFactory(locality=locality, organization=office)
        ParticipationFactory(
            workshop=workshop,
            person=person,
            position=position,
            organization=office,
            category=ActorCategory.MAYOR,
        )
        twin = ParticipationFactory(workshop=workshop, person=PersonFactory(country=locality.country)).person
        committee = CommitteeFactory(locality=locality, established_at=workshop)
        seat = SeatFactory(committee=committee)
        meeting = MeetingFactory(committee=committee, held=True)
        decision = DecisionFactory(meeting=meeting)
        plan = LocalActionPlanFactory(committee=committee)
        objective = ObjectiveFactory(plan=plan)
        update = ProgressUpdateFactory(activity__objective=objective)
        guidelines = GuidelinesFactory(country=locality.country)
        section = SectionFactory(guidelines=guidelines)
        edition = GuidelinesEditionFactory(guidelines=guidelines)
        account = UserFactory(created_in=locality.country)
        AssignmentFactory(user=account, role=Role.FACILITATOR, country=locality.country)
        super().__init__(
            {
                ("localities", "code"): locality.code,
                ("frameworks", "code"): nap_code,
                ("frameworks", "lead"): LeadFactory(framework__country=locality.country).code,
                ("accounts", "code"): account.code,
                ("accounts", "role"): Role.FACILITATOR.value,
                ("accounts", "place"): locality.country.code,
                ("workshops", "code"): workshop.code,
                ("workshops", "person"): person.code,
                ("workshops", "invitation"): InvitationFactory(workshop=workshop).code,
                ("workshops", "upload"): ParticipantImportFactory(workshop=workshop).code,
                ("workshops", "entry"): SelfRegistrationFactory(workshop=workshop).code,
                ("workshops", "submission"): TallyFactory(workshop=workshop).submission,
                ("workshops", "item"): ProgrammeItemFactory(workshop=workshop).code,
                ("workshops", "referral"): ReferralContactFactory(workshop=workshop).code,
                ("workshops", "issue"): ConflictIssueFactory(workshop=workshop).code,
                ("workshops", "policy"): PolicyMappingFactory(workshop=workshop).code,
                ("workshops", "need"): NeedFactory(workshop=workshop).code,
                ("commitments", "code"): CommitmentFactory(workshop=workshop).code,
                ("champions", "person"): ChampionFactory(workshop=workshop, person=person).person.code,
                ("committees", "code"): committee.code,
                ("committees", "seat"): seat.code,
                ("committees", "access"): CommitteeAccessFactory(
                    committee=committee, role=Role.COMMITTEE_SECRETARY
                ).code,
                ("committees", "appointment"): AppointmentFactory(seat__committee=committee).code,
                ("meetings", "code"): meeting.code,
                ("meetings", "item"): AgendaItemFactory(meeting=meeting).code,
                ("meetings", "file"): MeetingFileFactory(meeting=meeting).code,
                ("meetings", "comment"): MinutesCommentFactory(meeting=meeting).code,
                ("decisions", "code"): decision.code,
                ("forwardings", "code"): ForwardingFactory(
                    decision=decision, to=CommitteeFactory(locality=locality)
                ).code,
                ("handovers", "code"): HandoverFactory(position=seat.position).code,
                ("elections", "code"): ElectionFactory(country=locality.country).code,
                ("assessments", "code"): AssessmentFactory(committee=committee).code,
                ("notices", "code"): NoticeFactory(user=run_by).code,
                ("positions", "need"): TrainingNeedFactory(position=position).code,
                ("plans", "code"): plan.code,
                ("integrations", "code"): IntegrationFactory(locality=locality).code,
                ("laws", "code"): LocalLawFactory(locality=locality).code,
                ("plans", "objective"): objective.code,
                ("plans", "subject"): "objective",
                ("plans", "part"): objective.code,
                ("plans", "version"): keep_revision(objective, by=run_by).version,
                ("plans", "comment"): CommentFactory(plan=plan).code,
                ("plans", "section"): plan.sections.first().code,
                ("plans", "issue"): PriorityIssueFactory(plan=plan).code,
                ("plans", "alignment"): AlignmentFactory(objective=objective).code,
                ("plans", "activity"): update.activity.code,
                ("plans", "period"): update.period.number,
                ("plans", "attachment"): AttachmentFactory(plan=plan, update=update, kind="evidence").code,
                ("plans", "line"): BudgetLineFactory(activity__objective=objective).code,
                ("coverage", "code"): locality.country.code,
                ("plans", "indicator"): IndicatorFactory(activity__objective=objective).code,
                ("themes", "code"): ThemeFactory().code,
                ("plans", "position"): EndorsementFactory(round__plan=plan).position.code,
                ("plans", "number"): EditionFactory(plan=plan).number,
                ("plans", "export"): PlanExportFactory(plan=plan).code,
                ("files", "attachment"): AttachmentFactory(plan=plan).code,
                ("people", "code"): person.code,
                ("people", "other"): twin.code,
                ("people", "merge"): MergeFactory(kept=twin).code,
                ("people", "purpose"): ConsentFactory(person=person, purpose="photo").purpose,
                ("organizations", "code"): office.code,
                ("positions", "code"): position.code,
                ("positions", "part"): "decisions",
                ("organizations", "part"): "positions",
                ("positions", "holder"): IncumbencyFactory(position=position, person=person).code,
                ("guidelines", "code"): guidelines.code,
                ("guidelines", "section"): section.code,
                ("guidelines", "version"): SectionRevisionFactory(section=section).version,
                ("guidelines", "export"): ExportFactory(guidelines=guidelines).code,
                ("guidelines", "picture"): PictureFactory(guidelines=guidelines).code,
                ("guidelines", "number"): edition.number,
                ("guidelines", "block"): "resolutions",
                ("guidelines", "comment"): ReviewCommentFactory(guidelines=guidelines, section=section).code,
                ("guidelines", "test"): FieldTestFactory(guidelines=guidelines, locality=locality).code,
                ("guidelines", "endorsement"): GuidelinesEndorsementFactory(guidelines=guidelines).code,
                ("guidelines", "rollout"): RolloutFactory(guidelines=guidelines, edition=edition).code,
                ("signatories", "code"): locality.country.code,
                ("signatories", "signatory"): SignatoryFactory(country=locality.country).code,
                ("planning-calendar", "code"): locality.country.code,
                ("planning-calendar", "step"): PlanningStepFactory(country=locality.country).code,
                ("stories", "code"): ImpactStoryFactory(locality=locality).code,
                ("library", "code"): ResourceFactory().code,
            }
        )

    def arguments(self, name):
        """What the URL of this name is called with. A new kind of argument needs a line above."""
        route, pattern = ROUTES[name]
        return {
            argument: "CD" if name == "country_detail" else self[route.lstrip("^").split("/")[0], argument]
            for argument in pattern.pattern.regex.groupindex
        }

    def url(self, name, **instead):
        return reverse(name, kwargs=self.arguments(name) | instead)


@pytest.fixture
def here(locality, facilitator, nap):
    return Scene(locality, run_by=facilitator, nap_code=nap.code)


@pytest.fixture
def there(elsewhere, outsider, nap):
    """The outsider's own work."""
    return Scene(elsewhere, run_by=outsider, nap_code=nap.code)


@pytest.fixture
def nap(country):
    return NapFactory(country=country)


def ask(client, url):
    """GET, or POST where only that is answered."""
    response = client.get(url)
    return client.post(url) if response.status_code == 405 else response


def body(response, url):
    """The page without what differs from one asking to the next."""
    content = response.content.decode().replace(url, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", content)


def unknown(argument, value):
    """A code of the same form that nobody has."""
    if argument == "submission":
        return "00000000-0000-4000-8000-000000000000"
    return str(value).split("-")[0] + "-2222NONE"[: len(str(value))]


@pytest.mark.django_db
def test_public_is_only_what_is_listed(here):
    for name in CLOSED:
        url = here.url(name)
        for response in (Client().get(url), Client().post(url)):
            assert response.status_code == 302, f"{name} answers {response.status_code} without sign-in"
            assert response.url.startswith(reverse("account_login")), name


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_answers_without_sign_in(name):
    arguments = {"uidb36": "1", "key": "set-password"} if name.endswith("from_key") else {}
    if ROUTES[name][0].lstrip("^").startswith("r/"):
        arguments = {"door": WorkshopFactory(door_code="DPEN2345").door_code}
    if name.startswith("public_plan"):
        arguments = {"code": EditionFactory().plan.code}
    if ROUTES[name][0].startswith("published-guidelines/<"):
        edition = GuidelinesEditionFactory()
        picture = PictureFactory(guidelines=edition.guidelines, file__data=encrypted(b"seen").read())
        edition.pictures.add(picture)
        known = {"code": edition.guidelines.code, "number": edition.number, "picture": picture.code}
        arguments = {each: known[each] for each in ROUTES[name][1].pattern.regex.groupindex}
    response = Client().get(reverse(name, kwargs=arguments))
    assert response.status_code in (200, 202, 302)
    assert reverse("account_login") not in getattr(response, "url", "")


@pytest.mark.django_db
@pytest.mark.parametrize("name", WITH_CODES)
def test_hidden_and_unknown_are_the_same_404(name, here, outsider, signed_in):
    client = signed_in(outsider)
    argument, value = next(iter(here.arguments(name).items()))
    hidden_url, unknown_url = here.url(name), here.url(name, **{argument: unknown(argument, value)})
    hidden, missing = ask(client, hidden_url), ask(client, unknown_url)
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert body(hidden, hidden_url) == body(missing, unknown_url)
    assert client.post(hidden_url).status_code in (404, 405)


@pytest.mark.django_db
@pytest.mark.parametrize("name", WITH_PARTS)
def test_hidden_part_is_not_reached_through_a_visible_whole(name, here, there, outsider, signed_in):
    """The outsider's own workshop, committee or plan in the address, somebody else's row in it."""
    whole, *parts = here.arguments(name)
    assert whole == "code"
    foreign = {part: here.arguments(name)[part] for part in parts}
    assert ask(signed_in(outsider), there.url(name, **foreign)).status_code == 404


CAST = ["administrator", "coordinator", "facilitator", "secretary", "member", "oversight", "outsider"]


@pytest.mark.django_db
@pytest.mark.parametrize("who", CAST)
def test_every_page_answers_every_role(request, who, here, signed_in):
    """A page, a refusal or a redirect; never an error, and nothing that the CSP would refuse."""
    client = signed_in(request.getfixturevalue(who))
    for name in CLOSED:
        response = client.get(here.url(name))
        content = b"".join(response)
        assert response.status_code in (200, 302, 403, 404, 405), name
        assert re.search("default-src '(self|none)'", response["Content-Security-Policy"]), name
        assert "unsafe" not in response["Content-Security-Policy"], name
        if response["Content-Type"].startswith("text/html"):
            assert not inline_code(content.decode()), name
