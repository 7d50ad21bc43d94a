"""The bell's rounds: what rings is looked at some times a second, whose rights ended each minute, and only while somebody listens.

The database is asked on two threads, one question of each at a time: many who come at once do not keep those from being told who are
there. While it does not answer, nobody is told a thing: so the lines are ended and
none is opened, and the pages ask for themselves.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar

from django.db import close_old_connections
from django.utils import timezone

from runtime.telephony.bell import looking
from runtime.telephony.bell.ears import Ears
from runtime.telephony.bell.passes import Pass, read

LOOKS = 0.3  # seconds between two looks
FAILED = 2.0  # after one that failed
PATIENCE = 10.0  # for an answer of the database

log = logging.getLogger("scriptorium.bell")
Answer = TypeVar("Answer")


class Rounds:
    """`minds`: seconds until it is asked again whose session or rights ended."""

    def __init__(self, ears: Ears, minds: float) -> None:
        self.ears, self.minds = ears, minds
        self.sound = True  # whether the last look was answered
        self._rounds = ThreadPoolExecutor(max_workers=1, thread_name_prefix="rounds")
        self._door = ThreadPoolExecutor(max_workers=1, thread_name_prefix="door")

    async def go(self) -> None:
        """Until it is cancelled."""
        clock = asyncio.get_running_loop().time
        minded = clock()
        while True:
            if self.sound:  # else the database is looked at until it answers
                await self.ears.somebody.wait()
            await asyncio.sleep(LOOKS if await self._answered(self._look) else FAILED)
            if clock() - minded >= self.minds and await self._answered(self._mind):
                minded = clock()

    async def admitted(self, text: str) -> Pass | None:
        """Whose pass this is, if it still holds."""
        return await _answer(self._door, lambda now: _held(text, now))

    def close(self) -> None:
        for thread in (self._rounds, self._door):
            thread.shutdown(wait=False, cancel_futures=True)

    async def _look(self) -> None:
        self.ears.tell(await _answer(self._rounds, looking.look))

    async def _mind(self) -> None:
        passes = self.ears.passes()
        if passes:
            self.ears.end(await _answer(self._rounds, lambda now: looking.ended(passes, now)))

    async def _answered(self, deed: Callable[[], Awaitable[None]]) -> bool:
        try:
            await deed()
        except Exception:
            if self.sound:
                log.exception("The bell could not ask the database; its lines end until it can.")
            self.sound = False
            self.ears.end_all()
        else:
            self.sound = True
        return self.sound


async def _answer(thread: ThreadPoolExecutor, question: Callable[[datetime], Answer]) -> Answer:
    async with asyncio.timeout(PATIENCE):
        return await asyncio.get_running_loop().run_in_executor(thread, _asked, question)


def _asked(question: Callable[[datetime], Any]) -> Any:
    close_old_connections()
    try:
        return question(timezone.now())
    finally:
        close_old_connections()


def _held(text: str, now: datetime) -> Pass | None:
    who = read(text, now)
    return None if who is None or looking.ended([who], now) else who
