"""What the workshops of the demonstration story produced."""

import datetime
from typing import Any

from accounts.models import User
from frameworks.models import Framework
from lapportal.demo.workshops import position_titled
from localities.models import Locality
from workshops.models import (
    AwarenessScore,
    Champion,
    Commitment,
    ConflictIssue,
    Criterion,
    EvaluationCount,
    FollowUp,
    NapVote,
    Need,
    PolicyMapping,
    Workshop,
)


def load_results(entry: dict[str, Any]) -> None:
    """All of one workshop, unless something of it is there already."""
    workshop = Workshop.objects.select_related("locality__country").get(code=entry["workshop"])
    if _has_results(workshop):
        return
    for order, issue in enumerate(entry.get("issues", ())):
        ConflictIssue.objects.create(workshop=workshop, order=order, is_demo=True, **issue)
    for framework, groups in entry.get("votes", {}).items():
        _votes(groups, workshop=workshop, framework=Framework.objects.get(code=framework))
    for policy in entry.get("policies", ()):
        place = Locality.objects.get(code=policy.pop("locality", workshop.locality.code))
        PolicyMapping.objects.create(workshop=workshop, locality=place, is_demo=True, **policy)
    for need in entry.get("needs", ()):
        Need.objects.create(workshop=workshop, is_demo=True, **need)
    for commitment in entry.get("commitments", ()):
        _commitment(commitment, workshop=workshop)
    for champion in entry.get("champions", ()):
        _champion(champion, workshop=workshop)
    if "awareness" in entry:
        AwarenessScore.objects.create(workshop=workshop, is_demo=True, **entry["awareness"])
    EvaluationCount.objects.bulk_create(
        EvaluationCount(
            workshop=workshop,
            criterion=Criterion(name),
            agree=agree,
            partly=partly,
            disagree=disagree,
            blank=blank,
            is_demo=True,
        )
        for name, (agree, partly, disagree, blank) in entry.get("evaluation", {}).items()
    )


def _has_results(workshop: Workshop) -> bool:
    rows = (
        workshop.conflict_issues,
        workshop.nap_votes,
        workshop.policies,
        workshop.needs,
        workshop.commitments,
        workshop.champions,
        workshop.evaluation,
    )
    return any(each.exists() for each in rows)


def _votes(groups: dict[str, dict[str, int]], *, workshop: Workshop, framework: Framework) -> None:
    items = {item.code: item for item in framework.provisions.all()}
    NapVote.objects.bulk_create(
        NapVote(workshop=workshop, provision=items[code], group=group, votes=number, is_demo=True)
        for group, votes in groups.items()
        for code, number in votes.items()
    )


def _commitment(entry: dict[str, Any], *, workshop: Workshop) -> None:
    title, organization = entry["owner"]
    commitment = Commitment.objects.create(
        code=entry["code"],
        workshop=workshop,
        owner=position_titled(title, organization, locality=workshop.locality),
        text=entry["text"],
        due_on=entry["due_on"],
        pillar=entry.get("pillar", ""),
        state=entry.get("state", "open"),
        closed_on=entry.get("closed_on"),
        closing_note=entry.get("closing_note", ""),
        is_demo=True,
    )
    for milestone, progress, note in entry.get("heard", ()):
        FollowUp.objects.create(
            commitment=commitment,
            milestone=milestone,
            on=workshop.ends_on + datetime.timedelta(days=milestone + 2),
            progress=progress,
            note=note,
            recorded_by=_facilitator(workshop),
            is_demo=True,
        )


def _champion(entry: dict[str, Any], *, workshop: Workshop) -> None:
    people = {row.person.full_name: row.person for row in workshop.participations.select_related("person")}
    trained_at = Workshop.objects.get(code=entry["trained_at"]) if "trained_at" in entry else None
    Champion.objects.create(
        person=people[entry["name"]],
        workshop=workshop,
        locality=Locality.objects.get(code=entry.get("area", workshop.locality.code)),
        state=entry["state"],
        since=trained_at.ends_on if trained_at else workshop.ends_on,
        trained_at=trained_at,
        is_demo=True,
    )


def _facilitator(workshop: Workshop) -> User | None:
    return workshop.facilitators.order_by("pk").first()
