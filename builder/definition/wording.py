"""The words for what a definition says in codes: clearances, effects and their arguments. English msgids."""

from collections.abc import Callable
from typing import Final

from builder.definition.effects import EFFECTS
from builder.definition.nodes import DISPOSITIONS, Effect
from builder.problems import gettext_noop as _
from builder.question_types import TYPES, WAYS

CLEARANCE_WORDS: Final = {
    "open": _("for every agent"),
    "personal": _("personal"),
    "sensitive": _("sensitive"),
    "sealed": _("sealed"),
}
EFFECT_WORDS: Final = {kind.name: kind.words for kind in EFFECTS.values()}
ARGUMENT_WORDS: Final = {
    name: argument.words for kind in EFFECTS.values() for name, argument in kind.arguments.items()
}


def word(part: str, code: str) -> str:
    """The msgid for a code that stands in this part of a node; the code itself where it has no words."""
    if part == "type":
        return TYPES[code].label if code in TYPES else code
    words = {
        "disposition": DISPOSITIONS,
        "clearance": CLEARANCE_WORDS,
        "searchable": WAYS,
        "kind": {"line": _("line"), "cue": _("cue"), "display": _("display text")},
    }.get(part, {})
    return words.get(code, code)


def say_effect(effect: Effect, gettext: Callable[[str], str]) -> str:
    """An effect and its arguments in words: `Grant a skill (skill: first_aid, days: 365)`."""
    told = gettext(EFFECT_WORDS.get(effect.effect, effect.effect))
    pairs = ", ".join(
        gettext(_("%(label)s: %(words)s"))
        % {"label": gettext(ARGUMENT_WORDS.get(name, name)), "words": value}
        for name, value in effect.arguments
    )
    told = f"{told} ({pairs})" if pairs else told
    said = "".join(
        part if isinstance(part, str) else f"{{{part.name}}}" for part in effect.text.of("")
    )
    return f"{told}: “{said}”" if said else told
