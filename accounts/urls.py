"""Pages of the accounts app: signing in (allauth), one's own account, and giving access."""

from django.urls import path, re_path

from accounts import sign_in
from accounts.views import access, notices, personal

urlpatterns = [
    # Signing in. allauth reverses these names.
    path("login/", sign_in.account_login, name="account_login"),
    path("logout/", sign_in.account_logout, name="account_logout"),
    path("inactive/", sign_in.account_inactive, name="account_inactive"),
    path("signup/", personal.account_signup, name="account_signup"),
    path("password/change/", sign_in.account_change_password, name="account_change_password"),
    path("password/reset/", sign_in.account_reset_password, name="account_reset_password"),
    path("password/reset/done/", sign_in.account_reset_password_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        sign_in.account_reset_password_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.account_reset_password_from_key,
        name="account_reset_password_from_key",
    ),
    # One's own
    path("roles/", personal.roles, name="roles"),
    path("privacy/", personal.privacy, name="privacy"),
    path("me/", personal.my_account, name="my_account"),
    path("notices/", notices.notice_choices, name="notice_choices"),
    # Giving access
    path("", access.account_list, name="account_list"),
    path("new/", access.account_new, name="account_new"),
    path("<str:code>/", access.account_detail, name="account_detail"),
    path("<str:code>/invitation/", access.account_invite, name="account_invite"),
    path("<str:code>/deactivate/", access.account_deactivate, name="account_deactivate"),
    path("<str:code>/reactivate/", access.account_reactivate, name="account_reactivate"),
    path("<str:code>/roles/new/", access.role_new, name="role_new"),
    path("<str:code>/roles/<str:role>/<str:place>/withdraw/", access.role_withdraw, name="role_withdraw"),
]
