import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.models.notices import Notice, NoticeKind
from accounts.roles import Role
from people.elections import calendar_of, last_of_month
from people.models import Election, ElectionState, HowEnded, Incumbency
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.committees import SeatFactory
from tests.factories.localities import LocalityFactory
from tests.factories.people import ElectionFactory, HandoverFactory, IncumbencyFactory

LIST = "/elections/"
BEGAN = datetime.date(2021, 5, 1)


def url(name, *codes):
    return reverse(name, args=codes)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def election(country, today):
    return ElectionFactory(
        country=country,
        title="Local elections",
        held_on=today + datetime.timedelta(90),
        state=ElectionState.ANNOUNCED,
        source="Electoral commission",
        as_of=today,
    )


@pytest.fixture
def held(country, today):
    return ElectionFactory(
        country=country, title="Held elections", held_on=today - datetime.timedelta(30), state="held"
    )


@pytest.fixture
def mayor(committee):
    return SeatFactory(committee=committee, position__title="Mayor of Kanshi").position


def typed(election, **instead):
    """The form of this election as the page sends it."""
    given = {
        "title": election.title,
        "state": election.state,
        "held_on": election.held_on.isoformat() if election.held_on else "",
        "source": "Electoral commission",
        "as_of": "2026-01-05",
        "row_version": election.row_version,
    }
    return {**given, **instead}


@pytest.mark.parametrize("number", [1, 5])
def test_election_list_asks_the_same_number_of_queries(
    signed_in, coordinator, country, locality, number, django_assert_num_queries
):
    for _ in range(number):
        ElectionFactory(country=country, locality=locality)
    client = signed_in(coordinator)
    client.get(LIST)
    with django_assert_num_queries(6):
        assert len(client.get(LIST).context["page"]) == number


def test_election_list_has_the_next_first_and_the_past_last(country, today):
    for title, days, state in (
        ("last year", -300, "held"),
        ("yesterday", -1, "announced"),
        ("next year", 300, "expected"),
        ("tomorrow", 1, "announced"),
        ("no day", None, "postponed"),
    ):
        day = None if days is None else today + datetime.timedelta(days)
        ElectionFactory(country=country, title=title, held_on=day, state=state)
    titles = [each.title for each in calendar_of(Election.objects.all(), today=today)]
    assert titles == ["tomorrow", "next year", "no day", "yesterday", "last year"]


@pytest.mark.parametrize(
    ("query", "found"), [("", 2), ("when=coming", 1), ("when=past", 1), ("country=SL", 1)]
)
def test_election_list_filters(signed_in, oversight, election, elsewhere, query, found):
    ElectionFactory(country=elsewhere.country, held_on=datetime.date(2020, 1, 1), state="held")
    assert len(signed_in(oversight).get(f"{LIST}?{query}").context["page"]) == found


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200),
        ("administrator", 200),
        ("facilitator", 403),
        ("secretary", 403),
        ("oversight", 403),
        ("outsider", 403),
    ],
)
def test_election_is_kept_by_who_keeps_the_frameworks_of_the_country(
    request, signed_in, election, who, status
):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(url("election_detail", election.code)).status_code == 200
    assert client.get(url("election_edit", election.code)).status_code == status
    if who != "outsider":  # she keeps those of another country
        assert client.get(url("election_new")).status_code == status


def test_election_new_tells_who_works_there(
    signed_in, coordinator, facilitator, secretary, outsider, country, today
):
    given = {
        "country": country.code,
        "title": "Local elections 2028",
        "offices": "mayors",
        "state": "announced",
        "held_on": (today + datetime.timedelta(200)).isoformat(),
        "source": "Electoral commission",
        "as_of": today.isoformat(),
    }
    response = signed_in(coordinator).post(url("election_new"), given)
    election = Election.objects.get()
    assert response.url == election.get_absolute_url()
    told = Notice.objects.filter(kind=NoticeKind.TERM, subject=election.code)
    assert {notice.user for notice in told} == {facilitator, secretary}
    assert "Local elections 2028" in told[0].text


def test_election_new_in_a_country_that_one_does_not_keep_is_refused(signed_in, outsider, country, today):
    given = {"country": country.code, "title": "x", "state": "expected", "source": "x", "as_of": "2026-01-01"}
    assert signed_in(outsider).post(url("election_new"), given).status_code == 422
    assert not Election.objects.exists()


def test_election_of_a_place_tells_only_the_places_below(
    signed_in, coordinator, facilitator, country, locality
):
    far = AssignmentFactory(
        role=Role.FACILITATOR,
        locality=LocalityFactory(country=country, code="CD-FAR", name="Far"),
        user=UserFactory(),
    ).user
    given = {
        "country": country.code,
        "locality": locality.code,
        "title": "By-election",
        "state": "expected",
        "source": "x",
        "as_of": "2026-01-01",
    }
    assert signed_in(coordinator).post(url("election_new"), given).status_code == 302
    assert Election.objects.get().locality == locality
    told = set(Notice.objects.values_list("user", flat=True))
    assert facilitator.pk in told
    assert far.pk not in told


