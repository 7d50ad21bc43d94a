"""SIGKILL at random moments, on the database the suite runs on."""

from collections import Counter

import pytest

from tests.crash.attack import Attack, Damage, kills_wanted


@pytest.mark.timeout(420)
def test_nothing_acknowledged_is_lost_and_no_effect_happens_twice() -> None:
    attack = Attack(seed=20211)
    try:
        attack.run(kills=kills_wanted(), seconds=240)
        attack.end_worker()
        unread, in_clear = attack.traces()
        attack.quiet()
        found = attack.scene("count")
        damage = attack.damage(found)
        saved = sum(len(writer.acknowledged) for writer in attack.writers)
    finally:
        attack.close()
    interrupted = Counter(found["interrupted"])
    print(f"{attack.kills} kills, {saved} answers acknowledged, {len(found['effects'])} effects")
    print(f"killed in the middle: {dict(interrupted)}")
    assert damage.none(), damage
    assert attack.kills >= kills_wanted()
    assert saved > 100
    assert len(found["documents"]) > 10
    real = interrupted["issue_document"] + interrupted["spawn_items"]
    assert real > 0 or kills_wanted() < 20  # about every third kill of a worker
    assert unread == []
    assert in_clear == []


@pytest.fixture(scope="module")
def faulty() -> Damage:
    """What is found at a server that acknowledges before it commits, and a worker that marks an effect as done too late."""
    attack = Attack(seed=7, CRASH_MUTANT="early,twice")
    try:
        attack.run(kills=6, seconds=60)
        attack.quiet()
        damage = attack.damage(attack.scene("count"))
    finally:
        attack.close()
    print(f"missing {len(damage.missing)}, twice {len(damage.effects_twice)}")
    return damage


@pytest.mark.timeout(180)
def test_a_server_that_acknowledges_before_it_commits_is_caught(faulty: Damage) -> None:
    assert faulty.missing


@pytest.mark.timeout(180)
def test_a_worker_that_commits_an_effect_apart_from_its_mark_is_caught(faulty: Damage) -> None:
    assert faulty.effects_twice
