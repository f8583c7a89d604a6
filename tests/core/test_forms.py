import pytest
from django.core.exceptions import ValidationError

from core.forms import RowsField
from frameworks.models import Provision
from tests.factories.frameworks import ProvisionFactory


@pytest.mark.parametrize("key", ["9" * 40, "-1", "²", "x", "1.0", ""])
def test_rows_field_calls_an_impossible_key_an_unknown_choice(key, db):
    with pytest.raises(ValidationError):
        RowsField(Provision.objects.all()).clean([key])


def test_rows_field_finds_rows(db):
    provision = ProvisionFactory()
    assert list(RowsField(Provision.objects.all()).clean([str(provision.pk)])) == [provision]
