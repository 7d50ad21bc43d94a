"""Sentences for what can be wrong with a mapping."""

from django.utils.translation import gettext as _

from exports.feeds.mapping import MappingRefused


def mapping_problem(refused: MappingRefused) -> str:
    """What is wrong and what to do, in the person's language."""
    sentences = {
        "unknown_source": _(
            "%(column)s: this source is not there, or it may not leave the house."
        ),
        "bad_name": _(
            "%(column)s: a column's name begins with a letter and has letters, digits and _, at most 63."
        ),
        "twice": _(
            "%(column)s: two columns cannot have the same name (record_id, revision and operation are taken)."
        ),
        "too_many": _("These are too many columns."),
    }
    return sentences[refused.code] % {"column": refused.column}
