"""Background work of workshops, run by `manage.py db_worker`."""

from django_tasks import task


@task()
def read_participants(code: str) -> None:
    """Read the spreadsheet of the import `code` and give each row its verdict."""
    from workshops.services.import_reading import read_import

    read_import(code)


@task()
def save_participants(code: str) -> None:
    """Save what was confirmed of the import `code`."""
    from workshops.services.import_writing import write_import

    write_import(code)


@task()
def forget_imports() -> None:
    """Delete spreadsheets that were handed in a day ago."""
    from workshops.services.imports import forget_old_imports

    forget_old_imports()
