"""The browser's queue of unsent events, played in Node: nothing is lost, nothing is sent as two."""

import json
import subprocess
from typing import Any

from tests.environment import ROOT
from tests.node import node

MODULE = ROOT / "runtime" / "static" / "runtime" / "screen" / "queue.mjs"

PLAY = """
import { EventQueue } from %(module)s;
const answers = %(answers)s;
const sent = [], told = [];
const clock = { crypto: globalThis.crypto, setTimeout: () => 1, clearTimeout: () => {} };
const post = async (batch) => {
  sent.push(batch.map((item) => item.event.value));
  const answer = answers.shift() ?? { status: 200, all: true };
  if (answer.gone) throw new Error("gone");
  const acknowledged = batch.filter((item) => answer.all || answer.take?.includes(item.event.value));
  const refused = batch.filter((item) => answer.refuse?.includes(item.event.value));
  return { status: answer.status, body: {
    acknowledged: acknowledged.map((item, index) => ({ id: item.id, number: index + 1, late: answer.late })),
    refused: refused.map((item) => ({ id: item.id, code: "type" })) } };
};
const listeners = { refused: (item, problem) => told.push([item.event.value, problem.code]), halted: (reason) => told.push(reason) };
const queue = new EventQueue({ post, listeners, clock });
for (const value of ["a", "b", "c"]) queue.push({ event: "answered", place: "p", value });
const done = await queue.flush();
const again = await queue.resume();
console.log(JSON.stringify({ sent, told, done, again, unsent: queue.unsent, acknowledged: queue.acknowledged, late: queue.late }));
"""


def play(*answers: dict[str, Any]) -> dict[str, Any]:
    """Three events against a server that answers so; what was sent and told."""
    script = PLAY % {"module": json.dumps(MODULE.as_uri()), "answers": json.dumps(answers)}
    done = subprocess.run(
        [node(), "--input-type=module", "-e", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return json.loads(done.stdout)


def test_a_batch_is_sent_once() -> None:
    assert play()["sent"] == [["a", "b", "c"]]


def test_when_the_line_is_gone_the_same_batch_is_sent_again() -> None:
    told = play({"gone": True})
    assert told["sent"] == [["a", "b", "c"], ["a", "b", "c"]]
    assert (told["done"], told["again"], told["acknowledged"]) == (False, True, 3)


def test_what_was_acknowledged_is_not_sent_again() -> None:
    assert play({"status": 503, "take": ["a"]})["sent"] == [["a", "b", "c"], ["b", "c"]]


def test_a_refused_event_stops_no_other() -> None:
    told = play({"status": 200, "take": ["a", "c"], "refuse": ["b"]})
    assert told["told"] == [["b", "type"]]
    assert (told["done"], told["unsent"]) == (True, 0)


def test_a_batch_the_server_cannot_take_goes_one_by_one() -> None:
    told = play(
        {"status": 413},
        {"status": 200, "all": True},
        {"status": 413},
        {"status": 200, "all": True},
    )
    assert told["sent"] == [["a", "b", "c"], ["a"], ["b", "c"], ["b"], ["c"]]
    assert told["unsent"] == 0


def test_what_something_in_between_refuses_is_not_taken_for_the_servers_word() -> None:
    told = play({"status": 400})
    assert told["told"] == []
    assert told["sent"] == [["a", "b", "c"], ["a", "b", "c"]]


def test_after_signing_out_all_is_kept_until_somebody_signs_in() -> None:
    told = play({"status": 401})
    assert told["told"] == ["signed_out"]
    assert (told["done"], told["again"], told["unsent"]) == (False, True, 0)


def test_what_was_kept_aside_is_not_called_saved() -> None:
    told = play({"status": 409, "all": True, "late": True})
    assert told["told"] == ["handed_over"]
    assert (told["acknowledged"], told["late"]) == (0, 3)
