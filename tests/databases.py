"""The pair of databases of one test process: laid out from the template with the site set up in it, and again after each
test that commits."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dj_database_url
from django.db import connections
from django.test import TransactionTestCase

from tests import template
from tests.environment import kind, make_home
from tests.postgres import PostgresStore, own_name, urls


def lay_out() -> Callable[[], None]:
    """Copy the template for this process and set the site up, once for all tests; returns what lays it out anew."""
    if kind() == "sqlite":
        return _lay_out_sqlite()
    return _lay_out_postgresql(os.environ["TEST_DATABASE_URL"])


def _lay_out_sqlite() -> Callable[[], None]:
    store = template.SqliteStore()
    key = template.ensure(store, "sqlite")
    data_dir, key_dir = Path(os.environ["DATA_DIR"]), Path(os.environ["KEY_DIR"])
    ground = make_home("scriptorium-ground-")

    def again() -> None:
        connections.close_all()
        store.take(ground / "data", ground / "keys", data_dir, key_dir)

    store.copy(key, data_dir, key_dir)
    set_up()
    store.take(data_dir, key_dir, ground / "data", ground / "keys")
    return again


def _lay_out_postgresql(server: str) -> Callable[[], None]:
    store = PostgresStore(server)
    key = template.ensure(store, "postgresql")

    def again() -> None:
        connections.close_all()
        store.take(ground(), own_name())

    store.copy(key, own_name())
    for alias, url in zip(("default", "keys"), urls(server, own_name()).values(), strict=True):
        connections.settings[alias].update(dj_database_url.parse(url))
    set_up()
    store.take(own_name(), ground())
    return again


def set_up() -> None:
    """The page tree and what roles may do there, as `manage.py setup_content` makes them; no task waits for a worker, no
    connection stays open."""
    from django_tasks_db.models import DBTaskResult

    from content import setup

    setup.set_up()
    DBTaskResult.objects.all().delete()
    connections.close_all()


def ground() -> str:
    """Where a PostgreSQL server keeps the pair as it is laid out again."""
    return f"{own_name()}_ground"


def drop() -> None:
    """Remove what `lay_out` made on a PostgreSQL server; SQLite files go with their folder."""
    connections.close_all()
    if kind() == "postgresql":
        for name in (own_name(), ground()):
            PostgresStore(os.environ["TEST_DATABASE_URL"]).drop(name)


def copy_instead_of_flush(again: Callable[[], None]) -> None:
    """After a test that commits, lay the databases out anew.

    Django would empty every table, those that migrations filled, too (roles, locales, the root page).
    """

    def teardown(self: Any) -> None:
        again()

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign,attr-defined]
