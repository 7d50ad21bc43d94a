"""The keys of what a browser has not sent yet: the same for a person for two days, and for nobody else."""

import base64
import datetime as dt
import json
from typing import Any

from runtime.records.store.unsent import unsent_keys

DAY = dt.date(2026, 3, 16)


def names(person: Any, day: dt.date) -> list[str]:
    return [each.name for each in unsent_keys(person.subject, day)]


def test_what_was_sealed_today_opens_for_two_more_days(agent: Any) -> None:
    person = agent.person
    first = names(person, DAY)[0]
    later = [first in names(person, DAY + dt.timedelta(days=days)) for days in range(4)]
    assert later == [True, True, True, False]


def test_two_people_share_no_key_and_no_name(agent: Any, supervisor: Any) -> None:
    ours, theirs = (unsent_keys(each.person.subject, DAY) for each in (agent, supervisor))
    assert not {each.name for each in ours} & {each.name for each in theirs}
    assert not {each.key for each in ours} & {each.key for each in theirs}


def test_a_key_tells_itself_nowhere(agent: Any) -> None:
    one = unsent_keys(agent.person.subject, DAY)[0]
    assert one.key.hex() not in repr(one)
    assert repr(one.key) not in repr(one)


def test_after_the_ring_was_turned_what_was_sealed_before_opens_still(
    agent: Any, settings: Any, tmp_path: Any
) -> None:
    subject = agent.person.subject
    before = unsent_keys(subject, DAY)[0]
    ring = json.loads((settings.KEY_DIR / "ring.json").read_text())
    ring["keys"]["2"] = base64.b64encode(b"2" * 32).decode()
    ring["current"] = 2
    (tmp_path / "ring.json").touch(0o600)
    (tmp_path / "ring.json").write_text(json.dumps(ring))
    settings.KEY_DIR = tmp_path
    after = unsent_keys(subject, DAY)
    assert after[0].key != before.key
    assert before.key in [each.key for each in after]


def test_the_door_gives_a_person_their_own_keys_and_lets_nobody_keep_them(
    agent: Any, client_of: Any
) -> None:
    answer = client_of(agent).post(f"/unsent/keys/?by={agent.pk}")
    told = answer.json()
    ours = unsent_keys(agent.person.subject, dt.date.fromisoformat(told["day"]))
    assert [base64.b64decode(each["key"]) for each in told["keys"]] == [each.key for each in ours]
    assert answer["Cache-Control"] == "no-store"


def test_a_page_that_was_made_for_somebody_else_gets_none(agent: Any, client_of: Any) -> None:
    answer = client_of(agent).post(f"/unsent/keys/?by={agent.pk + 1}")
    assert (answer.status_code, answer.json()["code"]) == (409, "somebody_else")
    assert "keys" not in answer.json()


def test_who_has_no_screen_gets_none(editor: Any, client: Any, client_of: Any) -> None:
    assert client_of(editor).post("/unsent/keys/").status_code == 403
    assert client.post("/unsent/keys/").status_code in (302, 403)
    assert client_of(editor).get("/unsent/keys/").status_code == 403
