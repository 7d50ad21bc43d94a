"""Where entries and their tokens lie: one interface, one file per database."""

from django.db import connection

from runtime.search.backends import postgresql, sqlite
from runtime.search.backends.base import FIRST, Backend
from runtime.search.backends.postgresql import PostgresqlBackend
from runtime.search.backends.sqlite import SqliteBackend

BACKENDS: dict[str, type[SqliteBackend] | type[PostgresqlBackend]] = {
    "sqlite": sqlite.SqliteBackend,
    "postgresql": postgresql.PostgresqlBackend,
}


def backend(asked: int = FIRST) -> Backend:
    """The backend of the default database, for the generation of tokens that is asked."""
    return BACKENDS[connection.vendor](asked)
