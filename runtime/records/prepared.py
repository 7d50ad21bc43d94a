"""A cursor whose statements the database keeps: PostgreSQL reads and plans one once a connection, which is half of what saving
cost it. SQLite's driver keeps them by itself.

It does not ask first whether the connection still stands, as Django does once a request: `gone` tells it afterwards, and a
statement that may be sent twice is sent again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def prepared_cursor() -> Iterator[Any]:
    """For statements that are the same text each time; values are bound by the server."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    from psycopg import Cursor  # only where PostgreSQL is the database

    connection.ensure_connection()
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrap(Cursor(connection.connection)) as cursor:
        yield cursor


def gone() -> bool:
    """Whether the server has ended the connection; if so it is given up, and the next statement makes a new one."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return False
    if connection.connection is None or not connection.connection.closed:
        return False
    connection.close()
    return True
