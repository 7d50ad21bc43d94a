"""What may this person see? One answer for every list, page, search, export and claim.

A queue belongs to a unit, or (empty) to the whole organisation. Its campaigns and items belong to where their queue belongs, a record to
the unit of the queue it was begun from (without one, of who began it), a person who is called to every unit that has an item or a record
about them. Who sees what follows from their own place in the tree (`runtime.people.reach`).

Each function gives rows to choose from, so that what is foreign is not found by the query, as what is not there is not found:
`get_object_or_404(scope.queues(user), code=code)`. With `to_run` only what this person may set up. `user` is None for the worker, and
a `Reach` for what is no person (`runtime.api.reach`). `sight` has the same as ids, for the board.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from runtime.parties.models import Party
from runtime.people.models import Person, Unit
from runtime.people.reach import Reach, reach_of
from runtime.people.roles import roles_of
from runtime.queues.models import Campaign, Policy, Queue, Skill, WorkItem
from runtime.records.models import Record
from runtime.search.backends.base import Within


def is_whole(user: Any) -> bool:
    """Whether this person belongs to the whole organisation: what concerns all units at once is theirs alone."""
    return reach_of(user).whole


def queues(user: Any, *, to_run: bool = False) -> QuerySet[Queue]:
    return Queue.objects.filter(reach_of(user).of("unit", to_run=to_run))


def campaigns(user: Any, *, to_run: bool = False) -> QuerySet[Campaign]:
    return Campaign.objects.filter(reach_of(user).of("queue__unit", to_run=to_run))


def items(user: Any, *, to_run: bool = False) -> QuerySet[WorkItem]:
    """Work items, by the few queues they may be of, so that the indices of items serve as before."""
    rows = WorkItem.objects.all()
    if is_whole(user):
        return rows
    return rows.filter(queue__in=queues(user, to_run=to_run).order_by().values("pk"))


def records(user: Any) -> QuerySet[Record]:
    """Records. A lesson belongs to nobody's unit: its learner alone comes to it."""
    return Record.objects.filter(reach_of(user).of("unit"))


def parties(user: Any) -> QuerySet[Party]:
    """The people one may find: of whom there is an item or a record that one may see; and of whom there is nothing yet."""
    return Party.objects.filter(of_parties(user))


def of_parties(user: Any) -> Q:
    if is_whole(user):
        return Q()
    party = OuterRef("pk")
    seen = Exists(items(user).filter(party=party)) | Exists(records(user).filter(party=party))
    known = Exists(WorkItem.objects.filter(party=party)) | Exists(
        Record.objects.filter(party=party)
    )
    return Q(seen) | ~Q(known)


def people(user: Any) -> QuerySet[Any]:
    """The accounts that this person may look after: an administrator all, who leads a unit those of it and of what lies below."""
    rows = get_user_model().objects.all()
    if _administers(user):
        return rows
    runs = reach_of(user).runs
    return rows.none() if runs is None else rows.filter(person__unit__in=runs)


def agents(user: Any) -> QuerySet[Any]:
    """The agents to whom this person may give work: of one's own unit and of what lies below it."""
    rows = get_user_model().objects.filter(groups__name="agent", is_active=True)
    runs = reach_of(user).runs
    if runs is None:
        return rows
    return rows.filter(Q(person__unit__in=runs) | Q(person__also__in=runs)).distinct()


def units(user: Any) -> QuerySet[Unit]:
    """The units that this person may look after."""
    if _administers(user):
        return Unit.objects.all()
    runs = reach_of(user).runs
    return Unit.objects.none() if runs is None else Unit.objects.filter(pk__in=runs)


def owners(user: Any) -> QuerySet[Unit]:
    """The units to which this person may give a queue."""
    runs = reach_of(user).runs
    rows = Unit.objects.filter(active=True)
    return rows if runs is None else rows.filter(pk__in=runs)


def policies(user: Any, *, to_run: bool = False) -> QuerySet[Policy]:
    """Policies are shared: one sees those that are used where one sees, or nowhere; and changes those that nobody else uses."""
    if is_whole(user):
        return Policy.objects.all()
    used = Exists(Queue.objects.filter(policy=OuterRef("pk"))) | Exists(
        Campaign.objects.filter(policy=OuterRef("pk"))
    )
    if not to_run:
        here = Exists(queues(user).filter(policy=OuterRef("pk")))
        called = Exists(campaigns(user).filter(policy=OuterRef("pk")))
        return Policy.objects.filter(Q(here) | Q(called) | ~Q(used))
    elsewhere = Queue.objects.exclude(pk__in=queues(user, to_run=True))
    calls = Campaign.objects.exclude(pk__in=campaigns(user, to_run=True))
    mine = ~Exists(elsewhere.filter(policy=OuterRef("pk"))) & ~Exists(
        calls.filter(policy=OuterRef("pk"))
    )
    return Policy.objects.filter(mine)


def may_change_skill(user: Any, skill: Skill) -> bool:
    """Skills are shared by all: one of a unit changes those that no other's queue asks for."""
    if skill.pk is None or is_whole(user):
        return True
    asking = Queue.objects.filter(skills=skill)
    return not asking.exclude(pk__in=queues(user, to_run=True)).exists()


def may_work(user: Any, queue: Queue) -> bool:
    """Whether this person works in a queue. One of the whole organisation asks the database nothing."""
    return queue.unit_id is None or reach_of(user).holds(queue.unit_id)


def sees_record(user: Any, record: Record) -> bool:
    return reach_of(user).holds(record.unit_id)


def within(user: Any) -> Within | None:
    """The same for the search, which asks it of each entry while it looks: before it has enough, not after. None: everything."""
    reach = reach_of(user)
    if reach.whole:
        return None
    queues_seen = f"SELECT q.id FROM queues_queue q WHERE {_owned(reach, 'q')}"  # noqa: S608  ids of our own
    item = "SELECT 1 FROM queues_workitem i WHERE i.party_id = {party}"
    record = "SELECT 1 FROM records_record r WHERE r.party_id = {party}"
    return Within(
        party=(
            f"(EXISTS ({item} AND i.queue_id IN ({queues_seen}))"
            f" OR EXISTS ({record} AND {_owned(reach, 'r')})"
            f" OR NOT (EXISTS ({item}) OR EXISTS ({record})))"
        ),
        record=(
            "EXISTS (SELECT 1 FROM records_record r WHERE r.id = {record}"  # noqa: S608
            f" AND {_owned(reach, 'r')})"
        ),
    )


def sql_of_queues(user: Any) -> str:
    """The condition on rows of `queues_queue q` in a written statement."""
    reach = reach_of(user)
    return "1 = 1" if reach.whole else _owned(reach, "q")


def home_of(user: Any) -> int | None:
    """The unit of a person: what they begin outside of any queue belongs to it."""
    return Person.objects.filter(pk=user.pk).values_list("unit", flat=True).first()


def _owned(reach: Reach, table: str) -> str:
    """The condition on a table's owner. Ids of our own, written out: there is nothing else in it."""
    listed = ", ".join(str(int(pk)) for pk in sorted(reach.sees or ())) or "-1"
    return f"({table}.unit_id IS NULL OR {table}.unit_id IN ({listed}))"


def _administers(user: Any) -> bool:
    return "admin" in roles_of(user)
