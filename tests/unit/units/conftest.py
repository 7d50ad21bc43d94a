"""Two call centres, North (with a team) and South, each with a queue, a campaign and people; and a queue that is everybody's."""

import itertools
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.people import make_person
from tests.unit.queues.conftest import call_script, publish

_numbers = itertools.count(200000)


@dataclass
class House:
    """The units, and what is whose."""

    units: dict[str, Any] = field(default_factory=dict)
    queues: dict[str, Any] = field(default_factory=dict)
    campaigns: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)

    def person(self, name: str, unit: str, *roles: str) -> Any:
        from runtime.people import actions

        user = make_person(name, *roles)
        actions.set_unit(by=None, person=user.person, unit=self.units.get(unit))
        self.people[name] = user
        return user

    def called(self, where: str, family_name: str = "Peeters") -> Any:
        """A ready item about somebody new in a queue."""
        from runtime.parties.actions import find_or_create
        from runtime.queues.actions import create_item

        known = {
            "given_name": "Ann",
            "family_name": family_name,
            "phone": f"+32470{next(_numbers)}",
        }
        party, _new = find_or_create(facts=known, by=None, purpose="test")
        return create_item(campaign=self.campaigns[where], party=party, by=None)[0]

    def begun(self, where: str, by: Any) -> Any:
        """An item in the hands of an agent, with its record."""
        from django.utils import timezone

        from runtime.queues.actions import claim
        from runtime.queues.models import WorkItem

        claimed = claim(queue=self.queues[where], by=by, now=timezone.now())
        return WorkItem.objects.get(pk=claimed.item)  # type: ignore[union-attr]


@pytest.fixture
def house(db: None) -> House:
    from runtime.people import actions
    from runtime.queues.models import Campaign, Policy, Queue

    made, version = House(), publish(call_script(), code="call")
    for code, kind, parent in (
        ("north", "centre", ""),
        ("south", "centre", ""),
        ("coast", "team", "north"),
        ("hills", "team", "north"),
    ):
        made.units[code] = actions.create_unit(
            by=None, code=code, title=code, kind=kind, parent=made.units.get(parent)
        )
    for code in ("north", "south", "coast", "shared"):
        policy = Policy.objects.create(code=f"p-{code}", title=code, rules={})
        made.queues[code] = Queue.objects.create(
            code=f"q-{code}", title=f"Queue {code}", policy=policy, unit=made.units.get(code)
        )
        made.campaigns[code] = Campaign.objects.create(
            code=f"c-{code}", title=f"Campaign {code}", queue=made.queues[code], app=version.app
        )
    return made
