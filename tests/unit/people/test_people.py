"""Persons come with their users; a change of rights raises the epoch, which ends run tokens."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model, logout
from django.contrib.auth.models import AnonymousUser, Group

from runtime.people import actions
from runtime.people.models import Person, RoleChange
from runtime.people.roles import ROLES, roles_of

pytestmark = pytest.mark.django_db


def epoch(user: Any) -> int:
    return Person.objects.get(user=user).epoch


def test_every_user_has_a_person() -> None:
    user = get_user_model().objects.create_user("new")
    assert user.person.epoch == 1


def test_the_roles_are_groups() -> None:
    assert set(ROLES) <= set(Group.objects.values_list("name", flat=True))


def test_only_known_roles_count() -> None:
    user = get_user_model().objects.create_user("new")
    user.groups.add(Group.objects.get(name="agent"), Group.objects.create(name="Choir"))
    assert roles_of(user) == {"agent"}


def test_nobody_and_somebody_inactive_have_no_role(agent: Any) -> None:
    assert roles_of(AnonymousUser()) == frozenset()
    agent.is_active = False
    assert roles_of(agent) == frozenset()


def test_a_role_given_or_taken_ends_run_tokens(agent: Any, admin: Any) -> None:
    before = epoch(agent)
    actions.set_roles(by=admin, person=agent.person, roles={"agent", "supervisor"})
    middle = epoch(agent)
    actions.set_roles(by=admin, person=agent.person, roles={"supervisor"})
    assert before < middle < epoch(agent)
    assert roles_of(agent) == {"supervisor"}
    change = RoleChange.objects.filter(person=agent.person).latest("pk")
    assert (change.by, change.before, change.after) == (admin, "agent, supervisor", "supervisor")


def test_the_same_roles_again_end_nothing(agent: Any, admin: Any) -> None:
    before = epoch(agent)
    actions.set_roles(by=admin, person=agent.person, roles={"agent"})
    assert epoch(agent) == before


@pytest.mark.parametrize("way", ["add", "remove", "clear", "set", "reverse"])
def test_groups_changed_in_any_way_end_run_tokens(agent: Any, way: str) -> None:
    before, group = epoch(agent), Group.objects.get(name="supervisor")
    own = Group.objects.get(name="agent")
    {
        "add": lambda: agent.groups.add(group),
        "remove": lambda: agent.groups.remove(own),
        "clear": agent.groups.clear,
        "set": lambda: agent.groups.set([group]),
        "reverse": own.user_set.clear,
    }[way]()
    assert epoch(agent) > before


def test_a_new_password_ends_run_tokens(agent: Any) -> None:
    before = epoch(agent)
    agent.set_password("quite another long password")
    agent.save()
    assert epoch(agent) == before + 1


def test_a_closed_account_ends_run_tokens(agent: Any, admin: Any) -> None:
    before = epoch(agent)
    actions.set_active(by=admin, person=agent.person, active=False)
    assert epoch(agent) == before + 1


def test_signing_out_ends_run_tokens(agent: Any, client: Any, rf: Any) -> None:
    client.force_login(agent)
    before = epoch(agent)
    request = rf.get("/")
    request.session, request.user = client.session, agent
    logout(request)
    assert epoch(agent) == before + 1


def test_signing_in_ends_nothing(agent: Any, client: Any) -> None:
    before = epoch(agent)
    client.force_login(agent)
    assert epoch(agent) == before


def test_a_person_is_made_with_roles_and_unit(admin: Any) -> None:
    unit = actions.create_unit(by=admin, code="north", title="North")
    person = actions.create_person(
        by=admin,
        username="jo",
        email="jo@example.org",
        roles={"agent"},
        unit=unit,
        first_name="Jo",
    )
    assert roles_of(person.user) == {"agent"}
    assert (person.unit, person.user.first_name, person.user.has_usable_password()) == (
        unit,
        "Jo",
        False,
    )


def test_an_unknown_role_makes_nobody(admin: Any) -> None:
    with pytest.raises(ValueError, match="unknown roles: boss"):
        actions.create_person(by=admin, username="jo", roles={"boss"})
    assert not get_user_model().objects.filter(username="jo").exists()


def test_preferences_are_a_persons_own(agent: Any, admin: Any) -> None:
    actions.set_preferences(by=agent, person=agent.person, language="fr", theme="dark")
    with pytest.raises(PermissionError):
        actions.set_preferences(by=admin, person=agent.person, theme="light")
    with pytest.raises(ValueError, match="theme"):
        actions.set_preferences(by=agent, person=agent.person, theme="pink")
    assert Person.objects.get(user=agent).theme == "dark"


def test_a_renamed_unit_keeps_its_history(admin: Any) -> None:
    unit = actions.create_unit(by=admin, code="north", title="North")
    actions.rename_unit(by=admin, unit=unit, title="The North")
    assert [(row.title, row.history_user) for row in unit.history.order_by("history_date")] == [
        ("North", admin),
        ("The North", admin),
    ]
