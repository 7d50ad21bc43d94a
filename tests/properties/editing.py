"""Random edits on a definition's data, as authors make them: what comes out can be read, and need not pass the checks."""

import copy
import random
from collections.abc import Callable
from typing import Any

from builder.definition import DISPOSITIONS, FACTS
from builder.question_types import TYPES
from tests import definitions as made

Data = dict[str, Any]
Edit = Callable[[random.Random, Data], None]
WORDS = ("fever", "since", "yesterday", "{name}", "your", "contact", "é", "10", "—", "cough?")
TEXTS = ("label", "hint", "text", "title", "explanation")
CLEARANCES = ("open", "personal", "sensitive", "sealed")


def edited(chance: random.Random, data: Data, times: int) -> Data:
    """The data after so many edits."""
    found = copy.deepcopy(data)
    for _ in range(times):
        chance.choice(EDITS)(chance, found)
    return found


def _words(chance: random.Random) -> Any:
    said = made.text(" ".join(chance.choices(WORDS, k=chance.randint(1, 5))))
    return next(iter(said.values()))


def _name(chance: random.Random) -> str:
    return f"made_{chance.randrange(10**9)}"


def _blocks(data: Data) -> list[Data]:
    items = [item for section in data["sections"] for item in section["items"]]
    return [*data["sections"], *items, *data["outcomes"]]


def _items(data: Data, *kinds: str) -> list[Data]:
    items = [item for section in data["sections"] for item in section["items"]]
    return [item for item in items if not kinds or item["kind"] in kinds]


def _one(chance: random.Random, among: list[Any]) -> Any:
    return chance.choice(among) if among else {}


def _condition(chance: random.Random, data: Data) -> Any:
    names = [item["name"] for item in _items(data, "question")] or ["nobody"]
    simple = [
        ["eq", ["answer", chance.choice(names)], ["value", "text", chance.choice(WORDS)]],
        ["ge", ["answer", chance.choice(names)], ["value", "number", str(chance.randrange(9))]],
        ["answered", ["answer", chance.choice(names)]],
    ]
    one = chance.choice(simple)
    return chance.choice([one, ["not", one], ["and", one, chance.choice(simple)]])


def reword(chance: random.Random, data: Data) -> None:
    block = _one(chance, [*_blocks(data), data])
    texts = [name for name in TEXTS if isinstance(block.get(name), dict)]
    if texts:
        language = chance.choice(data["languages"])
        text = block[chance.choice(texts)]
        text[language] = _words(chance)
        if chance.random() < 0.2:
            del text[language]


def move_item(chance: random.Random, data: Data) -> None:
    here, there = (_one(chance, data["sections"]) for _ in range(2))
    if here and here["items"]:
        item = here["items"].pop(chance.randrange(len(here["items"])))
        there["items"].insert(chance.randint(0, len(there["items"])), item)


def move_in_list(chance: random.Random, data: Data) -> None:
    blocks = data[chance.choice(["sections", "outcomes"])]
    if blocks:
        block = blocks.pop(chance.randrange(len(blocks)))
        blocks.insert(chance.randint(0, len(blocks)), block)


def add_question(chance: random.Random, data: Data) -> None:
    section, type_name = _one(chance, data["sections"]), chance.choice(sorted(TYPES))
    if section:
        question = made.question(_name(chance), type_name, label=" ".join(chance.choices(WORDS)))
        section["items"].insert(chance.randint(0, len(section["items"])), question)


def add_block(chance: random.Random, data: Data) -> None:
    if chance.random() < 0.5:
        line = made.line(_name(chance), "Good day", kind=chance.choice(["line", "cue", "display"]))
        section = made.section(_name(chance), line)
        data["sections"].insert(chance.randint(0, len(data["sections"])), section)
    else:
        data["outcomes"].append(made.outcome(_name(chance)))


