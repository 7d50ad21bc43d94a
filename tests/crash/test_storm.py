"""Claimers, workers and the database's server are killed; nobody has what another has, and nothing acknowledged is gone."""

import pytest

from tests.crash import storm
from tests.environment import kind

POSTGRES = kind() == "postgresql"


WRONG = ("double", "lost_claims", "lost_ends", "lost_saves", "misplaced", "starved", "idle")


@pytest.mark.timeout(300)
def test_no_item_is_in_two_hands_and_none_is_lost_while_processes_are_killed() -> None:
    found = storm.apart(claims=600, kills=20, crashes=2 if POSTGRES else 0, seed=2021)
    assert {name: found[name] for name in WRONG} == dict.fromkeys(WRONG, 0)
    assert found["claims"] >= 590  # what is told once more after a crash counts once
    assert found["kills"] == 20
    assert found["recovered"] > 5
    assert found["saved"] > 20


@pytest.mark.timeout(300)
def test_what_is_saved_behind_a_lost_lease_is_late_and_nothing_else() -> None:
    found = storm.apart(claims=300, calls=150, kills=24, seed=5)
    assert found["frozen"] > 2
    assert found["late"] > 0
    assert {name: found[name] for name in WRONG} == dict.fromkeys(WRONG, 0)


@pytest.mark.skipif(
    not POSTGRES, reason="only on PostgreSQL: SQLite has no server that could be killed"
)
@pytest.mark.timeout(300)
def test_commits_that_are_not_waited_for_are_caught() -> None:
    found = storm.apart(
        claims=2_000, items=4_000, calls=0, kills=0, crashes=6, seed=3, durable=False
    )
    assert found["lost_claims"] + found["lost_ends"] > 0
