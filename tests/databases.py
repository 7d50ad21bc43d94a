"""The pair of databases of one test process: laid out from the template, and again after each test that commits."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dj_database_url
from django.db import connections
from django.test import TransactionTestCase

from tests import template
from tests.environment import kind
from tests.postgres import PostgresStore, own_name, urls


def lay_out() -> Callable[[], None]:
    """Copy the template for this process; returns what lays it out anew."""
    if kind() == "sqlite":
        return _lay_out_sqlite()
    return _lay_out_postgresql(os.environ["TEST_DATABASE_URL"])


def _lay_out_sqlite() -> Callable[[], None]:
    store = template.SqliteStore()
    key = template.ensure(store, "sqlite")
    data_dir, key_dir = Path(os.environ["DATA_DIR"]), Path(os.environ["KEY_DIR"])

    def again() -> None:
        connections.close_all()
        store.copy(key, data_dir, key_dir)

    again()
    return again


def _lay_out_postgresql(server: str) -> Callable[[], None]:
    store = PostgresStore(server)
    key = template.ensure(store, "postgresql")

    def again() -> None:
        connections.close_all()
        store.copy(key, own_name())

    again()
    for alias, url in zip(("default", "keys"), urls(server, own_name()).values(), strict=True):
        connections.settings[alias].update(dj_database_url.parse(url))
    return again


def drop() -> None:
    """Remove what `lay_out` made on a PostgreSQL server; SQLite files go with their folder."""
    connections.close_all()
    if kind() == "postgresql":
        PostgresStore(os.environ["TEST_DATABASE_URL"]).drop(own_name())


def copy_instead_of_flush(again: Callable[[], None]) -> None:
    """After a test that commits, lay the databases out anew.

    Django would empty every table, those that migrations filled, too (roles, locales, the root page).
    """

    def teardown(self: Any) -> None:
        again()

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign,attr-defined]
