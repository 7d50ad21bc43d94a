"""What the page of tests shows beside its table: the coverage, and tests that are missing. Bounded in time."""

import hashlib
import json
import time
from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from builder import definition as definitions
from builder.definition import Definition, describe
from builder.definition.walk import label_of
from builder.playing import Seen, watch
from content.models import ScriptTest
from content.testing.covering import Covered, Gap, branches_of, coverage
from content.testing.expecting import found_in
from content.testing.following import command_now, follower, names_of
from content.testing.suggesting import Suggestion, proved, suggestions
from content.testing.written import LONGEST_NAME

PROOF_SECONDS = 8.0
KEPT_FOR = 3600
MOST_GAPS = 200


def survey(
    page: Any, definition: Definition, tests: list[ScriptTest], *, seconds: float, suggest: bool
) -> dict[str, Any]:
    """For the template."""
    branches = branches_of(definition)
    watcher = watch(definition, [branch.watched for branch in branches])
    runs = list(_runs(definition, tests, watcher, seconds))
    found = coverage(definition, branches, runs)
    language = page.locale.language_code
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown: dict[str, Any] = {
        "shares": [
            (gettext("Questions"), found.questions),
            (gettext("Conditions, both ways"), found.conditions),
            (gettext("Outcomes"), found.outcomes),
            (gettext("Rows of tables"), found.rows),
        ],
        "seen": len(runs),
        "gaps": [
            (f"{editor}#block-{gap.node.id}-section", _gap(gap, definition, language))
            for gap in found.gaps[:MOST_GAPS]
        ],
        "more": max(0, len(found.gaps) - MOST_GAPS),
    }
    if suggest:
        covered = Covered()
        for seen in runs:
            covered.take(branches, seen)
        shown |= _suggested(definition, covered, watcher, language)
    return shown


def _runs(
    definition: Definition, tests: list[ScriptTest], watcher: Any, seconds: float
) -> Iterator[Seen]:
    sha256, began = definitions.sha256(definition), time.monotonic()
    for test in tests:
        key = f"script-test-seen:{test.pk}:{test.changed_at.timestamp()}:{sha256}"
        seen = cache.get(key)
        if seen is None:
            if time.monotonic() - began > seconds:
                return
            name = follower(test.names, definition)
            commands = [command_now(command, name) for command in test.commands]
            seen = watcher(commands, test.today, test.language)
            cache.set(key, seen, KEPT_FOR)
        yield seen


def _plain(node: Any, definition: Definition, language: str) -> str:
    parts = label_of(node).of(language, definition.source)
    return "".join(part for part in parts if isinstance(part, str)) or getattr(node, "name", "")


def _gap(gap: Gap, definition: Definition, language: str) -> str:
    label = _plain(gap.node, definition, language)
    if gap.expression is None:
        return label
    said = describe(gap.expression, definition, language, gettext)
    ways = {True: gettext("never true"), False: gettext("never false")}
    words = {"label": label, "kind": gettext(gap.kind), "said": said, "way": ways[bool(gap.way)]}
    return gettext("%(label)s, %(kind)s: %(said)s (%(way)s)") % words


def _suggested(
    definition: Definition, covered: Covered, watcher: Any, language: str
) -> dict[str, Any]:
    today = localdate().isoformat()
    report = proved(definition, today, seconds=PROOF_SECONDS, clock=time.monotonic)
    rows = [
        _row(one, definition, today, language)
        for one in suggestions(definition, report, covered, today=today, watch=watcher)
    ]
    return {"suggestions": rows, "looked": True, "whole": report.whole}


def _row(one: Suggestion, definition: Definition, today: str, language: str) -> dict[str, Any]:
    label = _plain(one.node, definition, language)
    name = gettext("reaches “%(label)s”") % {"label": label}
    wanted: dict[str, Any] = {"path": None, "ready": None}
    if hasattr(one.node, "type"):
        wanted["includes"] = [one.node.name]
    test = {
        "name": name[:LONGEST_NAME],
        "today": today,
        "language": str(one.state["language"]),
        "commands": list(one.commands),
        "expected": found_in(one.state, one.view, wanted),
        "names": names_of(definition),
    }
    return {
        "name": name,
        "steps": len(one.commands),
        "test": json.dumps(test, ensure_ascii=False),
        "key": hashlib.sha256(name.encode()).hexdigest()[:8],
    }
