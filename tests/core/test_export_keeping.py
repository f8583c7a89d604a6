"""What goes after a while: old drafts, and files that a dead worker left. Editions, scans, pictures stay."""

import datetime
import io
import os
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage
from django.core.management import call_command
from django.db.models import FileField
from django.urls import reverse
from django.utils import timezone

from core.export_keeping import _forget, forget_old_drafts, remove_nameless_files
from core.export_work import stored_documents
from core.exports import ExportState, Failure
from plans.models import Attachment, PlanExport
from tests.factories.editions import EditionFactory, PlanExportFactory
from tests.factories.guidelines import EditionFactory as GuidelinesEditionFactory
from tests.factories.guidelines import ExportFactory, GuidelinesFactory
from tests.factories.plans import LocalActionPlanFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def plan():
    return LocalActionPlanFactory()


def left(folder, name, *, age=2 * DAY):
    """A file that no row names, written so long ago."""
    path = Path(folder, name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"%PDF left")
    written(path, age)
    return path


def written(path, age):
    then = (timezone.now() - age).timestamp()
    os.utime(path, (then, then))


def path_of(export):
    return Path(export.file.path)


def in_days(number):
    return timezone.now() + number * DAY


# --- Old drafts ---


@pytest.mark.parametrize("factory", [ExportFactory, PlanExportFactory])
def test_forget_old_drafts_takes_row_and_file_after_the_days_of_the_setting(factory, settings):
    draft = factory()
    assert forget_old_drafts(in_days(29)) == 0
    assert path_of(draft).exists()
    assert forget_old_drafts(in_days(31)) == 1
    assert not type(draft).objects.exists()
    assert not path_of(draft).exists()


def test_forget_old_drafts_takes_as_many_days_as_the_setting_says(settings):
    settings.DRAFT_FILE_DAYS = 3
    ExportFactory()
    assert forget_old_drafts(in_days(2)) == 0
    assert forget_old_drafts(in_days(4)) == 1


def test_forget_old_drafts_never_takes_what_was_asked_for_today(settings):
    settings.DRAFT_FILE_DAYS = 0
    ExportFactory()
    assert forget_old_drafts(in_days(0.5)) == 0
    assert forget_old_drafts(in_days(1.5)) == 1


def test_forget_old_drafts_leaves_what_moved_since_it_was_looked_at(plan):
    """Told as failed, and taken up again by another process at that moment."""
    draft = PlanExportFactory(plan=plan, state=ExportState.FAILED, error=Failure.STOPPED)
    seen = PlanExport.objects.get()
    PlanExport.objects.update(state=ExportState.RENDERING, error="")
    assert not _forget(seen)
    assert PlanExport.objects.exists()
    assert path_of(draft).exists()


def test_forget_old_drafts_leaves_editions_for_ever(plan):
    guidelines = GuidelinesFactory()
    kept = [
        PlanExportFactory(plan=plan, edition=EditionFactory(plan=plan)),
        ExportFactory(guidelines=guidelines, edition=GuidelinesEditionFactory(guidelines=guidelines)),
        # Its checksum is what the next file of that edition is compared with.
        ExportFactory(
            guidelines=guidelines,
            edition=guidelines.editions.get(),
            state=ExportState.FAILED,
            error=Failure.LOST,
            file_digest="1" * 64,
        ),
    ]
    assert forget_old_drafts(in_days(4000)) == 0
    for export in kept:
        export.refresh_from_db()
        assert path_of(export).read_bytes() == b"%PDF-test"


def test_forget_old_drafts_leaves_what_is_under_way_and_takes_what_failed(plan):
    for state in (ExportState.QUEUED, ExportState.RENDERING):
        PlanExportFactory(plan=plan, state=state, file="")
    PlanExportFactory(plan=plan, state=ExportState.FAILED, error=Failure.TIME, file="")
    assert forget_old_drafts(in_days(31)) == 1
    assert not PlanExport.objects.filter(state=ExportState.FAILED).exists()
    assert PlanExport.objects.count() == 2


def test_forget_old_drafts_does_not_mind_a_file_that_is_gone_already(plan):
    draft = PlanExportFactory(plan=plan)
    path_of(draft).unlink()
    assert forget_old_drafts(in_days(31)) == 1


def test_draft_that_was_forgotten_is_made_again_when_somebody_asks(plan, administrator, signed_in):
    client, address = signed_in(administrator), reverse("plan_pdf", args=[plan.code])
    first = client.post(address).url
    PlanExport.objects.update(state=ExportState.DONE, file="plans/F-LOST.pdf")
    assert forget_old_drafts(in_days(31)) == 1
    assert client.get(first).status_code == 404
    second = client.post(address).url
    assert second != first
    assert client.get(second).status_code == 200


# --- Files without a row ---


