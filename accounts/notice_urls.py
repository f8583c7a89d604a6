"""What an account was told."""

from django.urls import path

from accounts.views import notices

urlpatterns = [
    path("", notices.notice_list, name="notice_list"),
    path("read/", notices.notice_read_all, name="notice_read_all"),
    path("<str:code>/", notices.notice_open, name="notice_open"),
]
