"""The way of a PDF: asked for, made by the real worker, served again, given up."""

import datetime
import io
import re

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from accounts.models import AuditEvent
from core.exports import ExportState, Failure, Step
from guidelines import rendering
from guidelines.models import Export
from guidelines.services.papers import request_export
from tests.factories.guidelines import ExportFactory


def work():
    """Run the real worker until the queue is empty."""
    call_command(
        "db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0, worker_id="test"
    )


def ask(client, guidelines):
    return client.post(f"/guidelines/{guidelines.code}/export/")


def without_token(response):
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)


@pytest.fixture
def quiet_worker(monkeypatch):
    """The worker takes over the signals of its process; a test keeps its own."""
    monkeypatch.setattr("signal.signal", lambda *args: None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quiet_worker", "media")
def test_guidelines_export_round_trip(signed_in, coordinator, section):
    client = signed_in(coordinator)
    guidelines = section.guidelines
    page = ask(client, guidelines).url
    export = Export.objects.get()
    assert (export.state, export.progress) == (ExportState.QUEUED, 0)
    assert "Waiting for the background worker" in client.get(page).content.decode()
    work()
    export.refresh_from_db()
    assert (export.state, export.step, export.progress) == (ExportState.DONE, Step.DONE, 100)
    assert "Download: PDF" in client.get(page).content.decode()
    response = client.get(f"{page}file/")
    content = b"".join(response.streaming_content)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="guidelines-{export.code}.pdf"'
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert len(content) == export.size
    assert len(PdfReader(io.BytesIO(content)).pages) == export.pages

    # Nothing changed: the same PDF is served, and no task is made.
    assert ask(client, guidelines).url == page
    assert Export.objects.count() == DBTaskResult.objects.count() == 1

    # A word changed: another content, another PDF.
    section.body = "Other words."
    section.save()
    assert ask(client, guidelines).url != page
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quiet_worker", "media")
def test_render_export_is_filed_under_the_content_it_was_made_of(coordinator, section):
    export = request_export(section.guidelines, by=coordinator)
    section.body = "Changed while it waited."
    section.save()
    work()
    export.refresh_from_db()
    assert export.state == ExportState.DONE
    assert request_export(section.guidelines, by=coordinator) == export


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("quiet_worker", "media")
def test_render_export_that_was_overtaken_says_so(coordinator, section):
    first = request_export(section.guidelines, by=coordinator)
    section.body = "Changed."
    section.save()
    second = request_export(section.guidelines, by=coordinator)
    work()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.error) == (ExportState.FAILED, Failure.OVERTAKEN)
    assert second.state == ExportState.DONE


