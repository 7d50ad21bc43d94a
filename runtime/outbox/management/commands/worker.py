"""The worker: effects, sweeps and queued tasks, until it is told to stop."""

import logging
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from runtime.outbox import sweeps
from runtime.outbox.tasks import carry_out_all
from runtime.vault.errors import say

logger = logging.getLogger("scriptorium.worker")


class Command(BaseCommand):
    help = "Carries out effects, sweeps and background tasks. Ends cleanly at SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="do what is due now, all sweeps included, and end"
        )
        parser.add_argument(
            "--interval", type=float, default=1.0, help="seconds to wait when nothing is due"
        )

    def handle(self, *, once: bool, interval: float, **_options: Any) -> None:
        self.running = True
        if once:
            self._turn(everything=True)
            self._turn(everything=False)
            return
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        logger.info("worker started")
        while self.running:
            if not self._safe_turn():
                self._wait(interval)
        logger.info("worker stopped")

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.running = False

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self.running and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.2))

    def _safe_turn(self) -> int:
        """One turn; a database that is away for a moment does not end the worker."""
        close_old_connections()
        try:
            return self._turn(everything=False)
        except Exception as error:
            logger.error("worker: %s; waiting", say(error))
            close_old_connections()
            return 0

    def _turn(self, *, everything: bool) -> int:
        sweeps.run_due(timezone.now(), everything=everything)
        done = carry_out_all()
        _run_tasks()
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
