"""Rows for the bench, in bulk: one large workshop, one large plan, and many people who are elsewhere."""

import datetime
from itertools import count

from accounts.models import Assignment, User
from accounts.roles import Role
from benchmarks.full_plan import fill
from committees.composition import Side
from committees.models import Committee, CommitteeAccess, Seat
from frameworks.models import Framework
from localities.categories import ActorCategory
from localities.models import Country, Locality
from people.models import AgeBand, Organization, Person, Position, Sex
from people.names import text_key
from plans.models import Activity, Alignment, LocalActionPlan, Objective
from plans.services.plans import create_sections
from workshops.models import Participation, Workshop

OBJECTIVES, ACTIVITIES_EACH = 20, 10
FIRST = "Marie Jeanne Béatrice Clarisse Agnès Thérèse Joseph Albert Pierre Antoine Daniel Emmanuel".split()
LAST = "Kabongo Ngalula Mbuyi Kapinga Tshibanda Mukendi Kalonji Ilunga Muamba Kazadi Ntumba Mulumba".split()
number = count(1)


def name_number(n: int) -> str:
    """A name of three parts; the third makes it one of its own."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(n))
    return f"{FIRST[n % len(FIRST)]} {LAST[n // 7 % len(LAST)]} Tshi{letters}"


def people(how_many: int, *, country: Country) -> list[Person]:
    """That many more people, encrypted and indexed like any other."""
    new = [
        Person(country=country, full_name=name_number(next(number)), phone="+243 800 000 000", sex=Sex.WOMAN)
        for _ in range(how_many)
    ]
    return Person.objects.create_with_index(new)


def workshop(*, participants: int, locality: Locality, facilitator: User) -> Workshop:
    """A workshop with that many registered people, of all categories and ages, in 60 positions."""
    held = Workshop.objects.create(
        title="Localization workshop of the bench",
        locality=locality,
        starts_on=datetime.date(2026, 3, 2),
        ends_on=datetime.date(2026, 3, 3),
        language="fr",
        expected=participants,
    )
    held.facilitators.set([facilitator])
    register(held, people(participants, country=locality.country))
    return held


def register(held: Workshop, registered: list[Person]) -> None:
    """Take part in `held`, each in one of its positions."""
    posts = positions(60, locality=held.locality)
    categories, ages = list(ActorCategory), list(AgeBand)
    Participation.objects.bulk_create(
        (
            Participation(
                workshop=held,
                person=person,
                position=posts[n % len(posts)],
                organization=posts[n % len(posts)].organization,
                category=categories[n % len(categories)],
                counted_as_local_authority=held.locality.country.counts_as_local_authority(
                    categories[n % len(categories)]
                ),
                sex=person.sex,
                age_band=ages[n % len(ages)],
            )
            for n, person in enumerate(registered)
        ),
        batch_size=500,
    )


def positions(how_many: int, *, locality: Locality) -> list[Position]:
    organization = Organization.named("Commune of the bench", country=locality.country)
    titles = [f"Officer of service {n}" for n in range(how_many)]
    known = Position.objects.filter(locality=locality, organization=organization)
    if not known.exists():
        Position.objects.bulk_create(
            Position(locality=locality, organization=organization, title=title, key=text_key(title))
            for title in titles
        )
    return list(known.select_related("organization"))


def everywhere_else(how_many: int, *, locality: Locality, facilitator: User) -> None:
    """That many people in other workshops of other facilitators: a portal after some years."""
    other = User.objects.create_user("other@bench.example", display_name="Other")
    Assignment.objects.create(user=other, role=Role.FACILITATOR, country=locality.country)
    rest = people(how_many, country=locality.country)
    for start in range(0, how_many, 200):
        held = workshop(participants=0, locality=locality, facilitator=other)
        register(held, rest[start : start + 200])


def plan(*, locality: Locality, secretary: User) -> LocalActionPlan:
    """A plan of 20 objectives with 10 complete activities each, aligned with the NAP's items, with all that
    a plan gathers on the way."""
    committee = Committee.objects.create(
        name="Committee of the bench", locality=locality, established_on=datetime.date(2026, 3, 3)
    )
    CommitteeAccess.objects.create(committee=committee, user=secretary, role=Role.COMMITTEE_SECRETARY)
    posts = positions(60, locality=locality)
    for n, position in enumerate(posts[:10]):
        side = Side.GOVERNMENT if n % 2 else Side.CIVIL_SOCIETY
        Seat.objects.create(committee=committee, position=position, side=side)
    nap = Framework.objects.get(code="CD-NAP-2")
    items = list(nap.provisions.items())
    written = LocalActionPlan.objects.create(
        title="Local Action Plan of the bench",
        locality=locality,
        committee=committee,
        nap=nap,
        period_start=datetime.date(2026, 1, 1),
        period_end=datetime.date(2029, 12, 31),
        language="fr",
        currency="CDF",
    )
    create_sections(written)
    for order in range(OBJECTIVES):
        item = items[order % len(items)]
        objective = Objective.objects.create(
            plan=written,
            order=order,
            pillar=item.pillars[0],
            text=f"{item.text}, in the communes of the city",
            started_from=item,
        )
        Alignment.objects.create(objective=objective, provision=item)
        activities(ACTIVITIES_EACH, objective=objective, posts=posts)
    fill(written, posts=posts, by=secretary)
    return written


def activities(how_many: int, *, objective: Objective, posts: list[Position]) -> None:
    for order in range(how_many):
        Activity.objects.create(
            objective=objective,
            order=order,
            responsible=posts[order % len(posts)],
            starts_on=datetime.date(2026, 4, 1),
            ends_on=datetime.date(2027, 3, 31),
            cost=12_500_000 + order,
        )


def administrator() -> User:
    user = User.objects.create_user("administrator@bench.example", display_name="administrator")
    Assignment.objects.create(user=user, role=Role.PLATFORM_ADMINISTRATOR)
    return user


def coordinator(country: Country) -> User:
    """Of another country than that of `accounts`."""
    user = User.objects.create_user(
        f"coordinator-{country.code.lower()}@bench.example", display_name="coordinator", created_in=country
    )
    Assignment.objects.create(user=user, role=Role.NATIONAL_COORDINATOR, country=country)
    return user


def accounts(country: Country) -> dict[str, User]:
    """The facilitator and the coordinator of the country, and a secretary."""
    made = {
        name: User.objects.create_user(f"{name}@bench.example", display_name=name, created_in=country)
        for name in ("facilitator", "coordinator", "secretary")
    }
    Assignment.objects.create(user=made["facilitator"], role=Role.FACILITATOR, country=country)
    Assignment.objects.create(user=made["coordinator"], role=Role.NATIONAL_COORDINATOR, country=country)
    return made
