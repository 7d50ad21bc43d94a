"""Each person in a repeat gets a work item of a campaign."""

from builder.definition.effects.base import Argument, EffectKind
from builder.problems import gettext_noop as _

EFFECT = EffectKind(
    name="spawn_items",
    label=_("Add work for each entry"),
    words=_("Make call orders of the contacts"),
    icon="group",
    arguments={
        "campaign": Argument("code", _("Campaign"), _("campaign")),
        "repeat": Argument(
            "repeat",
            _("For each entry of"),
            _("repeat"),
            help=_("A repeat whose entries are persons."),
        ),
    },
    spawns=True,
)
