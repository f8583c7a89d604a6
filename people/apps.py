from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        """When an office changes hands, a hand-over opens (people.turnover, BR15)."""
        from people.handovers import when_came, when_left
        from people.turnover import follow

        follow(left=when_left, came=when_came)
