import pytest

from accounts.models import User
from guidelines.rules import can_export_guidelines, can_start_guidelines, can_write_guidelines
from tests.factories.guidelines import GuidelinesFactory

# role: sees the guidelines of the country, writes and exports them
TABLE = [
    ("administrator", True, True),
    ("coordinator", True, True),
    ("facilitator", True, False),
    ("local_facilitator", True, False),
    ("oversight", True, False),
    ("secretary", False, False),
    ("member", False, False),
    ("outsider", False, False),
]


@pytest.mark.parametrize(("who", "reads", "writes"), TABLE)
def test_rules_by_role(who, reads, writes, request, guidelines):
    user = User.objects.get(pk=request.getfixturevalue(who).pk)
    visible = type(guidelines).objects.visible_to(user)
    assert visible.filter(pk=guidelines.pk).exists() is reads
    assert can_write_guidelines(user, guidelines) is writes
    assert can_export_guidelines(user, guidelines) is writes


@pytest.mark.parametrize(
    ("who", "starts"),
    [("coordinator", True), ("administrator", True), ("oversight", False), ("member", False)],
)
def test_can_start_guidelines_by_role(who, starts, request):
    assert can_start_guidelines(request.getfixturevalue(who)) is starts


def test_visible_to_shows_the_outsider_only_her_own_country(outsider, elsewhere, guidelines):
    own = GuidelinesFactory(country=elsewhere.country)
    assert list(type(own).objects.visible_to(outsider)) == [own]
