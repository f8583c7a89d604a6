"""committees.services.access: who is let in is told where to begin."""

import pytest

from accounts.models import Notice, NoticeKind
from accounts.roles import Role
from committees.services.access import AlreadyHasAccess, give_access, remove_access
from tests.factories.accounts import UserFactory


def test_give_access_tells_where_to_begin(committee, coordinator, signed_in):
    user = UserFactory()
    give_access(committee, user=user, role=Role.COMMITTEE_MEMBER, by=coordinator)
    notice = Notice.objects.get()
    assert (notice.user, notice.kind, notice.subject) == (user, NoticeKind.MEETING, committee.code)
    assert "as Committee member. Read first what it promised" in notice.text
    assert committee.name in notice.text
    assert coordinator.display_name not in notice.text
    client = signed_in(user)
    page = client.get(client.get(notice.get_absolute_url()).url)
    assert page.status_code == 200
    assert committee.name in page.text


def test_give_access_tells_again_only_who_was_gone(committee, coordinator):
    user = UserFactory()
    access = give_access(committee, user=user, role=Role.COMMITTEE_MEMBER, by=coordinator)
    with pytest.raises(AlreadyHasAccess):
        give_access(committee, user=user, role=Role.COMMITTEE_SECRETARY, by=coordinator)
    assert Notice.objects.count() == 1
    remove_access(access, by=coordinator)
    give_access(committee, user=user, role=Role.COMMITTEE_SECRETARY, by=coordinator)
    assert "Committee secretary" in Notice.objects.first().text


def test_give_access_does_not_tell_oneself(committee, coordinator):
    give_access(committee, user=coordinator, role=Role.COMMITTEE_MEMBER, by=coordinator)
    assert not Notice.objects.exists()
