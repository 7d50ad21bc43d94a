"""The two databases: of the data, and of the wrapped keys; SQLite files, or those of a PostgreSQL server."""

import os
from pathlib import Path
from typing import Any

import dj_database_url


def databases(data_dir: Path, key_dir: Path) -> dict[str, dict[str, Any]]:
    """As `DATABASE_URL` says, else files in the two folders."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "default": _sqlite(data_dir / "scriptorium.sqlite3"),
            "keys": _sqlite(key_dir / "keys.sqlite3"),
        }
    main = _postgresql(url)
    keys_url = os.environ.get("KEYS_DATABASE_URL")
    keys = _postgresql(keys_url) if keys_url else {**main, "NAME": f"{main['NAME']}_keys"}
    return {"default": main, "keys": keys}


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,  # closing the last connection writes the whole log back: 2 ms of each save
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    database: dict[str, Any] = dict(
        dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True)
    )
    database["DISABLE_SERVER_SIDE_CURSORS"] = False
    # The statement that saves is kept prepared; a pooler that shares connections between transactions may not know that.
    if os.environ.get("DATABASE_POOLER") != "1":
        database.setdefault("OPTIONS", {})["prepare_threshold"] = 5
    return database
