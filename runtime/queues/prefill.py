"""What is known before the first word is spoken: a party's facts, as answers of a definition."""

from typing import Any

from builder.definition import Definition
from runtime.parties.facts import Facts
from runtime.queues.questions import fact_questions


def from_facts(definition: Definition, facts: Facts | None) -> dict[str, Any]:
    """Answers by name, of the questions outside repeats that ask for a fact that is known."""
    if facts is None:
        return {}
    known = facts.known()
    return {
        question.name: known[question.fact]
        for question in fact_questions(definition)
        if question.fact in known
    }
