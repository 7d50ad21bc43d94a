"""What waits sealed in the browser, played in Node with its own cryptography: who opens it, in which order, and what goes when."""

import json
import subprocess
from typing import Any

from tests.environment import ROOT
from tests.node import node

SCREEN = ROOT / "runtime" / "static" / "runtime" / "screen"

STAGE = """
import { Unsent } from %(unsent)s;
import { sendLeft } from %(left)s;
import { EventQueue } from %(queue)s;
const key = (letter) => btoa(letter.repeat(32));
const OF = { ann: [{ name: "aa", key: key("a") }, { name: "a0", key: key("o") }], bob: [{ name: "bb", key: key("b") }] };
const rows = new Map(); // what lies on the disk
let last = 0, full = false, puts = 0;
const shelf = async () => ({
  async put(row, gone) { puts += 1; if (full) throw new Error("full"); for (const n of gone) rows.delete(n); rows.set(++last, { ...row, n: last }); return last; },
  async drop(numbers) { for (const n of numbers) rows.delete(n); },
  async all() { return [...rows.values()]; },
});
const held = new Set();
const locks = {
  async request(name, deed) { // as in a browser: who holds it already waits for ever
    if (held.has(name)) return new Promise(() => {});
    held.add(name);
    try { return await deed(); } finally { held.delete(name); }
  },
  async query() { return { held: [...held].map((name) => ({ name })) }; },
};
const crash = () => held.clear();
const told = { failed: 0 };
const page = (who, { token = "token-1", save = "/record/1/save/", day = "2026-03-16" } = {}) => new Unsent({
  shelf, locks, about: () => ({ save, renew: save.replace("save", "token"), token }),
  keys: async () => ({ day, keys: OF[who] }), failed: () => (told.failed += 1),
});
const item = (id, value, place = "p") => ({ id, seen: 3, event: { event: "answered", place, value } });
const left = async (who, day) => (await page(who, { day }).left()).map((one) => one.item.event.value);
"""


