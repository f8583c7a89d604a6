"""The people and the place of the plays about a plan, and the hands that fill in its forms."""

import datetime
from types import SimpleNamespace

from django.core.management import call_command
from django.utils import timezone

from accounts.roles import Role
from frameworks.models import Framework, NapState
from localities.models import Locality
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.committees import CommitteeAccessFactory, CommitteeFactory
from tests.factories.results import CommitmentFactory, ConflictIssueFactory
from tests.factories.workshops import WorkshopFactory
from workshops.models import Theme as IssueTheme

DESK = {"viewport": {"width": 1280, "height": 800}}
TELEPHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
TODAY = timezone.localdate()
YEARS = (TODAY.year - 1, TODAY.year + 2)
PROMISE = "Hold a forum of women and authorities every quarter"


def committee_at_work(watched, sign_in):
    """The committee of Mbujimayi, set up at a workshop that found issues and took a promise; its two
    accounts and the coordinator, each signed in on a screen of their own."""
    call_command("load_themes")
    # The items of the third plan are not published: in this play the second is still in force.
    Framework.objects.filter(code="CD-NAP-2").update(
        state=NapState.EXTENDED, period_end=datetime.date(YEARS[1], 12, 31)
    )
    locality = Locality.objects.select_related("country").get(code="CD-MBUJIMAYI")
    workshop = WorkshopFactory(locality=locality)
    ConflictIssueFactory(
        workshop=workshop,
        description="Girls are attacked on the way to the water",
        theme=IssueTheme.INFRASTRUCTURE,
    )
    due = datetime.date(YEARS[1], 6, 30)
    CommitmentFactory(workshop=workshop, text=PROMISE, due_on=due, owner__locality=locality)
    committee = CommitteeFactory(
        locality=locality, established_at=workshop, established_on=datetime.date(YEARS[0], 1, 10)
    )
    users = {
        "secretary": CommitteeAccessFactory(
            committee=committee,
            role=Role.COMMITTEE_SECRETARY,
            user=UserFactory(display_name="Safi Secretary"),
        ).user,
        "member": CommitteeAccessFactory(
            committee=committee, role=Role.COMMITTEE_MEMBER, user=UserFactory(display_name="Mado Member")
        ).user,
        "coordinator": AssignmentFactory(
            role=Role.NATIONAL_COORDINATOR,
            country=locality.country,
            user=UserFactory(display_name="Cora Coordinator"),
        ).user,
    }
    pages = {}
    for name, screen in (("secretary", DESK), ("member", TELEPHONE), ("coordinator", DESK)):
        pages[name] = watched(**screen)
        sign_in(pages[name], users[name])
    return SimpleNamespace(committee=committee, locality=locality, visitor=watched(**TELEPHONE), **pages)


def answer(page, name, value):
    """Choose a value, whether it is a list or a row of keys."""
    field = page.locator(f"select[name={name}]")
    if field.count():
        field.select_option(value)
    else:
        page.locator(f"[name={name}][value={value}]").check()


def open_all(page):
    """Open every folded group of a form."""
    page.evaluate("document.querySelectorAll('main details').forEach((group) => { group.open = true })")


def save(page):
    """Press the page's one primary button."""
    page.locator("main form .btn-primary").last.click()
