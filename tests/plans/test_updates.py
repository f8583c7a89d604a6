"""plans.views.updates and plans.services.progress: an update is written, sent in, approved or returned"""

import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import AuditEvent
from plans.models import (
    Activity,
    Attachment,
    Indicator,
    IndicatorValue,
    LocalActionPlan,
    ProgressUpdate,
    UpdateState,
)
from plans.states import PlanState
from tests.factories.plans import IndicatorFactory, IndicatorValueFactory, ProgressUpdateFactory

LONG = "x" * 100_000
TYPED = {"activity_state": "ongoing", "done": "Three meetings were held.", "then": "submit"}


@pytest.fixture
def indicator(activity):
    """Counts people by sex, beside the one that the activity has."""
    return IndicatorFactory(activity=activity, text="People trained", split_by=["sex"], target=100)


def picture():
    content = BytesIO()
    Image.new("RGB", (8, 8), "white").save(content, "PNG")
    return SimpleUploadedFile("meeting.png", content.getvalue(), "image/png")


def test_progress_update_needs_two_fields(update_url, running, member, signed_in):
    response = signed_in(member).post(update_url, TYPED)
    assert response.url == reverse("plan_progress", args=[running.code])
    update = ProgressUpdate.objects.get()
    assert (update.state, update.submitted_by, update.done) == ("submitted", member, TYPED["done"])
    event = AuditEvent.objects.get(verb="submitted update")
    assert event.detail == {"update": update.code, "activity": update.activity.code, "quarter": 1}


def test_progress_update_asks_for_at_most_five_things(update_url, member, signed_in):
    """F07, also when the activity is in trouble."""
    response = signed_in(member).post(update_url, {"activity_state": "blocked", "then": "submit"})
    assert response.status_code == 422
    form = response.context["form"]
    assert set(form.errors) == {"done", "state_reason", "problems"}
    assert len({name for name in form.fields if form.fields[name].required} | set(form.errors)) <= 5


def test_progress_update_as_a_draft_may_be_empty(update_url, member, signed_in):
    response = signed_in(member).post(update_url, {"activity_state": "blocked", "then": "draft"}, follow=True)
    assert response.redirect_chain == [(update_url, 302)]
    assert "The draft is saved" in response.content.decode()
    update = ProgressUpdate.objects.get()
    assert (update.state, update.done) == ("draft", "")
    assert not AuditEvent.objects.filter(verb="submitted update").exists()


@pytest.mark.parametrize("state", ["delayed", "blocked", "suspended", "dropped"])
def test_progress_update_in_trouble_needs_a_reason_from_the_list_and_in_words(
    state, update_url, member, signed_in
):
    """F81."""
    client = signed_in(member)
    assert client.post(update_url, TYPED | {"activity_state": state}).status_code == 422
    told = {"activity_state": state, "state_reason": "insecurity", "problems": "The road was closed."}
    assert client.post(update_url, TYPED | told).status_code == 302
    assert ProgressUpdate.objects.get().state_reason == "insecurity"


def test_progress_update_forgets_the_reason_of_what_goes_well(update_url, member, signed_in):
    signed_in(member).post(update_url, TYPED | {"state_reason": "funds"})
    assert ProgressUpdate.objects.get().state_reason == ""


def test_progress_update_starts_from_what_was_reported_last(
    running, activity, quarter, member, signed_in, today_is
):
    last = ProgressUpdateFactory(period=quarter, activity=activity, state=UpdateState.APPROVED)
    Activity.objects.update(state="delayed", state_reason="funds")
    IndicatorValueFactory(update=last, indicator=activity.indicators.get(), value=Decimal("12.50"))
    today_is(2026, 7, 3)
    page = signed_in(member).get(reverse("progress_update", args=[running.code, 2, activity.code]))
    form = page.context["form"]
    assert form["activity_state"].value() == "delayed"
    assert form["state_reason"].value() == "funds"
    assert form.value_groups[0]["value"].value() == "12.5"
    assert "Reported last: 12.5 (Q1 2026)." in page.content.decode()
    assert not ProgressUpdate.objects.filter(period__number=2).exists()


def test_progress_update_keeps_values_told_apart(update_url, indicator, member, signed_in):
    name = f"value-{indicator.code}"
    response = signed_in(member).post(
        update_url, TYPED | {name: "40", f"{name}-sex-women": "25", f"{name}-sex-men": "10"}
    )
    assert response.status_code == 302
    value = IndicatorValue.objects.get()
    assert (value.value, value.breakdown) == (40, {"sex": {"women": 25, "men": 10}})


