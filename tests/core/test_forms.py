import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.template.loader import render_to_string

from core.forms import DateField, RowsField
from frameworks.models import Provision
from tests.factories.frameworks import ProvisionFactory


@pytest.mark.parametrize("key", ["9" * 40, "-1", "²", "x", "1.0", ""])
def test_rows_field_calls_an_impossible_key_an_unknown_choice(key, db):
    with pytest.raises(ValidationError):
        RowsField(Provision.objects.all()).clean([key])


def test_rows_field_finds_rows(db):
    provision = ProvisionFactory()
    assert list(RowsField(Provision.objects.all()).clean([str(provision.pk)])) == [provision]


class Everything(forms.Form):
    title = forms.CharField(label="Title")
    day = DateField(label="When was it?")
    side = forms.ChoiceField(label="Side", choices=[("", "–"), ("a", "A")])
    issues = forms.MultipleChoiceField(label="Issues", choices=[("a", "A")])
    scan = forms.FileField(label="Scan")
    agrees = forms.BooleanField(label="I agree")
    bare = forms.CharField(label="")
    own = forms.CharField(label="Reason", error_messages={"required": "Say why."})


def test_required_fields_name_themselves_and_say_what_to_do():
    form = Everything({})
    assert [error for field in form for error in field.errors] == [
        "Title: fill this in.",
        "When was it: fill this in.",
        "Side: choose one.",
        "Issues: choose at least one.",
        "Scan: choose a file.",
        "I agree: tick this.",
        "Fill this in.",
        "Say why.",
    ]
    assert form["title"].errors.field_id == "id_title"
    assert not Everything()["title"].errors


def test_required_fields_are_named_once_in_the_summary_and_once_at_the_field():
    form = Everything({"title": "", "own": ""})
    summary = render_to_string("components/error_summary.html", {"form": form})
    assert '<a href="#id_title">Title</a>: fill this in.' in summary
    assert '<a href="#id_own">Reason</a>: Say why.' in summary
    page = Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(Context({"form": form}))
    assert "<strong>Title: fill this in.</strong>" in page
    assert 'aria-describedby="id_title_error"' in page
    assert "This field is required" not in summary + page
