"""Somebody is told, by mail, message or in a chat: through a channel whose address an administrator keeps."""

from builder.definition.effects.base import Argument, EffectKind
from builder.problems import gettext_noop as _

EFFECT = EffectKind(
    name="notify",
    label=_("Tell somebody"),
    words=_("Tell somebody"),
    icon="mail",
    arguments={
        "channel": Argument(
            "code",
            _("Channel"),
            _("channel"),
            help=_("An administrator keeps its address and its language."),
        ),
    },
    text=_("Text"),
    text_help=_(
        "It may hold {placeholders} of what the channel is cleared for; what leaves by mail or chat is out of our hands."
    ),
)
