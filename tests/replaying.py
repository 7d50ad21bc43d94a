"""Replaying what a proof says in the engine: what is said never to be must never be seen."""

from typing import Any

from builder.proof import Never, Report, Standing
from runtime.engine import Live
from runtime.workspace.rehearsing import everywhere


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
