"""More faults, of the kinds that the check tells beside the prover's: texts behind, questions nobody uses, what is wrong by itself."""

from typing import Final

from builder.checks.lines import Line, line_of, together
from builder.checks.readers import unused
from builder.checks.stale import behind
from builder.checks.telling import Teller
from builder.definition import Definition
from builder.definition.translated import Pair
from builder.proof import Report
from tests import definitions as made
from tests.planting import PLANTS, Ground, Plant, answer, value, yes


def check_of(definition: Definition, report: Report, ground: Ground) -> list[Line]:
    """The lines of the check, as a page's panel puts them together, of a definition without a page."""
    told = Teller(definition, "en", str).told(report)
    pairs = {one.block: [one] for known in ground.known.values() for one in known}
    late = [one for code in ground.known for one in behind(definition, code, pairs)]
    idle = unused(definition, ground.read_outside)
    return together(
        [Line(**plain) for plain in told["lines"]],
        [line_of(problem, str) for problem in late],
        [line_of(problem, str, "hint") for problem in idle],
    )


def _spoken(ground: Ground, source: str, words: str) -> str:
    """A question in two languages."""
    if "fr" not in ground.data["languages"]:
        ground.data["languages"] = [*ground.data["languages"], "fr"]
    english = ground.data["languages"][0]
    name = ground.name()
    return ground.add(made.question(name, label={english: source, "fr": words}))


def _stale(ground: Ground) -> str:
    name = _spoken(ground, "Since when are you ill?", "Êtes-vous malade ?")
    seen = Pair(f"question-{name}", "Are you ill?", "Êtes-vous malade ?")
    ground.known["fr"] = [seen]
    return f"question-{name}"


def _same_as_its_source(ground: Ground) -> str:
    name = _spoken(ground, "Are you ill?", "Are you ill?")
    ground.known["fr"] = []
    return f"question-{name}"


def _unused(ground: Ground) -> str:
    ground.read_outside = frozenset({ground.asked[0]["name"]})
    return ground.question("text")


def _hole_in_a_title(ground: Ground) -> str:
    return ground.section(made.question(ground.name()), title="About {nobody_asked_this}")


def _hole_in_a_label(ground: Ground) -> str:
    return ground.question(label="How old is {nobody_asked_this}?")


def _hole_in_a_message(ground: Ground) -> str:
    name = ground.name()
    test = ["ne", answer(name), value("text", "x")]
    ground.add(made.question(name, constraints=[(test, "Not {nobody_asked_this}.")]))
    return f"question-{name}"


def _unknown_name(ground: Ground) -> str:
    return ground.question(relevance=yes("nobody_asked_this"))


def _other_type(ground: Ground) -> str:
    return ground.question(relevance=["gt", answer(ground.read("bool")), value("number", "1")])


def _around_each_other(ground: Ground) -> str:
    """A loop: each of two sections lies within the other."""
    first, second = ground.name(), ground.name()
    for own, around in ((first, second), (second, first)):
        asked = made.question(ground.name())
        ground.data["sections"].append(made.section(own, asked, within=around))
    return f"section-{first}"


def _asked_by_each_other(ground: Ground) -> str:
    """A loop: each of two questions is asked when the other is answered."""
    first, second = ground.name(), ground.name()
    ground.add(made.question(first, relevance=["answered", answer(second)]))
    ground.add(made.question(second, relevance=["answered", answer(first)]))
    return f"question-{first}"


def _too_deep(ground: Ground) -> str:
    around = None
    for _level in range(12):
        name = ground.name()
        more = {} if around is None else {"within": around}
        ground.data["sections"].append(made.section(name, made.question(ground.name()), **more))
        around = name
    return f"section-{around}"


def _twice(ground: Ground) -> str:
    item = made.question(str(ground.asked[0]["name"]))
    item["id"] = "planted-twice"
    ground.data["sections"][-1]["items"].append(item)
    return "planted-twice"


def _no_choices(ground: Ground) -> str:
    return ground.question("choose_one", choices=[])


def _choice_twice(ground: Ground) -> str:
    return ground.question("choose_one", choices=["red", "blue", "red"])


def _unknown_effect(ground: Ground) -> str:
    return ground.outcome(effects=[("send_pigeon", {"to": "everybody"})])


def _effect_without_its_repeat(ground: Ground) -> str:
    effect = ("spawn_items", {"repeat": "no_such_repeat", "campaign": "calls"})
    return ground.outcome(effects=[effect])


def _effect_for_no_day(ground: Ground) -> str:
    effect = ("issue_document", {"document": "letter", "valid_from": ground.read("bool")})
    return ground.outcome(effects=[effect])


def _unasked(ground: Ground) -> str:
    return ground.question("hidden", required=True)


def _no_message(ground: Ground) -> str:
    name = ground.name()
    test = ["ne", answer(name), value("text", "x")]
    ground.add(made.question(name, constraints=[(test, "")]))
    return f"question-{name}"


def _no_text(ground: Ground) -> str:
    return ground.line("")


def _settings(ground: Ground) -> str:
    return ground.question("scale", minimum="0", maximum="90")


CHECK_PLANTS: Final = (
    *PLANTS,
    Plant("a translation of an earlier text", ("stale",), _stale),
    Plant("a translation that is its source", ("untranslated",), _same_as_its_source),
    Plant("a question nobody uses", ("unused",), _unused),
    Plant("a hole for nothing in a title", ("unknown_reference",), _hole_in_a_title),
    Plant("a hole for nothing in a label", ("unknown_reference",), _hole_in_a_label),
    Plant("a hole for nothing in a message", ("unknown_reference",), _hole_in_a_message),
    Plant("a condition on nothing", ("unknown_reference",), _unknown_name),
    Plant("a condition of another type", ("type_mismatch",), _other_type),
    Plant("sections within each other", ("within",), _around_each_other),
    Plant("questions that wait for each other", ("cycle",), _asked_by_each_other),
    Plant("a section too deep", ("too_deep",), _too_deep),
    Plant("a name used twice", ("duplicate_name",), _twice),
    Plant("no choices", ("no_choices",), _no_choices),
    Plant("a choice twice", ("duplicate_choice",), _choice_twice),
    Plant("an effect there is not", ("unknown_effect",), _unknown_effect),
    Plant("an effect without its repeat", ("effect_argument",), _effect_without_its_repeat),
    Plant("an effect for a day that is none", ("effect_argument",), _effect_for_no_day),
    Plant("required and not asked", ("unasked",), _unasked),
    Plant("a constraint without a message", ("no_message",), _no_message),
    Plant("a line without a text", ("no_text",), _no_text),
    Plant("settings that do not go together", ("settings",), _settings),
)
