"""Pages of the accounts app."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [
    path(f"{name}/", lambda request: HttpResponse("soon"), name=name)
    for name in ("roles", "privacy", "my_account", "account_login", "account_logout")
]