def test_election_edit_tells_once_when_the_day_moves_and_not_of_a_comma(
    signed_in, coordinator, facilitator, election
):
    client, address = signed_in(coordinator), url("election_edit", election.code)
    assert client.post(address, typed(election, title="Local elections, all")).status_code == 302
    assert not Notice.objects.exists()
    moved = (election.held_on + datetime.timedelta(30)).isoformat()
    election.refresh_from_db()
    assert client.post(address, typed(election, held_on=moved)).status_code == 302
    assert Notice.objects.filter(user=facilitator).count() == 1
    election.refresh_from_db()
    assert client.post(address, typed(election, held_on=moved)).status_code == 302
    assert Notice.objects.filter(user=facilitator).count() == 1
    election.refresh_from_db()
    assert client.post(address, typed(election, state="postponed", held_on="")).status_code == 302
    assert Notice.objects.filter(user=facilitator).count() == 2


def test_election_edit_when_somebody_saved_meanwhile(signed_in, coordinator, election):
    client, address = signed_in(coordinator), url("election_edit", election.code)
    first = typed(election, note="Mine")
    assert client.post(address, typed(election, note="Theirs")).status_code == 302
    response = client.post(address, first)
    assert response.status_code == 409
    assert "Theirs" in response.text
    assert "Mine" in response.text
    election.refresh_from_db()
    assert election.note == "Theirs"
    again = first | {"row_version": election.row_version}
    assert client.post(address, again).status_code == 302
    election.refresh_from_db()
    assert election.note == "Mine"


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ({"state": "held"}, "still to come"),
        ({"state": "held", "held_on": ""}, "exact day"),
        ({"state": "held", "held_on": "2026-01-05", "month_only": "on"}, "exact day"),
        ({"state": "postponed"}, "Postponed without a day"),
        ({"title": ""}, "required"),
        ({"source": ""}, "required"),
        ({"note": "x" * 100_000}, "at most 2000"),
        ({"held_on": "9999-01-01"}, "Look at the year"),
        ({"locality": "SL-BO-CITY"}, "not one of the available choices"),
    ],
)
def test_election_edit_refuses_what_cannot_be(signed_in, coordinator, election, elsewhere, instead, words):
    response = signed_in(coordinator).post(url("election_edit", election.code), typed(election, **instead))
    assert response.status_code == 422
    assert words in response.text
    assert Election.objects.get().row_version == 1


def test_election_of_which_only_the_month_is_known_is_to_come_until_it_is_over(
    signed_in, coordinator, election
):
    given = typed(election, held_on="2027-02-03", month_only="on")
    client = signed_in(coordinator)
    assert client.post(url("election_edit", election.code), given).status_code == 302
    election.refresh_from_db()
    assert election.held_on == last_of_month(datetime.date(2027, 2, 3)) == datetime.date(2027, 2, 28)
    assert "February 2027" in client.get(url("election_detail", election.code)).text


@pytest.mark.parametrize("number", [1, 5])
def test_election_detail_lists_terms_around_the_day(
    signed_in, facilitator, committee, election, number, django_assert_num_queries
):
    for _ in range(number):
        for days in (-119, 121):
            IncumbencyFactory(
                position=SeatFactory(committee=committee).position,
                term_ends_on=election.held_on + datetime.timedelta(days),
            )
    client, address = signed_in(facilitator), url("election_detail", election.code)
    client.get(address)
    with django_assert_num_queries(7):
        assert len(client.get(address).context["page"]) == number


def test_election_outcome_before_the_election_is_refused(signed_in, facilitator, election, mayor):
    IncumbencyFactory(position=mayor, starts_on=BEGAN)
    client, address = signed_in(facilitator), url("election_outcome", election.code)
    assert "was not held yet" in client.get(address).text
    assert client.post(address, {"changed_on": "2026-01-05"}).status_code == 409
    assert Incumbency.objects.get().ends_on is None


