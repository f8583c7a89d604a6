"""Background work of people, run by `manage.py db_worker`."""

from django_tasks import task


@task()
def compare_people() -> None:
    """Look for duplicates among those who were written down since it was done last."""
    from people.pairs import compare_all

    compare_all()
