"""What may be searched: answers that are many, in a way that suits them; and what each word of a text tells."""

from collections.abc import Iterator

from builder.definition.subject import Subject
from builder.definition.walk import questions
from builder.problems import Problem, Words
from builder.problems import gettext_noop as _
from builder.question_types import TELLS, TELLS_MOST, TYPES, WAYS


def searches(subject: Subject) -> Iterator[Problem]:
    """A question with few answers is not searchable: whoever counts the tokens would know them."""
    for _section, question in questions(subject.definition):
        if question.searchable is None:
            continue
        kind, way, label = TYPES[question.type], question.searchable, subject.label(question)
        if not kind.searches or kind.too_few(question.settings):
            message = _(
                "“%(label)s” is searchable, but has so few answers that a thief could tell them apart by counting."
            )
            remedy = _(
                "Choose not to find records by it; or allow more answers (numbers: 10,000; days: 1,000; texts: 4 letters)."
            )
            yield Problem("search_few", question.id, message, remedy, {"label": label})
        elif way not in kind.searches:
            message = _("“%(label)s” cannot be searched %(way)s.")
            remedy = _("Choose one of the ways that its type of question offers.")
            params = {"label": label, "way": Words(WAYS[way])}
            yield Problem("search_way", question.id, message, remedy, params)
        elif way == TELLS_MOST:
            message = _("“%(label)s” is searchable by each of its words. %(tells)s")
            remedy = _("Release it so, if nothing else finds the record; or choose another way.")
            params = {"label": label, "tells": Words(TELLS[way])}
            yield Problem("search_words", question.id, message, remedy, params, warning=True)
