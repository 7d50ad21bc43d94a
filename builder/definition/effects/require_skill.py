"""A skill has to be shown anew: who holds it does so no more, until they pass its lesson again."""

from builder.definition.effects.base import Argument, EffectKind
from builder.problems import gettext_noop as _

EFFECT = EffectKind(
    name="require_skill",
    label=_("Require a skill anew"),
    words=_("Require a skill anew"),
    icon="warning",
    arguments={
        "skill": Argument(
            "code",
            _("Skill"),
            _("skill"),
            help=_(
                "Who the lesson is about, or who ended the call, loses it until its lesson is passed again."
            ),
        ),
    },
)