def remove(chance: random.Random, data: Data) -> None:
    lists = [
        data["sections"],
        data["outcomes"],
        *[section["items"] for section in data["sections"]],
    ]
    blocks = _one(chance, [each for each in lists[1:] if each] or [data["sections"]])
    if blocks:
        blocks.pop(chance.randrange(len(blocks)))
    if chance.random() < 0.1 and len(data["sections"]) > 1:
        data["sections"].pop(chance.randrange(len(data["sections"])))


def rename(chance: random.Random, data: Data) -> None:
    block = _one(chance, [each for each in _blocks(data) if "name" in each])
    if block:
        old, block["name"] = block["name"], _name(chance)
        if chance.random() < 0.7:
            _follow(data, old, block["name"])


def _follow(node: Any, old: str, new: str) -> None:
    if isinstance(node, list):
        if node[:2] == ["answer", old]:
            node[1] = new
        for part in node:
            _follow(part, old, new)
    elif isinstance(node, dict):
        for key, part in node.items():
            if part == old and key in {"within", "answer"}:
                node[key] = new
            _follow(part, old, new)


def write_anew(chance: random.Random, data: Data) -> None:
    """As an import does: the same names, other ids; rarely an id that another block has."""
    for block in chance.sample(_blocks(data), min(len(_blocks(data)), chance.choice([1, 3, 99]))):
        block["id"] = _name(chance)
    if chance.random() < 0.1:
        _one(chance, _items(data) or [{}])["id"] = _one(chance, _blocks(data) or [{"id": "x"}])[
            "id"
        ]


def retype(chance: random.Random, data: Data) -> None:
    question = _one(chance, _items(data, "question"))
    if question:
        kept = TYPES[type_name := chance.choice(sorted(TYPES))].settings
        question["type"], question["right"] = type_name, None
        lists = {"choices", "rows", "units"}
        question["settings"] = {
            setting.name: question["settings"].get(setting.name, [])
            for setting in kept
            if setting.name in lists
        }


def recolour(chance: random.Random, data: Data) -> None:
    """Choices: added, removed, reworded, put in another order, given an attribute."""
    lists = [
        rows
        for item in _items(data, "question")
        for rows in item["settings"].values()
        if isinstance(rows, list) and (not rows or isinstance(rows[0], dict))
    ]
    rows = _one(chance, lists)
    if not isinstance(rows, list):
        return
    deed = chance.randrange(5)
    if deed == 0 or not rows:
        rows.insert(chance.randint(0, len(rows)), {"name": _name(chance), "label": {"en": "New"}})
    elif deed == 1:
        rows.pop(chance.randrange(len(rows)))
    elif deed == 2:
        chance.choice(rows)["label"] = {chance.choice(data["languages"]): _words(chance)}
    elif deed == 3:
        chance.shuffle(rows)
    else:
        chance.choice(rows)["attributes"] = {"region": chance.choice(["north", "south"])}


def decide(chance: random.Random, data: Data) -> None:
    """A condition somewhere: written, changed or taken away."""
    block = _one(chance, _blocks(data))
    if not block or block.get("kind") == "calculation":
        return
    members = ["relevance"]
    if block.get("kind") == "question":
        members += ["required", "read_only", "default", "choice_filter"]
    member = chance.choice(members)
    absent = False if member in {"required", "read_only"} else None
    block[member] = chance.choice([absent, _condition(chance, data), _condition(chance, data)])


def constrain(chance: random.Random, data: Data) -> None:
    question = _one(chance, _items(data, "question"))
    if question:
        rows = question.setdefault("constraints", [])
        _rows(chance, rows, lambda: _constraint(chance, data))
        if rows and chance.random() < 0.3:
            chance.choice(rows)["message"] = {"en": _words(chance)}


def _constraint(chance: random.Random, data: Data) -> Data:
    message = {"en": _words(chance)}
    return {"test": _condition(chance, data), "message": message, "warning": chance.random() < 0.3}


def cause(chance: random.Random, data: Data) -> None:
    """Effects of an outcome, and its disposition."""
    outcome = _one(chance, data["outcomes"])
    if outcome:
        outcome["disposition"] = chance.choice(sorted(DISPOSITIONS))
        _rows(
            chance,
            outcome.setdefault("effects", []),
            lambda: {
                "effect": "grant_skill",
                "arguments": {"skill": _name(chance), "days": str(chance.randint(1, 99))},
            },
        )


