"""The effects an outcome may name, one file a kind. Handlers are bound in `config/binding.py`.

From a kind follow its block (`builder.blocks.effects`), how it compiles, its check (`checking`) and its words.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from builder.definition.effects import (
    do_not_contact,
    follow_up,
    grant_skill,
    issue_document,
    notify,
    pass_on,
    require_skill,
    send_to_feed,
    set_fact,
    spawn_items,
)
from builder.definition.effects.base import Argument, EffectKind

__all__ = ["EFFECTS", "EFFECT_KINDS", "Argument", "EffectKind"]

# In the order in which they are offered.
EFFECT_KINDS: Final[tuple[EffectKind, ...]] = (
    issue_document.EFFECT,
    spawn_items.EFFECT,
    pass_on.EFFECT,
    follow_up.EFFECT,
    notify.EFFECT,
    send_to_feed.EFFECT,
    set_fact.EFFECT,
    grant_skill.EFFECT,
    require_skill.EFFECT,
    do_not_contact.EFFECT,
)
EFFECTS: Final[Mapping[str, EffectKind]] = MappingProxyType(
    {kind.name: kind for kind in EFFECT_KINDS}
)
