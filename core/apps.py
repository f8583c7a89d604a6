"""What three apps or more share. Charter: no tables, nothing but Django and libraries."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
