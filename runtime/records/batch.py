"""Checks a batch of events against what the version declares, without opening the record.

Each item stands for itself: a bad one is refused with a code and a sentence, the good ones go on, in their order. Only the
known keys of an event are kept. Pure but for the cached definition behind `Declared`.
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from builder.question_types.base import admit_text
from runtime.engine import LONGEST_REASON
from runtime.records.declared import Declared

MOST_ITEMS = 500
LONGEST_TEXT = 100_000  # of one answer; a question's own limit is a problem when settling
LONGEST_PLACE = 400
LARGEST_SEEN = 2**31 - 1
_ENTRY = re.compile(r"[a-z0-9-]{1,40}\Z", re.ASCII)

MARKS = ("undoes", "redoes")
TAKEN_BACK = frozenset(
    {"answered", "cleared", "overridden", "entry_added", "entry_removed", "entry_moved"}
)

MESSAGES = {
    "shape": gettext_noop("This is not an event that can be saved."),
    "repeated": gettext_noop(
        "Two different events of this batch carry the same id; the first was taken."
    ),
    "unknown": gettext_noop("This version has no such question, section or language."),
    "read_only": gettext_noop("This question cannot be answered: it is read-only."),
    "calculated": gettext_noop("This answer is calculated; it cannot be given."),
    "type": gettext_noop("This is not an answer of the kind this question asks for."),
    "choice": gettext_noop("This is not one of the choices this question offers."),
    "range": gettext_noop("This lies outside what this question allows."),
    "characters": gettext_noop(
        "The text holds characters that cannot be kept (a null character or a broken one)."
    ),
    "too_long": gettext_noop("The answer is too long to be kept; shorten it."),
    "file": gettext_noop(
        "This names a file that is not kept here for this question; send the file again."
    ),
    "counted": gettext_noop("The entries follow the answer that counts them; change that one."),
}


@dataclass(frozen=True, repr=False)
class Item:
    """A good item: the event as it will be sealed, and what its sender must know of how it was read."""

    client_id: uuid.UUID
    seen: int
    event: dict[str, Any]
    told: dict[str, Any] = field(default_factory=dict)


class Refusal(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def refusal(client_id: Any, code: str) -> dict[str, Any]:
    """How a refused item is told."""
    return {
        "id": client_id if isinstance(client_id, str) else None,
        "code": code,
        "message": _(MESSAGES[code]),
    }


def check_batch(declared: Declared, batch: list[Any]) -> tuple[list[Item], list[dict[str, Any]]]:
    """(good items in order, refusals). An item sent twice in a batch counts once."""
    good: dict[uuid.UUID, Item] = {}
    refused = []
    for raw in batch:
        try:
            item = check_item(declared, raw)
            if good.setdefault(item.client_id, item).event != item.event:
                raise Refusal("repeated")
        except Refusal as problem:
            refused.append(refusal(raw.get("id") if isinstance(raw, dict) else None, problem.code))
    return list(good.values()), refused


def check_item(declared: Declared, raw: Any) -> Item:
    """One item of a batch; `Refusal` says why not."""
    if not isinstance(raw, dict) or not isinstance(raw.get("event"), dict):
        raise Refusal("shape")
    event = raw["event"]
    check = CHECKS.get(event["event"]) if isinstance(event.get("event"), str) else None
    if check is None:
        raise Refusal("shape")
    clean, told = check(declared, event)
    return Item(_client_id(raw.get("id")), _seen(raw.get("seen")), clean | _marks(event), told)


def _marks(event: dict[str, Any]) -> dict[str, str]:
    """What a deed of taking back speaks of (`undoing`): the id of an event. It says so to who reads; nothing is folded by it."""
    return {
        mark: str(_client_id(event[mark]))
        for mark in MARKS
        if mark in event and event["event"] in TAKEN_BACK
    }


def _client_id(value: Any) -> uuid.UUID:
    if not isinstance(value, str) or len(value) > 40:
        raise Refusal("shape")
    try:
        return uuid.UUID(value)
    except ValueError:
        raise Refusal("shape") from None


def _seen(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_SEEN:
        raise Refusal("shape")
    return value


Checked = tuple[dict[str, Any], dict[str, Any]]


def _answered(declared: Declared, event: dict[str, Any]) -> Checked:
    place, value = _place(declared, event), event.get("value")
    _check_text(value)
    clean: dict[str, Any] = {"event": "answered", "place": place}
    if event.get("source") == "caller":
        clean["source"] = "caller"
    admit = declared.keep_typed if event.get("unreadable") is True else declared.admit
    admitted = admit(place.rpartition("/")[2], value)
    if admitted.code is not None:
        raise Refusal(admitted.code)
    if admitted.value is None:
        return {"event": "cleared", "place": place}, {"value": None}
    clean["value"] = admitted.value
    told: dict[str, Any] = {} if admitted.value == value else {"value": admitted.value}
    if admitted.unreadable:
        clean["unreadable"] = told["unreadable"] = True
    return clean, told


def _cleared(declared: Declared, event: dict[str, Any]) -> Checked:
    return {"event": "cleared", "place": _place(declared, event)}, {}


def _entry(declared: Declared, event: dict[str, Any]) -> Checked:
    place, entry = event.get("repeat"), event.get("entry")
    way, repeat = _way(place)
    if declared.repeats.get(repeat) != way:
        raise Refusal("unknown")
    if not isinstance(entry, str) or not _ENTRY.match(entry):
        raise Refusal("shape")
    if repeat in declared.counted:
        raise Refusal("counted")
    return {"event": event["event"], "repeat": place, "entry": entry}, {}


def _moved(declared: Declared, event: dict[str, Any]) -> Checked:
    clean, told = _entry(declared, event)
    before = event.get("before")
    if before is not None and not (isinstance(before, str) and _ENTRY.match(before)):
        raise Refusal("shape")
    return {**clean, "before": before}, told


def _overridden(declared: Declared, event: dict[str, Any]) -> Checked:
    place = _place(declared, event)
    _check_text(event.get("reason"))
    admitted = admit_text(event.get("reason"), LONGEST_REASON)
    if admitted.value is None:
        raise Refusal(admitted.code or "shape")
    return {"event": "overridden", "place": place, "reason": admitted.value}, {}


def _section(declared: Declared, event: dict[str, Any]) -> Checked:
    section = event.get("section")
    if not isinstance(section, str) or section not in declared.sections:
        raise Refusal("unknown")
    return {"event": "section_opened", "section": section}, {}


def _language(declared: Declared, event: dict[str, Any]) -> Checked:
    language = event.get("language")
    if not isinstance(language, str) or language not in declared.languages:
        raise Refusal("unknown")
    return {"event": "language_set", "language": language}, {}


def _place(declared: Declared, event: dict[str, Any]) -> str:
    """The place of an answer that may be given, or why it may not."""
    way, name = _way(event.get("place"))
    problem = declared.problem(name, way)
    if problem:
        raise Refusal(problem)
    return str(event["place"])


def _way(place: Any) -> tuple[tuple[str, ...], str]:
    """The repeats that a place goes through, each with an entry behind it, and the name at its end."""
    if not isinstance(place, str) or len(place) > LONGEST_PLACE:
        raise Refusal("unknown")
    *way, name = place.split("/")
    if len(way) % 2 or not all(map(_ENTRY.match, way[1::2])):
        raise Refusal("unknown")
    return tuple(way[::2]), name


def _check_text(value: Any) -> None:
    """Texts, alone, in a list or in parts, must be storable; anything deeper is no answer."""
    texts = [*value.values()] if isinstance(value, dict) else value
    texts = texts if isinstance(texts, list) else [texts]
    if len(texts) > MOST_ITEMS:
        raise Refusal("too_long")
    for text in texts:
        if not isinstance(text, str):
            continue
        if len(text) > LONGEST_TEXT:
            raise Refusal("too_long")
        if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise Refusal("characters")


CHECKS: dict[str, Callable[[Declared, dict[str, Any]], Checked]] = {
    "answered": _answered,
    "cleared": _cleared,
    "entry_added": _entry,
    "entry_removed": _entry,
    "entry_moved": _moved,
    "overridden": _overridden,
    "section_opened": _section,
    "language_set": _language,
}
