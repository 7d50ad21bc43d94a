"""Steps and expectations of a test in words, for the page where it is changed."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from builder.problems import gettext_noop
from content.testing.saying import Reader

STEPS: Mapping[str, str] = {
    "answer": gettext_noop("“%(about)s”: %(value)s"),
    "clear": gettext_noop("“%(about)s” is taken back"),
    "override": gettext_noop("the warning at “%(about)s” is set aside: %(value)s"),
    "add_entry": gettext_noop("an entry is added to “%(about)s”"),
    "remove_entry": gettext_noop("an entry of “%(about)s” is removed"),
    "move_entry": gettext_noop("an entry of “%(about)s” is moved"),
    "open_section": gettext_noop("section “%(about)s” is opened"),
    "next": gettext_noop("next section"),
    "back": gettext_noop("back"),
    "set_language": gettext_noop("language: %(value)s"),
    "finish": gettext_noop("ended with “%(about)s”"),
    "reopen": gettext_noop("reopened"),
}
EXPECTED: Mapping[str, str] = {
    "path": gettext_noop("path: %(value)s"),
    "outcome": gettext_noop("outcome: %(value)s"),
    "ready": gettext_noop("outcomes offered: %(value)s"),
    "asked": gettext_noop("asked, and nothing else: %(value)s"),
    "includes": gettext_noop("asked: %(value)s"),
    "problems": gettext_noop("wrong: %(value)s"),
}
VALUE = gettext_noop("“%(about)s” is %(value)s")
NOTHING = gettext_noop("nothing")


def steps(reader: Reader, commands: list[dict[str, Any]], say: Callable[[str], str]) -> list[str]:
    """Each command in words."""
    return [_step(reader, command, say) for command in commands]


def _step(reader: Reader, command: Mapping[str, Any], say: Callable[[str], str]) -> str:
    sentence = STEPS.get(command["command"])
    if sentence is None:
        return str(command["command"])
    value = command.get("value", command.get("reason", command.get("language")))
    place = str(command.get("place", ""))
    shown = say(NOTHING) if value is None else reader.value(place, value)
    return say(sentence) % {"about": reader.about(command), "value": shown}


def expectations(
    reader: Reader, expected: Mapping[str, Any], say: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """What is expected, piece by piece: a key to leave it out by, and words."""
    for part, value in expected.items():
        if part == "values":
            for place, held in value.items():
                about = reader.label(place)
                shown = say(NOTHING) if held is None else reader.value(place, held)
                yield f"values:{place}", say(VALUE) % {"about": about, "value": shown}
        else:
            names = _names(part, value)
            shown = ", ".join(map(reader.label, names)) or say(NOTHING)
            yield part, say(EXPECTED[part]) % {"value": shown}


def _names(part: str, value: Any) -> list[str]:
    if part == "outcome":
        return [value] if value else []
    return list(value)


def without(expected: Mapping[str, Any], keys: set[str]) -> dict[str, Any]:
    """An expectation without some of its pieces."""
    made = {part: value for part, value in expected.items() if part not in keys}
    if "values" in made:
        kept = {
            place: value
            for place, value in made["values"].items()
            if f"values:{place}" not in keys
        }
        made["values"] = kept
        if not kept:
            del made["values"]
    return made
