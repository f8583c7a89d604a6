"""The life of a stored document, on the table of plans' PDFs."""

import datetime
import io

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.export_work import Composed, NotMade, make_document, stored_documents, take_up_stuck
from core.exports import PROGRESS, ExportState, Failure, Step
from core.pdf import Rendered
from core.pdf.limits import RenderFailed
from guidelines.models import Export
from plans.models import PlanExport
from tests.factories.editions import PlanExportFactory
from tests.factories.plans import LocalActionPlanFactory

HTML = "<!doctype html><html lang='en'><title>T</title><h1>Hello</h1></html>"
LONG_HTML = HTML.replace("</html>", "<table>" + "<tr><td>a</td><td>b</td></tr>" * 40_000 + "</table></html>")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def queued(db):
    return PlanExportFactory(
        plan=LocalActionPlanFactory(),
        state=ExportState.QUEUED,
        step=Step.WAITING,
        progress=0,
        file="",
        pages=None,
    )


def compose(html=HTML, **more):
    return lambda export: Composed(html, **more)


def age(export, by):
    PlanExport.objects.filter(pk=export.pk).update(updated_at=timezone.now() - by)
    export.refresh_from_db()


def again(export):
    return PlanExport.objects.get(pk=export.pk)


def test_make_document_draws_stores_and_counts_its_try(queued, media):
    make_document(queued, compose=compose())
    made = again(queued)
    assert (made.state, made.step, made.progress, made.attempts, made.pages) == ("done", "done", 100, 1, 1)
    with made.file.open() as stored:
        content = stored.read()
    assert content.startswith(b"%PDF")
    assert len(content) == made.size
    assert not any((media / "being-made").iterdir())
    make_document(again(queued), compose=compose())
    assert again(queued).attempts == 1


def test_make_document_stores_what_needs_no_drawing(queued):
    PlanExport.objects.update(format="docx")
    make_document(again(queued), compose=compose(content=b"as it is"))
    with again(queued).file.open() as stored:
        assert stored.read() == b"as it is"
    assert again(queued).pages is None


@pytest.mark.parametrize(
    ("limits", "why"), [({"PDF_SECONDS": 1}, Failure.TIME), ({"PDF_MEGABYTES": 150}, Failure.MEMORY)]
)
def test_make_document_that_takes_too_much_says_so(queued, settings, limits, why, media):
    for name, value in limits.items():
        setattr(settings, name, value)
    make_document(queued, compose=compose(LONG_HTML))
    assert (again(queued).state, again(queued).error) == (ExportState.FAILED, why)
    assert not [each for each in media.rglob("*") if each.is_file()]


def test_make_document_without_a_font_says_so_instead_of_drawing_boxes(queued):
    make_document(queued, compose=compose(HTML.replace("Hello", "\u0378")))
    assert again(queued).error == Failure.FONT


def test_make_document_that_cannot_be_composed_says_why(queued):
    def refuse(export):
        raise NotMade(Failure.BLOCK)

    make_document(queued, compose=refuse)
    assert again(queued).error == Failure.BLOCK


def test_make_document_that_breaks_is_marked_and_told_to_the_worker(queued):
    with pytest.raises(RenderFailed):
        make_document(queued, compose=compose('<style>@color-profile --p { src: url("http://x/") }</style>'))
    assert again(queued).error == Failure.BROKEN


def test_make_document_gives_signs_of_life_and_stops_when_cancelled(queued, media, monkeypatch):
    seen = []
    give = PlanExport.give_sign_of_life

    def watched(self, progress):
        lives = give(self, progress)
        seen.append(progress)
        assert not lives or timezone.now() - again(queued).updated_at < datetime.timedelta(seconds=1)
        if len(seen) == 2:
            assert again(queued).cancel()
        return lives

    monkeypatch.setattr(PlanExport, "give_sign_of_life", watched)
    make_document(queued, compose=compose(LONG_HTML))
    assert len(seen) == 3
    assert PROGRESS[Step.RENDERING] < seen[0] < seen[1] < PROGRESS[Step.STORING]
    assert (again(queued).state, again(queued).error) == (ExportState.FAILED, Failure.CANCELLED)
    assert not [each for each in media.rglob("*") if each.is_file()]


@pytest.mark.parametrize("state", ExportState)
def test_cancel_only_what_is_under_way(state, queued):
    error = Failure.BROKEN if state == ExportState.FAILED else ""
    export = PlanExportFactory(plan=queued.plan, state=state, error=error)
    assert export.cancel() == (state in {ExportState.QUEUED, ExportState.RENDERING})
    assert export.is_under_way is False


def test_is_stuck_is_soon_for_what_is_made_and_late_for_what_waits(queued):
    age(queued, PlanExport.PATIENCE * 2)
    assert not queued.is_stuck
    queued.begin()
    assert not queued.is_stuck
    age(queued, PlanExport.PATIENCE * 2)
    assert queued.is_stuck
    assert queued.has_lost_its_worker


def test_take_up_again_three_times_at_most(queued):
    for attempt in (1, 2, 3):
        assert queued.begin()
        assert queued.attempts == attempt
        assert not queued.take_up_again()  # it lives
        age(queued, PlanExport.PATIENCE * 2)
        assert queued.take_up_again() == (attempt < 3)
    assert (queued.state, queued.error) == (ExportState.FAILED, Failure.STOPPED)


def test_take_up_again_queues_it_once(queued, django_capture_on_commit_callbacks):
    queued.begin()
    age(queued, PlanExport.PATIENCE * 2)
    other = again(queued)
    with django_capture_on_commit_callbacks(execute=True):
        assert queued.take_up_again()
        assert not other.take_up_again()
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[queued.code]]


def test_worker_that_was_taken_for_dead_changes_nothing_any_more(queued, media):
    """It was only asleep: another one has taken its work."""

    def sleep_and_lose_it(export):
        age(again(queued), PlanExport.PATIENCE * 2)
        assert again(queued).take_up_again()
        assert again(queued).begin()
        return Composed(HTML)

    make_document(queued, compose=sleep_and_lose_it)
    other = again(queued)
    assert (other.state, other.attempts, other.step) == (ExportState.RENDERING, 2, Step.WAITING)
    assert not [each for each in media.rglob("*") if each.is_file()]


def test_take_up_stuck_looks_at_every_table(queued):
    assert set(stored_documents()) == {PlanExport, Export}
    queued.begin()
    assert take_up_stuck() == 0
    age(queued, PlanExport.PATIENCE * 2)
    out = io.StringIO()
    call_command("take_up_exports", stdout=out)
    assert out.getvalue() == "Documents taken up again: 1.\n"
    assert again(queued).state == ExportState.QUEUED


def test_plan_export_page_takes_up_what_lost_its_worker(queued, signed_in, administrator):
    queued.begin()
    age(queued, PlanExport.PATIENCE * 2)
    page = signed_in(administrator).get(queued.get_absolute_url()).content.decode()
    assert "Waiting for the background worker" in page
    assert again(queued).state == ExportState.QUEUED


def test_finish_refuses_when_it_was_given_up_and_takes_the_file_away(queued, media):
    queued.begin()
    queued.file.save("x", ContentFile(Rendered(b"%PDF", 1).content), save=False)
    again(queued).cancel()
    assert not queued.finish(size=4, pages=1)
    assert not [each for each in media.rglob("*") if each.is_file()]
