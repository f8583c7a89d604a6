"""What is said about a plan, and what becomes of it. Commenting never writes in the plan (F47)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User, record
from accounts.roles import Capability, Role
from core.conflicts import EditConflict, RowRemoved
from plans.models import Comment, CommentState, LocalActionPlan
from plans.services.holding import held, held_open, save_part
from plans.tracking import keep_revision
from plans.wording import Wording


class CommentRefused(Exception):
    """The comment cannot be decided so. `field` is the form field that the message belongs to."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def add_comment(comment: Comment, *, by: User) -> Comment:
    """Begin a thread; while a validation round is open it belongs to that round (F45)."""
    plan = comment.plan
    comment.author, comment.author_as = by, speaking_as(by, plan)
    comment.round = plan.rounds.filter(closed_on=None).first()
    comment.is_demo = plan.is_demo
    comment.save()
    record(by, "commented on plan", plan, comment=comment.code)
    return comment


@transaction.atomic
def answer_comment(comment: Comment, *, text: str, by: User) -> Comment:
    """An answer in the thread. It says; it decides nothing."""
    return Comment.objects.create(
        plan=comment.plan,
        subject=comment.subject,
        subject_code=comment.subject_code,
        parent=comment,
        author=by,
        author_as=speaking_as(by, comment.plan),
        text=text,
        is_demo=comment.plan.is_demo,
    )


def speaking_as(user: User, plan: LocalActionPlan) -> str:
    """The role in which the user speaks, in the words of this moment: roles are given and taken."""
    access = plan.committee.access.filter(user=user).first()
    if access is not None:
        return str(access.get_role_display())
    grants = [grant for grant in user.scope.grants if grant.allows(Capability.COMMENT_PLANS)]
    covering = [grant for grant in grants if grant.covers(plan.locality)]
    return str(Role(covering[0].role).label) if covering else ""


@transaction.atomic
def resolve_comment(comment: Comment, *, by: User) -> Comment:
    """Nothing more to do about it. What a validation round asks for is accepted or declined instead."""
    if comment.round is not None:
        raise CommentRefused(
            gettext("A comment of a validation round is accepted, or declined with a reason.")
        )
    return _decide(comment, CommentState.RESOLVED, reason="", by=by)


@transaction.atomic
def decline_comment(comment: Comment, *, reason: str, by: User) -> Comment:
    if not reason.strip():
        raise CommentRefused(gettext("Say why it is declined."), field="reason")
    return _decide(comment, CommentState.DECLINED, reason=reason.strip(), by=by)


@transaction.atomic
def accept_comment(comment: Comment, *, opened_version: int, reason: str, by: User) -> Comment:
    """Accept what it says; a suggested wording is put in its place if the plan is open and the text can
    take it. `opened_version` is that of the part when its text was shown: raises EditConflict when it
    changed since, RowRemoved when it is gone."""
    plan = held(comment.plan)
    decided = _decide(comment, CommentState.ACCEPTED, reason=reason.strip(), by=by)
    if plan.is_open and (wording := Wording.of_comment(comment)) and wording.result is not None:
        _place(wording, opened_version=opened_version, by=by)
    return decided


@transaction.atomic
def place_wording(comment: Comment, *, opened_version: int, by: User) -> None:
    """Put an accepted wording in its place, later: the plan was closed when it was accepted.
    Raises PlanClosed, CommentRefused, EditConflict or RowRemoved."""
    held_open(comment.plan)
    wording = Wording.of_comment(comment)
    if wording is None:
        raise RowRemoved
    if comment.state != CommentState.ACCEPTED or wording.is_placed or wording.result is None:
        raise CommentRefused(gettext("This wording cannot be put in place by itself."))
    _place(wording, opened_version=opened_version, by=by)


def _place(wording: Wording, *, opened_version: int, by: User) -> None:
    part, comment = wording.part, wording.comment
    if part.row_version != opened_version:
        raise EditConflict(part)
    longest = part._meta.get_field(comment.field).max_length
    if longest and len(wording.result or "") > longest:  # brought together with what was added since
        raise CommentRefused(
            gettext(
                "Together with what was written since, the text would have more than %(longest)s characters."
            )
            % {"longest": longest}
        )
    setattr(part, comment.field, wording.result)
    save_part(part, opened_version=opened_version, by=by)
    keep_revision(part, by=by, note=comment.code)


def _decide(comment: Comment, state: CommentState, *, reason: str, by: User) -> Comment:
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    if row.state != CommentState.OPEN:
        said = gettext("Somebody decided this meanwhile: %(state)s.")
        raise CommentRefused(said % {"state": row.get_state_display()})
    row.state, row.decision_reason = state, reason
    row.decided_by, row.decided_at = by, timezone.now()
    row.save()
    record(by, "decided comment", row.plan, comment=row.code, state=state.value)
    comment.state = row.state
    return row


@transaction.atomic
def reopen_comment(comment: Comment, *, by: User) -> Comment:
    """It is to be talked about again. A wording that was put in place stays; history can take it back."""
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    row.state, row.decision_reason = CommentState.OPEN, ""
    row.decided_by, row.decided_at = None, None
    row.save()
    record(by, "reopened comment", row.plan, comment=row.code)
    return row
