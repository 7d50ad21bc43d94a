"""The person of the record is not contacted any more."""

from builder.definition.effects.base import Argument, EffectKind
from builder.problems import gettext_noop as _

EFFECT = EffectKind(
    name="do_not_contact",
    label=_("Do not contact the person any more"),
    words=_("Do not contact the person any more"),
    icon="no-view",
    arguments={
        "days": Argument(
            "number",
            _("Days"),
            _("days"),
            optional=True,
            help=_("Empty: for good."),
        ),
    },
)
