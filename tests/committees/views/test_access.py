"""Accounts that work for a committee."""

from django.urls import reverse

from accounts.roles import Role
from committees.models import CommitteeAccess
from tests.factories.accounts import UserFactory
from tests.factories.committees import SeatFactory


def test_access_new_gives_access(committee, coordinator, country, signed_in):
    user = UserFactory(email="mado@test.example", created_in=country)
    response = signed_in(coordinator).post(
        reverse("access_new", args=[committee.code]),
        {"email": "MADO@test.example", "role": Role.COMMITTEE_MEMBER},
    )
    assert response.url == committee.get_absolute_url()
    assert CommitteeAccess.objects.get().user == user


def test_access_new_answers_alike_for_unknown_and_hidden(committee, coordinator, elsewhere, signed_in):
    UserFactory(email="hidden@test.example", created_in=elsewhere.country)
    UserFactory(email="closed@test.example", created_in=committee.locality.country, is_active=False)
    client, url = signed_in(coordinator), reverse("access_new", args=[committee.code])
    for email in ("nobody@test.example", "hidden@test.example", "closed@test.example"):
        response = client.post(url, {"email": email, "role": Role.COMMITTEE_MEMBER})
        assert response.status_code == 422
        assert response.context["form"].errors["email"] == [
            "There is no account with this address. Ask your coordinator to create one."
        ]
        assert email in response.content.decode()
    assert not CommitteeAccess.objects.exists()


def test_access_edit_chooses_the_seat_that_it_works_for(committee, member, coordinator, signed_in):
    access = CommitteeAccess.objects.get(user=member)
    seat, ended = SeatFactory(committee=committee), SeatFactory(committee=committee, ended_on="2026-05-01")
    foreign = SeatFactory()
    client, url = signed_in(coordinator), reverse("access_edit", args=[committee.code, access.code])
    for other in (ended, foreign):
        assert client.post(url, {"role": access.role, "seat": other.code}).status_code == 422
    assert client.post(url, {"role": "committee_secretary", "seat": seat.code}).status_code == 302
    access.refresh_from_db()
    assert (access.role, access.seat) == ("committee_secretary", seat)
    assert seat.position.title in client.get(url).content.decode()


def test_access_new_twice_says_so(committee, secretary, coordinator, signed_in):
    response = signed_in(coordinator).post(
        reverse("access_new", args=[committee.code]),
        {"email": secretary.email, "role": Role.COMMITTEE_MEMBER},
    )
    assert response.status_code == 422
    assert "works for the committee already" in response.content.decode()


def test_access_new_gives_committee_roles_only(committee, country, coordinator, signed_in):
    user = UserFactory(created_in=country)
    response = signed_in(coordinator).post(
        reverse("access_new", args=[committee.code]),
        {"email": user.email, "role": Role.PLATFORM_ADMINISTRATOR},
    )
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"role"}


def test_access_remove_asks_first(committee, secretary, coordinator, signed_in):
    access = CommitteeAccess.objects.get(user=secretary)
    client, url = signed_in(coordinator), reverse("access_remove", args=[committee.code, access.code])
    assert secretary.email in client.get(url).content.decode()
    client.post(url)
    assert not CommitteeAccess.objects.exists()
    assert signed_in(secretary).get(committee.get_absolute_url()).status_code == 404