def test_election_outcome_is_recorded_in_one_go(signed_in, facilitator, committee, held, today):
    rows = [
        IncumbencyFactory(position=SeatFactory(committee=committee).position, starts_on=BEGAN)
        for _ in range(4)
    ]
    took = held.held_on + datetime.timedelta(20)
    given = {
        "changed_on": took.isoformat(),
        "term_ends_on": "2031-11-01",
        f"of-{rows[0].code}": "stays",
        f"of-{rows[1].code}": "followed",
        f"of-{rows[2].code}": "changed",
        "sent_form": "11111111-2222-4333-8444-555555555556",
    }
    client, address = signed_in(facilitator), url("election_outcome", held.code)
    assert client.post(address, given).url == held.get_absolute_url()
    for row in rows:
        row.refresh_from_db()
    term = datetime.date(2031, 11, 1)
    assert (rows[0].ends_on, rows[0].term_ends_on) == (None, term)
    assert [row.ends_on for row in rows[1:]] == [took, took, None]
    assert rows[1].how_ended == rows[2].how_ended == HowEnded.ELECTION
    following = rows[1].position.incumbencies.current().get()
    assert (following.person, following.starts_on, following.term_ends_on) == (None, took, term)
    assert not rows[2].position.incumbencies.current().exists()
    assert AuditEvent.objects.get(verb="recorded outcome").detail == {"stay": 1, "left": 2}
    client.post(address, given)  # sent twice
    assert Incumbency.objects.count() == 5
    assert "Left on" in client.get(held.get_absolute_url()).text


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ({}, "one office at least"),
        ({"outcome": "stays"}, "when the new term ends"),
        ({"outcome": "changed", "changed_on": "2020-01-01"}, "before it was held"),
        ({"outcome": "changed", "changed_on": "2999-01-01"}, "still to come"),
        ({"outcome": "stays", "term_ends_on": "2020-01-01"}, "before it began"),
        ({"outcome": "resigned"}, "valid choice"),
        ({"outcome": "changed", "changed_on": ""}, "required"),
    ],
)
def test_election_outcome_refuses_what_cannot_be(signed_in, facilitator, mayor, held, instead, words):
    row = IncumbencyFactory(position=mayor, starts_on=BEGAN)
    given = {"changed_on": held.held_on.isoformat(), f"of-{row.code}": instead.pop("outcome", "unknown")}
    response = signed_in(facilitator).post(url("election_outcome", held.code), given | instead)
    assert response.status_code == 422
    assert words in response.text
    assert Incumbency.objects.get().ends_on is None


def test_election_outcome_shows_only_who_held_office_before(
    signed_in, facilitator, committee, held, elsewhere
):
    def row(**given):
        seat = SeatFactory(committee=given.pop("committee", committee))
        return IncumbencyFactory(position=seat.position, **given)

    before = row(starts_on=BEGAN)
    unknown = row(starts_on=None)
    near = row(starts_on=BEGAN, term_ends_on=held.held_on)
    row(starts_on=held.held_on)
    row(starts_on=BEGAN, ends_on=held.held_on, how_ended="transfer")
    abroad = SeatFactory(committee__locality=elsewhere).position
    IncumbencyFactory(position=abroad, starts_on=BEGAN)
    page = signed_in(facilitator).get(url("election_outcome", held.code)).context["page"]
    assert set(page) == {before, unknown, near}
    assert page[0] == near


def test_election_outcome_of_a_secretary_is_that_of_her_committee(
    signed_in, secretary, locality, mayor, held
):
    mine = IncumbencyFactory(position=mayor, starts_on=BEGAN)
    other = IncumbencyFactory(position=SeatFactory(committee__locality=locality).position, starts_on=BEGAN)
    address = url("election_outcome", held.code)
    client = signed_in(secretary)
    assert list(client.get(address).context["page"]) == [mine]
    given = {"changed_on": held.held_on.isoformat(), f"of-{other.code}": "changed"}
    assert client.post(address, given).status_code == 422
    other.refresh_from_db()
    assert other.ends_on is None


def test_election_outcome_closes_the_hand_over_of_who_stays_and_opens_that_of_who_left(
    signed_in, coordinator, committee, held, today
):
    stays, left = [
        IncumbencyFactory(
            position=SeatFactory(committee=committee).position, starts_on=BEGAN, term_ends_on=held.held_on
        )
        for _ in range(2)
    ]
    HandoverFactory(position=stays.position, outgoing=stays, cause="term_ends", due_on=held.held_on)
    given = {
        "changed_on": held.held_on.isoformat(),
        "term_ends_on": "2031-11-01",
        f"of-{stays.code}": "stays",
        f"of-{left.code}": "followed",
    }
    assert signed_in(coordinator).post(url("election_outcome", held.code), given).status_code == 302
    assert "Elected again" in stays.position.handovers.get().stays_reason
    opened = left.position.handovers.get()
    assert (opened.outgoing, opened.how_ended, opened.due_on) == (left, "election", held.held_on)
    assert opened.incoming == left.position.incumbencies.current().get()


@pytest.mark.parametrize("who", ["oversight", "outsider", "administrator", "member"])
def test_election_outcome_is_refused_to_others(request, signed_in, held, who):
    assert signed_in(request.getfixturevalue(who)).get(url("election_outcome", held.code)).status_code == 403


@pytest.mark.parametrize("number", [1, 5])
def test_election_outcome_asks_the_same_number_of_queries(
    signed_in, facilitator, committee, held, number, django_assert_num_queries
):
    for _ in range(number):
        IncumbencyFactory(position=SeatFactory(committee=committee).position, starts_on=BEGAN)
    client, address = signed_in(facilitator), url("election_outcome", held.code)
    client.get(address)
    with django_assert_num_queries(7):
        assert len(client.get(address).context["page"]) == number


def test_country_page_shows_the_calendar(signed_in, coordinator, election, country):
    assert election.title in signed_in(coordinator).get(country.get_absolute_url()).text
