"""`manage.py set_up` on an installation that a test serves, with the migrations copied from the template (they cost 15 seconds)."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from tests import template
from tests.environment import kind
from tests.postgres import PostgresStore
from tests.template import SqliteStore


def migrate() -> None:
    """What `set_up` found empty, as migrations leave it."""
    if kind() == "sqlite":
        files = SqliteStore()
        assert not Path(os.environ["DATA_DIR"], files.files[0]).exists()
        key = template.ensure(files, "sqlite")
        files.copy(key, Path(os.environ["DATA_DIR"]), Path(os.environ["KEY_DIR"]))
        return
    databases = PostgresStore(os.environ["TEST_DATABASE_URL"])
    name = urlsplit(os.environ["DATABASE_URL"]).path.strip("/")
    databases.copy(template.ensure(databases, "postgresql"), name)


def main(arguments: list[str]) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    from config.management.commands import set_up

    set_up.migrate = migrate
    call_command(*arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
