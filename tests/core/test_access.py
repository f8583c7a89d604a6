import pytest
from django.core.exceptions import PermissionDenied

from core.access import require


def test_require_goes_on_when_allowed():
    require(True)


def test_require_refuses():
    with pytest.raises(PermissionDenied):
        require(False)
