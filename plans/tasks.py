"""Background work of plans, run by `manage.py db_worker`."""

from django_tasks import task


@task()
def make_plan_pdf(code: str) -> None:
    """Make the PDF that was asked for as `code`."""
    # Here, so that only the worker loads WeasyPrint: the site starts faster and stays smaller.
    from plans.rendering import render_plan_pdf

    render_plan_pdf(code)
