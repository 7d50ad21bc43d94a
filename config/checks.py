"""What this installation refuses to run with, each with its remedy.

`manage.py check` names everything; `refuse` is asked when the server starts and stops it. What endangers acknowledged
answers or keys is refused everywhere, what only production must not have is refused there.
"""

import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from config.demo.accounts import DOMAIN
from config.keyfiles import NAMES
from runtime.vault.blind import tokens_key
from runtime.vault.errors import VaultError
from runtime.vault.keys import process_key
from runtime.vault.places import place
from runtime.vault.ring import open_to_others
from runtime.vault.rotation import refuse_lost

SAFE_POSTGRESQL = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
STRICTER_COMMITS = {"on", "remote_write", "remote_apply", "local"}  # each waits for the disk here
SAFE_SQLITE = {"journal_mode": "wal", "synchronous": "2"}  # 2 = FULL


def settings_problems(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """What the settings and the key folder alone tell."""
    found = _key_folder() if settings.KEY_DIR.exists() else []
    found += _inbox(settings.INBOX_DIR) if settings.INBOX_DIR else []
    return found + (list(_production()) if settings.PRODUCTION else [])


def database_problems(
    app_configs: Any = None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """What only a running database tells: is a commit on the disk, do keys and data belong together."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        found += _commits(alias)
    if databases and not found:
        found += _keys_fit()
        found += _demo_accounts() if settings.PRODUCTION else []
    return found


def refuse() -> None:
    """Raise ImproperlyConfigured with every problem that keeps this installation from starting."""
    found = [*settings_problems(), *database_problems(databases=list(connections))]
    if found:
        told = "\n".join(f"- {problem.msg} {problem.hint or ''}" for problem in found)
        raise ImproperlyConfigured(f"This installation does not start:\n{told}")


def _key_folder() -> list[CheckMessage]:
    folder, data = settings.KEY_DIR, settings.DATA_DIR
    found: list[CheckMessage] = []
    if folder == data or data in folder.parents:
        found.append(
            Error(
                f"KEY_DIR ({folder}) lies inside DATA_DIR ({data}): a copy of the data would carry its keys.",
                hint="Set KEY_DIR to a folder outside.",
                id="scriptorium.E001",
            )
        )
    if data in settings.LOG_CHECKPOINTS.parents:
        found.append(
            Error(
                f"LOG_CHECKPOINTS ({settings.LOG_CHECKPOINTS}) lies inside DATA_DIR ({data}): an old copy of the data put back would put back its checkpoints.",
                hint="Set LOG_CHECKPOINTS to a file outside, better on another machine's disk.",
                id="scriptorium.E003",
            )
        )
    return [*found, *_open_to_others(folder)]


def _open_to_others(folder: Path) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        found.append(
            Error(
                f"The folder of the keys {folder} may be changed by others, who could put other keys there.",
                hint=f"chmod 700 {folder}",
                id="scriptorium.E004",
            )
        )
    for file in (folder / name for name in NAMES):
        if file.exists() and open_to_others(file.stat().st_mode):
            found.append(
                Error(
                    f"The key file {file} may be read by others.",
                    hint=f"chmod 600 {file}",
                    id="scriptorium.E002",
                )
            )
    return found


def _inbox(folder: Path) -> list[CheckMessage]:
    """Lists lie in it in clear, and what lies in it is loaded. That it is not there is told where it is used: it may come later."""
    if folder in (settings.DATA_DIR, settings.KEY_DIR) or {
        settings.DATA_DIR,
        settings.KEY_DIR,
    } & set(folder.parents):
        told = f"INBOX_DIR ({folder}) lies inside the data or the keys: a copy of those would carry lists of people in clear."
        return [Error(told, hint="Set INBOX_DIR to a folder outside.", id="scriptorium.E005")]
    if folder.is_dir() and folder.stat().st_mode & stat.S_IWOTH:
        told = f"Everybody on this machine may put lists into INBOX_DIR ({folder})."
        return [Error(told, hint=f"chmod o-rwx {folder}", id="scriptorium.E006")]
    return []


def _production() -> Iterable[CheckMessage]:
    rules = (
        (settings.DEBUG, "DEBUG is on: error pages would show data.", "Switch it off."),
        (settings.DEMO, "DEMO is on: its accounts have a known password.", "Unset DEMO."),
        (
            len(settings.SECRET_KEY) < 50
            or _is_no_chance(settings.SECRET_KEY)
            or settings.SECRET_KEY.startswith("django-insecure-"),
            "django.key is too short, or no random key.",
            "Make keys with: manage.py make_keys",
        ),
        (
            "console" in settings.EMAIL_BACKEND,
            "Mails go to the log, links that set passwords with them.",
            "Set EMAIL_BACKEND, EMAIL_HOST and EMAIL_PORT.",
        ),
        (
            not settings.WORKSHOP_HOST,
            "The editors' workshop would be served on the agents' host.",
            "Set WORKSHOP_HOST to a host name of its own, and list it in ALLOWED_HOSTS.",
        ),
        (
            "*" in settings.ALLOWED_HOSTS,
            "ALLOWED_HOSTS lets every host name in.",
            "List the host names.",
        ),
        (
            bool(settings.WORKSHOP_HOST)
            and set(settings.ALLOWED_HOSTS) <= {settings.WORKSHOP_HOST},
            "WORKSHOP_HOST is the only host name: the agents would work on the workshop's.",
            "List the agents' host name in ALLOWED_HOSTS, too.",
        ),
    )
    for number, (broken, told, remedy) in enumerate(rules, start=10):
        if broken:
            yield Error(told, hint=remedy, id=f"scriptorium.E{number:03}")


def _commits(alias: str) -> list[CheckMessage]:
    vendor = connections[alias].vendor
    shown = _shown_by_sqlite(alias) if vendor == "sqlite" else _shown_by_postgresql(alias)
    return [
        Error(
            f"Database '{alias}': {name} is {value}; an acknowledged answer could be lost.",
            hint=f"Set {name} to {wanted}.",
            id="scriptorium.E020",
        )
        for name, value, wanted in shown
        if value != wanted and not (name == "synchronous_commit" and value in STRICTER_COMMITS)
    ]


def _shown_by_postgresql(alias: str) -> list[tuple[str, str, str]]:
    with connections[alias].cursor() as cursor:
        return [
            (name, _one(cursor, f"SHOW {name}"), wanted)
            for name, wanted in SAFE_POSTGRESQL.items()
        ]


def _shown_by_sqlite(alias: str) -> list[tuple[str, str, str]]:
    with connections[alias].cursor() as cursor:
        return [
            (name, _one(cursor, f"PRAGMA {name}"), wanted) for name, wanted in SAFE_SQLITE.items()
        ]


def _one(cursor: Any, statement: str) -> str:
    cursor.execute(statement)
    return str(cursor.fetchone()[0])


def _keys_fit() -> list[CheckMessage]:
    """Do the key files belong to these data? Not asked before the keys database is migrated."""
    if "vault_ringkey" not in connections["keys"].introspection.table_names():
        return []
    try:
        process_key("start")
        tokens_key("start")
        refuse_lost()
        roots = [place().root(number) for number in place().numbers()]
    except (VaultError, ImproperlyConfigured) as problem:
        return [Error(str(problem), id="scriptorium.E021")]
    if settings.PRODUCTION and any(_is_no_chance(root) for root in roots):
        told = "A key of the ring is no random one: it was typed, or copied from an example."
        return [Error(told, hint="Put a random key in its place.", id="scriptorium.E023")]
    return []


def _is_no_chance(key: Sequence[object]) -> bool:
    """A key in which few bytes or letters differ was made by nobody's chance: 32 random bytes have at least 20 different ones."""
    return len(set(key)) < 10


def _demo_accounts() -> list[CheckMessage]:
    if "auth_user" not in connections["default"].introspection.table_names():
        return []
    if not get_user_model().objects.filter(email__endswith=f"@{DOMAIN}", is_active=True).exists():
        return []
    return [
        Error(
            "The demo's accounts are in this database; their password is known to everybody.",
            hint="Start production with an empty database.",
            id="scriptorium.E022",
        )
    ]


def connect() -> None:
    """Registered when Django starts."""
    register(settings_problems, Tags.security)
    register(database_problems, Tags.database)
