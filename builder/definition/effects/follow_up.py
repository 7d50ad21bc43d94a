"""The person is called again on each of the next days, until a call ends for good."""

from builder.definition.effects.base import Argument, EffectKind
from builder.problems import gettext_noop as _

MOST_DAYS = 60
EFFECT = EffectKind(
    name="follow_up",
    label=_("Call again every day"),
    words=_("Call again every day"),
    icon="repeat",
    arguments={
        "campaign": Argument("code", _("Campaign"), _("campaign")),
        "days": Argument("number", _("For how many days"), _("days"), most=MOST_DAYS, default=7),
        "until": Argument(
            "name",
            _("Until the outcome"),
            _("until"),
            optional=True,
            help=_(
                "The name of an outcome of that campaign's script: with it the series ends early. It also ends when somebody refuses or cannot be reached."
            ),
        ),
    },
    spawns=True,
)
