"""The marks of the two sides: who gives them, who sees them when."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from plans.models import SideView
from plans.services.assessments import close_assessment
from tests.factories.committees import CommitteeAccessFactory, SeatFactory
from tests.plans.assessments.scene import TODAY, give, text

MARKS = {"agenda": "3", "room": "1", "means": "", "listens": "2", "protects": "4"}
pytestmark = pytest.mark.django_db


def marks_url(assessment, side=""):
    url = reverse("assessment_marks", args=[assessment.code])
    return f"{url}?side={side}" if side else url


def test_assessment_marks_of_ones_own_side(assessment, sits, signed_in):
    user = sits("civil_society")
    response = signed_in(user).post(marks_url(assessment), MARKS | {"note": "Pays late."}, follow=True)
    view = SideView.objects.get()
    assert (view.side, view.for_the_side, view.entered_by) == ("civil_society", False, user)
    assert view.marks == {"agenda": 3, "room": 1, "listens": 2, "protects": 4}
    assert "Pays late." in text(response)
    assert "3 · Mostly" in text(response)
    assert "cannot say" in text(response)


def test_assessment_marks_written_down_by_the_secretary(assessment, secretary, signed_in):
    client = signed_in(secretary)
    assert "Whose marks do you write down?" in text(client.get(marks_url(assessment)))
    response = client.post(marks_url(assessment, "government"), MARKS, follow=True)
    assert SideView.objects.get().for_the_side
    assert "written down by the secretary" in text(response)


def test_assessment_marks_of_the_other_side_are_refused(assessment, sits, member, signed_in):
    client = signed_in(sits("government"))
    assert client.post(marks_url(assessment, "civil_society"), MARKS).status_code == 403
    assert signed_in(member).post(marks_url(assessment, "government"), MARKS).status_code == 403
    assert signed_in(member).get(marks_url(assessment)).status_code == 403
    assert client.get(marks_url(assessment, "other")).status_code == 403
    assert not SideView.objects.exists()


def test_assessment_marks_of_the_very_office_are_refused_in_words(assessment, mayor, sits, signed_in):
    client = signed_in(sits("government", position=mayor))
    response = client.post(marks_url(assessment), MARKS)
    assert response.status_code == 403
    assert "An office does not mark itself" in text(response)
    assert not SideView.objects.exists()


def test_secretary_on_the_seat_of_the_office_marks_for_no_side(assessment, mayor, committee, signed_in):
    seat = SeatFactory(committee=committee, position=mayor)
    user = CommitteeAccessFactory(committee=committee, role=Role.COMMITTEE_SECRETARY, seat=seat).user
    assert signed_in(user).post(marks_url(assessment, "civil_society"), MARKS).status_code == 403
    assert not SideView.objects.exists()


def test_side_sees_the_others_marks_only_after_its_own(assessment, sits, signed_in):
    give(assessment, "government", note="Word of the prefecture.")
    client = signed_in(sits("civil_society"))
    pages = [
        assessment.get_absolute_url(),
        reverse("committee_assessments", args=[assessment.committee.code]),
    ]
    for url in pages:
        assert "Word of the prefecture." not in text(client.get(url))
    hidden = text(client.get(assessment.get_absolute_url()))
    assert "not shown yet" in hidden
    assert "4 · Fully" not in hidden
    give(assessment, "civil_society")
    shown = text(client.get(assessment.get_absolute_url()))
    assert "Word of the prefecture." in shown
    assert "4 · Fully" in shown


def test_secretary_of_a_side_does_not_open_hidden_marks(assessment, committee, signed_in):
    seat = SeatFactory(committee=committee, side="civil_society")
    user = CommitteeAccessFactory(committee=committee, role=Role.COMMITTEE_SECRETARY, seat=seat).user
    give(assessment, "government", note="Word of the prefecture.")
    response = signed_in(user).get(marks_url(assessment, "government"))
    assert response.status_code == 403
    assert "Word of the prefecture." not in text(response)
    assert signed_in(user).post(marks_url(assessment, "government"), MARKS).status_code == 403
    assert SideView.objects.get().note == "Word of the prefecture."


def test_marks_that_a_side_gave_itself_are_not_changed_for_it(assessment, sits, secretary, signed_in):
    give(assessment, "government", note="Word of the prefecture.")
    client = signed_in(secretary)
    response = client.post(marks_url(assessment, "government"), MARKS | {"note": "Better so."})
    assert response.status_code == 403
    assert "Only its own accounts change them." in text(response)
    assert "Better so." in text(response)
    assert "?side=government" not in text(client.get(assessment.get_absolute_url()))
    assert SideView.objects.get().note == "Word of the prefecture."


def test_marks_that_were_written_down_are_corrected(assessment, secretary, signed_in):
    client = signed_in(secretary)
    url = marks_url(assessment, "government")
    assert client.post(url, MARKS).status_code == 302
    opened = client.get(url).context["form"]["opened"].value()
    assert client.post(url, MARKS | {"agenda": "0", "opened": opened}).status_code == 302
    assert SideView.objects.get().marks["agenda"] == 0


def test_judged_office_sees_marks_once_it_is_closed(assessment, mayor, sits, secretary, signed_in):
    give(assessment, "government", note="Word of the prefecture.")
    give(assessment, "civil_society")
    client = signed_in(sits("government", position=mayor))
    assert "Word of the prefecture." not in text(client.get(assessment.get_absolute_url()))
    close_assessment(assessment, today=TODAY, by=secretary)
    assert "Word of the prefecture." in text(client.get(assessment.get_absolute_url()))


def test_two_marks_apart_are_to_be_talked_about(assessment, secretary, signed_in):
    give(assessment, "government", {"agenda": 4, "room": 3})
    give(assessment, "civil_society", {"agenda": 2, "room": 2})
    assert text(signed_in(secretary).get(assessment.get_absolute_url())).count("To be talked about") == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (dict.fromkeys(MARKS, ""), "Give at least one mark."),
        (MARKS | {"agenda": "5"}, "5 is not one of the available choices"),
        (MARKS | {"note": "x" * 100_000}, "at most 2000 characters"),
        (MARKS | {"note": "<b>bold</b>"}, "HTML is not used here"),
    ],
)
def test_assessment_marks_keep_what_was_typed(sent, said, assessment, sits, signed_in):
    response = signed_in(sits("government")).post(marks_url(assessment), sent)
    assert response.status_code == 422
    assert said in text(response)
    if "x" in sent.get("note", ""):
        assert sent["note"] in text(response)
    assert not SideView.objects.exists()


def test_second_of_a_side_is_told_and_loses_nothing(assessment, sits, signed_in):
    client = signed_in(sits("government"))
    opened = client.get(marks_url(assessment)).context["form"]["opened"].value()
    give(assessment, "government", note="Saved by the other.")
    sent = MARKS | {"note": "Typed by me.", "opened": opened}
    response = client.post(marks_url(assessment), sent)
    assert response.status_code == 409
    assert "Saved by the other." in text(response)
    assert "Typed by me." in text(response)
    again = sent | {"opened": response.context["form"]["opened"].value()}
    assert client.post(marks_url(assessment), again).status_code == 302
    assert SideView.objects.get().note == "Typed by me."


def test_marks_of_a_closed_assessment_are_refused_with_what_was_typed(assessment, sits, secretary, signed_in):
    close_assessment(assessment, today=TODAY, by=secretary)
    response = signed_in(sits("government")).post(marks_url(assessment), MARKS | {"note": "Too late."})
    assert response.status_code == 409
    assert "The assessment is closed." in text(response)
    assert "Too late." in text(response)
    assert not SideView.objects.exists()
