"""The ring moves to a key service and back while people work, and who moves it is killed: nobody notices, and every key comes back."""

import random

import pytest

from tests.crash.attack import kills_wanted
from tests.crash.test_rotation import COUNT, ask, at_work, nothing_lost, prepare, turn_and_kill
from tests.environment import kind
from tests.served import Served
from tests.transit import NAME, TOKEN, Transit

SUBJECTS, CLIENTS = 600, 3
KILLS = max(1, kills_wanted() // 40)  # each way


@pytest.mark.timeout(300)
def test_the_ring_moves_under_load_and_survives_every_kill() -> None:
    if kind() != "sqlite":
        pytest.skip("only on SQLite: where the ring lives does not hang on the database")
    service, chance = Transit().start(), random.Random(70)
    line = {"TRANSIT_URL": service.url, "TRANSIT_KEY": NAME, "TRANSIT_TOKEN": TOKEN}
    served = Served(KEY_RING="files,transit", **line)
    try:
        prepared = prepare(served, SUBJECTS)
        before = ask(served, COUNT)
        served.start(worker=False)
        cut = 0
        with at_work(served, prepared, CLIENTS) as clients:
            for place in ("transit", "files"):
                move = ("move_keys", "--to", place)
                cut += sum(turn_and_kill(served, chance, *move, within=0.3) for _ in range(KILLS))
                told = served.manage(*move)
        served.environment["KEY_RING"] = "files"  # the service is left
        after = ask(served, COUNT)
    finally:
        served.stop()
        service.stop()
    answers = sum(client.answers.total() for client in clients)
    print(f"{2 * KILLS} kills, {cut} of them at work; {answers} requests; ring {after['ring']}")
    nothing_lost(before, after, clients)
    assert (cut > 0, answers > 100) == (True, True)
    assert "Everything is under key 3" in told
    assert (after["ring"], after["numbers"]) == ([1, 3], [3])
