"""What must agree: models and migrations, settings and their page, packages and official releases."""

import base64
import hashlib
import re
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db.models import Q

from frameworks.models import Framework, IndicatorDefinition, Provision
from localities.models import Country, Locality
from plans.models import Theme

ROOT = Path(__file__).resolve().parent.parent

# getbootstrap.com, introduction of 5.3, "CDN links": integrity of release 5.3.8.
BOOTSTRAP = {
    "css/bootstrap.min.css": "sha384-sRIl4kxILFvY47J16cr9ZwB07vP4J8+LH7qKQnuqkuIAvNWLzeN8tE5YBujZqJLB",
}

# GNWP, Localization strategy page, June 2018.
STRATEGY_COUNTRIES = {
    "Armenia",
    "Burundi",
    "Colombia",
    "Democratic Republic of the Congo",
    "Georgia",
    "Kenya",
    "Liberia",
    "Nepal",
    "Philippines",
    "Serbia",
    "Sierra Leone",
    "South Sudan",
    "Uganda",
}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


def test_every_variable_is_documented():
    documented = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", (ROOT / "docs/settings.md").read_text()))
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z0-9_]+)\"", (ROOT / "lapportal/settings.py").read_text()))
    for path in (ROOT / "lapportal").rglob("*.py"):
        if path.name != "settings_test.py":
            read |= set(re.findall(r"os\.environ(?:\.get\(|\[)\"([A-Z0-9_]+)\"", path.read_text()))
    for path in (ROOT / "bin").iterdir():
        read |= set(re.findall(r"\$\{([A-Z][A-Z0-9_]+):?[-=]", path.read_text()))
    assert read - documented == set(), "read, but not in docs/settings.md"
    assert documented - read == set(), "in docs/settings.md, but nothing reads it"


@pytest.mark.parametrize("path", BOOTSTRAP)
def test_bootstrap_is_the_official_release(path):
    content = Path(finders.find(path)).read_bytes()
    assert "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode() == BOOTSTRAP[path]


def test_requirements_name_no_address():
    for path in (ROOT / "requirements").glob("*.txt"):
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", path.read_text()), path.name


def test_continuous_integration_runs_make_test():
    assert "make test" in (ROOT / ".ci/run").read_text()


def rows(*models):
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.django_db
def test_reference_data_loads_twice_without_change_and_says_its_sources():
    models = (Country, Locality, Framework, Provision, IndicatorDefinition, Theme)
    for command in ("load_localities", "load_frameworks", "load_themes"):
        call_command(command, stdout=StringIO())
    before = rows(*models)
    for command in ("load_localities", "load_frameworks", "load_themes"):
        call_command(command, stdout=StringIO())
    assert rows(*models) == before
    assert all(before)
    assert set(Country.objects.filter(in_strategy=True).values_list("name", flat=True)) == STRATEGY_COUNTRIES
    assert not any(Locality.objects.find_problems())
    for model in (Country, Locality, Framework, IndicatorDefinition):
        unsourced = model.objects.filter(Q(source="") | Q(as_of=None))
        assert not unsourced.exists(), f"{model.__name__} without source or date"
