"""Workers on many machines: `celery --app config.tasks worker --beat`, as many as are wanted, beside or instead of `manage.py worker`.

A message is a nudge: one word, no arguments. What is to be done stays in the database, so that a broker that is lost, emptied or read
loses and tells nothing. Messages are forgotten after some seconds: the next one says the same.
"""

import logging
import os
import threading
import time

from celery import Celery
from django.conf import settings
from django.utils import timezone
from kombu import Queue
from kombu.exceptions import KombuError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
TURN = "scriptorium.turn"
FORGOTTEN = 5  # seconds after which a nudge is not worth anything
WAITING_AT_MOST = 1000
AWAY = 10.0  # seconds for which a broker that does not answer is not asked again

logger = logging.getLogger("scriptorium.worker")
app = Celery("scriptorium", set_as_current=False)
app.conf.update(
    broker_url=settings.BROKER_URL,
    broker_connection_timeout=2,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={"max_retries": 1, "interval_start": 0, "interval_step": 0},
    task_queues=[
        Queue(
            "scriptorium",
            durable=False,
            queue_arguments={
                "x-message-ttl": FORGOTTEN * 1000,
                "x-max-length": WAITING_AT_MOST,
            },
        )
    ],
    task_default_queue="scriptorium",
    task_default_delivery_mode="transient",
    task_ignore_result=True,
    task_publish_retry_policy={"max_retries": 1, "interval_start": 0, "interval_step": 0},
    accept_content=["json"],
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_enable_remote_control=False,
    beat_scheduler="celery.beat:Scheduler",
    beat_schedule={TURN: {"task": TURN, "schedule": 1.0, "options": {"expires": FORGOTTEN}}},
)
_away_until = 0.0
_lock = threading.Lock()


@app.task(name=TURN)
def turn() -> None:
    """Sweeps, effects and queued tasks that are due. Says nothing back: results lie in clear."""
    from runtime.outbox.tasks import turn as take

    take(timezone.now())


def nudge() -> None:
    """Tells one worker to look now. A broker that is away is asked again after some seconds; meanwhile workers look by themselves."""
    global _away_until  # noqa: PLW0603 - one broker for a process
    if time.monotonic() < _away_until:
        return
    try:
        turn.apply_async(expires=FORGOTTEN)
    except (OSError, KombuError) as error:
        with _lock:
            _away_until = time.monotonic() + AWAY
        logger.error("broker: %s; workers look by themselves", type(error).__name__)
