"""Minutes: written, commented on, approved, and then they stand."""

import datetime

import pytest
from django.urls import reverse

from accounts.models.notices import Notice
from committees.closing import MeetingClosed, refuse_if_closed
from committees.models import Meeting, MinutesCommentState, MinutesState
from committees.services import minutes as services
from committees.services.minutes import MOVES, MinutesRefused, Typed, mark_of
from tests.factories.committees import AgendaItemFactory, MeetingFactory, MinutesCommentFactory

pytestmark = pytest.mark.django_db


def url(name, meeting, *more):
    return reverse(name, args=[meeting.code, *more])


def typed(meeting, **texts):
    """As the page would post it, opened now."""
    form = {"minutes": meeting.minutes} | {item.code: item.notes for item in meeting.agenda.all()}
    opened = {f"opened-{name}": mark_of(text) for name, text in form.items()}
    return form | opened | texts


def state(meeting):
    return Meeting.objects.get(pk=meeting.pk).minutes_state


def in_state(meeting, wanted, **more):
    more = {"approved_on": meeting.day} if wanted == MinutesState.APPROVED else more
    Meeting.objects.filter(pk=meeting.pk).update(minutes_state=wanted, **more)
    meeting.refresh_from_db()


def test_minutes_edit_saves_the_whole_page(meeting, item, secretary, signed_in):
    answer = signed_in(secretary).post(
        url("minutes_edit", meeting),
        typed(meeting, minutes="Opened at **nine**.", minutes_from_paper="on", **{item.code: "Lights cost."}),
    )
    assert answer.status_code == 302
    meeting.refresh_from_db()
    item.refresh_from_db()
    assert (meeting.minutes, meeting.minutes_state) == ("Opened at **nine**.", MinutesState.DRAFT)
    assert meeting.minutes_from_paper
    assert (item.notes, item.row_version) == ("Lights cost.", 2)
    page = signed_in(secretary).get(url("minutes_detail", meeting)).content.decode()
    assert "<strong>nine</strong>" in page
    assert "Lights cost." in page


