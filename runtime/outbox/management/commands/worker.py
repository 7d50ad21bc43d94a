"""The worker: effects, sweeps and queued tasks, until it is told to stop."""

import logging
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from runtime.outbox.tasks import turn
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
            turn(timezone.now(), everything=True)
            turn(timezone.now())
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
            return turn(timezone.now())
        except Exception as error:
            logger.error("worker: %s; waiting", say(error))
            close_old_connections()
            return 0
