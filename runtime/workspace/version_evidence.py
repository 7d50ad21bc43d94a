"""What a version's gates had seen, in words: its tests, reviews, languages, and who released it all the same."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from builder import releases
from builder.gates import gate_of
from runtime.workspace.history_words import pair

OVERRIDES = "overrides"
LONGEST = 400
# The keys that gates use; what is not here stands as its gate wrote it.
KEYS = {
    "at": _("when"),
    "by": _("who"),
    "day": _("day"),
    "failed": _("failed"),
    "missing": _("missing"),
    "passed": _("passed"),
    "reason": _("why"),
    "stale": _("stale"),
    "texts": _("texts"),
    "when": _("when"),
}


def evidence_of(version: Any) -> list[tuple[str, str]]:
    """Pairs of a gate and what it had seen; none for a version without any."""
    kept = version.evidence
    found = [
        (_label(code), SAID.get(code, _words)(seen))
        for code, seen in sorted(kept.items())
        if code != OVERRIDES
    ]
    return [*[row for row in found if row[1]], *_overrides(kept.get(OVERRIDES) or [])]


def _label(code: str) -> str:
    if code == releases.KEPT_AS:
        return gettext("Open records follow")
    gate = gate_of(code)
    return gettext(gate.label) if gate is not None else str(capfirst(code.replace("_", " ")))


def _overrides(rows: list[Any]) -> Iterator[tuple[str, str]]:
    for row in rows:
        if isinstance(row, dict):
            params = {"who": row.get("by") or "–", "why": row.get("reason") or "–"}
            said = gettext("set aside by %(who)s: %(why)s") % params
            yield _label(str(row.get("gate", ""))), said


def _reviewed(seen: Any) -> str:
    """Who approved, when, and what was said with it; which definition it was is the version's own."""
    if not isinstance(seen, list) or not all(isinstance(each, dict) for each in seen):
        return _words(seen)
    return "; ".join(map(_approval, seen))[:LONGEST]


def _approval(row: Mapping[str, Any]) -> str:
    emergency = row.get("kind") == "emergency"
    what = gettext("Release in an emergency") if emergency else str(row.get("review", ""))
    said = [what, str(row.get("by", "")), _moment(str(row.get("at", "")))]
    comment = str(row.get("comment") or "")
    return ", ".join(filter(None, said)) + (f": “{comment}”" if comment else "")


def _moment(text: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    return date_format(localtime(moment), "DATETIME_FORMAT") if moment.tzinfo else text


def _followed(seen: Any) -> str:
    """When open records follow, and what was renamed for them."""
    if not isinstance(seen, dict) or seen.get("when") not in releases.WHEN:
        return _words(seen)
    renames = (seen.get("renames") or {}).items()
    renamed = [pair(gettext("renamed"), f"{old} → {new}") for old, new in sorted(renames)]
    return ", ".join([gettext(releases.WHEN[seen["when"]]), *renamed])[:LONGEST]


# What is kept in more than figures is said in a way of its own.
SAID: Mapping[str, Callable[[Any], str]] = {"review": _reviewed, releases.KEPT_AS: _followed}


def _words(seen: Any) -> str:
    if isinstance(seen, dict):
        rows = sorted(seen.items())  # databases keep them in orders of their own
        pairs = (pair(_key(str(key)), _words(value)) for key, value in rows if _words(value))
        return ", ".join(pairs)[:LONGEST]
    if isinstance(seen, list):
        return "; ".join(filter(None, map(_words, seen)))[:LONGEST]
    if isinstance(seen, bool):
        return gettext("yes") if seen else gettext("no")
    return "" if seen is None else str(seen)


def _key(key: str) -> str:
    return gettext(KEYS[key]) if key in KEYS else key.replace("_", " ")
