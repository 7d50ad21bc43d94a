"""A claimer of the storm: claims, saves an answer, ends the call, and puts on paper what it was told before it goes on.

The paper is a file of lines. A process that is killed leaves it as it was; what stands there was acknowledged.
"""

import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

STOP = "stop"  # a file: everybody goes home
HOLDING = 0.25  # seconds with a call in hand, so that it can be interrupted
PATIENCE = 0.2
EMPTY = 0.05


class Paper:
    """What one process was told, a line each."""

    def __init__(self, folder: Path, name: str) -> None:
        self.file = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def put(self, *words: object) -> None:
        os.write(self.file, (" ".join(map(str, words)) + "\n").encode())


def work(folder: Path, queue_id: int, agent_id: int, *, durable: bool) -> None:
    """Claims until the file `stop` is there."""
    from django.contrib.auth import get_user_model

    from runtime.queues.models import Queue

    _begin(durable=durable)
    paper = Paper(folder, f"agent-{agent_id}")
    queue = Queue.objects.select_related("policy").get(pk=queue_id)
    agent = get_user_model().objects.get(pk=agent_id)
    _until_stopped(folder, lambda: _call(paper, queue, agent), durable=durable)


def sweep(folder: Path, *, durable: bool) -> None:
    """A worker that takes back what has lapsed."""
    from django.utils import timezone

    from runtime.queues.actions import expire_leases

    _begin(durable=durable)

    def look() -> None:
        expire_leases(now=timezone.now())
        time.sleep(PATIENCE)

    _until_stopped(folder, look, durable=durable)


def _until_stopped(folder: Path, turn: Callable[[], None], *, durable: bool) -> None:
    """A server that is gone is waited for, as a browser or a worker that is started again would."""
    from django.db import DatabaseError, InterfaceError, connections

    while not (folder / STOP).exists():
        try:
            turn()
        except (DatabaseError, InterfaceError):
            connections.close_all()
            time.sleep(PATIENCE)
            _begin(durable=durable)
    connections.close_all()


def _begin(*, durable: bool) -> None:
    """A connection of its own; `durable` is False for the saboteur, which does not wait for what it commits to be written."""
    from django.db import DatabaseError, connection

    if connection.vendor == "postgresql" and not durable:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET synchronous_commit = off")
        except DatabaseError:
            connection.close()


def _call(paper: Paper, queue: Any, agent: Any) -> None:
    from django.utils import timezone

    from runtime.queues import actions
    from runtime.queues.models import WorkItem

    claimed = actions.claim(queue=queue, by=agent, now=timezone.now())
    if isinstance(claimed, actions.Refused):
        time.sleep(EMPTY)
        return
    paper.put("claimed", claimed.item, claimed.fence)
    if claimed.token:
        paper.put("holding", claimed.item)
        time.sleep(HOLDING)
        _save(paper, claimed)
    try:
        actions.dispose(
            item=WorkItem(pk=claimed.item), disposition="refused", by=agent, now=timezone.now()
        )
        paper.put("ended", claimed.item, claimed.fence)
    except actions.NotHolder:
        paper.put("lost", claimed.item, claimed.fence)


def _save(paper: Paper, claimed: Any) -> None:
    """Sent again until it is acknowledged, as the browser does."""
    from django.db import DatabaseError, InterfaceError, connections
    from django.utils import timezone

    from runtime.records.append import append

    sent = str(uuid.uuid4())
    event = {"event": "answered", "place": "first_name", "value": "Ann"}
    for _try in range(100):
        try:
            told = append(claimed.token, [{"id": sent, "seen": 0, "event": event}], timezone.now())
        except (DatabaseError, InterfaceError):
            connections.close_all()
            time.sleep(PATIENCE)
            continue
        for row in told.acknowledged:
            paper.put("late" if row.get("late") else "saved", row["id"], claimed.item)
        return
