"""Run on the installation that is worked on: `prepare` puts people, work and a channel in, `sign_in` tells what one sign-in costs.

2,000 sign-ins are 2,000 times Argon2, which is dear on purpose and has nothing to do with calls: here each account has its session made
by the house itself, as `login` makes it, and the accounts share one hash. What a real sign-in costs is measured apart.
"""

import itertools
import json
import multiprocessing
import os
import random
import sys
import time
from typing import Any

FIRST = ("Anna", "Bram", "Celine", "Dirk", "Els", "Fatima", "Gert", "Hanne", "Ivo", "Jana")
LAST = ("Peeters", "Janssens", "Maes", "Jacobs", "Willems", "Claes", "Goossens", "Wouters")


def prepare(agents: str, items: str, web: str) -> dict[str, Any]:
    """Accounts with their sessions, a queue with a campaign and its items, a queue for what ends make, the channel."""
    from django.db import connection

    campaign = _setting(int(web))
    sessions = _people(int(agents))
    _say(f"{agents} accounts are there")
    _fill(campaign, int(items))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return {"sessions": sessions}


def _say(words: str) -> None:
    sys.stderr.write(f"  {time.strftime('%H:%M:%S')} {words}\n")
    sys.stderr.flush()


def _setting(web: int) -> int:
    from django.contrib.auth import get_user_model

    from runtime.effects.actions import channels
    from runtime.queues.models import Campaign, Policy, Queue
    from tests.bench.loading import script
    from tests.unit.queues.conftest import publish

    boss = get_user_model().objects.create_user("boss")
    policy = Policy.objects.create(code="usual", title="Usual", rules={})
    made = {}
    for code, told in (("calls", script.call()), ("contacts", script.contact())):
        queue = Queue.objects.create(code=code, title=code.capitalize(), policy=policy)
        app = publish(told, code=code).app
        made[code] = Campaign.objects.create(code=code, title=code, queue=queue, app=app)
    channels.create_channel(
        code="duty",
        kind="service",
        face=channels.Face("Duty", "en"),
        address=f"json://127.0.0.1:{web}/",
        by=boss,
    )
    return made["calls"].pk


def _people(count: int) -> list[str]:
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import Group

    from runtime.people.models import Person
    from tests.people import PASSWORD

    model, kept = get_user_model(), make_password(PASSWORD)
    users = model.objects.bulk_create(
        model(username=f"agent{number}", email=f"agent{number}@example.org", password=kept)
        for number in range(count)
    )
    Person.objects.bulk_create(Person(user=user) for user in users)
    group, _new = Group.objects.get_or_create(name="agent")
    has = model.groups.through
    has.objects.bulk_create(has(user_id=user.pk, group_id=group.pk) for user in users)
    store = import_module(settings.SESSION_ENGINE).SessionStore
    return [_session(store(), user) for user in users]


def _session(store: Any, user: Any) -> str:
    """What `django.contrib.auth.login` keeps of somebody."""
    from django.conf import settings
    from django.contrib import auth

    store[auth.SESSION_KEY] = str(user.pk)
    store[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    key: str = store.session_key
    return key


def _fill(campaign: int, count: int) -> None:
    """Somebody to call for each item; as many at once as there are processors."""
    from django.db import connections

    connections.close_all()
    parts = os.cpu_count() or 1
    fork = multiprocessing.get_context("fork")
    works = [
        fork.Process(target=_items, args=(campaign, range(part, count, parts)))
        for part in range(parts)
    ]
    for work in works:
        work.start()
    for work in works:
        work.join()
    if any(work.exitcode for work in works):
        raise RuntimeError("the campaign could not be filled")


def _items(campaign_id: int, numbers: range) -> None:
    from runtime.parties.actions import find_or_create
    from runtime.queues.actions import create_item
    from runtime.queues.models import Campaign

    campaign = Campaign.objects.select_related("queue__policy", "policy").get(pk=campaign_id)
    chance = random.Random(numbers.start)
    for done, number in enumerate(numbers):
        facts = {
            "given_name": chance.choice(FIRST),
            "family_name": f"{chance.choice(LAST)}-{number}",
            "phone": f"+32470{number:06d}",
        }
        party, _new = find_or_create(facts=facts, by=None, purpose="load")
        create_item(campaign=campaign, party=party, by=None)
        if done % 1000 == 999 and numbers.start == 0:
            _say(f"{done * numbers.step:,} work items are there")


def sign_in() -> dict[str, Any]:
    """Processor milliseconds of checking one password."""
    from django.contrib.auth.hashers import check_password
    from django.contrib.auth.models import User

    kept = User.objects.get(username="agent0").password
    begun, times = time.process_time(), 5
    for _turn in itertools.repeat(None, times):
        check_password("somebody else's password", kept)
    return {"ms": 1000 * (time.process_time() - begun) / times}


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(
        json.dumps({"prepare": prepare, "sign_in": sign_in}[sys.argv[1]](*sys.argv[2:])) + "\n"
    )
