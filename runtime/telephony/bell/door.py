"""What the bell serves (ASGI): one address, which takes a pass and answers with a stream of server-sent events.

    POST /bell/   Origin: a page of ours; body: the pass (text/plain, so that a page at another port need not ask first)
    200           text/event-stream: `data: changed` (ask now), `data: again` (open a new line at once), and a comment every 20 s
    403           not a page of ours, or no pass that holds; 405, 413; 429 no room; 503 the database does not answer

The pass stands in the body, never in the address, which a log might keep. No cookie is read, and nothing personal is told.
"""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from runtime.telephony.bell.ears import Ear, Ears
from runtime.telephony.bell.passes import LONGEST
from runtime.telephony.bell.rounds import Rounds

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

BEAT = 20.0  # seconds of silence, then a comment: a dead line is noticed
LIFE = 600.0, 840.0  # seconds; ended by chance between them, so that not all come anew at once
SENDING = 10.0  # seconds until who does not take what is sent counts as gone
READING = 10.0

CHANGED, AGAIN, COMMENT = b"data: changed\n\n", b"data: again\n\n", b":\n\n"


class Door:
    """`ours(origin, host)`: whether pages of that origin, asking under that host name, may listen."""

    def __init__(self, ears: Ears, rounds: Rounds, ours: Callable[[str, str], bool]) -> None:
        self.ears, self.rounds, self.ours = ears, rounds, ours
        self.closing = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._hear_end()
        going = asyncio.create_task(self.rounds.go())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.close()
        going.cancel()
        with suppress(asyncio.CancelledError):
            await going
        await send({"type": "lifespan.shutdown.complete"})

    def _hear_end(self) -> None:
        """The server waits for all answers before it says that it ends, and a line is an answer that ends with the server alone. So the
        signal is heard here, too; what the loop does on it (it hears by `set_wakeup_fd`) stays."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(self.close))

    def close(self) -> None:
        """Ends all lines; pages open others where the next bell is."""
        self.closing = True
        self.ears.end_all()
        self.rounds.close()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            await _say(send, 405, [(b"allow", b"POST")])
            return
        told = {name: value.decode("latin-1") for name, value in scope["headers"]}
        origin = told.get(b"origin", "")
        if not self.ours(origin, told.get(b"host", "")):
            await _say(send, 403, [])
            return
        seen = [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"Origin")]
        ear = await self._admit(receive)
        if isinstance(ear, int):
            await _say(send, ear, seen)
            return
        try:
            await _hold(ear, receive, send, seen)
        finally:
            self.ears.leave(ear)

    async def _admit(self, receive: Receive) -> Ear | int:
        """The ear of who may listen, else the status that says why not."""
        text = await _body(receive)
        if text is None:
            return 413
        if self.closing or not self.rounds.sound:
            return 503
        try:
            who = await self.rounds.admitted(text)
        except Exception:  # the rounds say so in the log
            return 503
        return 403 if who is None else self.ears.admit(who) or 429


async def _body(receive: Receive) -> str | None:
    """None where it is longer than a pass, or does not come."""
    found = b""
    with suppress(TimeoutError):
        async with asyncio.timeout(READING):
            while len(found) <= LONGEST:
                message = await receive()
                found += message.get("body", b"")
                if message["type"] != "http.request" or not message.get("more_body"):
                    return found.decode("latin-1") if len(found) <= LONGEST else None
    return None


async def _say(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    usual = [(b"cache-control", b"no-store"), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": status, "headers": headers + usual})
    await send({"type": "http.response.body", "body": b""})


async def _hold(
    ear: Ear, receive: Receive, send: Send, headers: list[tuple[bytes, bytes]]
) -> None:
    """The line, until one of both sides ends it."""
    usual = [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-accel-buffering", b"no"),  # a proxy passes on what it gets
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers + usual})
    sides = {asyncio.create_task(_tell(ear, send)), asyncio.create_task(_gone(receive))}
    try:
        await asyncio.wait(sides, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for side in sides:
            side.cancel()
        await asyncio.gather(*sides, return_exceptions=True)


async def _tell(ear: Ear, send: Send) -> None:
    clock = asyncio.get_running_loop().time
    until = clock() + random.uniform(*LIFE)  # noqa: S311  not a secret
    word = COMMENT
    while not ear.over and clock() < until:
        await _write(send, word)
        word = COMMENT
        with suppress(TimeoutError):
            async with asyncio.timeout(BEAT):
                await ear.woken.wait()
            ear.woken.clear()
            word = CHANGED
    await _write(send, b"" if ear.over else AGAIN, more=False)


async def _write(send: Send, word: bytes, *, more: bool = True) -> None:
    async with asyncio.timeout(SENDING):
        await send({"type": "http.response.body", "body": word, "more_body": more})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
