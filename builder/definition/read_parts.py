"""Reading parts of a definition's JSON data: objects, lists, plain members and texts; what is wrong is a problem, never raised."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from builder.definition.members import LANGUAGE, is_name
from builder.problems import Problem, note, quoted
from builder.problems import gettext_noop as _
from builder.values import Hole, Localized, is_text
from builder.values.localized import NO_TEXT, joined

MOST: Final = {
    "sections": 2_000,
    "items": 20_000,
    "constraints": 50,
    "outcomes": 200,
    "effects": 50,
}
LONGEST_TEXT: Final = 50_000
MOST_PIECES: Final = 1_000
ABSENT: Final = object()


def _length(piece: Any) -> int:
    return len(piece) if isinstance(piece, str) else 0


class Parts:
    """What reads the parts of one definition's data; `problems` says what was wrong with them, `place` where."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.place = ""

    def fault(self, message: str, **params: object) -> None:
        """Note a problem at the node being read."""
        remedy = _("Write it as the schema of definitions says, or publish the page again.")
        note(self.problems, Problem("unreadable", self.place, message, remedy, params))

    def members(self, raw: Any, known: str) -> dict[str, Any]:
        """An object with none but the known members; an empty one if it is none."""
        if not isinstance(raw, Mapping):
            self.fault(_("A part of the definition is missing."))
            return {}
        unknown = [key for key in raw if key not in known.split()]
        if unknown:
            self.fault(
                _("A part of the definition is not known: %(part)s."), part=quoted(str(unknown[0]))
            )
        return dict(raw)

    def pick(
        self, raw: dict[str, Any], key: str, valid: Callable[[Any], bool], default: Any = ABSENT
    ) -> Any:
        """One plain member; what is absent has the default, if there is one."""
        value = raw.get(key, default)
        if value is ABSENT or not (value is default or valid(value)):
            self.fault(_("A part of the definition cannot be read: %(part)s."), part=key)
            return "" if default is ABSENT else default
        return value

    def rows(self, raw: dict[str, Any], key: str) -> list[Any]:
        """A list of objects, not too long."""
        value = raw.get(key, [])
        if not isinstance(value, list | tuple) or len(value) > MOST[key]:
            self.fault(_("A part of the definition cannot be read: %(part)s."), part=key)
            return []
        return list(value)

    def text(self, raw: Any) -> Localized:
        """A TEXT."""
        if raw is None:
            return NO_TEXT
        if not isinstance(raw, Mapping):
            self.fault(_("A text cannot be read."))
            return NO_TEXT
        pairs = []
        for language, parts in raw.items():
            if not isinstance(language, str) or not LANGUAGE.match(language):
                self.fault(_("A text is in a language that is not known."))
            elif read := self.piped(parts):
                pairs.append((language, read))
        return Localized(tuple(sorted(pairs)))

    def piped(self, raw: Any) -> tuple[str | Hole, ...]:
        """A PIPED: a plain text, or a list of texts and holes."""
        parts = [raw] if isinstance(raw, str) else raw
        if not isinstance(parts, list | tuple):
            self.fault(_("A text cannot be read."))
            return ()
        if len(parts) > MOST_PIECES or sum(map(_length, parts)) > LONGEST_TEXT:
            self.fault(_("A text is too long."))
            return ()
        read = [self._part(part) for part in parts]
        return joined(part for part in read if part is not None)

    def _part(self, raw: Any) -> str | Hole | None:
        if isinstance(raw, str) and is_text(raw):
            return raw
        if isinstance(raw, Mapping) and set(raw) == {"answer"} and is_name(raw["answer"]):
            return Hole(raw["answer"])
        self.fault(_("A text cannot be read."))
        return None
