"""The page that stands between a call and its record until it is known who is on the line.

It holds the name (who is called is asked for by name; of who calls only initials) and nothing else of the person. What is right
is compared on the server and is not in it. Every way out of it is an end that attempts have already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from runtime.parties.facts import Facts
from runtime.parties.store import open_party, say_of
from runtime.queues import face
from runtime.queues.actions import verifications
from runtime.queues.actions.verifications import Line
from runtime.queues.models import Verification
from runtime.vault.errors import SubjectDestroyed
from runtime.workspace import line, veils
from runtime.workspace.line_words import TOLD, facts_of
from runtime.workspace.line_words import line as said
from runtime.workspace.screen_holding import Held

APART = frozenset(
    {"voicemail", "callback", "third_party", "not_verified"}
)  # have a place of their own


@dataclass(frozen=True)
class Turn:
    """What came of the last post: why it did not go on, and what was typed, which is never lost."""

    verdict: str = ""
    unreadable: Sequence[str] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


def show_held(request: HttpRequest, held: Held, now: datetime) -> HttpResponse:
    """For who holds the item of a record and does not know yet who answered."""
    if held.item is None or held.item.party is None or held.asked is None:
        raise ValueError("nobody is asked here")
    try:
        row = line.begin(Line(held.item.party, held.item), held.asked, request.user, now)
        return show(request, row, now)
    except SubjectDestroyed:
        return erased(request)


def erased(request: HttpRequest) -> HttpResponse:
    """Nothing is known of this person any more."""
    return render(request, "workspace/party_erased.html", status=410)


def show(
    request: HttpRequest, row: Verification, now: datetime, turn: Turn | None = None
) -> HttpResponse:
    """The page of one asking. May raise `SubjectDestroyed`."""
    turn = turn or Turn()
    incoming = row.occasion is not None
    facts = _facts_for(row, request, incoming)
    name = veils.full_name(facts) if incoming else _name(facts)
    context = {
        "row": row,
        "turn": turn,
        "told": _told(row, turn, now),
        "incoming": incoming,
        "name": name or gettext("Somebody without a name"),
        "fields": _fields(row, turn),
        "left": max(0, row.tries - row.wrong),
        "too_little": len(row.facts) < row.needed,
        "lines": _lines(row, facts, incoming),
        **_ways(row, request),
    }
    response = render(request, "workspace/line.html", context, status=turn.status)
    response["Cache-Control"] = "no-store"
    return response


def _facts_for(row: Verification, request: HttpRequest, incoming: bool) -> Facts:
    """Name and language only; who is called by name is opened by it, which the log says."""
    purpose = verifications.purpose_of(row)
    if not incoming:
        return _named(open_party(row.party, by=request.user, purpose=purpose))
    return say_of(row.party, by=request.user, purpose=purpose, ask=_named)


def _named(facts: Facts) -> Facts:
    return Facts(
        given_name=facts.given_name, family_name=facts.family_name, language=facts.language
    )


def _name(facts: Facts) -> str:
    return f"{facts.given_name or ''} {facts.family_name or ''}".strip()


def _told(row: Verification, turn: Turn, now: datetime) -> str:
    if row.occasion is not None and row.state != "failed" and line.is_over(row.occasion):
        return gettext(TOLD["over"])
    if turn.verdict in TOLD:
        return gettext(TOLD[turn.verdict])
    if row.state == "failed":
        return gettext(TOLD["failed"])
    if row.state == "asking" and verifications.limited(row, now):
        return gettext(TOLD["limit"])
    return ""


def _fields(row: Verification, turn: Turn) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": label,
            "typed": turn.typed.get(name, ""),
            "bad": name in turn.unreadable,
        }
        for name, label in facts_of(row)
    ]


def _lines(row: Verification, facts: Facts, incoming: bool) -> dict[str, dict[str, str]]:
    name, tongue = _name(facts), facts.language
    lines = {code: said(code, tongue) for code in ("prove", "not_sure", "with_guardian")}
    if incoming:
        return {**lines, "opening": said("who_calls", tongue)}
    opening = "guardian_of" if row.minor else "speaking"
    return {
        **lines,
        "opening": said(opening, tongue, name=name),
        "somebody_else": said("somebody_else", tongue, name=name),
        "voicemail": said("voicemail", tongue, name=name),
    }


def _ways(row: Verification, request: HttpRequest) -> dict[str, Any]:
    """The ends of the attempt, where there is one."""
    if row.item is None or row.occasion is not None:
        return {}
    shown = face.of_item(row.item, request.user)
    plain = [one for one in shown.choices if one.name not in APART]
    return {"face": shown, "item": row.item, "ends": plain}
