from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "committees"

    def ready(self) -> None:
        """Seats follow the office (people.turnover)."""
        from committees.turnover import seat_left, seat_taken, seat_term_moved
        from people.turnover import follow

        follow(left=seat_left, came=seat_taken, term_moved=seat_term_moved)
