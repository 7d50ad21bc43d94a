"""What each step adds to which count.

A key is a tuple of words and whole numbers; `KEYS` says what each holds. Counts of two spans are added; nothing else is ever done to
them, so that they can be kept by day, in whatever order the steps came.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, tzinfo
from typing import Any

from runtime.queues.facts.lives import Step
from runtime.queues.facts.told import Try, seconds

Key = tuple[str | int, ...]
Counts = Mapping[Key, int]

KEYS: Mapping[str, str] = {
    "made": "items made",
    "ended": "items that ended, by state",
    "taken_up": "items that had ended and are wanted again",
    "open": "open items by the day they were made: one more, one less",
    "tries": "attempts by their number in the item, the hour they began and how they ended",
    "again": "attempts by how the one before it ended and how they ended",
    "reached_after": "items reached, by how many attempts it took",
    "first_after": "items tried for the first time, by minutes since they were made",
    "busy": "attempts by how they ended and how long an agent had the item, in slots of ten seconds",
    "handled": "attempts whose handling is known",
    "wrapped": "attempts whose wrap-up is known",
    "seconds": "seconds by what they were spent on: handle, wrap_up, rang, connected",
    "call": "attempts that a telephone system told of, and others: known, unknown",
    "next": "why an item was not done after an attempt, by the policy's reason",
    "callback": "callbacks by how many half hours ahead they were promised",
    "given_back": "items given back (released) or taken back (expired)",
}
NUMBER_AT_MOST = 6  # the sixth attempt and all later ones are one
SLOT = 10  # seconds
SLOT_AT_MOST = 720  # two hours: who had an item longer had left it open
HALF_HOUR = 1800
CALLBACK_AT_MOST = 48 * 30


def increments(step: Step, zone: tzinfo) -> Iterator[tuple[Key, int]]:
    """What one step adds; hours and days are those of `zone`."""
    event, before = step.event, step.before
    if event.event == "created" and before.created is None:
        yield ("made",), 1
    if event.event in ("released", "expired"):
        yield ("given_back", event.event), 1
    yield from _standing(step, zone)
    yield from _first(step)
    if step.attempt:
        yield from _called(step.attempt)
    if step.attempt and event.event == "disposed":
        yield from _tried(step, step.attempt, zone)


def _standing(step: Step, zone: tzinfo) -> Iterator[tuple[Key, int]]:
    """Items that are open, by the day they were made; and ends."""
    after, before = step.after, step.before
    if after.created is None:
        return
    made = after.created.astimezone(zone).date().isoformat()
    was_open = before.created is not None and not before.ended
    if was_open != (not after.ended):
        yield ("open", made), -1 if after.ended else 1
    if after.ended and (was_open or after.state != before.state):
        yield ("ended", after.state), 1
    if before.ended and not after.ended:
        yield ("taken_up",), 1


def _first(step: Step) -> Iterator[tuple[Key, int]]:
    first, made = step.after.first_try, step.before.created
    if first is not None and step.before.first_try is None and made is not None:
        yield ("first_after", max(0, int((first - made).total_seconds()) // 60)), 1


def _tried(step: Step, attempt: Try, zone: tzinfo) -> Iterator[tuple[Key, int]]:
    number = min(step.before.tries + 1, NUMBER_AT_MOST)
    ended = attempt.disposition
    yield ("tries", number, attempt.started.astimezone(zone).hour, ended), 1
    if step.before.last:
        yield ("again", step.before.last, ended), 1
    if ended == "reached" and not step.before.reached:
        yield ("reached_after", step.before.tries + 1), 1
    yield from _handling(step, attempt)
    yield ("next", step.event.reason), 1
    if step.event.reason == "callback" and step.event.back is not None:
        ahead = (step.event.back - step.event.at).total_seconds()
        yield ("callback", min(max(0, int(ahead // HALF_HOUR)), CALLBACK_AT_MOST)), 1


def _called(attempt: Try) -> Iterator[tuple[Key, int]]:
    """What may be billed, also where the item was given back."""
    yield ("call", "known" if attempt.call else "unknown"), 1
    for what, spent in (
        ("rang", attempt.rang_seconds),
        ("connected", attempt.connected_seconds),
    ):
        if spent is not None:
            yield ("seconds", what), spent


def _handling(step: Step, attempt: Try) -> Iterator[tuple[Key, int]]:
    """From the claim to the disposition; the wrap-up is told apart."""
    had = seconds(step.before.claimed, step.event.at)
    if had is None:
        return
    wrap_up = attempt.wrap_up_seconds
    if wrap_up is not None:
        wrap_up = min(wrap_up, had)
        yield ("wrapped",), 1
        yield ("seconds", "wrap_up"), wrap_up
    yield ("busy", attempt.disposition, min(had // SLOT, SLOT_AT_MOST)), 1
    yield ("handled",), 1
    yield ("seconds", "handle"), had - (wrap_up or 0)


def fold(counts: Counts, step: Step, zone: tzinfo) -> Counts:
    """The counts with one more step."""
    return fold_all(counts, [step], zone)


def fold_all(counts: Counts, several: Iterable[Step], zone: tzinfo) -> Counts:
    """The counts with several more steps; what was given stays as it is."""
    found = Counter(dict(counts))
    for step in several:
        for key, amount in increments(step, zone):
            found[key] += amount
    return found


def plus(*parts: Counts) -> Counts:
    """The counts of several spans together."""
    found: Counter[Key] = Counter()
    for part in parts:
        found.update(part)
    return found


def dump(counts: Counts) -> list[list[Any]]:
    """As JSON, in a fixed order; what is nothing is left out."""
    rows = [[*key, amount] for key, amount in counts.items() if amount]
    return sorted(rows, key=lambda row: [str(part) for part in row])


def load(kept: Iterable[list[Any]]) -> Counts:
    return {tuple(row[:-1]): row[-1] for row in kept}


def day_of(text: str | int) -> date:
    """The day in a key of `open`."""
    return date.fromisoformat(str(text))
