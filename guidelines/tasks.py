"""Background work of guidelines, run by `manage.py db_worker`."""

from django_tasks import task


@task()
def make_export(code: str) -> None:
    """Make the PDF that was asked for as `code`."""
    # Here, so that only the worker loads WeasyPrint: the site starts faster and stays smaller.
    from guidelines.rendering import render_export

    render_export(code)