def test_progress_update_adds_the_groups_up_when_the_total_is_empty(update_url, indicator, member, signed_in):
    name = f"value-{indicator.code}"
    signed_in(member).post(update_url, TYPED | {f"{name}-sex-women": "25", f"{name}-sex-men": "10"})
    assert IndicatorValue.objects.get().value == 35


def test_progress_update_refuses_groups_that_are_more_than_the_total(
    update_url, indicator, member, signed_in
):
    name = f"value-{indicator.code}"
    typed = TYPED | {name: "30", f"{name}-sex-women": "25", f"{name}-sex-men": "10"}
    response = signed_in(member).post(update_url, typed)
    assert response.status_code == 422
    assert "The groups make 35 together" in response.content.decode()
    assert 'value="25"' in response.content.decode()
    assert not ProgressUpdate.objects.exists()


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("number", "many", "Enter a number in digits"),
        ("number", "1e99", "12 digits"),
        ("percent", "101", "between 0 and 100"),
        ("percent", "-1", "negative"),
        ("yes_no", "perhaps", "Select a valid choice"),
        ("qualitative", LONG, "at most 300"),
    ],
)
def test_progress_update_refuses_a_value_at_its_field(
    kind, typed, said, update_url, activity, member, signed_in
):
    Indicator.objects.update(kind=kind)
    name = f"value-{activity.indicators.get().code}"
    response = signed_in(member).post(update_url, TYPED | {name: typed})
    assert response.status_code == 422
    assert said in str(response.context["form"].errors[name])
    assert TYPED["done"] in response.content.decode()


@pytest.mark.parametrize("kind", ["yes_no", "qualitative"])
def test_progress_update_takes_yes_and_words(kind, update_url, activity, member, signed_in):
    Indicator.objects.update(kind=kind)
    name = f"value-{activity.indicators.get().code}"
    client = signed_in(member)
    assert client.post(update_url, TYPED | {name: "1"}).status_code == 302
    value = IndicatorValue.objects.get()
    assert (value.value, value.value_text) == ((1, "") if kind == "yes_no" else (None, "1"))


@pytest.mark.parametrize("name", ["done", "problems", "next_step", "evidence_title"])
def test_progress_update_with_a_huge_text_keeps_it(name, update_url, member, signed_in):
    response = signed_in(member).post(update_url, TYPED | {name: LONG})
    assert response.status_code == 422
    assert name in response.context["form"].errors
    assert LONG in response.content.decode()


def test_progress_update_refuses_markup(update_url, member, signed_in):
    response = signed_in(member).post(update_url, TYPED | {"done": "<script>alert(1)</script>"})
    assert response.status_code == 422
    assert "<script>alert" not in response.content.decode()


def test_progress_update_warns_of_contacts_and_keeps_none_of_them(update_url, member, signed_in):
    response = signed_in(member).post(
        update_url, TYPED | {"done": "Ask Chantal, +243 991 234 567"}, follow=True
    )
    page = response.content.decode()
    assert "seems to hold a telephone number" in page
    assert "991 234" not in " ".join(str(each) for each in response.context["messages"])
    assert ProgressUpdate.objects.get().state == "submitted"


def test_progress_update_done_needs_something_that_shows_it(update_url, activity, member, signed_in):
    """domain.md §5."""
    client = signed_in(member)
    typed = TYPED | {"activity_state": "done"}
    response = client.post(update_url, typed)
    assert response.status_code == 422
    assert "needs something that shows it" in response.content.decode()
    assert not ProgressUpdate.objects.exists()
    assert (
        client.post(update_url, typed | {f"value-{activity.indicators.get().code}": "50"}).status_code == 302
    )


def test_progress_update_done_with_a_file(update_url, member, signed_in):
    client = signed_in(member)
    response = client.post(
        update_url, TYPED | {"activity_state": "done", "evidence": picture(), "evidence_title": "The meeting"}
    )
    assert response.status_code == 302
    file = Attachment.objects.get()
    assert (file.title, file.update, file.added_by) == ("The meeting", ProgressUpdate.objects.get(), member)


def test_progress_update_refuses_a_file_that_is_not_what_it_says(update_url, member, signed_in):
    wrong = SimpleUploadedFile("scan.pdf", b"MZ not a scan", "application/pdf")
    response = signed_in(member).post(update_url, TYPED | {"evidence": wrong})
    assert response.status_code == 422
    assert "evidence" in response.context["form"].errors
    assert "choose it once more" in response.content.decode()
    assert not Attachment.objects.exists()