def _rows(chance: random.Random, rows: list[Any], make: Callable[[], Any]) -> None:
    deed = chance.randrange(4)
    if deed == 0 or not rows:
        rows.insert(chance.randint(0, len(rows)), make())
    elif deed == 1:
        rows.pop(chance.randrange(len(rows)))
    elif deed == 2:
        rows[chance.randrange(len(rows))] = make()
    else:
        chance.shuffle(rows)


def tabulate(chance: random.Random, data: Data) -> None:
    """A calculation becomes a decision table, or the rows of one change."""
    item = _one(chance, _items(data, "calculation"))
    if not item and data["sections"]:
        item = made.calculation(_name(chance), "text", ["value", "text", "x"])
        chance.choice(data["sections"])["items"].append(item)
    if item:

        def row() -> Any:
            return ["when", _condition(chance, data), ["value", "text", chance.choice(WORDS)]]

        before = item["expression"]
        rows = before[1:] if before[0] == "or_else" else [row(), row()]
        if len(rows) < 3 or chance.random() < 0.5:
            rows.insert(0, row())
        else:
            _rows(chance, rows, row)
        item["type"] = "text"
        last = [["value", "text", "none"]] if chance.random() < 0.2 else []
        item["expression"] = ["or_else", *rows, *(last or [row()])]


def speak(chance: random.Random, data: Data) -> None:
    """A language is added, with texts or without; or removed, with its texts or without; or another is the first."""
    languages = data["languages"]
    deed = chance.randrange(4)
    if deed < 2 or len(languages) == 1:
        new = chance.choice(
            [code for code in ("fr", "nl", "de", "it", "en") if code not in languages] or ["xx"]
        )
        if new not in languages:
            languages.insert(chance.randint(0, len(languages)) if deed else len(languages), new)
        for text in _texts(data):
            if chance.random() < 0.7:
                text[new] = _words(chance)
    elif deed == 2:
        gone = languages.pop(chance.randrange(len(languages)))
        for text in _texts(data):
            if chance.random() < 0.9:
                text.pop(gone, None)
    else:
        chance.shuffle(languages)


def _texts(data: Data) -> list[Data]:
    found = [block[name] for block in (data, *_blocks(data)) for name in TEXTS if block.get(name)]
    settings = [item["settings"].values() for item in _items(data, "question")]
    rows = [
        row for values in settings for rows in values if isinstance(rows, list) for row in rows
    ]
    return found + [row["label"] for row in rows if isinstance(row, dict) and "label" in row]


def repeat(chance: random.Random, data: Data) -> None:
    section = _one(chance, data["sections"])
    if section:
        limits = {"minimum": chance.randint(0, 2), "maximum": chance.randint(2, 9)}
        words = {"entry_label": {"en": _words(chance)}, "party": chance.random() < 0.5}
        section["repeat"] = chance.choice([None, {**limits, **words}])
        section["side"] = chance.random() < 0.2


def mark(chance: random.Random, data: Data) -> None:
    """What a question is marked with; a text item's kind; the page's own settings."""
    question, text = (
        _one(chance, _items(data, *kinds)) for kinds in (("question",), ("line", "cue", "display"))
    )
    if question:
        question["clearance"] = chance.choice(CLEARANCES)
        question["fact"] = chance.choice([None, *FACTS])
        question["points"] = str(chance.randint(0, 5))
    if text:
        text["kind"] = chance.choice(["line", "cue", "display"])
    data["pass_percent"] = chance.choice([None, "50", "80"])


EDITS: tuple[Edit, ...] = (
    reword,
    reword,
    move_item,
    move_item,
    move_in_list,
    add_question,
    add_block,
    remove,
    rename,
    write_anew,
    retype,
    recolour,
    recolour,
    decide,
    decide,
    constrain,
    cause,
    tabulate,
    speak,
    repeat,
    mark,
)
