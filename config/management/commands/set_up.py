"""Makes an installation ready: databases, roles, content, and in the demo its people and calls.

Harmless when repeated: what is there stays.
"""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from psycopg import sql

from config.demo.accounts import DOMAIN
from config.serve import hold
from exports.feeds.actions import remove_files
from runtime.audit.checkpoints import keys_beside


class Command(BaseCommand):
    help = (
        "Makes the databases, roles and content of this installation; with DEMO=1 the demo, too."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--fresh", action="store_true", help="empty the demo first; refused for anything else"
        )

    def handle(self, *, fresh: bool, **options: Any) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
        with hold(settings.DATA_DIR):
            if fresh:
                empty()
            self._set_up()

    def _set_up(self) -> None:
        for alias in connections:
            if connections[alias].vendor == "postgresql":
                create_database(alias)
        migrate()
        known = get_commands()
        if "setup_content" in known:
            call_command("setup_content")
        if settings.DEMO and "demo" in known:
            call_command("demo")


def migrate() -> None:
    """The tables of both databases, as this version of Scriptorium has them."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("migrate", "vault", database="keys", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def create_database(alias: str) -> None:
    """Make a PostgreSQL database that is not there yet."""
    if _connects(alias):
        return
    name = connections[alias].settings_dict["NAME"]
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
    with _server(alias) as server:
        try:
            server.execute(statement.format(sql.Identifier(name)))
        except psycopg.errors.DuplicateDatabase:
            raise CommandError(f"The database {name} is there, but does not let us in.") from None
        except psycopg.errors.InsufficientPrivilege:
            raise CommandError(
                f"The database {name} is missing, and this user may not make it. As an administrator of the server: "
                f"createdb --owner=USER {name}"
            ) from None


def _connects(alias: str) -> bool:
    try:
        psycopg.connect(**_address(alias)).close()
    except psycopg.OperationalError:
        return False
    return True


def _address(alias: str, **other: str) -> dict[str, Any]:
    wanted = connections[alias].settings_dict
    names = {
        "host": "HOST",
        "port": "PORT",
        "user": "USER",
        "password": "PASSWORD",
        "dbname": "NAME",
    }
    return {key: wanted[name] for key, name in names.items() if wanted.get(name)} | other


def _server(alias: str) -> psycopg.Connection[Any]:
    try:
        return psycopg.connect(**_address(alias, dbname="postgres"), autocommit=True)
    except psycopg.OperationalError as problem:
        raise CommandError(
            f"No PostgreSQL server lets us in for database '{alias}'. Check DATABASE_URL. ({type(problem).__name__})"
        ) from None


def empty() -> None:
    """Remove the databases of a demo, what it delivered, what was uploaded to it, and the checkpoints of its log."""
    if settings.PRODUCTION or not _is_demo():
        raise CommandError(
            "These data are not a demo: its accounts are not in the database. Nothing was changed."
        )
    # The databases last: should this be interrupted, they still tell which files are the demo's.
    if "exports_delivery" in _tables():
        remove_files()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    for file in (settings.LOG_CHECKPOINTS, keys_beside(settings.LOG_CHECKPOINTS)):
        file.unlink(missing_ok=True)  # they tell of a log that is no more
    for alias in connections:
        connection = connections[alias]
        name, vendor = connection.settings_dict["NAME"], connection.vendor
        connection.close()
        if vendor == "postgresql":
            with _server(alias) as server:
                server.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )
        else:
            for suffix in ("", "-wal", "-shm"):
                Path(f"{name}{suffix}").unlink(missing_ok=True)


def _is_demo() -> bool:
    """Are the demo's accounts in it, or nobody's?"""
    if "auth_user" not in _tables():
        return True
    people = get_user_model().objects.all()
    return not people.exists() or people.filter(email__endswith=f"@{DOMAIN}").exists()


def _tables() -> list[str]:
    """The tables of the data; none where there is no database yet."""
    connection = connections["default"]
    if connection.vendor == "postgresql" and not _connects("default"):
        return []
    return list(connection.introspection.table_names())