def play(script: str) -> Any:
    """What a script on this stage tells."""
    names = {
        name: json.dumps((SCREEN / f"{name}.mjs").as_uri()) for name in ("unsent", "left", "queue")
    }
    done = subprocess.run(
        [node(), "--input-type=module", "-e", STAGE % names + script],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


TYPED = """
const first = page("ann");
await first.start();
for (const value of ["one", "two", "three"]) await first.put(item(value, value));
"""


def test_after_a_crash_the_same_person_opens_all_of_it_in_order() -> None:
    assert play(TYPED + 'crash(); console.log(JSON.stringify(await left("ann")));') == [
        "one",
        "two",
        "three",
    ]


def test_another_person_opens_none_of_it_and_takes_none_away() -> None:
    told = play(
        TYPED + 'crash(); console.log(JSON.stringify([await left("bob"), await left("ann")]));'
    )
    assert told == [[], ["one", "two", "three"]]


def test_what_a_page_that_is_open_holds_is_not_left_behind() -> None:
    assert play(TYPED + 'console.log(JSON.stringify(await left("ann")));') == []


def test_on_the_disk_nothing_is_in_clear_and_short_answers_are_as_long_as_long_ones() -> None:
    told = play(
        TYPED
        + """await first.put(item("four", "x".repeat(40)));
        const all = [...rows.values()];
        const texts = all.map((row) => new TextDecoder("latin1").decode(row.sealed));
        const clear = JSON.stringify(all.map(({ sealed, iv, ...rest }) => rest)) + texts.join("");
        console.log(JSON.stringify({ sizes: all.map((row) => row.sealed.length), told: clear, names: Object.keys(all[0]).sort() }));"""
    )
    assert len(set(told["sizes"])) == 1
    assert told["names"] == ["day", "id", "iv", "key", "n", "sealed", "tab"]
    for word in ("answered", "record", "token-1"):
        assert word not in told["told"]


def test_a_changed_row_does_not_open_and_stops_no_other() -> None:
    told = play(
        TYPED
        + """crash();
        const [one, two] = [...rows.values()];
        one.sealed[9] ^= 1;
        two.id = "another";
        console.log(JSON.stringify(await left("ann")));"""
    )
    assert told == ["three"]


def test_what_nobody_will_open_any_more_goes() -> None:
    told = play(
        TYPED
        + 'crash(); const late = [await left("ann", "2026-03-18"), await left("ann", "2026-03-19")];'
        + "console.log(JSON.stringify([late, rows.size]));"
    )
    assert told == [[["one", "two", "three"], []], 0]


def test_what_is_being_typed_is_one_however_many_letters_it_has_and_its_answer_takes_its_place() -> (
    None
):
    told = play(
        """const first = page("ann");
        await first.start();
        const type = (value) => first.typing("p", { event: "answered", place: "p", value });
        for (const value of ["A", "An", "Ann"]) type(value);
        await first.typing("q", { event: "answered", place: "q", value: "away" });
        await first.typing("q", null);
        const before = rows.size;
        await first.put(item("given", "Anna"));
        crash();
        console.log(JSON.stringify([before, await left("ann")]));"""
    )
    assert told == [1, ["Anna"]]


def test_nobody_waits_for_the_letters_before() -> None:
    told = play(
        """const first = page("ann");
        await first.start();
        for (let n = 1; n <= 40; n += 1) first.typing("p", { event: "answered", place: "p", value: "x".repeat(n) });
        const given = first.put(item("given", "x".repeat(40)));
        await given;
        const typed = puts;
        first.typing("p", { event: "answered", place: "p", value: "y" });
        await first.typing("p", { event: "answered", place: "p", value: "yz" });
        crash();
        console.log(JSON.stringify([typed, puts, await left("ann")]));"""
    )
    assert told == [1, 2, ["x" * 40, "yz"]]


def test_a_shelf_that_failed_is_opened_anew_and_takes_what_it_has_not() -> None:
    told = play(
        """const first = page("ann");
        await first.start();
        await first.put(item("one", "one"));
        full = true;
        await first.put(item("two", "two"));
        full = false;
        const again = await first.start();
        for (const one of [item("one", "one"), item("two", "two")]) if (!first.holds(one.id)) await first.put(one);
        crash();
        console.log(JSON.stringify([again, await left("ann")]));"""
    )
    assert told == [True, ["one", "two"]]


def test_a_full_shelf_is_told_once_and_the_queue_goes_on_in_smaller_batches() -> None:
    told = play(
        """const store = page("ann");
        await store.start();
        const sizes = [];
        const post = async (batch) => (sizes.push(batch.length), { status: 200, body: { acknowledged: batch.map(({ id }) => ({ id, number: 1 })) } });
        const clock = { crypto: globalThis.crypto, setTimeout: () => 1, clearTimeout: () => {} };
        const queue = new EventQueue({ post, store, clock });
        full = true;
        for (let n = 0; n < 25; n += 1) queue.push(item(n, "x").event);
        await store.tail;
        const kept = queue.isKept;
        await queue.flush();
        console.log(JSON.stringify({ sizes, kept, unsent: queue.unsent, failed: told.failed, rows: rows.size }));"""
    )
    assert (told["kept"], told["unsent"], told["failed"], told["rows"]) == (False, 0, 1, 0)
    assert max(told["sizes"]) == 10


def test_what_is_acknowledged_or_refused_leaves_the_shelf() -> None:
    told = play(
        """const store = page("ann");
        await store.start();
        const post = async ([one, two]) => ({ status: 200, body: { acknowledged: [{ id: one.id, number: 1 }], refused: [{ id: two.id, code: "type" }] } });
        const queue = new EventQueue({ post, store });
        queue.push(item(1, "x").event);
        queue.push(item(2, "y").event);
        await store.tail;
        const before = rows.size;
        await queue.flush();
        await store.tail;
        console.log(JSON.stringify([before, rows.size]));"""
    )
    assert told == [2, 0]


SENT = """
const sent = [];
const answering = (fresh, late) => async (url, token, body) => {
  if (url.includes("token")) return fresh ? { status: 200, body: { token: fresh } } : { status: 409, body: {} };
  sent.push([url, token, body.events.map((one) => one.event.value)]);
  return { status: late ? 409 : 200, body: { acknowledged: body.events.map(({ id }, n) => ({ id, number: n, late })) } };
};
const send = async (who, ...how) => {
  const { records, ...rest } = await sendLeft(page(who), answering(...how), { locks });
  console.log(JSON.stringify({ sent, told: rest, records: [...records], rows: rows.size }));
};
"""


def test_what_was_left_goes_under_a_fresh_token_where_the_record_is_still_held() -> None:
    told = play(TYPED + SENT + 'crash(); await send("ann", "fresh");')
    assert told["sent"] == [["/record/1/save/", "fresh", ["one", "two", "three"]]]
    assert told["told"] == {"saved": 3, "late": 0, "refused": 0}
    assert (told["records"], told["rows"]) == (["/record/1/save/"], 0)


def test_else_it_goes_under_the_token_of_its_sitting_and_is_late() -> None:
    told = play(
        TYPED
        + SENT
        + """crash();
        const second = page("ann", { token: "t2" });
        await second.put(item("four", "four"));
        await second.start();
        await second.put(item("five", "five"));
        crash();
        await send("ann", null, true);"""
    )
    assert [row[1:] for row in told["sent"]] == [
        ["token-1", ["one", "two", "three"]],
        ["t2", ["five"]],
    ]
    assert told["told"] == {"saved": 0, "late": 4, "refused": 0}


def test_nobody_else_sends_it() -> None:
    told = play(TYPED + SENT + 'crash(); await send("bob", "fresh");')
    assert (told["sent"], told["rows"]) == ([], 3)
