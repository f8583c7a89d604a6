"""plans.attachments and the page that hands files out."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.urls import reverse

from core.stored_files import FileLost
from core.uploads import CheckedFile
from plans.attachments import drop_file, keep_file, read_file
from plans.models import Attachment, AttachmentKind
from tests.factories.plans import AttachmentFactory, ProgressUpdateFactory

SCAN = CheckedFile("Arrêté 12.pdf", "application/pdf", b"%PDF-1.4 seats for women")


@pytest.fixture
def scan(plan, secretary):
    return keep_file(SCAN, kind=AttachmentKind.ADOPTION, by=secretary, plan=plan)


def stored(attachment):
    return Path(settings.MEDIA_ROOT) / attachment.file.name


def url(attachment):
    return reverse("attachment_file", args=[attachment.code])


def test_keep_file_encrypts_on_disk(scan, plan, secretary):
    assert b"seats" not in stored(scan).read_bytes()
    assert read_file(Attachment.objects.get()) == SCAN.content
    assert (scan.plan, scan.size, scan.added_by) == (plan, len(SCAN.content), secretary)
    assert "12" not in scan.file.name


def test_keep_file_without_a_row_leaves_no_file(secretary):
    before = set(Path(settings.MEDIA_ROOT).rglob("*"))
    with pytest.raises(IntegrityError):
        keep_file(SCAN, kind=AttachmentKind.ADOPTION, by=secretary)
    assert {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()} <= before


def test_drop_file_takes_both(scan, django_capture_on_commit_callbacks):
    path = stored(scan)
    with django_capture_on_commit_callbacks(execute=True):
        drop_file(scan)
        assert path.exists()
    assert not path.exists()
    assert not Attachment.objects.exists()


def test_read_file_that_is_lost(scan):
    stored(scan).unlink()
    with pytest.raises(FileLost):
        read_file(scan)


@pytest.mark.parametrize("who", ["secretary", "member", "coordinator", "oversight"])
def test_attachment_file_for_who_sees_the_plan(who, request, signed_in):
    client = signed_in(request.getfixturevalue(who))
    scan = request.getfixturevalue("scan")
    response = client.get(url(scan))
    assert response.content == SCAN.content
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Arr%C3%AAt%C3%A9%2012.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_attachment_file_is_hidden_from_others(scan, outsider, signed_in, client):
    assert signed_in(outsider).get(url(scan)).status_code == 404
    assert client.get(url(scan)).status_code == 302  # to the sign-in: never public


def test_attachment_file_that_is_lost_is_not_found(scan, secretary, signed_in):
    stored(scan).unlink()
    assert signed_in(secretary).get(url(scan)).status_code == 404


def test_attachment_file_of_the_factory(plan, secretary, signed_in):
    row = AttachmentFactory(plan=plan)
    assert signed_in(secretary).get(url(row)).content == b"%PDF-1.4 the scan"


@pytest.mark.parametrize(
    ("who", "state", "status"),
    [
        ("member", "draft", 200),
        ("coordinator", "draft", 404),
        ("coordinator", "approved", 200),
        ("facilitator", "approved", 200),
        ("oversight", "approved", 404),
        ("outsider", "approved", 404),
    ],
)
def test_attachment_file_of_evidence_is_for_who_works_on_the_plan(
    who, state, status, running, quarter, activity, request, signed_in
):
    update = ProgressUpdateFactory(period=quarter, activity=activity, state=state)
    row = AttachmentFactory(plan=running, update=update, kind=AttachmentKind.EVIDENCE)
    assert signed_in(request.getfixturevalue(who)).get(url(row)).status_code == status
