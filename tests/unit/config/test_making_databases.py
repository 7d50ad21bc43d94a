"""Databases that are missing on a PostgreSQL server are made, where the user may."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError
from django.db import connections

from config.management.commands.set_up import create_database
from tests.environment import kind
from tests.postgres import PostgresStore, with_name

pytestmark = pytest.mark.skipif(
    kind() != "postgresql", reason="only on postgresql: SQLite makes its files itself"
)
NAME = f'scriptorium_"made"_{os.getpid()}'  # a name that would break a statement it is pasted into
USER = f"scriptorium_guest_{os.getpid()}"


@pytest.fixture
def server() -> Iterator[psycopg.Connection[Any]]:
    """The server; the databases that a test makes on it go."""
    url = os.environ["TEST_DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection
        PostgresStore(url).drop(NAME)


@pytest.fixture
def guest(server: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A user of the server who may make no database; the settings name that one."""
    try:
        server.execute(f"CREATE ROLE {USER} LOGIN")
    except psycopg.errors.InsufficientPrivilege:
        pytest.skip("only on a server on which the tests may make users")
    monkeypatch.setitem(connections["default"].settings_dict, "USER", USER)
    yield USER
    server.execute(f"DROP ROLE {USER}")


@pytest.fixture
def pointed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both databases of the settings are of names that are not there."""
    for alias, name in (("default", NAME), ("keys", f"{NAME}_keys")):
        monkeypatch.setitem(connections[alias].settings_dict, "NAME", name)


def names(server: psycopg.Connection[Any]) -> set[str]:
    return {name for (name,) in server.execute("SELECT datname FROM pg_database")}


@pytest.mark.usefixtures("pointed")
def test_both_missing_databases_are_made_and_a_second_time_nothing_is(
    server: psycopg.Connection[Any],
) -> None:
    for _time in range(2):
        for alias in ("default", "keys"):
            create_database(alias)
    assert {NAME, f"{NAME}_keys"} <= names(server)
    with psycopg.connect(with_name(os.environ["TEST_DATABASE_URL"], NAME)) as made:
        assert made.info.encoding == "utf-8"
        made.execute("CREATE TABLE kept (id int)")
    create_database("default")
    with psycopg.connect(with_name(os.environ["TEST_DATABASE_URL"], NAME)) as made:
        made.execute("SELECT * FROM kept")


@pytest.mark.usefixtures("pointed", "guest")
def test_who_may_not_make_a_database_is_told_what_an_administrator_types(
    server: psycopg.Connection[Any],
) -> None:
    with pytest.raises(CommandError, match="createdb"):
        create_database("default")
    assert NAME not in names(server)


@pytest.mark.usefixtures("pointed")
def test_a_database_that_does_not_let_us_in_is_told_apart_from_a_missing_one(
    server: psycopg.Connection[Any], guest: str
) -> None:
    server.execute(f"ALTER ROLE {guest} CREATEDB")
    create_database("default")
    quoted = NAME.replace('"', '""')
    server.execute(f'ALTER DATABASE "{quoted}" OWNER TO CURRENT_USER')
    server.execute(f'REVOKE CONNECT ON DATABASE "{quoted}" FROM PUBLIC')
    with pytest.raises(CommandError, match="does not let us in"):
        create_database("default")


def test_a_server_that_is_not_there_is_told_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(connections["default"].settings_dict, "PORT", "1")
    monkeypatch.setitem(connections["default"].settings_dict, "PASSWORD", "very secret")
    with pytest.raises(CommandError, match="Check DATABASE_URL") as refused:
        create_database("default")
    assert "secret" not in str(refused.value)
