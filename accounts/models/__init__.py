"""The tables of the accounts app."""

from accounts.models.notices import MailChoice, Notice, NoticeChoice, NoticeKind
from accounts.models.users import (
    EVERYWHERE,
    Assignment,
    AuditEvent,
    SentForm,
    User,
    record,
    user_code,
)

__all__ = [
    "EVERYWHERE",
    "Assignment",
    "AuditEvent",
    "MailChoice",
    "Notice",
    "NoticeChoice",
    "NoticeKind",
    "SentForm",
    "User",
    "record",
    "user_code",
]
