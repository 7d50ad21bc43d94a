"""The ground all tests stand on: a home of their own, template databases, fixed people, a browser, a real server.

`TEST_DATABASE=sqlite|postgresql` chooses the database; `TEST_DATABASE_URL` a PostgreSQL server to use instead of a
throw-away one. Tests that ask for no database start none.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests import environment

environment.keep_in_memory()
environment.enter()
WORKER = "PYTEST_XDIST_WORKER" in os.environ
SERVER: Any = None

if environment.kind() == "postgresql":
    from tests import postgres

    if not os.environ.get("TEST_DATABASE_URL"):
        SERVER = postgres.serve()  # the workers of xdist inherit its address
        os.environ["TEST_DATABASE_URL"] = SERVER.url
        os.environ["TEST_DATABASE_FOLDER"] = str(SERVER.folder)
    os.environ.update(postgres.urls(os.environ["TEST_DATABASE_URL"], postgres.own_name()))

from django.conf import settings  # noqa: E402

assert settings.DATABASES  # once they are read, pytest-django sets Django up
# Not handed down: a worker of xdist must enter a home of its own before anything reads the settings.
os.environ.pop("DJANGO_SETTINGS_MODULE")

pytest_plugins = ["tests.people", "tests.clients", "tests.installations", "tests.browser"]

DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
}

# A module that holds one of these starts processes or opens connections of its own.
OWN_WAYS = {"Forked", "Served", "subprocess", "postgres", "kind", "connection", "connections"}


def touches_database(item: pytest.Item) -> bool:
    asked = (DATABASE_FIXTURES | {"served"}) & set(getattr(item, "fixturenames", ()))
    own = OWN_WAYS & set(vars(getattr(item, "module", None) or object))
    killed = "crash" in item.path.parts
    return bool(asked or own or killed or item.get_closest_marker("django_db"))


def pytest_unconfigure() -> None:
    if SERVER is not None:
        SERVER.remove()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every test that uses the database may use both: answers are sealed with keys from the second one. What touches no database
    runs on SQLite alone."""
    if environment.kind() == "postgresql":
        idle = [item for item in items if not touches_database(item)]
        config.hook.pytest_deselected(items=idle)
        items[:] = [item for item in items if item not in set(idle)]
    for item in items:
        mark = item.get_closest_marker("django_db")
        asked = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        if mark is None and not asked:
            continue
        arguments = {**mark.kwargs} if mark else {"transaction": "transactional_db" in asked}
        arguments.setdefault("databases", ["default", "keys"])
        item.add_marker(pytest.mark.django_db(**arguments), append=False)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Copies of the templates in the place of Django's own test databases."""
    from tests import databases

    with django_db_blocker.unblock():
        again = databases.lay_out()
    databases.copy_instead_of_flush(again)
    yield
    with django_db_blocker.unblock():
        databases.drop()


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """What one test cached (login limits, parsed definitions) is not there for the next."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()
