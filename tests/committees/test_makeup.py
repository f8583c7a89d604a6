import datetime

import pytest

from committees.composition import Side
from committees.models import Appointment
from committees.reports.makeup import Count, Makeup
from committees.reports.sheet import Roll
from committees.reports.standing import Standing
from committees.reports.trend import Trend
from tests.factories.committees import AppointmentFactory, MeetingFactory, SeatFactory

TODAY = datetime.date(2026, 10, 1)
SIX = ["woman", "woman", "woman", "man", "man", "unstated"]


def seated(committee, sexes, **kwargs):
    for sex in sexes:
        AppointmentFactory(seat=SeatFactory(committee=committee), sex=sex, **kwargs)


def makeup(committee, *, is_exact=True, today=TODAY):
    seats = committee.seats.current().for_list().with_vacancy(today)
    appointments = Appointment.objects.filter(seat__committee=committee)
    country = committee.locality.country
    return Makeup.from_seats(seats, appointments, country=country, is_exact=is_exact, today=today)


def test_count_in_words():
    count = Count.of("Women", SIX, "woman", "unstated", threshold=None)
    assert count.sentence == "3 of 5 (60%), 1 not stated"
    assert (
        Count.of("Women", ["unstated"], "woman", "unstated", threshold=None).sentence
        == "not stated of anybody"
    )
    hidden = Count.of("Women", SIX, "woman", "unstated", threshold=5)
    assert (hidden.number, hidden.share) == (None, None)
    assert hidden.sentence == "hidden: too few to be shown"


def test_count_hides_no_large_number():
    count = Count.of("Women", ["woman"] * 12 + ["man"] * 8, "woman", "unstated", threshold=5)
    assert count.sentence == "12 of 20 (60%)"


@pytest.mark.parametrize(
    ("sexes", "reached"),
    [
        (["woman", "man"], True),
        (["woman", "man", "man"], False),
        (["woman", "unstated", "unstated"], None),  # too few stated
        ([], None),
    ],
)
def test_quota_of_the_country(sexes, reached, committee):
    country = committee.locality.country
    country.women_quota, country.women_quota_source = 50, "Law 15/013"
    seated(committee, sexes)
    quota = makeup(committee).quota
    assert (quota.percent, quota.is_reached) == (50, reached)


def test_makeup_without_a_quota_says_none(committee):
    assert makeup(committee).quota is None


def test_makeup_counts_who_sits_there_today(committee):
    seated(committee, ["woman"], age_band="18_to_29", disability="yes")
    seated(committee, ["man"], ends_on=TODAY, how_ended="term")  # the last day belongs to the next
    seated(committee, ["man"], starts_on=TODAY + datetime.timedelta(days=1))
    found = makeup(committee)
    assert (found.sitting, found.women.number, found.youth.number, found.disability.number) == (1, 1, 1, 1)
    assert len(found.vacant) == 1


def test_makeup_says_who_is_missing_where_seats_say_whom_they_stand_for(committee):
    SeatFactory(committee=committee)
    assert makeup(committee).missing == []
    SeatFactory(committee=committee, category="vice_mayor")
    found = makeup(committee)
    assert found.present == ["Local authorities"]
    assert "Women leaders" in found.missing
    assert found.unsaid == 1


def test_committee_detail_hides_small_numbers_from_who_does_not_keep_it(
    committee, secretary, member, oversight, facilitator, signed_in
):
    seated(committee, SIX)
    exact = "3 of 5 (60%), 1 not stated"
    pages = {
        user.display_name: signed_in(user).get(committee.get_absolute_url()).content.decode()
        for user in (secretary, facilitator, member, oversight)
    }
    assert {name for name, page in pages.items() if exact in page} == {"Safi Secretary", "Fatou Facilitator"}
    assert "hidden: too few to be shown" in pages["Olive Oversight"]
    assert "hidden: too few to be shown" in pages["Mado Member"]


def test_trend_tells_the_end_of_each_year(committee):
    committee.established_on = datetime.date(2023, 5, 1)
    committee.save()
    first = SeatFactory(committee=committee)
    AppointmentFactory(
        seat=first,
        starts_on=datetime.date(2023, 6, 1),
        ends_on=datetime.date(2024, 6, 1),
        how_ended="term",
        sex="man",
    )
    AppointmentFactory(seat=first, starts_on=datetime.date(2025, 2, 1), sex="woman")
    SeatFactory(committee=committee, side=Side.CIVIL_SOCIETY, since=datetime.date(2025, 1, 1))
    SeatFactory(committee=committee, side=Side.CIVIL_SOCIETY, ended_on=datetime.date(2024, 12, 31))
    seats = list(committee.seats.for_list().with_vacancy(TODAY))
    appointments = list(Appointment.objects.all())
    trend = Trend.from_seats(committee, seats, appointments, threshold=None, today=TODAY)
    told = [
        (
            year.label,
            year.composition.government,
            year.composition.civil_society,
            year.vacant,
            year.women.share,
        )
        for year in trend.years
    ]
    assert told == [
        ("2023", 1, 1, 0, 0),
        ("2024", 0, 0, 1, None),
        ("2025", 1, 1, 0, 100),
        ("Today", 1, 1, 0, 100),
    ]


def test_roll_takes_two_queries_whatever_the_history(committee, facilitator, django_assert_num_queries):
    seated(committee, SIX)
    facilitator.scope  # noqa: B018 - asked once a request
    with django_assert_num_queries(2):
        roll = Roll.from_committee(committee, user=facilitator, today=TODAY)
    assert roll.voting == 6


# --- Dormancy, as time goes by (F72) -----------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "label", "since"),
    [
        (datetime.date(2026, 9, 3), "Established", datetime.date(2026, 3, 3)),
        (datetime.date(2026, 9, 4), "Dormant", datetime.date(2026, 9, 4)),
        (datetime.date(2027, 1, 1), "Dormant", datetime.date(2026, 9, 4)),
    ],
)
def test_standing_without_a_meeting_for_six_months(today, label, since, committee):
    standing = Standing.from_committee(committee, today)
    assert (standing.label, standing.since) == (label, since)


def test_standing_counts_from_the_last_meeting_held(committee):
    MeetingFactory(committee=committee, held=True, day=datetime.date(2026, 8, 31))
    MeetingFactory(committee=committee, day=datetime.date(2026, 12, 1))  # planned only
    assert Standing.from_committee(committee, datetime.date(2027, 2, 28)).label == "Established"
    dormant = Standing.from_committee(committee, datetime.date(2027, 3, 1))
    assert (dormant.label, dormant.note) == ("Dormant", "The last meeting was held on 31 August 2026.")
