"""The person of the record gets a work item of another campaign: each record that ended so fills it."""

from builder.definition.effects.base import Argument, EffectKind
from builder.problems import gettext_noop as _

EFFECT = EffectKind(
    name="pass_on",
    label=_("Pass the person on to a campaign"),
    words=_("Pass the person on to a campaign"),
    icon="redirect",
    arguments={
        "campaign": Argument(
            "code",
            _("Campaign"),
            _("campaign"),
            help=_("Who has an item there already gets no other."),
        ),
    },
    spawns=True,
)
