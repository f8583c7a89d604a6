import pytest

from plans import rules


@pytest.mark.parametrize(
    ("who", "writes", "decides"),
    [
        ("administrator", False, False),
        ("coordinator", False, False),
        ("facilitator", False, False),
        ("oversight", False, False),
        ("secretary", True, True),
        ("member", True, False),
        ("outsider", False, False),
    ],
)
def test_rules_by_role(who, writes, decides, plan, request):
    """The committee's plan is its own: a coordinator reads and never overwrites (F47)."""
    user = request.getfixturevalue(who)
    assert rules.can_start_plan(user, plan.committee) is writes
    assert rules.can_write_plan(user, plan) is writes
    assert rules.can_decide_plan(user, plan) is decides