def test_minutes_edit_shows_how_it_will_look_and_saves_nothing(meeting, secretary, signed_in):
    values = typed(meeting, minutes="**bold** <script>") | {"preview": "1"}
    page = signed_in(secretary).post(url("minutes_edit", meeting), values)
    assert page.status_code == 200
    assert "<strong>bold</strong> &lt;script&gt;" in page.content.decode()
    assert state(meeting) == MinutesState.NONE
    part = signed_in(secretary).post(url("minutes_edit", meeting), values, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()


def test_minutes_edit_refuses_a_text_that_is_too_long_and_keeps_it(meeting, item, secretary, signed_in):
    answer = signed_in(secretary).post(
        url("minutes_edit", meeting), typed(meeting, minutes="x" * 100_000, **{item.code: "Kept"})
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "at most 20000 characters" in page
    assert "x" * 100_000 in page
    assert "Kept</textarea>" in page


def test_two_write_on_different_points(meeting, item, secretary, facilitator, signed_in):
    other = AgendaItemFactory(meeting=meeting, order=1)
    first, second = typed(meeting, **{item.code: "Mine"}), typed(meeting, **{other.code: "Theirs"})
    assert signed_in(facilitator).post(url("minutes_edit", meeting), second).status_code == 302
    assert signed_in(secretary).post(url("minutes_edit", meeting), first).status_code == 302
    item.refresh_from_db()
    other.refresh_from_db()
    assert (item.notes, other.notes) == ("Mine", "Theirs")


def test_two_write_on_the_same_point(meeting, item, secretary, facilitator, signed_in):
    first, second = typed(meeting, **{item.code: "Mine"}), typed(meeting, **{item.code: "Theirs"})
    signed_in(facilitator).post(url("minutes_edit", meeting), second)
    answer = signed_in(secretary).post(url("minutes_edit", meeting), first)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else saved this while you were writing" in page
    assert "Theirs" in page
    assert "Mine</textarea>" in page
    item.refresh_from_db()
    assert item.notes == "Theirs"
    again = first | {f"opened-{item.code}": mark_of("Theirs"), item.code: "Both"}
    assert signed_in(secretary).post(url("minutes_edit", meeting), again).status_code == 302


def test_minutes_edit_gives_back_what_was_typed_for_a_point_that_is_gone(meeting, item, secretary, signed_in):
    values = typed(meeting, minutes="General", **{item.code: "Long thoughts"})
    item.delete()
    answer = signed_in(secretary).post(url("minutes_edit", meeting), values)
    assert answer.status_code == 409
    assert "Long thoughts" in answer.content.decode()
    assert Meeting.objects.get(pk=meeting.pk).minutes == "General"


def test_minutes_edit_of_a_meeting_to_come(committee, secretary, signed_in):
    meeting = MeetingFactory(committee=committee)
    answer = signed_in(secretary).post(url("minutes_edit", meeting), {"minutes": "x"}, follow=True)
    assert "Minutes are written of a meeting that was held." in answer.content.decode()
    assert state(meeting) == MinutesState.NONE


def do(meeting, wanted, secretary):
    match wanted:
        case MinutesState.DRAFT if meeting.minutes_state == MinutesState.NONE:
            services.save_minutes(meeting, Typed({"minutes": "x"}, {"minutes": mark_of("")}), by=secretary)
        case MinutesState.DRAFT:
            services.back_to_draft(meeting, by=secretary)
        case MinutesState.COMMENT:
            services.open_for_comments(meeting, until=datetime.date(2026, 7, 1), by=secretary)
        case MinutesState.APPROVED:
            services.approve_minutes(meeting, on=meeting.day, seal=services.seal_of(meeting), by=secretary)


@pytest.mark.parametrize("wanted", [MinutesState.DRAFT, MinutesState.COMMENT, MinutesState.APPROVED])
@pytest.mark.parametrize("begin", list(MinutesState))
def test_moves_of_the_minutes(meeting, secretary, begin, wanted):
    in_state(meeting, begin)
    if wanted in MOVES[begin]:
        do(meeting, wanted, secretary)
        assert state(meeting) == wanted
    else:
        with pytest.raises((MinutesRefused, MeetingClosed)):
            do(meeting, wanted, secretary)
        assert state(meeting) == begin


def test_minutes_open_tells_the_others(meeting, secretary, member, signed_in):
    in_state(meeting, MinutesState.DRAFT)
    client = signed_in(secretary)
    assert client.post(url("minutes_open", meeting), {"until": "2026-06-19"}).status_code == 422
    assert client.post(url("minutes_open", meeting), {"until": "2026-07-01"}).status_code == 302
    told = Notice.objects.get()
    assert told.user == member
    assert told.address == url("minutes_detail", meeting)


def approve(meeting, **instead):
    return {"approved_on": "2026-06-20", "seal": services.seal_of(meeting)} | instead


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ({"approved_on": "2026-06-01"}, "This day lies before the meeting"),
        ({"approved_on": "2026-06-21"}, "This day has not come yet"),
        ({"approved_on": ""}, "fill this in."),
        ({"seal": "0" * 16}, "Somebody changed something since you opened this page"),
    ],
)
def test_minutes_approve_refuses_in_words(meeting, secretary, signed_in, instead, words):
    in_state(meeting, MinutesState.DRAFT)
    answer = signed_in(secretary).post(url("minutes_approve", meeting), approve(meeting, **instead))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert state(meeting) == MinutesState.DRAFT


@pytest.mark.parametrize(
    ("until", "words", "approvable"),
    [
        (None, "Open for comments.", True),
        (datetime.date(2026, 7, 1), "Open for comments until 1 July 2026.", False),
        (datetime.date(2026, 6, 1), "The time for comments ended on 1 June 2026.", True),
    ],
)
def test_minutes_detail_offers_the_approval_when_it_can_be_given(
    meeting, secretary, signed_in, until, words, approvable
):
    in_state(meeting, MinutesState.COMMENT, minutes_comments_until=until)
    page = signed_in(secretary).get(url("minutes_detail", meeting)).content.decode()
    assert words in page
    assert (url("minutes_approve", meeting) in page) == approvable
    assert "until ." not in signed_in(secretary).get(meeting.get_absolute_url()).content.decode()


