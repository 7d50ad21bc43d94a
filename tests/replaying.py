"""Replaying what a proof says in the engine: witnesses, and what is said never to be."""

from collections.abc import Iterator
from typing import Any

from builder.definition import Definition
from builder.proof import Never, Report, Said, Shown, Standing, Witness
from runtime.engine import Live, advance, start
from runtime.engine.evaluate import closure
from runtime.engine.frames import Frame
from runtime.engine.scopes import Sight
from tests.definitions import TODAY


class Replayer:
    """Plays witnesses of one definition; a callable for `prove`."""

    def __init__(self, definition: Definition, today: str = TODAY) -> None:
        self.definition, self.today = definition, today

    def __call__(self, witness: Witness) -> bool:
        return not self.faults(witness)

    def faults(self, witness: Witness) -> list[Any]:
        """What is not as the witness says."""
        live, refused = self.played(witness)
        seen = live.view()
        found: list[Any] = [*refused]
        found += [shown for shown in witness.shows if not _is_shown(shown, seen)]
        found += [said for said in witness.says if _values(live, said) != [said.value]]
        return found + (_wrong(witness, seen) if witness.valid else [])

    def played(self, witness: Witness) -> tuple[Live, list[Any]]:
        """The state that the commands lead to, and what was refused."""
        state = start(self.definition, self.definition.source)
        refused = []
        for command in witness.commands:
            state, events = advance(self.definition, state, command, self.today)
            refused += [(command, e["code"]) for e in events if e["event"] == "refused"]
        return Live(self.definition, state, self.today), refused


def _wrong(witness: Witness, seen: dict[str, Any]) -> list[Any]:
    """Answers of a witness without wrong answers that are wrong."""
    places = [command["place"] for command in witness.commands if command["command"] == "answer"]
    return [
        (place, problem)
        for place in places
        for problem in seen["questions"][place]["problems"]
        if "warning" not in problem
    ]


def _is_shown(shown: Shown, seen: dict[str, Any]) -> bool:
    found = seen.get(shown.part)
    if shown.key:
        found = None if found is None else found.get(shown.key)
    if shown.member:
        found = None if found is None else found.get(shown.member)
    return bool(found == shown.value)


def _values(live: Live, said: Said) -> list[Any]:
    return [
        value
        for frame, value in everywhere(live, said.expression, _scope_of(live, said.prefix))
        if frame.prefix == said.prefix
    ]


def _scope_of(live: Live, prefix: str) -> int:
    return next(
        frame.scope for frames in live.frames for frame in frames if frame.prefix == prefix
    )


def everywhere(live: Live, expression: Any, scope: int) -> Iterator[tuple[Frame, Any]]:
    """What an expression gives in each frame of a scope."""
    value = closure(expression, Sight(live.program.names, scope))
    for frame in live.frames[scope]:
        yield frame, value(live.root, frame.values)


def contradictions(report: Report, live: Live) -> list[Any]:
    """What a state shows that a report calls impossible."""
    seen, found = live.view(), []
    relevant = {
        *(id_ for key, there in seen["items"].items() if there for id_ in (key.split("/")[-1],)),
        *(f"question-{k.split('/')[-1]}" for k, q in seen["questions"].items() if q["relevant"]),
        *(f"section-{name}" for name, one in seen["sections"].items() if one["relevant"]),
        *(f"outcome-{name}" for name, one in seen["outcomes"].items() if one["relevant"]),
    }
    for block in report.blocks.values():
        if block.standing is Standing.UNREACHABLE and block.id in relevant:
            found.append(block)
    for finding in report.findings:
        if finding.proof is not None:
            found += _broken(finding.proof, live, fine=not seen["problems"])
    ready = {name for name, one in seen["outcomes"].items() if one["ready"]}
    for finding in report.findings:
        if (
            finding.code == "outcome_never_ready"
            and finding.place.removeprefix("outcome-") in ready
        ):
            found.append(finding)
        if finding.code in {"no_answer_fits", "required_unanswerable"}:
            name = finding.place.removeprefix("question-")
            found += [
                (finding.code, place)
                for place, asked in seen["questions"].items()
                if place.split("/")[-1] == name
                and asked["value"] is not None
                and not [p for p in asked["problems"] if not p.get("warning")]
            ]
    return found


def _broken(proof: Never, live: Live, *, fine: bool) -> list[Any]:
    if proof.valid and not fine:
        return []
    repeats = live.program.names.repeats
    names = [cell.section.name if cell else "" for cell in repeats]
    if proof.repeat not in names:
        return []
    rows = everywhere(live, proof.expression, names.index(proof.repeat))
    return [
        (proof, frame.prefix, value)
        for frame, value in rows
        if any(value is never for never in proof.values)
    ]
