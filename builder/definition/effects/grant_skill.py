"""Who the lesson's record is about holds a skill for some days."""

from builder.definition.effects.base import Argument, EffectKind
from builder.problems import gettext_noop as _

EFFECT = EffectKind(
    name="grant_skill",
    label=_("Grant a skill"),
    words=_("Grant a skill"),
    icon="success",
    arguments={
        "skill": Argument("code", _("Skill"), _("skill")),
        "days": Argument("number", _("Valid for days"), _("days"), default=365),
    },
)
