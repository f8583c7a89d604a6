"""Writes of what a workshop finds out that touch more than one row: order of issues, votes, scores."""

from django.db import transaction
from django.db.models import Max

from accounts.models import User, record
from frameworks.models import Framework, Provision
from workshops.models import AwarenessScore, ConflictIssue, Criterion, EvaluationCount, NapVote, Workshop


def next_place(workshop: Workshop) -> int:
    """Where a new issue goes: to the end."""
    last: int | None = workshop.conflict_issues.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def move_issue(issue: ConflictIssue, *, up: bool, by: User) -> None:
    """Change places with the issue before or after it; at either end nothing happens."""
    with transaction.atomic():
        row = Workshop.objects.select_for_update().get(pk=issue.workshop_id)
        issues = list(row.conflict_issues.all())
        place = [each.pk for each in issues].index(issue.pk)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(issues):
            return
        issues[place], issues[other] = issues[other], issues[place]
        for order, each in enumerate(issues):
            each.order = order
        ConflictIssue.objects.bulk_update(issues, ["order"])
        record(by, "moved conflict issue", issue)


def save_votes(
    workshop: Workshop,
    *,
    framework: Framework,
    group: str,
    votes: dict[Provision, int],
    by: User,
    was: str | None = None,
) -> Workshop:
    """Write the votes of one group on the items of one plan; `was` is the group's name before."""
    with transaction.atomic():
        remove_votes(workshop, framework=framework, group=group if was is None else was, by=None)
        NapVote.objects.bulk_create(
            NapVote(workshop=workshop, provision=item, group=group, votes=number, is_demo=workshop.is_demo)
            for item, number in votes.items()
            if number
        )
        record(by, "entered votes", workshop, framework=framework.code, votes=sum(votes.values()))
    return workshop


def remove_votes(workshop: Workshop, *, framework: Framework, group: str, by: User | None) -> None:
    """Take the votes of one group back."""
    with transaction.atomic():
        workshop.nap_votes.filter(provision__framework=framework, group__iexact=group).delete()
        if by is not None:
            record(by, "removed votes", workshop, framework=framework.code)


def save_awareness(score: AwarenessScore, *, by: User) -> AwarenessScore:
    """One row a workshop, however often it is entered."""
    fields = ("maximum", "before_count", "before_average", "after_count", "after_average")
    with transaction.atomic():
        row, _new = AwarenessScore.objects.update_or_create(
            workshop=score.workshop,
            defaults={name: getattr(score, name) for name in fields} | {"is_demo": score.workshop.is_demo},
        )
        record(by, "entered awareness scores", score.workshop)
    return row


def save_evaluation(workshop: Workshop, *, counts: dict[Criterion, dict[str, int]], by: User) -> None:
    """Write what the sheets said."""
    with transaction.atomic():
        for criterion, answers in counts.items():
            EvaluationCount.objects.update_or_create(
                workshop=workshop, criterion=criterion, defaults=answers | {"is_demo": workshop.is_demo}
            )
        record(by, "entered evaluation", workshop)
