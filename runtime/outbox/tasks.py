"""What a worker does in a turn: sweeps, effects, queued tasks. The truth stays in the rows of the outbox."""

import datetime as dt

from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from runtime.outbox import actions, sweeps

MOST_AT_ONCE = 100


def turn(now: dt.datetime, *, everything: bool = False) -> int:
    """One turn; how many effects it carried out. `everything` runs all sweeps, due or not."""
    sweeps.run_due(now, everything=everything)
    done = carry_out_all()
    _run_tasks()
    return done


def carry_out_all(most: int = MOST_AT_ONCE) -> int:
    """Carries out what is due, at most `most` effects; how many it did."""
    done = 0
    while done < most and actions.carry_out():
        done += 1
    return done


def _run_tasks() -> None:
    """The tasks that are ready; what a failed one keeps of its error may hold data and is dropped."""
    if not DBTaskResult.objects.ready().exists():
        return
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    ).run()
    DBTaskResult.objects.failed().exclude(traceback="").update(traceback="")