def test_request_export_twice_makes_one(coordinator, section, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = request_export(section.guidelines, by=coordinator)
        second = request_export(section.guidelines, by=coordinator)
    assert first == second
    assert DBTaskResult.objects.count() == 1
    assert AuditEvent.objects.filter(verb="asked for PDF").count() == 1


def test_two_exports_of_one_content_are_refused_by_the_database(guidelines, media):
    ExportFactory(guidelines=guidelines, digest="a" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportFactory(guidelines=guidelines, digest="a" * 64)
    ExportFactory(guidelines=guidelines, digest="a" * 64, state=ExportState.FAILED, error=Failure.BROKEN)


@pytest.mark.parametrize("state", [ExportState.QUEUED, ExportState.RENDERING])
def test_request_export_again_when_the_worker_died(state, coordinator, section):
    dead = request_export(section.guidelines, by=coordinator)
    long_ago = timezone.now() - Export.LONG_WAIT - datetime.timedelta(seconds=1)
    Export.objects.update(state=state, updated_at=long_ago, attempts=1)
    assert request_export(section.guidelines, by=coordinator) == dead  # taken up again
    dead.refresh_from_db()
    assert (dead.state, dead.progress) == (ExportState.QUEUED, 0)
    Export.objects.update(state=state, updated_at=long_ago, attempts=Export.MOST_ATTEMPTS)
    assert request_export(section.guidelines, by=coordinator) != dead
    dead.refresh_from_db()
    assert (dead.state, dead.error) == (ExportState.FAILED, Failure.STOPPED)


def test_request_export_again_when_the_file_is_lost(coordinator, section, media):
    export = request_export(section.guidelines, by=coordinator)
    rendering.render_export(export.code)
    export.refresh_from_db()
    export.file.storage.delete(export.file.name)
    fresh = request_export(section.guidelines, by=coordinator)
    export.refresh_from_db()
    assert fresh != export
    assert export.error == Failure.LOST


def test_render_export_is_made_by_one_worker_only(coordinator, section, media):
    export = request_export(section.guidelines, by=coordinator)
    rendering.render_export(export.code)
    made = Export.objects.get().finished_at
    rendering.render_export(export.code)
    assert Export.objects.get().finished_at == made


def test_render_export_that_breaks_is_marked_and_can_be_asked_for_again(
    signed_in, coordinator, section, settings, tmp_path
):
    blocked = tmp_path / "not-a-folder"
    blocked.write_text("a file where the folder should be")
    settings.MEDIA_ROOT = blocked
    export = request_export(section.guidelines, by=coordinator)
    with pytest.raises(OSError, match="not-a-folder"):
        rendering.render_export(export.code)
    export.refresh_from_db()
    assert (export.state, export.error) == (ExportState.FAILED, Failure.BROKEN)
    page = signed_in(coordinator).get(export.get_absolute_url()).content.decode()
    assert "could not be made" in page
    assert "Try again" in page
    assert request_export(section.guidelines, by=coordinator) != export


def test_render_export_given_up_meanwhile_stores_nothing(coordinator, section, media, monkeypatch):
    export = request_export(section.guidelines, by=coordinator)

    def give_up_then_render(*args, **kwargs):
        export.give_up(Failure.STOPPED)
        return rendering.Rendered(b"%PDF", 1)

    monkeypatch.setattr("core.export_work.render_limited", give_up_then_render)
    rendering.render_export(export.code)
    export.refresh_from_db()
    assert export.error == Failure.STOPPED
    assert not list(media.rglob("*.pdf"))


def test_export_detail_polls_while_it_is_made_and_stops_when_done(signed_in, oversight, guidelines, media):
    client = signed_in(oversight)
    done = ExportFactory(guidelines=guidelines)
    going = ExportFactory(
        guidelines=guidelines,
        state=ExportState.RENDERING,
        step=Step.RENDERING,
        progress=50,
        file="",
        pages=None,
    )
    page = client.get(going.get_absolute_url()).content.decode()
    assert "Laying out the pages" in page
    assert 'hx-trigger="every 2s"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    part = client.get(going.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert part.startswith("<div hx-get")
    assert "hx-trigger" not in client.get(done.get_absolute_url()).content.decode()


def test_export_detail_of_a_stuck_export_offers_another_try(signed_in, coordinator, guidelines):
    export = ExportFactory(
        guidelines=guidelines,
        state=ExportState.QUEUED,
        file="",
        pages=None,
    )
    Export.objects.update(updated_at=timezone.now() - Export.LONG_WAIT * 2)
    page = signed_in(coordinator).get(export.get_absolute_url()).content.decode()
    assert "no sign of life" in page
    assert "Try again" in page


def test_export_file_only_for_who_may_see_it(signed_in, oversight, outsider, member, guidelines, media):
    export = ExportFactory(guidelines=guidelines)
    url = f"{export.get_absolute_url()}file/"
    response = signed_in(oversight).get(url)
    assert b"".join(response.streaming_content) == b"%PDF-test"
    for stranger in (outsider, member):
        hidden = signed_in(stranger).get(url)
        unknown = signed_in(stranger).get(f"/guidelines/{guidelines.code}/exports/E-000000/file/")
        assert hidden.status_code == unknown.status_code == 404
        assert without_token(hidden) == without_token(unknown)


def test_export_file_that_is_not_made_or_lost_is_404(signed_in, coordinator, guidelines, media):
    lost = ExportFactory(guidelines=guidelines)
    lost.file.storage.delete(lost.file.name)
    going = ExportFactory(guidelines=guidelines, state=ExportState.QUEUED, file="", pages=None)
    for export in (lost, going):
        assert signed_in(coordinator).get(f"{export.get_absolute_url()}file/").status_code == 404


def test_guidelines_export_is_for_writers_and_by_post_only(
    signed_in, oversight, outsider, coordinator, guidelines
):
    assert ask(signed_in(oversight), guidelines).status_code == 403
    assert ask(signed_in(outsider), guidelines).status_code == 404
    assert signed_in(coordinator).get(f"/guidelines/{guidelines.code}/export/").status_code == 405
    assert not Export.objects.exists()
