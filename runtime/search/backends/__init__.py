"""Where entries and their tokens lie: one interface, one file per database."""

from django.db import connection

from runtime.search.backends import postgresql, sqlite
from runtime.search.backends.base import Backend

BACKENDS: dict[str, type[Backend]] = {
    "sqlite": sqlite.SqliteBackend,
    "postgresql": postgresql.PostgresqlBackend,
}


def backend() -> Backend:
    """The backend of the default database."""
    return BACKENDS[connection.vendor]()
