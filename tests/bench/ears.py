"""Many lines to the bell: how long it takes to open them, what they cost it while nothing rings, and how soon who is called is told.

`make bench-ears` (LINES=2000 SECONDS=20). The lines are held by this process; the bell is the real one, beside a database of its own.
"""

import asyncio
import os
import statistics
import time
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure, at_most, percentile, told
from tests.postgres import free_port
from tests.served import PATIENCE, Served

LINES = int(os.environ.get("LINES", "2000"))
SECONDS = float(os.environ.get("SECONDS", "20"))
CALLS = 20
TRIES = 20  # as pages do: the bell may be too busy just now
AT_ONCE = 20  # lines that are opened together
SET_UP = """
import json
from datetime import timedelta
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from runtime.people.models import Person
from runtime.telephony import actions as telephony
from runtime.telephony.bell import passes
provider, _new = telephony.make_provider(code='pbx', title='PBX', by=None)
User.objects.bulk_create([User(username=f'a{n}') for n in range(LINES)])
people = list(User.objects.filter(username__startswith='a').order_by('pk'))
Person.objects.bulk_create([Person(user=one) for one in people], ignore_conflicts=True)
epochs = dict(Person.objects.values_list('user', 'epoch'))
later = timezone.now() + timedelta(hours=1)  # until they are opened
made = []
for one in people:
    session = SessionStore()
    session.create()
    made.append([one.username, passes.issue(passes.Pass(one.pk, epochs[one.pk], session.session_key), later)])
print(json.dumps(made))
"""
RING = """
import time
from django.utils import timezone
from runtime.telephony.actions import receive
from runtime.telephony.models import Provider
from runtime.telephony.payload import Told
provider = Provider.objects.get()
for n in range(CALLS):
    now = timezone.now()
    agent = f'a{n * LINES // CALLS}'
    receive(provider=provider, told=Told('newCall', f'c-{n}', 'in', now, clock_off=False, agents=(agent,), number=''), now=now)
    print(agent, time.time(), flush=True)
    time.sleep(0.37)
"""


def run() -> list[Figure]:
    import json
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, LINES + 500), hard))
    served = Served(BELL_PORT=str(free_port()))
    try:
        made = json.loads(_shell(served, SET_UP))
        served.start(worker=False)
        return asyncio.run(_figures(served, made))
    finally:
        served.stop()


def _shell(served: Served, code: str) -> str:
    known = code.replace("LINES", str(LINES)).replace("CALLS", str(CALLS))
    return served.manage("shell", "-v0", "-c", known)


async def _figures(served: Served, made: list[tuple[str, str]]) -> list[Figure]:
    port = int(served.environment["BELL_PORT"])
    heard: dict[str, float] = {}
    gate = asyncio.Semaphore(AT_ONCE)
    lines = [_open(port, served.url, name, text, (gate, heard)) for name, text in made]
    first = await lines[0]  # once the bell is there
    began = time.monotonic()
    held = [first, *await asyncio.gather(*lines[1:])]
    opening = time.monotonic() - began
    process = _worker(served.processes["bell"].pid)
    before = _processor(process)
    await asyncio.sleep(SECONDS)
    idle = (_processor(process) - before) / SECONDS
    rung = await asyncio.to_thread(_shell, served, RING)
    await asyncio.sleep(2)
    late = [heard[name] - float(at) for name, at in map(str.split, rung.splitlines())]
    open_still = sum(not task.done() for task in held)
    for task in held:
        task.cancel()
    return [
        told("ears: lines held open, to the end", open_still, ""),
        told("ears: lines opened", len(held) / opening, "/s"),
        at_most("ears: processor of the bell while nothing rings", idle * 100, "%", 10),
        at_most("ears: memory of the bell", _memory(process), "MB", 400),
        told("ears: call to told, median", statistics.median(late), "s"),
        at_most("ears: call to told, p95", percentile(late, 95), "s", 1),
        at_most("ears: told who was not called", len(heard) - CALLS, "", 0),
    ]


async def _open(
    port: int,
    origin: str,
    name: str,
    text: str,
    shared: tuple[asyncio.Semaphore, dict[str, float]],
) -> asyncio.Task[None]:
    gate, heard = shared
    head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\nContent-Length: {len(text)}\r\n\r\n"
    async with gate:
        for _ in range(TRIES):
            reader, writer = await _connected(port)
            writer.write(head.encode() + text.encode())
            status = await reader.readline()
            if b" 200 " in status:
                break
            writer.close()
            await asyncio.sleep(1)
        else:
            raise RuntimeError(f"A line was not opened: {status!r}")
        await reader.readuntil(b":\n\n")

    async def listen() -> None:
        while line := await reader.readline():
            if line.startswith(b"data: changed"):
                heard.setdefault(name, time.time())
        writer.close()

    return asyncio.create_task(listen())


async def _connected(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.1)


def _worker(parent: int) -> int:
    """The process that granian started."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return max(map(int, children), key=_memory)


def _processor(process: int) -> float:
    fields: Any = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
