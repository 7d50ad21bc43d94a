"""A hundred of a thousand people are erased; then the data of before come back from a backup, and the keys do not."""

import contextlib
import json
import shutil
import sqlite3
from typing import Any

import pytest

from tests.environment import kind
from tests.served import Served

PEOPLE, ERASED = 1000, 100
PREPARE = f"""
from django.contrib.auth import get_user_model
from django.db import transaction
from runtime.parties.actions import find_or_create
from runtime.records import actions
from tests.unit.records.scenes import CALL, make_version
user, version = get_user_model().objects.create_user("officer"), make_version(CALL)
with transaction.atomic():
    for number in range({PEOPLE}):
        facts = {{"given_name": "Ann", "family_name": f"Kwakkel{{number}}", "phone": f"+3247{{number:07d}}"}}
        party, _made = find_or_create(facts=facts, by=user, purpose="import")
        actions.start(version=version, by=user, party=party, prefill={{"given_name": f"Told {{number}}"}})
"""
ERASE = f"""
from django.contrib.auth import get_user_model
from runtime.parties.actions import erase
from runtime.parties.models import Party
user = get_user_model().objects.get()
for party in Party.objects.order_by("pk")[:{ERASED}]:
    erase(party=party, by=user, purpose="their_wish")
"""
READ = f"""
import json
from runtime.parties.models import Party
from runtime.parties.store import open_contact_points, open_party
from runtime.records.models import Record
from runtime.records.store import open_record
from runtime.vault.errors import SubjectDestroyed
read, told = {{}}, {{}}
def tried(name, opening):
    try:
        text = str(opening())
        read.setdefault(name, []).append(text)
    except SubjectDestroyed:
        told[name] = told.get(name, 0) + 1
for kind, parties in (("erased", Party.objects.order_by("pk")[:{ERASED}]), ("others", Party.objects.order_by("pk")[{ERASED}:])):
    for party in parties:
        tried(f"{{kind}} facts", lambda: open_party(party, by=None, purpose="check").family_name)
        tried(f"{{kind}} numbers", lambda: open_contact_points(party, by=None, purpose="check")[0][1])
        record = Record.objects.get(party=party)
        tried(f"{{kind}} records", lambda: open_record(record, by=None, purpose="check").state["answers"]["given_name"])
print(json.dumps({{"read": {{name: len(set(texts)) for name, texts in read.items()}}, "refused": told}}))
"""


@pytest.mark.timeout(400)
def test_who_was_erased_does_not_come_back_with_an_older_backup() -> None:
    if kind() != "sqlite":
        pytest.skip("only on SQLite: a copy of the file is the backup; the keys lie apart in both")
    served = Served()
    try:
        served.manage("shell", "-v0", "-c", PREPARE)
        data, backup = served.data_dir / "scriptorium.sqlite3", served.home / "backup.sqlite3"
        copy(data, backup)
        served.manage("shell", "-v0", "-c", ERASE)
        for rest in ("-wal", "-shm"):
            data.with_name(data.name + rest).unlink(missing_ok=True)
        shutil.copy(backup, data)
        found = read(served)
    finally:
        served.stop()
    each = ("facts", "numbers", "records")
    assert found["read"] == {f"others {name}": PEOPLE - ERASED for name in each}
    assert found["refused"] == {f"erased {name}": ERASED for name in each}


def copy(source: Any, target: Any) -> None:
    with (
        contextlib.closing(sqlite3.connect(source)) as origin,
        contextlib.closing(sqlite3.connect(target)) as made,
    ):
        origin.backup(made)


def read(served: Served) -> Any:
    return json.loads(served.manage("shell", "-v0", "-c", READ).splitlines()[-1])
