from django.apps import AppConfig


class LapportalConfig(AppConfig):
    name = "lapportal"
