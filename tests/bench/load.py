"""2,000 agents do whole calls for half an hour: what they wait, what goes wrong, what is lost, what it costs.

`make bench-load AGENTS=2000 MINUTES=30`: on PostgreSQL, with the server and the workers as in production, from locust in a process of its
own. A call takes CALL=300 seconds in the mean and all come within its length (RAMP=), so that they are spread over it as in a real room.
Shorter calls ask more of the house: 200 agents with CALL=30 call as often as 2,000. WEB= and WORKERS= are numbers of processes, BROKER=1
has Celery's workers with a RabbitMQ of their own, LOAD_SEED= other chance. COSTS=1 first plays some calls alone and tells what each kind
of request costs the processor.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure, at_most, percentile, told
from tests.bench.loading import costs, usage
from tests.bench.loading.house import House, size
from tests.environment import ROOT, kind
from tests.receiving import Web

CORES = os.cpu_count() or 1
AGENTS = int(os.environ.get("AGENTS") or 2000)
MINUTES = float(os.environ.get("MINUTES") or 30)
CALL = float(os.environ.get("CALL") or 300)
RAMP = float(os.environ.get("RAMP") or CALL)
WEB = int(os.environ.get("WEB") or CORES)
WORKERS = int(os.environ.get("WORKERS") or max(1, CORES // 4))
SEED = os.environ.get("LOAD_SEED", "a working day")
PATIENCE = 300.0  # seconds until the workers must have done what is left


def run() -> list[Figure]:
    """Figures of the whole, of each kind of request, of the comparison and of the machine."""
    if kind() != "postgresql":
        return []  # one writer at a time is not what 2,000 agents are served from
    receiver = Web()
    try:
        with _broker() as broker:
            return _figures(House(web=WEB, workers=WORKERS, broker=broker), receiver)
    finally:
        receiver.close()


@contextlib.contextmanager
def _broker() -> Iterator[str]:
    if os.environ.get("BROKER") != "1":
        yield ""
        return
    from tests.broker import Broker

    broker = Broker()
    try:
        yield broker.url
    finally:
        broker.remove()


def _figures(house: House, receiver: Web) -> list[Figure]:
    try:
        items = round(AGENTS * (1.5 + 1.2 * (MINUTES * 60 + RAMP) / CALL)) + costs.CALLS
        _say(f"{AGENTS} agents and {items:,} work items are made")
        made = house.ask("scene", "prepare", str(AGENTS + 1), str(items), str(receiver.port))
        signed = house.ask("scene", "sign_in")["ms"]
        house.start()
        found = [told(_name("CPU of one sign-in (Argon2), beside the load"), signed, "ms")]
        if os.environ.get("COSTS") == "1":
            found += costs.run(house, made["sessions"].pop(), AGENTS, CALL)
        return found + _loaded(house, receiver, made["sessions"])
    finally:
        house.stop()


def _loaded(house: House, receiver: Web, sessions: list[str]) -> list[Figure]:
    database = os.environ["TEST_DATABASE_URL"]
    ledger, before = house.home / "ledger.jsonl", size(database, house.name)
    watch = usage.Watch(house.roles())
    watch.start()
    _say(f"all come within {RAMP:.0f} s and stay for {MINUTES:g} minutes, {CALL:.0f} s a call")
    drove = _drive(house, sessions, ledger)
    waited = _drained(house)
    used = watch.end() | {"load generator": drove["cpu"]}
    _say("what was acknowledged is compared with what is there")
    grown = size(database, house.name) - before
    seen = house.ask("checking", str(ledger))
    return [
        *_answered(drove),
        *_kept(seen, receiver, drove),
        told(_name("time until the last effect was done"), waited, "s"),
        *_machine(used, watch.most, drove),
        told(_name("database grew by"), grown, "MB"),
        told(_name("database grew by, a call"), grown * 1024 / max(1, seen["calls"]), "kB"),
    ]


def _say(words: str) -> None:
    sys.stderr.write(f"  {time.strftime('%H:%M:%S')} {words}\n")
    sys.stderr.flush()


def _name(words: str) -> str:
    return f"load, {AGENTS} agents, {CALL:.0f} s a call: {words}"


def _drive(house: House, sessions: list[str], ledger: Path) -> dict[str, Any]:
    wanted = {
        "url": house.url,
        "sessions": sessions,
        "agents": AGENTS,
        "seconds": MINUTES * 60,
        "ramp": RAMP,
        "call": CALL,
        "seed": SEED,
        "ledger": str(ledger),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.loading.driving"],
        cwd=ROOT,
        input=json.dumps(wanted),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    for words, count in result["wrong"].items():
        _say(f"error, {count} times: {words}")
    return result


def _drained(house: House) -> float:
    """Seconds until no effect waits any more."""
    begun = time.monotonic()
    while house.ask("checking", "pending")["pending"]:
        if time.monotonic() > begun + PATIENCE:
            break
        time.sleep(1)
    return time.monotonic() - begun


def _answered(drove: dict[str, Any]) -> list[Figure]:
    every = [one for took in drove["took"].values() for one in took]
    found = [
        at_most(_name("all requests: p95"), percentile(every, 95), "ms", 300),
        at_most(_name("all requests: p99"), percentile(every, 99), "ms", 1000),
        at_most(_name("errors"), drove["errors"], "", 0),
        at_most(_name("agents still waiting at the end"), drove["unfinished"], "", 0),
        told(_name("requests per second"), len(every) / drove["seconds"], "1/s"),
        told(_name("calls ended"), drove["calls"], ""),
    ]
    for name, took in sorted(drove["took"].items()):
        what = f"{name} ({len(took):,})"
        found += [
            at_most(_name(f"{what}: p95"), percentile(took, 95), "ms", 300),
            at_most(_name(f"{what}: p99"), percentile(took, 99), "ms", 1000),
        ]
    return found


def _kept(seen: dict[str, Any], receiver: Web, drove: dict[str, Any]) -> list[Figure]:
    came, sent = receiver.came, seen["references"]
    amiss = receiver.again + len(set(sent) ^ set(came))
    counted = {
        "acknowledged and lost": seen["lost"],
        "acknowledged and stored otherwise": seen["different"],
        "calls ended and not stored so": seen["not_ended"],
        "calls without exactly one attempt": seen["attempts_amiss"],
        "work items not done once": seen["items_amiss"],
        "effects not done once": seen["effects_amiss"],
        "messages not received once": amiss,
    }
    waits = zip(("median", "p95", "longest"), seen["waited"], strict=False)
    return [
        told(_name("acknowledged events compared"), seen["acknowledged"], ""),
        *(at_most(_name(name), value, "", 0) for name, value in counted.items()),
        *(told(_name(f"from an end to its effect, {name}"), value, "s") for name, value in waits),
    ]


def _machine(
    used: dict[str, float], most: dict[str, tuple[float, float]], drove: dict[str, Any]
) -> list[Figure]:
    spent = [
        told(_name(f"processors, {name}"), seconds / drove["seconds"], "cores")
        for name, seconds in used.items()
    ]
    took = [
        told(_name(f"memory, {name}, {what}"), value, "MB")
        for name, both in most.items()
        for what, value in zip(("RSS", "PSS"), both, strict=True)
    ]
    return [told(_name("processors there are"), CORES, "cores"), *spent, *took]
