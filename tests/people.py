"""The fixed people: one for each role, and a stranger without any.

Their password is `PASSWORD`; their user name is the name of the fixture.
"""

from typing import Any

import pytest

PASSWORD = "a long enough password"


def make_person(name: str, *roles: str) -> Any:
    """A user with these roles and the person that belongs to it."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    from runtime.people.models import Person

    user = get_user_model().objects.create_user(name, f"{name}@example.org", PASSWORD)
    user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    Person.objects.get_or_create(user=user)
    return user


@pytest.fixture
def editor(db: None) -> Any:
    return make_person("editor", "editor")


@pytest.fixture
def trainer(db: None) -> Any:
    return make_person("trainer", "trainer")


@pytest.fixture
def reviewer(db: None) -> Any:
    return make_person("reviewer", "reviewer")


@pytest.fixture
def agent(db: None) -> Any:
    return make_person("agent", "agent")


@pytest.fixture
def supervisor(db: None) -> Any:
    return make_person("supervisor", "supervisor")


@pytest.fixture
def data_officer(db: None) -> Any:
    return make_person("data_officer", "data_officer")


@pytest.fixture
def admin(db: None) -> Any:
    return make_person("admin", "admin")


@pytest.fixture
def auditor(db: None) -> Any:
    return make_person("auditor", "auditor")


@pytest.fixture
def stranger(db: None) -> Any:
    """Signed in, without any role."""
    return make_person("stranger")


@pytest.fixture
def client_of(db: None) -> Any:
    """`client_of(user)`: a test client in which that user is signed in; `client_of(None)`: nobody is."""
    from django.test import Client

    def of(user: Any, **options: Any) -> Client:
        client = Client(**options)
        if user is not None:
            client.force_login(user)
        return client

    return of
