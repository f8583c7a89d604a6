"""How far somebody may read in the memory of an office."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import Capability
from committees.models import Committee, Decision
from people.models import Handover, Position
from plans.models import Assessment, Integration, LocalActionPlan, LocalLaw
from workshops.models import Commitment, Workshop

OWN_ACCESS_WITHIN = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Reading:
    """Rows that somebody may read. A reader sees what her places and committees show. Who is named as the
    successor and was sent the pack reads, in it, what any account of the committees on which the office
    sits would read: the access of its own may come days later."""

    user: User
    seated: QuerySet[Committee]  # on which the office sits now
    receives: bool = False

    @classmethod
    def of_position(cls, position: Position, *, user: User, receives: bool = False) -> "Reading":
        # On its own query: joined seats would tell the same committee twice.
        seats = position.seats.filter(ended_on=None)
        return cls(user, Committee.objects.filter(pk__in=seats.values("committee")), receives)

    @classmethod
    def of_handover(cls, handover: Handover, *, user: User, today: datetime.date) -> "Reading":
        """The pack tells what stands today: so the successor reads on only while it is handed over, and
        until an access of its own is there."""
        until = handover.acknowledged_on + OWN_ACCESS_WITHIN if handover.acknowledged_on else today
        is_sent = handover.pack_sent_on is not None and handover.stays_on is None
        receives = handover.successor_id == user.pk and is_sent and today <= until
        return cls.of_position(handover.position, user=user, receives=receives)

    def _with_seated(self, rows: Any) -> Q:
        seen = Q(pk__in=rows.values("pk"))
        return seen | Q(pk__in=self.seated.values("pk")) if self.receives else seen

    def committees(self) -> Any:
        return Committee.objects.filter(self._with_seated(Committee.objects.visible_to(self.user)))

    def own_committees(self) -> Any:
        """Those for which the reader works."""
        return Committee.objects.filter(self._with_seated(Committee.objects.giving_access_to(self.user)))

    def paper_committees(self) -> Any:
        """Those whose documents the reader may open (committees.rules.can_read_drafts_of, as a set)."""
        kept = Committee.objects.filter(self.user.scope.rows(Capability.KEEP_COMMITTEES))
        own = self.own_committees()
        return Committee.objects.filter(Q(pk__in=kept.values("pk")) | Q(pk__in=own.values("pk")))

    def decisions(self) -> Any:
        """Before the minutes are approved for the committee only (DecisionQuerySet.visible_to)."""
        seen = Decision.objects.visible_to(self.user).values("pk")
        own = Q(meeting__committee__in=self.own_committees().values("pk"))
        return Decision.objects.filter(Q(pk__in=seen) | own)

    def assessments(self) -> Any:
        """While they are open for the committee and who accompanies it (AssessmentQuerySet.visible_to)."""
        seen = Assessment.objects.visible_to(self.user).values("pk")
        own = Q(committee__in=self.own_committees().values("pk"))
        return Assessment.objects.filter(Q(pk__in=seen) | own)

    def plans(self) -> Any:
        seen = LocalActionPlan.objects.visible_to(self.user)
        own = Q(committee__in=self.own_committees().values("pk"))
        return LocalActionPlan.objects.filter(Q(pk__in=seen.values("pk")) | own)

    def commitments(self) -> Any:
        """A committee knows what was promised at the workshop that it comes from."""
        seen = Workshop.objects.visible_to(self.user).values("pk")
        own = Workshop.objects.filter(committees__in=self.own_committees().values("pk")).values("pk")
        return Commitment.objects.filter(Q(workshop__in=seen) | Q(workshop__in=own))

    def integrations(self) -> Any:
        seen = Integration.objects.visible_to(self.user).values("pk")
        own = Q(locality__in=self.own_committees().values("locality"))
        return Integration.objects.filter(Q(pk__in=seen) | own)

    def laws(self) -> Any:
        seen = LocalLaw.objects.visible_to(self.user).values("pk")
        own = Q(locality__in=self.own_committees().values("locality"))
        return LocalLaw.objects.filter(Q(pk__in=seen) | own)
