"""Comments: said beside the plan, answered, decided; a suggested wording accepted without overwriting."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from plans.models import Comment, LocalActionPlan, Revision, SectionKind
from plans.services.comments import CommentRefused, accept_comment, add_comment
from plans.services.objectives import remove_objective
from plans.services.plans import save_section
from plans.states import PlanState
from tests.factories.plans import CommentFactory, ValidationRoundFactory

TEXT = "Women decide. The lamps work."
WORDING = "Women decide too. The lamps work."


@pytest.fixture
def section(plan, member):
    row = plan.sections.get(kind=SectionKind.VISION)
    row.text = TEXT
    return save_section(row, opened_version=1, by=member)


@pytest.fixture
def new_url(plan, section):
    return reverse("comment_new", args=[plan.code]) + f"?subject=section&part={section.code}"


@pytest.fixture
def suggestion(plan, section, coordinator):
    return add_comment(
        Comment(
            plan=plan,
            subject="section",
            subject_code=section.code,
            text="Say that they decide, too.",
            field="text",
            suggestion=WORDING,
        ),
        by=coordinator,
    )


def url(name, comment):
    return reverse(name, args=[comment.plan.code, comment.code])


def decide(client, comment, how, **more):
    return client.post(url("comment_decide", comment), {"as": how} | more)


def test_comment_new_by_national_staff_writes_nothing_in_the_plan(new_url, section, coordinator, signed_in):
    client = signed_in(coordinator)
    assert "No names of participants" in client.get(new_url).content.decode()
    response = client.post(new_url, {"text": "Which lamps?", "field": "", "suggestion": ""})
    comment = Comment.objects.get()
    assert response.url == url("comment_detail", comment)
    assert (comment.author, comment.author_as) == (coordinator, "National coordinator")
    assert (comment.subject, comment.subject_code) == ("section", section.code)
    section.refresh_from_db()
    assert (section.text, section.row_version) == (TEXT, 2)
    assert "Which lamps" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_comment_new_offers_the_text_to_be_rewritten(new_url, member, signed_in):
    form = signed_in(member).get(f"{new_url}&field=text").context["form"]
    assert (form["field"].value(), form["suggestion"].value()) == ("text", TEXT)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({}, "text", "Write what you want to say"),
        ({"suggestion": "x"}, "field", "for which text"),
        ({"field": "text"}, "suggestion", "as you would have it"),
        ({"field": "text", "suggestion": TEXT}, "suggestion", "as it stands"),
        ({"field": "text", "suggestion": "x" * 20_001}, "suggestion", "20000"),
        ({"text": "x" * 100_000}, "text", "5000"),
        ({"text": "<b>bold</b>"}, "text", "HTML is not used"),
        ({"field": "plan_id", "suggestion": "x"}, "field", "valid choice"),
    ],
)
def test_comment_new_refuses_at_the_field(values, field, words, new_url, member, signed_in):
    response = signed_in(member).post(new_url, {"text": "", "field": "", "suggestion": ""} | values)
    assert response.status_code == 422
    assert words in " ".join(response.context["form"].errors[field])
    assert not Comment.objects.exists()


def test_comment_new_sent_twice_is_there_once(new_url, member, signed_in):
    client = signed_in(member)
    form = {"text": "Once", "sent_form": "6c6e3b4c-1f5d-4a9e-9a57-2f0f0c3f9d11"}
    assert client.post(new_url, form).url == client.post(new_url, form).url
    assert Comment.objects.count() == 1


def test_comment_new_is_not_for_readers(new_url, oversight, outsider, signed_in):
    assert signed_in(oversight).post(new_url, {"text": "x"}).status_code == 403
    assert signed_in(outsider).post(new_url, {"text": "x"}).status_code == 404


def test_comment_new_about_no_part_is_404(plan, member, signed_in):
    base = reverse("comment_new", args=[plan.code])
    assert signed_in(member).get(f"{base}?subject=objective&part=O-222222").status_code == 404
    assert signed_in(member).get(f"{base}?subject=nothing").status_code == 404
    assert signed_in(member).get(base).status_code == 200


def test_comment_answer_stands_in_the_thread(suggestion, member, signed_in):
    client = signed_in(member)
    assert client.post(url("comment_answer", suggestion), {"text": ""}).status_code == 422
    assert client.post(url("comment_answer", suggestion), {"text": "Good idea"}).status_code == 302
    page = client.get(url("comment_detail", suggestion)).content.decode()
    assert "Good idea" in page
    assert "Cora Coordinator, National coordinator" in page
    assert "Mado Member, Committee member" in page


def test_comment_detail_names_nobody_to_readers(suggestion, oversight, signed_in):
    page = signed_in(oversight).get(url("comment_detail", suggestion)).content.decode()
    assert "National coordinator" in page
    assert "Cora" not in page


def test_comment_decide_accept_puts_the_wording_in_place(suggestion, section, member, signed_in):
    client = signed_in(member)
    page = client.get(url("comment_detail", suggestion))
    assert "added:" in page.content.decode()
    version = page.context["form"]["row_version"].value()
    assert decide(client, suggestion, "accept", row_version=version).status_code == 302
    section.refresh_from_db()
    assert (section.text, section.row_version, section.updated_by) == (WORDING, 3, member)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by) == ("accepted", member)
    assert Revision.objects.get(subject_code=section.code, version=3).note == suggestion.code
    assert "This wording is in the plan" in client.get(url("comment_detail", suggestion)).content.decode()


def test_comment_decide_accept_overwrites_nobody(suggestion, section, member, secretary, signed_in):
    """The text was saved between showing and accepting: shown again, nothing written."""
    section.text = "Women decide. The lamps work at night."
    save_section(section, opened_version=2, by=secretary)
    client = signed_in(member)
    response = decide(client, suggestion, "accept", row_version=2)
    assert response.status_code == 409
    assert "was changed while you looked at it" in response.content.decode()
    section.refresh_from_db()
    assert section.text == "Women decide. The lamps work at night."
    suggestion.refresh_from_db()
    assert suggestion.state == "open"
    version = response.context["form"]["row_version"].value()
    assert decide(client, suggestion, "accept", row_version=version).status_code == 302
    section.refresh_from_db()
    assert section.text == "Women decide too. The lamps work at night."  # both changes


def test_comment_decide_accept_of_a_text_rewritten_since_leaves_it(
    suggestion, section, member, secretary, signed_in
):
    section.text = "Something else altogether."
    save_section(section, opened_version=2, by=secretary)
    client = signed_in(member)
    page = client.get(url("comment_detail", suggestion))
    assert "bring the two together in its form" in page.content.decode()
    decide(client, suggestion, "accept", row_version=3)
    section.refresh_from_db()
    assert section.text == "Something else altogether."
    suggestion.refresh_from_db()
    assert suggestion.state == "accepted"


@pytest.mark.parametrize("who", ["coordinator", "facilitator", "oversight"])
@pytest.mark.parametrize("how", ["accept", "decline", "place"])
def test_comment_decide_is_for_writers(request, who, how, suggestion, section, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert decide(client, suggestion, how, row_version=2, reason="x").status_code == 403
    section.refresh_from_db()
    assert section.text == TEXT


def test_comment_decide_decline_needs_a_reason(suggestion, member, signed_in):
    client = signed_in(member)
    response = decide(client, suggestion, "decline", reason=" ")
    assert response.status_code == 422
    assert "Say why it is declined" in response.content.decode()
    assert decide(client, suggestion, "decline", reason="Said above already").status_code == 302
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decision_reason) == ("declined", "Said above already")


def test_comment_decide_resolve_also_by_its_author(suggestion, coordinator, facilitator, signed_in):
    assert decide(signed_in(facilitator), suggestion, "resolve").status_code == 403
    assert decide(signed_in(coordinator), suggestion, "resolve").status_code == 302
    suggestion.refresh_from_db()
    assert suggestion.state == "resolved"
    assert signed_in(coordinator).post(url("comment_reopen", suggestion)).status_code == 302
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by) == ("open", None)


def test_comment_decide_twice_says_so(suggestion, member, signed_in):
    client = signed_in(member)
    decide(client, suggestion, "resolve")
    response = decide(client, suggestion, "decline", reason="too late")
    assert response.status_code == 422
    assert "decided this meanwhile" in response.content.decode()


def test_comment_decide_nothing_is_refused(suggestion, member, signed_in):
    assert decide(signed_in(member), suggestion, "anything").status_code == 422


def test_comment_of_a_validation_round_is_accepted_or_declined(plan, section, coordinator, member, signed_in):
    LocalActionPlan.objects.update(state=PlanState.VALIDATION)
    plan.refresh_from_db()
    asked = ValidationRoundFactory(plan=plan)
    comment = add_comment(
        Comment(
            plan=plan,
            subject="section",
            subject_code=section.code,
            text="In the round",
            field="text",
            suggestion=WORDING,
        ),
        by=coordinator,
    )
    assert comment.round == asked
    client = signed_in(member)
    assert decide(client, comment, "resolve").status_code == 422
    assert decide(client, comment, "accept", row_version=2).status_code == 302
    section.refresh_from_db()
    assert section.text == TEXT  # closed: the wording waits
    page = client.get(url("comment_detail", comment)).content.decode()
    assert "put in place when it is open again" in page
    assert decide(client, comment, "place", row_version=2).status_code == 302
    section.refresh_from_db()
    assert section.text == TEXT
    LocalActionPlan.objects.update(state=PlanState.DRAFTING)
    assert "Put the wording into the text" in client.get(url("comment_detail", comment)).content.decode()
    assert decide(client, comment, "place", row_version=2).status_code == 302
    section.refresh_from_db()
    assert section.text == WORDING


def test_plan_comments_shows_open_ones_first(plan, suggestion, objective, member, signed_in):
    CommentFactory(plan=plan, about=objective, state="resolved", text="Done with")
    client, address = signed_in(member), reverse("plan_comments", args=[plan.code])
    page = client.get(address).content.decode()
    assert "Say that they decide" in page
    assert "Done with" not in page
    assert "Done with" in client.get(address, {"state": "decided"}).content.decode()
    assert len(client.get(address, {"state": "all"}).context["threads"]) == 2
    found = client.get(address, {"state": "all", "part": objective.code}).context["threads"]
    assert [thread.part for thread in found] == ["Objective: Women decide too"]


def test_plan_comments_on_a_removed_part_stay(plan, objective, member, signed_in):
    comment = CommentFactory(plan=plan, about=objective)
    remove_objective(objective, by=member)
    client = signed_in(member)
    page = client.get(reverse("plan_comments", args=[plan.code])).content.decode()
    assert "Women decide too" in page
    assert "removed since" in page
    assert client.get(url("comment_detail", comment)).status_code == 200


@pytest.mark.parametrize("rows", [1, 5])
def test_plan_comments_takes_few_queries(rows, plan, objective, member, signed_in, django_assert_num_queries):
    for _each in range(rows):
        CommentFactory(plan=plan, about=objective, author=member)
    client, address = signed_in(member), reverse("plan_comments", args=[plan.code])
    client.get(address)
    with django_assert_num_queries(9):
        assert len(client.get(address).context["threads"]) == rows


def test_part_tools_show_open_threads_beside_the_form(plan, objective, member, signed_in):
    for number in range(4):
        CommentFactory(plan=plan, about=objective, text=f"Thread {number}")
    page = signed_in(member).get(reverse("objective_edit", args=[plan.code, objective.code])).content.decode()
    assert "4 open comments on this part" in page
    assert page.count("Thread ") == 3
    assert reverse("part_history", args=[plan.code, "objective", objective.code]) in page


def test_accept_comment_refuses_what_together_becomes_too_long(suggestion, section, member):
    longest = section._meta.get_field("text").max_length
    section.refresh_from_db()
    section.text = TEXT + "\n" + "x" * (longest - len(TEXT) - 2)
    save_section(section, opened_version=section.row_version, by=member)
    with pytest.raises(CommentRefused, match="more than"):
        accept_comment(suggestion, opened_version=section.row_version, reason="", by=member)
    suggestion.refresh_from_db()
    assert suggestion.state == "open"


def test_plan_comments_asks_for_a_code_only_when_a_link_brought_one(
    plan, section, suggestion, member, signed_in
):
    here = reverse("plan_comments", args=[plan.code])
    client = signed_in(member)
    assert 'name="part"' not in client.get(here).content.decode()
    assert f'value="{section.code}"' in client.get(here, {"part": section.code}).content.decode()