def test_remove_nameless_files_takes_what_no_row_names_after_a_day(media, plan):
    named = path_of(PlanExportFactory(plan=plan))
    ExportFactory(guidelines=GuidelinesFactory())
    old = [left(media / "plans", "F-OLD.pdf"), left(media / "guidelines", "F-OLD.docx")]
    half = left(media / "being-made", "X-123456")
    young = [left(media / folder, "F-NEW.pdf", age=0.9 * DAY) for folder in ("plans", "being-made")]
    written(named, 400 * DAY)
    assert remove_nameless_files(timezone.now()) == 3
    assert not any(path.exists() for path in [*old, half])
    assert all(path.exists() for path in [named, *young])
    assert remove_nameless_files(timezone.now()) == 0
    assert remove_nameless_files(in_days(1)) == 2


def test_remove_nameless_files_takes_what_a_worker_left_that_died_before_the_row(media, plan):
    """It had stored the file; the row was taken up by another worker, which made a file of its own."""
    export = PlanExportFactory(plan=plan, state=ExportState.RENDERING, file="", attempts=1)
    export.file.save("document", ContentFile(b"%PDF of the dead"), save=False)
    orphan = path_of(export)
    again = PlanExport.objects.get()
    again.file.save("document", ContentFile(b"%PDF"), save=False)
    assert again.finish(size=4, pages=1)
    assert remove_nameless_files(timezone.now()) == 0
    assert remove_nameless_files(in_days(1.1)) == 1
    assert not orphan.exists()
    assert path_of(PlanExport.objects.get()).read_bytes() == b"%PDF"


@pytest.mark.parametrize("state", [ExportState.DONE, ExportState.FAILED])
def test_remove_nameless_files_leaves_files_of_editions(media, plan, state):
    error = Failure.STOPPED if state == ExportState.FAILED else ""
    export = PlanExportFactory(plan=plan, edition=EditionFactory(plan=plan), state=state, error=error)
    left(media / "plans", "F-OLD.pdf")
    assert remove_nameless_files(in_days(4000)) == 1
    assert path_of(export).read_bytes() == b"%PDF-test"


def test_remove_nameless_files_touches_no_other_folder(media, plan):
    """Scans, pictures, attachments, and whatever somebody keeps there: named or not."""
    PlanExportFactory(plan=plan)
    folders = {"attachments", "endorsements", "library", "meetings", "pictures", "plans/deeper", "mine"}
    (media / "plans").mkdir(exist_ok=True)
    kept = [left(media / folder, "F-OLD") for folder in folders] + [left(media, "F-OLD")]
    assert remove_nameless_files(in_days(4000)) == 0
    assert all(path.exists() for path in kept)


def test_remove_nameless_files_leaves_what_a_row_of_another_table_names(media, plan):
    """Nothing else lies in these folders; should it ever, its row counts."""
    PlanExportFactory(plan=plan)
    scan = left(media / "plans", "F-SCAN")
    Attachment.objects.create(plan=plan, name="act.pdf", content_type="x", size=1, file="plans/F-SCAN")
    assert remove_nameless_files(in_days(4000)) == 0
    assert scan.exists()


def test_remove_nameless_files_does_nothing_with_the_wrong_database(media, caplog):
    """A database that names none of the files is not the one that they belong to."""
    files = [left(media / "guidelines", f"F-{number}.pdf") for number in range(5)]
    ExportFactory(state=ExportState.QUEUED, file="")
    assert remove_nameless_files(timezone.now()) == 0
    assert all(path.exists() for path in files)
    assert "left alone" in caplog.text


def test_remove_nameless_files_leaves_a_store_elsewhere_alone(media, plan, monkeypatch):
    """A store that is no disk of ours lists and dates its files in its own way."""
    PlanExportFactory(plan=plan)
    orphan = left(media / "plans", "F-OLD.pdf")
    for model in stored_documents():
        monkeypatch.setattr(model._meta.get_field("file"), "storage", InMemoryStorage())
    assert remove_nameless_files(timezone.now()) == 0
    assert orphan.exists()


def test_remove_nameless_files_needs_no_folder(media):
    assert remove_nameless_files(timezone.now()) == 0


def test_folders_of_documents_are_theirs_alone():
    """Every other table that keeps files keeps them elsewhere."""
    folders = {model.FOLDER for model in stored_documents()}
    assert len(folders) == len(stored_documents())
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                folder = field.generate_filename(model(), "x").partition("/")[0]
                assert (folder in folders) == (model in stored_documents()), model


def test_forget_exports_says_how_many(media, plan):
    PlanExportFactory(plan=plan)
    draft = PlanExportFactory(plan=plan)
    PlanExport.objects.filter(pk=draft.pk).update(created_at=in_days(-31))
    left(media / "plans", "F-OLD.pdf")
    out = io.StringIO()
    call_command("forget_exports", stdout=out)
    assert out.getvalue() == "Old drafts forgotten: 1.\nFiles without a row removed: 1.\n"
    assert not default_storage.exists(draft.file.name)
