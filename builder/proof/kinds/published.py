"""What publishing checks anyway: names, types, rings, texts and translations; told as findings, beside the rest."""

from collections.abc import Iterator

from builder.definition import check
from builder.proof.finding import Finding, Severity
from builder.proof.matter import Matter


def published(matter: Matter) -> Iterator[Finding]:
    """The problems of the definition."""
    if matter.prover.wanting:
        return
    for problem in check(matter.asked):
        severity = Severity.WARNING if problem.warning else Severity.ERROR
        yield Finding(
            problem.code, severity, problem.place, problem.message, problem.remedy, problem.params
        )
