"""The record goes to a feed at once, not when the feed is sent next."""

from builder.definition.effects.base import Argument, EffectKind
from builder.problems import gettext_noop as _

EFFECT = EffectKind(
    name="send_to_feed",
    label=_("Send to a feed at once"),
    words=_("Send to a feed at once"),
    icon="upload",
    arguments={
        "feed": Argument(
            "code",
            _("Feed"),
            _("feed"),
            help=_(
                "What is new in the feed leaves at once. What of the record leaves, the feed says."
            ),
        ),
    },
)
