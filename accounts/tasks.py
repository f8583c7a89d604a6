"""Background work of accounts, run by `manage.py db_worker`."""

from django_tasks import task


@task()
def mail_notices(codes: list[str]) -> None:
    """Mail the notices of these codes, each to its account. What cannot be handed over is left for the
    digest of the day."""
    # Here: the notices are made by what the mails are made of.
    from accounts.digests import send_at_once

    send_at_once(codes)
