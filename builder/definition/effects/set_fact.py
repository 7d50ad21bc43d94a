"""An answer becomes what is known of the person."""

from builder.definition.effects.base import Argument, EffectKind
from builder.problems import gettext_noop as _

EFFECT = EffectKind(
    name="set_fact",
    label=_("Keep an answer as a fact"),
    words=_("Keep an answer as a fact"),
    icon="user",
    arguments={
        "fact": Argument("fact", _("Fact"), _("fact")),
        "answer": Argument(
            "answer",
            _("Answer"),
            _("answer"),
            help=_("A question or calculation; empty, nothing is changed."),
        ),
    },
)
