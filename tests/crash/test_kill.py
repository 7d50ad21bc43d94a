"""SIGKILL at random moments, on the database the suite runs on."""

import pytest

from tests.crash.attack import Attack, kills_wanted
from tests.environment import kind


@pytest.mark.timeout(420)
def test_nothing_acknowledged_is_lost_and_no_effect_happens_twice() -> None:
    attack = Attack(seed=20211)
    try:
        attack.run(kills=kills_wanted(), seconds=240)
        attack.quiet()
        damage = attack.damage()
        saved = sum(len(writer.acknowledged) for writer in attack.writers)
        carried_out = len(attack.scene("count")["carried_out"])
        leaks, control = (
            attack.leaks(*(b"w%d-000" % n for n in range(8)), b"Anna"),
            attack.leaks(b"records_event"),
        )
    finally:
        attack.close()
    print(f"{attack.kills} kills, {saved} answers acknowledged, {carried_out} effects")
    assert damage.none(), damage
    assert attack.kills >= kills_wanted()
    assert saved > 100
    assert carried_out > 10
    assert leaks == []
    assert control or kind() == "postgresql"  # there the database's files lie elsewhere


@pytest.mark.timeout(120)
def test_a_server_that_acknowledges_before_it_commits_is_caught() -> None:
    attack = Attack(seed=7, CRASH_MUTANT="early")
    try:
        attack.run(kills=4, seconds=30)
        attack.quiet()
        damage = attack.damage()
    finally:
        attack.close()
    assert damage.missing
