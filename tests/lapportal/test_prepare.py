"""`manage.py prepare`: from an empty folder to a site that can be started, and again in no time."""

from io import StringIO

import pytest
from django.core.management import call_command

from lapportal.management.commands.prepare import Command
from localities.models import Locality


@pytest.fixture
def folder(settings, tmp_path):
    settings.DEMO_SITE = False
    settings.DATA_DIR, settings.STATIC_ROOT = tmp_path / "var", tmp_path / "var/static"
    return tmp_path / "var"


@pytest.mark.django_db
def test_prepare_loads_reference_data_but_no_demo_unless_asked(folder):
    output = StringIO()
    call_command("prepare", stdout=output)
    assert Locality.objects.exists()
    assert (folder / "static/css/portal.css").exists()
    assert "Demo" not in output.getvalue()


def test_collect_static_works_only_when_something_changed(folder):
    root = folder / "static"
    Command().collect_static(root)
    written = (root / "css/portal.css").stat().st_mtime_ns
    Command().collect_static(root)
    assert (root / "css/portal.css").stat().st_mtime_ns == written
    (root / ".collected").write_text("of another day")
    Command().collect_static(root)
    assert (root / "css/portal.css").stat().st_mtime_ns > written
