"""Pages of the people app: people, duplicates, organisations, positions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
