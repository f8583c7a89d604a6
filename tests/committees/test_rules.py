import pytest

from committees import rules

CAST = ["administrator", "coordinator", "facilitator", "oversight", "secretary", "member", "outsider"]


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (rules.can_edit_seats, {"administrator", "coordinator", "facilitator"}),
        (rules.can_activate_committee, {"administrator", "coordinator", "facilitator"}),
        (rules.can_keep_committee, {"coordinator", "facilitator", "secretary"}),
        (rules.can_read_drafts_of, {"coordinator", "facilitator", "secretary", "member"}),
        (rules.can_read_exact_numbers_of, {"administrator", "coordinator", "facilitator", "secretary"}),
        (rules.can_give_committee_access, {"administrator", "coordinator"}),
        (rules.can_write_plans_of, {"secretary", "member"}),
        (rules.can_decide_plans_of, {"secretary"}),
    ],
)
@pytest.mark.parametrize("who", CAST)
def test_rules_by_role(rule, allowed, who, committee, request):
    assert rule(request.getfixturevalue(who), committee) is (who in allowed)


@pytest.mark.parametrize("who", CAST)
def test_can_set_up_committees_somewhere(who, request):
    user = request.getfixturevalue(who)
    allowed = who in {"administrator", "coordinator", "facilitator", "outsider"}
    assert rules.can_set_up_committees(user) is allowed
