"""The gate "review": what a workflow demands is released only as it was approved."""

from collections.abc import Iterator
from typing import Any

from builder.definition import Definition
from builder.gates import Gate
from builder.problems import Problem
from builder.problems import gettext_noop as _
from content.reviews import counting

CODE = "review"


def find(page: Any, definition: Definition) -> Iterator[Problem]:
    """One problem for each review that has not approved this very definition."""
    for need in counting.needs(page, definition, required=True):
        if not need.met:
            yield Problem(
                "not_reviewed",
                "",
                _("“%(task)s” has given %(given)s of %(needed)s approvals of this very draft."),
                _("Submit it for review; what is changed after an approval is reviewed again."),
                {"task": need.task.name, "given": len(need.given), "needed": need.needed},
            )


def evidence(page: Any, definition: Definition) -> list[dict[str, Any]]:
    return list(counting.evidence_of(page, definition))


GATE = Gate(CODE, _("Review"), find, right="", evidence=evidence)
