"""The rules of docs/architecture.md that a machine can hold: order, size, names, access."""

import ast
import inspect
import textwrap
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).resolve().parent.parent

# An app may import only what stands before it: the order in which things happen.
ORDER = ("core localities accounts frameworks people workshops committees plans guidelines lapportal").split()

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "mixins", "signals", "common", "misc"}

# Views that read no row of anybody's work, with the reason.
WITHOUT_ROWS = {
    "healthz": "asks the database and the queue whether they answer",
    "roles": "prints accounts/roles.py",
    "privacy": "a text",
    "self_registration": "public: takes an entry in by the code of an open door, and shows no row",
    "self_registration_done": "public: the same words for every code",
    "adopted_plans": "public: asks Edition.objects.public(), which stands in for visible_to",
    "public_plan": "public: asks Edition.objects.public(), which stands in for visible_to",
    "public_plan_pdf": "public: asks Edition.objects.public(), which stands in for visible_to",
    "published_guidelines": "public: asks Edition.objects.public(), which stands in for visible_to",
    "public_guidelines": "public: asks Edition.objects.public(), which stands in for visible_to",
    "public_edition": "public: asks Edition.objects.public(), which stands in for visible_to",
    "public_edition_pdf": "public: asks Edition.objects.public(), which stands in for visible_to",
    "public_picture": "public: asks Edition.objects.public(), which stands in for visible_to",
    "my_work": "the user's own tasks: lapportal/work asks the rules in the form of sets (test_work*.py)",
    "my_account": "shows and changes the signed-in user's own account",
    "notice_choices": "shows and changes what the signed-in user wants by e-mail",
    "account_signup": "says who gives accounts; signs nobody up",
    "account_new": "makes a row; its form offers the countries and roles that the user may give",
    "workshop_new": "makes a row; its form offers the localities where the user may run workshops",
    "election_new": "makes a row; its form offers the countries whose calendar the user keeps",
    "story_new": "makes a row; its form offers the places of which the user may tell stories",
    "guidelines_new": "makes a row; its form offers the countries for which the user may write",
    "resource_new": "makes a row; its form offers the countries for which the user writes guidelines",
}


def modules():
    for app in ORDER:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


MODULES = [pytest.param(path, id=str(path.relative_to(ROOT))) for path in modules()]


def imported_apps(tree):
    """The first part of everything that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", MODULES)
def test_imports_only_what_stands_before(path):
    own = ORDER.index(path.relative_to(ROOT).parts[0])
    later = {name for name in imported_apps(ast.parse(path.read_text())) if name in ORDER[own + 1 :]}
    assert not later, f"{path.relative_to(ROOT)} imports {later}, which stand later in the story"


@pytest.mark.parametrize("path", MODULES)
def test_module_and_functions_are_short(path):
    source = path.read_text()
    assert len(source.splitlines()) <= LONGEST_MODULE
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long


def test_test_modules_are_short():
    """They are read as often as what they test: a longer one is split by topic, into a folder."""
    tests = sorted((ROOT / "tests").rglob("*.py"))
    lines = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in tests}
    assert not {name: number for name, number in lines.items() if number > LONGEST_MODULE}


@pytest.mark.parametrize("path", MODULES)
def test_module_has_a_name_that_says_something(path):
    assert not NAMES_THAT_SAY_NOTHING & set(path.relative_to(ROOT).with_suffix("").parts)


def test_relation_belongs_to_the_later_app():
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ORDER
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model._meta.app_label in ORDER
        if ORDER.index(field.related_model._meta.app_label) > ORDER.index(model._meta.app_label)
    ]
    # Who recorded a consent or typed a text is known by the name of the user model only.
    assert not wrong


def our_views():
    """Every view function of ours by its URL name, decorators taken off."""

    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield pattern
            else:
                yield from walk(pattern.url_patterns)

    for pattern in walk(get_resolver().url_patterns):
        view = inspect.unwrap(pattern.callback)
        if view.__module__.split(".")[0] in ORDER:
            yield pattern.name, view


def starts_from_what_is_visible(view, depth=2):
    """Whether the view, or a function or report of ours that it calls, uses visible_to."""
    source = textwrap.dedent(inspect.getsource(view))
    if "visible_to" in source:
        return True
    names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    known = vars(inspect.getmodule(view))
    used = [inspect.unwrap(known[name]) for name in names if callable(known.get(name))]
    return depth > 0 and any(
        starts_from_what_is_visible(found, depth - 1)
        for found in used
        if found is not view and (inspect.isfunction(found) or inspect.isclass(found))
        if found.__module__.split(".")[0] in ORDER
    )


def test_views_start_from_what_the_user_may_see():
    views = dict(our_views())
    without = {
        name
        for name, view in views.items()
        if name not in WITHOUT_ROWS and not starts_from_what_is_visible(view)
    }
    assert not without, "these views never ask visible_to(request.user)"
    assert set(WITHOUT_ROWS) <= set(views), "an exception for a view that is gone"


def test_view_is_named_like_its_url():
    wrong = {name: view.__name__ for name, view in our_views() if name != view.__name__}
    assert not wrong


def test_models_with_a_page_know_who_may_see_them():
    without = [
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in ORDER
        and hasattr(model, "get_absolute_url")
        and not hasattr(model._default_manager.all(), "visible_to")
    ]
    assert not without


def test_no_field_holds_a_sexual_orientation_or_a_case():
    """F86, domain.md §9.3: what must never be recorded of a person has no column to stand in."""
    words = ("orientation", "gender_identity", "sgm", "lgbt", "ethnic", "survivor", "perpetrator", "victim")
    found = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.Field) and any(word in field.name for word in words)
    ]
    assert not found