def test_minutes_approve_waits_for_answers_and_for_the_day(meeting, secretary, signed_in, today_is):
    in_state(meeting, MinutesState.COMMENT, minutes_comments_until=datetime.date(2026, 7, 1))
    comment = MinutesCommentFactory(meeting=meeting)
    client = signed_in(secretary)
    today_is(2026, 7, 2)
    answer = client.post(url("minutes_approve", meeting), approve(meeting))
    assert "1 comment waits for its answer." in answer.content.decode()
    services.answer_comment(comment, state=MinutesCommentState.TAKEN, by=secretary)
    today_is(2026, 7, 1)
    assert (
        "Comments were asked for until"
        in client.post(url("minutes_approve", meeting), approve(meeting)).content.decode()
    )
    today_is(2026, 7, 2)
    assert client.post(url("minutes_approve", meeting), approve(meeting)).status_code == 302
    assert state(meeting) == MinutesState.APPROVED


def test_minutes_approve_asks_who_was_there(committee, secretary, signed_in):
    meeting = MeetingFactory(committee=committee, held=True, minutes_state=MinutesState.DRAFT)
    answer = signed_in(secretary).post(url("minutes_approve", meeting), approve(meeting))
    assert "Write down first who was there" in answer.content.decode()


def test_minutes_approve_shows_anew_what_somebody_changed(meeting, item, secretary, signed_in):
    in_state(meeting, MinutesState.DRAFT)
    values = approve(meeting)
    services.save_minutes(meeting, Typed({item.code: "Late word"}, {item.code: mark_of("")}), by=secretary)
    answer = signed_in(secretary).post(url("minutes_approve", meeting), values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Late word" in page
    assert f'value="{services.seal_of(meeting)}"' in page
    again = signed_in(secretary).post(url("minutes_approve", meeting), approve(meeting))
    assert again.status_code == 302


def test_two_approve_at_once(meeting, secretary, facilitator, signed_in):
    in_state(meeting, MinutesState.DRAFT)
    values = approve(meeting)
    assert signed_in(secretary).post(url("minutes_approve", meeting), values).status_code == 302
    answer = signed_in(facilitator).post(url("minutes_approve", meeting), values)
    assert answer.status_code == 422
    assert "are approved: they stand as they are" in answer.content.decode()
    assert Meeting.objects.get(pk=meeting.pk).approved_by == secretary


def test_approved_minutes_stand(meeting, item, secretary, signed_in):
    in_state(meeting, MinutesState.APPROVED)
    answer = signed_in(secretary).post(
        url("minutes_edit", meeting), typed(meeting, minutes="Changed"), follow=True
    )
    assert "they stand as they are" in answer.content.decode()
    assert Meeting.objects.get(pk=meeting.pk).minutes == ""
    with pytest.raises(MeetingClosed):
        refuse_if_closed(meeting)
    with pytest.raises(MeetingClosed):
        services.save_minutes(meeting, Typed({"minutes": "x"}), by=secretary)


@pytest.mark.parametrize(
    ("who", "draft", "approved"),
    [
        ("secretary", 200, 200), ("member", 200, 200), ("facilitator", 200, 200), ("coordinator", 200, 200),
        ("oversight", 403, 200), ("administrator", 403, 200), ("outsider", 404, 404),
    ],
)  # fmt: skip
def test_who_reads_minutes(request, meeting, signed_in, who, draft, approved):
    Meeting.objects.filter(pk=meeting.pk).update(minutes="Heard so far")
    MinutesCommentFactory(meeting=meeting, text="Said inside")
    client = signed_in(request.getfixturevalue(who))
    in_state(meeting, MinutesState.COMMENT, minutes_comments_until=datetime.date(2026, 7, 1))
    names = ("minutes_detail", "meeting_minutes_pdf")
    assert {client.get(url(name, meeting)).status_code for name in names} == {draft}
    in_state(meeting, MinutesState.APPROVED)
    answer = client.get(url("minutes_detail", meeting))
    assert answer.status_code == approved
    inside = who in ("secretary", "member", "facilitator", "coordinator")
    assert ("Said inside" in answer.content.decode()) == inside


@pytest.mark.parametrize(
    ("who", "keeps", "comments"),
    [("secretary", 200, 200), ("facilitator", 200, 200), ("member", 403, 200), ("oversight", 403, 403)],
)
def test_who_keeps_and_who_comments(request, meeting, signed_in, who, keeps, comments):
    in_state(meeting, MinutesState.COMMENT, minutes_comments_until=datetime.date(2026, 7, 1))
    comment = MinutesCommentFactory(meeting=meeting)
    client = signed_in(request.getfixturevalue(who))
    for name in ("minutes_edit", "minutes_open", "minutes_back", "minutes_approve"):
        assert client.get(url(name, meeting)).status_code == keeps, name
    assert client.get(url("minutes_comment_answer", meeting, comment.code)).status_code == keeps
    assert client.get(url("minutes_comment_new", meeting)).status_code == comments


def test_minutes_comment_new_about_a_point(meeting, item, member, signed_in, today_is):
    in_state(meeting, MinutesState.COMMENT, minutes_comments_until=datetime.date(2026, 7, 1))
    client = signed_in(member)
    page = client.get(url("minutes_comment_new", meeting) + f"?item={item.code}").content.decode()
    assert f'value="{item.code}" selected' in page
    values = {"item": item.code, "text": "It was twelve lights.", "sent_form": ""}
    assert client.post(url("minutes_comment_new", meeting), values).status_code == 302
    comment = meeting.minutes_comments.get()
    assert (comment.item, comment.by, comment.state) == (item, member, MinutesCommentState.OPEN)
    today_is(2026, 7, 2)
    late = client.post(url("minutes_comment_new", meeting), values)
    assert late.status_code == 422
    assert "It was twelve lights.</textarea>" in late.content.decode()
    assert "not open for comments now" in late.content.decode()


def test_minutes_comment_answer(meeting, secretary, facilitator, signed_in):
    in_state(meeting, MinutesState.COMMENT)
    comment = MinutesCommentFactory(meeting=meeting)
    target = url("minutes_comment_answer", meeting, comment.code)
    client = signed_in(secretary)
    refused = client.post(target, {"state": "declined", "answer": ""})
    assert refused.status_code == 422
    assert "Say why it is not taken up" in refused.content.decode()
    assert client.post(target, {"state": "declined", "answer": "Ten were agreed."}).status_code == 302
    with pytest.raises(MinutesRefused):  # opened before the other answered
        services.answer_comment(comment, state=MinutesCommentState.TAKEN, by=facilitator)
    comment.refresh_from_db()
    assert (comment.state, comment.answer) == (MinutesCommentState.DECLINED, "Ten were agreed.")
    services.answer_comment(comment, state=MinutesCommentState.TAKEN, by=facilitator)


def test_minutes_detail_costs_the_same_for_many(
    meeting, item, secretary, signed_in, django_assert_num_queries
):
    in_state(meeting, MinutesState.DRAFT)
    MinutesCommentFactory(meeting=meeting, by=secretary)
    client = signed_in(secretary)
    client.get(url("minutes_detail", meeting))
    with django_assert_num_queries(11):
        client.get(url("minutes_detail", meeting))
    for n in range(5):
        MinutesCommentFactory(meeting=meeting, item=AgendaItemFactory(meeting=meeting, order=n), by=secretary)
    with django_assert_num_queries(11):
        client.get(url("minutes_detail", meeting))