def test_evidence_is_added_one_at_a_time(update_url, member, signed_in):
    client = signed_in(member)
    for number in (1, 2):
        response = client.post(
            update_url,
            TYPED
            | {"then": "attach", "evidence": picture(), "evidence_title": f"No. {number}"}
            | ({"row_version": 1} if number == 2 else {}),
        )
        assert response.url == update_url
    assert list(Attachment.objects.values_list("title", flat=True)) == ["No. 1", "No. 2"]
    assert ProgressUpdate.objects.get().state == UpdateState.DRAFT


def test_evidence_remove_asks_and_removes(update_url, running, activity, member, signed_in):
    client = signed_in(member)
    client.post(update_url, TYPED | {"then": "attach", "evidence": picture()})
    file = Attachment.objects.get()
    assert file.name in client.get(update_url).content.decode()
    remove = reverse("evidence_remove", args=[running.code, 1, activity.code, file.code])
    assert "deleted for good" in client.get(remove).content.decode()
    assert Attachment.objects.exists()
    assert client.post(remove).url == update_url
    assert not Attachment.objects.exists()
    assert AuditEvent.objects.get(verb="removed evidence").detail["file"] == file.code


def test_evidence_stays_once_the_update_is_sent_in(update_url, running, activity, member, signed_in):
    client = signed_in(member)
    client.post(update_url, TYPED | {"evidence": picture()})
    file = Attachment.objects.get()
    remove = reverse("evidence_remove", args=[running.code, 1, activity.code, file.code])
    assert "This update is closed" in client.post(remove, follow=True).content.decode()
    assert Attachment.objects.exists()


@pytest.mark.parametrize("day", [(2025, 12, 31), (2026, 5, 30), (2026, 12, 1)])
def test_progress_update_only_while_the_quarter_is_open(day, update_url, member, signed_in, today_is):
    today_is(*day)
    client = signed_in(member)
    assert "form" not in client.get(update_url).context
    response = client.post(update_url, TYPED)
    assert response.status_code == 409
    assert TYPED["done"] in response.content.decode()
    assert "Send in" not in response.content.decode()
    assert not ProgressUpdate.objects.exists()


def test_progress_update_in_a_reopened_quarter(update_url, quarter, member, signed_in, today_is):
    quarter.reopened_until, quarter.reopened_reason = datetime.date(2026, 12, 1), "The road was closed."
    quarter.save()
    today_is(2026, 12, 1)
    assert signed_in(member).post(update_url, TYPED).status_code == 302


def test_progress_update_only_in_implementation(update_url, member, signed_in):
    LocalActionPlan.objects.update(state=PlanState.CLOSED)
    response = signed_in(member).post(update_url, TYPED)
    assert response.status_code == 409
    assert "while the plan is in implementation" in response.content.decode()


def test_progress_update_two_begin_at_the_same_moment(update_url, member, secretary, signed_in):
    client = signed_in(member)
    signed_in(secretary).post(update_url, TYPED | {"then": "draft", "done": "What the secretary wrote."})
    response = client.post(update_url, TYPED | {"then": "draft"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "What the secretary wrote." in page
    assert TYPED["done"] in page
    assert ProgressUpdate.objects.get().done == "What the secretary wrote."


def test_progress_update_conflict_can_be_brought_together(update_url, member, secretary, signed_in):
    client = signed_in(member)
    client.post(update_url, TYPED | {"then": "draft"})
    signed_in(secretary).post(update_url, TYPED | {"then": "draft", "done": "Theirs.", "row_version": 1})
    response = client.post(update_url, TYPED | {"then": "draft", "done": "Mine.", "row_version": 1})
    assert response.status_code == 409
    assert ProgressUpdate.objects.get().done == "Theirs."
    version = response.context["form"]["row_version"].value()
    assert client.post(update_url, TYPED | {"done": "Both.", "row_version": version}).status_code == 302
    assert ProgressUpdate.objects.get().done == "Both."


def test_progress_update_sent_in_meanwhile_keeps_what_was_typed(update_url, update, member, signed_in):
    response = signed_in(member).post(update_url, TYPED | {"done": "Something else.", "row_version": 1})
    assert response.status_code == 409
    assert "Something else." in response.content.decode()
    update.refresh_from_db()
    assert update.done == "Three meetings were held."
