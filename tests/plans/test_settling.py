"""Two people save the same part: what the second is shown, and what becomes of it."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from plans.models import Activity, Revision, SectionKind
from plans.settling import settled
from tests.factories.plans import ThemeFactory

BASE = "Women trade at night. The lamps are broken. Nobody repairs them."
THEIRS = "Women and girls trade at night. The lamps are broken. Nobody repairs them."
YOURS = "Women trade at night. The lamps are broken. The council repairs none."
BOTH = "Women and girls trade at night. The lamps are broken. The council repairs none."


@pytest.fixture
def section(plan):
    row = plan.sections.get(kind=SectionKind.SITUATION)
    row.text = BASE
    row.save()
    return row


@pytest.fixture
def section_url(plan, section):
    return reverse("plan_section_edit", args=[plan.code, section.code])


@pytest.fixture
def edit_url(plan, activity):
    return reverse("activity_edit", args=[plan.code, activity.code])


def sent(form):
    """What a browser would post of a form that it was shown."""
    values = {}
    for bound in form:
        value = bound.value()
        if value is True:
            values[bound.html_name] = "on"
        elif value not in (None, False, ""):
            values[bound.html_name] = value
    return values


def chosen(response, **instead):
    """The settling form as the page shows it, with the choices that it proposes or `instead`."""
    attempt = response.context["attempt"]
    values = {}
    for name, value in attempt.settlement.hidden:
        values.setdefault(name, []).append(value)
    for difference in attempt.differences:
        choice = instead.get(difference.name, difference.choice)
        if choice:
            values[f"settle:{difference.name}"] = [choice]
    return values


def conflict(client, other, url, theirs, yours):
    """`theirs` is saved, then `yours`, both typed into the form as it stood before."""
    opened = sent(client.get(url).context["form"])
    assert other.post(url, opened | theirs).status_code == 302
    response = client.post(url, opened | yours)
    assert response.status_code == 409
    return response


def test_attempt_proposes_both_changes_of_one_text(section_url, section, member, secretary, signed_in):
    client = signed_in(member)
    response = conflict(client, signed_in(secretary), section_url, {"text": THEIRS}, {"text": YOURS})
    [difference] = response.context["attempt"].differences
    assert difference.is_merged
    assert response.context["attempt"].settlement.is_complete
    page = response.content.decode()
    assert "Safi Secretary" in page
    assert "Use the merged text" in page
    assert "<ins>" in page
    assert YOURS in page  # still in the form
    assert client.post(section_url, chosen(response)).status_code == 302
    section.refresh_from_db()
    assert (section.text, section.row_version) == (BOTH, 3)
    kept = Revision.objects.filter(subject_code=section.code).order_by("version")
    assert [each.values["text"] for each in kept] == [BASE, THEIRS, BOTH]


@pytest.mark.parametrize(("choice", "text"), [("theirs", THEIRS), ("yours", YOURS), ("merged", BOTH)])
def test_attempt_takes_the_choice_of_each_field(
    choice, text, section_url, section, member, secretary, signed_in
):
    client = signed_in(member)
    response = conflict(client, signed_in(secretary), section_url, {"text": THEIRS}, {"text": YOURS})
    assert client.post(section_url, chosen(response, text=choice)).status_code == 302
    section.refresh_from_db()
    assert section.text == text


def test_attempt_leaves_the_same_place_to_people(section_url, section, member, secretary, signed_in):
    client = signed_in(member)
    both = ({"text": "The end of theirs"}, {"text": "The end of mine"})
    response = conflict(client, signed_in(secretary), section_url, *both)
    attempt = response.context["attempt"]
    assert attempt.differences[0].choice == ""
    assert not attempt.settlement.is_complete
    undecided = client.post(section_url, chosen(response))
    assert undecided.status_code == 422
    assert "Say which text" in undecided.content.decode()
    assert "The end of mine" in undecided.content.decode()
    assert client.post(section_url, chosen(response, text="yours")).status_code == 302
    section.refresh_from_db()
    assert section.text == "The end of mine"


def test_attempt_keeps_what_only_one_changed(edit_url, activity, plan, member, secretary, signed_in):
    """Fields that do not overlap: the proposal is complete, whatever kind of field it is."""
    night = ThemeFactory(name="Markets at night")
    client = signed_in(member)
    theirs = {"ends_on": "2027-01-31", "themes": [night.pk], "position_title": "Mayor", "organization": ""}
    yours = {"text": "Two seats, and lamps", "no_cost": "", "cost": "12500"}
    response = conflict(client, signed_in(secretary), edit_url, theirs, yours)
    attempt = response.context["attempt"]
    choices = {difference.name: difference.choice for difference in attempt.differences}
    assert "Markets at night" in response.content.decode()
    assert attempt.settlement.is_complete
    assert choices["ends_on"] == choices["themes"] == choices["position_title"] == "theirs"
    assert choices["text"] == choices["cost"] == choices["no_cost"] == "yours"
    assert client.post(edit_url, chosen(response)).status_code == 302
    saved = Activity.objects.get(pk=activity.pk)
    assert (saved.text, saved.cost, saved.no_cost) == ("Two seats, and lamps", 12500, False)
    assert (saved.ends_on.isoformat(), saved.responsible.title) == ("2027-01-31", "Mayor")
    assert list(saved.themes.all()) == [night]


def test_attempt_goes_on_from_theirs_where_only_they_wrote(edit_url, activity, member, secretary, signed_in):
    """Whoever just presses Save in the form below takes nothing of the other away."""
    client = signed_in(member)
    response = conflict(
        client, signed_in(secretary), edit_url, {"ends_on": "2027-01-31"}, {"text": "Mine alone"}
    )
    form = response.context["form"]
    assert form["ends_on"].value() == "2027-01-31"
    assert client.post(edit_url, sent(form)).status_code == 302
    saved = Activity.objects.get(pk=activity.pk)
    assert (saved.ends_on.isoformat(), saved.text) == ("2027-01-31", "Mine alone")


def test_attempt_meets_a_third_save_while_it_is_settled(section_url, section, member, secretary, signed_in):
    client, other = signed_in(member), signed_in(secretary)
    response = conflict(client, other, section_url, {"text": THEIRS}, {"text": YOURS})
    third = THEIRS.replace("broken", "broken or stolen")
    assert other.post(section_url, {"text": third, "row_version": 2}).status_code == 302
    again = client.post(section_url, chosen(response))
    assert again.status_code == 409
    assert client.post(section_url, chosen(again)).status_code == 302
    section.refresh_from_db()
    assert section.text == BOTH.replace("broken", "broken or stolen")


def test_attempt_without_history_shows_both_texts_as_before(section, member, secretary, signed_in, plan):
    url = reverse("plan_section_edit", args=[plan.code, section.code])
    client = signed_in(member)
    signed_in(secretary).post(url, {"text": THEIRS, "row_version": 1})
    Revision.objects.all().delete()
    response = client.post(url, {"text": YOURS, "row_version": 1})
    assert response.status_code == 409
    assert response.context["attempt"].settlement is None
    assert "Typed by you" in response.content.decode()


def test_settled_leaves_an_ordinary_form_alone():
    data = QueryDict("text=typed&row_version=3")
    assert settled(data) == (data, set())


def test_settled_ignores_choices_that_it_did_not_offer():
    data, undecided = settled(QueryDict("text=typed&settle-open=text&settle:text=anything&names:text=text"))
    assert (data.dict(), undecided) == ({"text": "typed"}, {"text"})
