"""Addresses of the committees app, one topic a module."""

from committees.urls import committees, decisions, meetings

urlpatterns = [*committees.urlpatterns, *meetings.urlpatterns, *decisions.urlpatterns]
