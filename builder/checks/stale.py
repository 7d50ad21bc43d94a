"""Translations that are behind: of another text than stands there now, or none at all, though their language is spoken."""

from collections.abc import Collection, Iterator, Mapping

from builder.definition import Definition
from builder.definition.translated import Pair, State, pairs
from builder.definition.walk import label_of, nodes
from builder.problems import Problem
from builder.problems import gettext_noop as _

LONGEST = 80


def behind(
    definition: Definition, language: str, known: Mapping[str, Collection[Pair]]
) -> Iterator[Problem]:
    """What is stale or missing in a language, where `known` is what translators have seen, by block. A label that is absent is told
    by the definition's own checks."""
    labels = {node.id: label_of(node).plain(definition.source) for node in nodes(definition)}
    for pair in pairs(definition, language):
        state = pair.state(known.get(pair.block, ()))
        params = {"text": pair.source[:LONGEST], "language": language}
        if state is State.STALE:
            message = _("“%(text)s” has a translation of an earlier text (%(language)s).")
            remedy = _("Translate it again, or say on the page of translations that it is right.")
            yield Problem("stale", pair.block, message, remedy, params, warning=True)
        elif state is State.MISSING and not (
            not pair.text and pair.source == labels.get(pair.block)
        ):
            message = _("“%(text)s” is not translated (%(language)s).")
            remedy = _("Translate the text.")
            yield Problem("untranslated", pair.block, message, remedy, params, warning=True)
