"""A definition as the JSON of a SurveyJS survey: a page per section, a dynamic panel for a repeat, its own validators.

Only what the workload has is written. Blanks mean there what they mean to SurveyJS: the workload negates nothing but
`answered`, so that little hangs on it.
"""

from collections.abc import Callable
from typing import Any

Data = dict[str, Any]
Expression = list[Any]
SIGNS = {
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "eq": "=",
    "add": "+",
    "sub": "-",
    "mul": "*",
}


class _Words:
    """Expressions as SurveyJS writes them; inside a panel its own questions have a prefix."""

    def __init__(self, inside: frozenset[str] = frozenset()) -> None:
        self.inside = inside

    def name(self, name: str) -> str:
        return f"{{panel.{name}}}" if name in self.inside else f"{{{name}}}"

    def say(self, node: Expression) -> str:
        match node:
            case ["value", answer_type, value]:
                return literal(answer_type, value)
            case ["answer", name]:
                return self.name(name)
            case ["sum", ["each", repeat, name]]:
                return f"sumInArray({{{repeat}}}, '{name}')"
            case ["not", ["answered", arg]]:
                return f"{self.say(arg)} empty"
        operator, *nodes = node
        args = [self.say(each) for each in nodes]
        if operator in SPECIAL:
            return SPECIAL[operator](*args)
        return "(" + f" {SIGNS.get(operator, operator)} ".join(args) + ")"


SPECIAL: dict[str, Callable[..., str]] = {
    "answered": lambda arg: f"{arg} notempty",
    "contains": lambda many, one: f"{many} contains {one}",
    "one_of": lambda arg, *among: f"{arg} anyof [{', '.join(among)}]",
    "or_else": lambda arg, other: f"iif({arg} notempty, {arg}, {other})",
    "if": lambda condition, yes, no: f"iif({condition}, {yes}, {no})",
}


def literal(answer_type: str, value: Any) -> str:
    if answer_type in {"number", "bool"}:
        return str(value).lower()
    return f"'{value}'"


def question(item: Data, words: _Words) -> Data:
    """A question with its condition and its validators."""
    settings = item["settings"]
    made: Data = {"name": item["name"], "title": title(item["label"], words), **kind(item)}
    if item["required"]:
        made["isRequired"] = True
    if item["relevance"] is not None:
        made["visibleIf"] = words.say(item["relevance"])
    validators: list[Data] = []
    if settings.get("minimum") is not None:
        bounds = {"minValue": float(settings["minimum"]), "maxValue": float(settings["maximum"])}
        validators.append({"type": "numeric", **bounds})
    if settings.get("pattern"):
        validators.append({"type": "regex", "regex": f"^(?:{settings['pattern']})$"})
    for row in item["constraints"]:
        operator, own, other = row["test"]
        test = f"{words.say(other)} empty or {words.say([operator, own, other])}"
        validators.append({"type": "expression", "expression": test, "text": "wrong"})
    return {**made, "validators": validators} if validators else made


def kind(item: Data) -> Data:
    """What SurveyJS calls the type."""
    names = [row["name"] for row in item["settings"].get("choices", ())]
    match item["type"]:
        case "yes_no":
            return {"type": "boolean"}
        case "choose_one":
            return {"type": "radiogroup", "choices": names}
        case "choose_several":
            return {"type": "checkbox", "choices": names}
        case "integer":
            return {"type": "text", "inputType": "number"}
        case "date":
            return {"type": "text", "inputType": "date"}
    return {"type": "text"}


def title(text: Data, words: _Words) -> str:
    said = next(iter(text.values()))
    parts = [said] if isinstance(said, str) else said
    return "".join(p if isinstance(p, str) else words.name(p["answer"]) for p in parts)


def page(section: Data) -> Data:
    """A section as a page."""
    asked = [item for item in section["items"] if item["kind"] == "question"]
    made: Data = {"name": section["name"]}
    if section["relevance"] is not None:
        made["visibleIf"] = _Words().say(section["relevance"])
    if not section["repeat"]:
        return {**made, "elements": [question(item, _Words()) for item in asked]}
    words = _Words(frozenset(item["name"] for item in asked))
    panel = {
        "type": "paneldynamic",
        "name": section["name"],
        "panelCount": section["repeat"]["minimum"],
        "templateElements": [question(item, words) for item in asked],
    }
    return {"name": f"page_{section['name']}", "elements": [panel]}


def survey_of(data: Data) -> Data:
    """The survey of a definition."""
    items = [item for section in data["sections"] for item in section["items"]]
    calculated = [
        {"name": item["name"], "expression": _Words().say(item["expression"])}
        for item in items
        if item["kind"] == "calculation"
    ]
    return {
        "checkErrorsMode": "onValueChanged",
        "clearInvisibleValues": "onHidden",
        "pages": [page(section) for section in data["sections"]],
        "calculatedValues": calculated,
    }
