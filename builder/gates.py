"""Gates: what must be in order before a version is released, beside the definition itself (its tests, its reviews, its languages).

Whoever knows of such a thing binds a Gate. What it finds vetoes the publishing, unless somebody with the right has said why not;
that, and what each gate has seen, stays with the version (`Version.evidence`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from builder import definition as definitions
from builder.definition import Definition
from builder.models import Override
from builder.problems import Problem


@dataclass(frozen=True)
class Gate:
    """`find` says what stands in the way of releasing the definition from this page; `evidence`, as plain JSON, what the version
    keeps. `right` is the permission (`app.codename`) to release all the same; without one nobody may."""

    code: str
    label: str
    find: Callable[[Any, Definition], Iterable[Problem]]
    right: str = ""
    evidence: Callable[[Any, Definition], Any] | None = None


_gates: dict[str, Gate] = {}


def bind(gate: Gate) -> None:
    """The last one of a code is used."""
    _gates[gate.code] = gate


def gate_of(code: str) -> Gate | None:
    """The gate of this code; None where there is none."""
    return _gates.get(code)


def closed(page: Any, definition: Definition) -> dict[str, tuple[Problem, ...]]:
    """The gates that stand in the way, with what they found."""
    aside = {each.gate for each in _overrides(page, definition)}
    found = {
        gate.code: tuple(problem for problem in gate.find(page, definition) if not problem.warning)
        for gate in _gates.values()
        if gate.code not in aside
    }
    return {code: problems for code, problems in found.items() if problems}


def may_override(user: Any, gate: Gate) -> bool:
    """Whether this person may release what the gate would stop."""
    return bool(gate.right) and bool(user.is_active) and bool(user.has_perm(gate.right))


def override(*, page: Any, definition: Definition, gate: Gate, reason: str, by: Any) -> Override:
    """Release this very definition all the same: the next change of it asks again. The caller has asked `may_override`."""
    return Override.objects.create(
        translation_key=page.translation_key,
        gate=gate.code,
        sha256=definitions.sha256(definition),
        reason=reason,
        by=by,
        at=timezone.now(),
    )


def evidence(page: Any, definition: Definition) -> dict[str, Any]:
    """What the version keeps of each gate, and who set which aside."""
    kept = {
        gate.code: gate.evidence(page, definition)
        for gate in _gates.values()
        if gate.evidence is not None
    }
    aside = [
        {
            "gate": each.gate,
            "reason": each.reason,
            "by": str(each.by or ""),
            "at": each.at.isoformat(),
        }
        for each in _overrides(page, definition)
    ]
    found = {code: value for code, value in kept.items() if value}
    return {**found, "overrides": aside} if aside else found


def _overrides(page: Any, definition: Definition) -> list[Override]:
    rows = Override.objects.filter(
        translation_key=page.translation_key, sha256=definitions.sha256(definition)
    )
    return list(rows.select_related("by").order_by("pk"))
