"""Fetching the plan on paper: the PDF by the real worker, DOCX and XLSX at once, the edition as a page."""

import datetime
import io
import re

import pytest
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import AuditEvent
from core.exports import ExportState, Failure, Step
from plans import rendering
from plans.models import PlanExport
from plans.services.papers import public_pdf, request_plan_pdf
from tests.factories.editions import EditionFactory, PlanExportFactory
from tests.factories.plans import ActivityFactory, LocalActionPlanFactory, ObjectiveFactory


def url(plan, rest):
    return f"/plans/{plan.code}/{rest}"


def without_token(response):
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)


@pytest.fixture
def quiet_worker(monkeypatch):
    """The worker takes over the signals of its process; a test keeps its own."""
    monkeypatch.setattr("signal.signal", lambda *args: None)


def work():
    """Run the real worker until the queue is empty."""
    call_command(
        "db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0, worker_id="test"
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quiet_worker", "media")
def test_plan_pdf_round_trip(signed_in, member, plan):
    client = signed_in(member)
    page = client.post(url(plan, "paper/pdf/")).url
    export = PlanExport.objects.get()
    assert page == export.get_absolute_url()
    waiting = client.get(page).content.decode()
    assert "Waiting for the background worker" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    work()
    export.refresh_from_db()
    assert (export.state, export.progress) == (ExportState.DONE, 100)
    assert "Download the PDF" in client.get(page).content.decode()
    response = client.get(f"{page}file/")
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response["Content-Disposition"] == f'attachment; filename="{plan.code}-draft.pdf"'
    assert response["Content-Security-Policy"].startswith("sandbox")

    # Nothing changed: the same PDF. A word changed: another.
    assert client.post(url(plan, "paper/pdf/")).url == page
    plan.title = "Another title"
    plan.save()
    assert client.post(url(plan, "paper/pdf/")).url != page


@pytest.mark.usefixtures("media")
def test_plan_pdf_of_an_edition_is_made_once(signed_in, member, edition, activity):
    client = signed_in(member)
    first = client.post(url(edition.plan, "paper/pdf/"), {"edition": "1"}).url
    activity.text = "Changed"
    activity.save()
    assert client.post(url(edition.plan, "paper/pdf/"), {"edition": "1"}).url == first
    assert AuditEvent.objects.filter(verb="asked for PDF").count() == 1


def test_plan_pdf_of_a_draft_is_made_anew_after_an_upgrade(member, plan, edition, media, monkeypatch):
    """What an older engine drew is not served for ever; an edition keeps its file."""
    draft = request_plan_pdf(plan, by=member)
    frozen = request_plan_pdf(plan, edition=edition, by=member)
    assert request_plan_pdf(plan, by=member) == draft
    monkeypatch.setattr("plans.papers.printed.drawn_by", lambda: "another engine")
    assert request_plan_pdf(plan, by=member) != draft
    assert request_plan_pdf(plan, edition=edition, by=member) == frozen


def test_render_plan_pdf_is_filed_under_what_it_was_made_of(member, plan, media):
    export = request_plan_pdf(plan, by=member)
    plan.title = "Changed while it waited"
    plan.save()
    rendering.render_plan_pdf(export.code)
    export.refresh_from_db()
    assert export.state == ExportState.DONE
    assert request_plan_pdf(plan, by=member) == export


def test_render_plan_pdf_that_was_overtaken_says_so(member, plan, media):
    first = request_plan_pdf(plan, by=member)
    plan.title = "Changed"
    plan.save()
    second = request_plan_pdf(plan, by=member)
    for export in (first, second):
        rendering.render_plan_pdf(export.code)
        export.refresh_from_db()
    assert (first.state, first.error) == (ExportState.FAILED, Failure.OVERTAKEN)
    assert second.is_done


def test_render_plan_pdf_that_breaks_is_marked(signed_in, member, plan, settings, tmp_path):
    blocked = tmp_path / "not-a-folder"
    blocked.write_text("a file where the folder should be")
    settings.MEDIA_ROOT = blocked
    export = request_plan_pdf(plan, by=member)
    with pytest.raises(OSError, match="not-a-folder"):
        rendering.render_plan_pdf(export.code)
    page = signed_in(member).get(export.get_absolute_url()).content.decode()
    assert "could not be made" in page
    assert "Try again" in page


@pytest.mark.parametrize("state", [ExportState.QUEUED, ExportState.RENDERING])
def test_request_plan_pdf_again_when_the_worker_died(state, member, plan):
    dead = request_plan_pdf(plan, by=member)
    long_ago = timezone.now() - PlanExport.LONG_WAIT - datetime.timedelta(seconds=1)
    PlanExport.objects.update(state=state, updated_at=long_ago, attempts=1)
    assert request_plan_pdf(plan, by=member) == dead  # taken up again
    dead.refresh_from_db()
    assert (dead.state, dead.progress) == (ExportState.QUEUED, 0)
    PlanExport.objects.update(state=state, updated_at=long_ago, attempts=PlanExport.MOST_ATTEMPTS)
    assert request_plan_pdf(plan, by=member) != dead
    dead.refresh_from_db()
    assert dead.error == Failure.STOPPED


def test_plan_export_file_only_for_who_may_see_it(signed_in, oversight, outsider, plan, media):
    export = PlanExportFactory(plan=plan)
    address = f"{export.get_absolute_url()}file/"
    assert b"".join(signed_in(oversight).get(address).streaming_content) == b"%PDF-test"
    hidden = signed_in(outsider).get(address)
    unknown = signed_in(outsider).get(url(plan, "exports/X-222222/file/"))
    assert hidden.status_code == unknown.status_code == 404
    assert without_token(hidden) == without_token(unknown)


def test_plan_export_file_that_is_not_made_or_lost_is_404(signed_in, member, plan, media):
    lost = PlanExportFactory(plan=plan)
    lost.file.storage.delete(lost.file.name)
    going = PlanExportFactory(
        plan=plan, state=ExportState.RENDERING, step=Step.RENDERING, file="", pages=None
    )
    for export in (lost, going):
        assert signed_in(member).get(f"{export.get_absolute_url()}file/").status_code == 404


def test_plan_export_of_another_plan_is_404(signed_in, member, plan, committee, media):
    other = PlanExportFactory(plan=LocalActionPlanFactory(committee=committee))
    assert signed_in(member).get(url(plan, f"exports/{other.code}/")).status_code == 404


@pytest.mark.parametrize(("kind", "content_type"), [("docx", "wordprocessingml"), ("xlsx", "spreadsheetml")])
def test_plan_docx_file_and_plan_xlsx_file(signed_in, oversight, outsider, edition, kind, content_type):
    address = url(edition.plan, f"paper/{kind}/")
    response = signed_in(oversight).get(f"{address}?edition=1")
    assert content_type in response["Content-Type"]
    assert response["Content-Disposition"].endswith(f'-edition-1.{kind}"')
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response.content[:2] == b"PK"
    assert signed_in(outsider).get(address).status_code == 404
    for number in ("2", "0", "x", "٣", "9" * 30):
        assert signed_in(oversight).get(f"{address}?edition={number}").status_code == 404


def test_plan_xlsx_file_without_a_number_is_what_stands_now(signed_in, member, edition, activity):
    """The edition while nothing is written, the draft under an amendment."""
    client, plan = signed_in(member), edition.plan
    response = client.get(url(plan, "paper/xlsx/"))
    assert response["Content-Disposition"].endswith('-edition-1.xlsx"')
    plan.is_amending = True
    plan.save()
    activity.text = "Written meanwhile"
    activity.save()
    response = client.get(url(plan, "paper/xlsx/"))
    assert response["Content-Disposition"].endswith('-draft.xlsx"')
    assert load_workbook(io.BytesIO(response.content)).worksheets[1]["E2"].value == "Written meanwhile"


def test_plan_paper_offers_the_draft_and_says_that_it_is_one(signed_in, member, oversight, plan):
    for reader in (member, oversight):
        page = signed_in(reader).get(url(plan, "paper/")).content.decode()
        assert "Draft as it stands" in page
        assert "Make the PDF" in page
        assert "telephone" not in page


def test_plan_paper_warns_of_what_leads_to_a_person(signed_in, member, oversight, plan):
    plan.sections.filter(kind="vision").update(text="Ask Zawadi, 0999 123 456, zawadi@mail.example.")
    page = signed_in(member).get(url(plan, "paper/")).content.decode()
    assert "2 things that look like telephone numbers" in page
    assert "0999 123 456" in page
    assert "zawadi@mail.example" not in signed_in(oversight).get(url(plan, "paper/")).content.decode()


def test_plan_paper_lists_editions_with_their_pdf(signed_in, member, edition, media):
    second = EditionFactory(plan=edition.plan, number=2, reason="One seat more")
    PlanExportFactory(plan=edition.plan, edition=second)
    page = signed_in(member).get(url(edition.plan, "paper/")).content.decode()
    assert "Draft as it stands" not in page
    assert page.index("Edition 2") < page.index("Edition 1")
    assert "One seat more" in page
    assert "3 pages" in page
    assert "What the public reads" in page


@pytest.mark.parametrize("number", [1, 5])
def test_plan_paper_asks_the_same_number_of_queries(
    signed_in, member, adopted, number, media, django_assert_num_queries
):
    for place in range(1, number + 1):
        PlanExportFactory(plan=adopted, edition=EditionFactory(plan=adopted, number=place))
    client = signed_in(member)
    with django_assert_num_queries(7):
        client.get(url(adopted, "paper/"))


def test_plan_paper_is_hidden_from_others(signed_in, outsider, plan):
    assert signed_in(outsider).get(url(plan, "paper/")).status_code == 404
    assert signed_in(outsider).post(url(plan, "paper/pdf/")).status_code == 404
    assert not PlanExport.objects.exists()


def test_edition_detail_shows_what_was_adopted(signed_in, member, edition, activity):
    activity.text = "Written meanwhile"
    activity.save()
    page = signed_in(member).get(edition.get_absolute_url()).content.decode()
    assert "=cmd|&#x27; /C calc&#x27;!A0" in page
    assert "Two seats &lt;b&gt;taken&lt;/b&gt;" in page
    assert "Written meanwhile" not in page
    assert "a newer edition" not in page
    assert f"/plans/{edition.plan.code}/compare/?edition=1" in page


def test_edition_detail_says_that_a_newer_one_exists(signed_in, member, edition):
    EditionFactory(plan=edition.plan, number=2)
    page = signed_in(member).get(edition.get_absolute_url()).content.decode()
    assert "a newer edition was adopted" in page
    assert f'href="/plans/{edition.plan.code}/editions/2/"' in page


@pytest.mark.parametrize("number", [1, 5])
def test_edition_detail_asks_the_same_number_of_queries(
    signed_in, member, adopted, number, django_assert_num_queries
):
    for _each in range(number):
        ActivityFactory(objective=ObjectiveFactory(plan=adopted), complete=True)
    edition = EditionFactory(plan=adopted)
    client = signed_in(member)
    with django_assert_num_queries(5):
        client.get(edition.get_absolute_url())


def test_edition_detail_hidden_and_unknown_are_the_same_404(signed_in, outsider, member, edition):
    hidden = signed_in(outsider).get(edition.get_absolute_url())
    unknown = signed_in(outsider).get("/plans/P-2222NONE/editions/1/")
    assert hidden.status_code == unknown.status_code == 404
    assert without_token(hidden) == without_token(unknown)
    assert signed_in(member).get(url(edition.plan, "editions/9/")).status_code == 404


def test_public_pdf_that_failed_is_not_asked_for_again_at_once(edition, media):
    failed = public_pdf(edition.plan, edition)
    failed.give_up(Failure.BROKEN)
    assert public_pdf(edition.plan, edition) == failed
    PlanExport.objects.update(updated_at=timezone.now() - PlanExport.LONG_WAIT * 2)
    assert public_pdf(edition.plan, edition) != failed
