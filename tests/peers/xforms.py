"""A definition as an XForms document, for ODK's engine.

A section is a group or a repeat; yes and no are a choice of two; calculations stand beside the groups, for they are computed
whatever is hidden; `today` is a node with the day in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from builder.question_types import TYPES
from tests.peers.xpath import TRUE, Speech, both, like, negated

Data = dict[str, Any]
HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
)
NODE_TYPES = {"integer": "int", "decimal": "decimal", "date": "date"}
ITEM = '<value ref="name"/><label ref="label"/>'
YES_NO = ("true", "false")


@dataclass
class Form:
    """The document, and under which path the driver finds what our view shows: `name` or `repeat/name`, texts by id."""

    xml: str
    paths: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    repeats: dict[str, str] = field(default_factory=dict)


@dataclass
class Node:
    """One node of the instance: its bind and its control, if it has any."""

    path: str
    bind: dict[str, str]
    control: str = ""


class _Writer:
    def __init__(self, data: Data, today: str) -> None:
        self.data = data
        self.day = today
        self.form = Form("")
        self.types: dict[str, str] = {}
        self.paths: dict[str, str] = {}  # of each name: absolute, without positions
        self.repeats: dict[str, Data] = {}
        self.lists: dict[tuple[str, ...], str] = {}  # the choices, each list once
        for section in data["sections"]:
            if section["repeat"]:
                self.repeats[section["name"]] = section
            for item in section["items"]:
                if "name" in item:
                    self.place(section, item)

    def place(self, section: Data, item: Data) -> None:
        name, inside = item["name"], bool(section["repeat"])
        asked = item["kind"] == "question"
        self.types[name] = TYPES[item["type"]].answer_type if asked else item["type"]
        beside = not asked and not inside
        self.paths[name] = f"/data/{name}" if beside else f"/data/{section['name']}/{name}"
        key = f"{section['name']}/{name}" if inside else name
        self.form.paths[key] = self.paths[name]

    # How names are read

    def speech(self, section: Data | None = None, own: str = "") -> Speech:
        """What is read from a section's inside; `own` is the question that a constraint is about."""
        within = f"/data/{section['name']}/" if section and section["repeat"] else ""

        def path(name: str) -> str:
            found = self.paths[name]
            if name == own:
                return "."
            return f"../{name}" if within and found.startswith(within) else found

        def each(repeat: str, name: str) -> str:
            return f"{self.paths[name]}[. != '']"

        return Speech(self.types, path, each, self.entries, "/data/_today")

    def entries(self, repeat: str) -> str:
        """How many entries there are: none while the repeat is hidden."""
        relevant = self.relevance(self.repeats[repeat])
        count = f"count(/data/{repeat})"
        return count if relevant == TRUE else f"if({relevant}, {count}, 0)"

    def relevance(self, section: Data) -> str:
        condition = section["relevance"]
        return TRUE if condition is None else self.speech().holds(condition)

    # The parts of the document

    def write(self) -> Form:
        sections = [self.section(section) for section in self.data["sections"]]
        nodes = [node for rows in sections for node in rows]
        binds = "".join(f"<bind nodeset={quoteattr(n.path)}{attributes(n.bind)}/>" for n in nodes)
        instance = self.instance(nodes)
        body = "".join(map(self.body, self.data["sections"], sections))
        self.form.xml = (
            f"{HEAD}<h:head><h:title>form</h:title><model><instance>"
            f'<data id="form">{instance}</data></instance>{self.choices()}{binds}</model></h:head>'
            f"<h:body>{body}</h:body></h:html>"
        )
        return self.form

    def section(self, section: Data) -> list[Node]:
        """The nodes of a section, the group or repeat itself first."""
        path = f"/data/{section['name']}"
        self.form.paths[section["name"]] = path
        relevant = self.relevance(section)
        nodes = [Node(path, {"relevant": relevant})]
        asked = not section["repeat"]  # what opens a repeat is said once, before its entries
        for item in section["items"]:
            asked = asked or "name" in item
            if item["kind"] == "question":
                nodes.append(self.question(section, item))
            elif item["kind"] == "calculation":
                value = self.speech(section).value(item["expression"])
                nodes.append(
                    Node(self.paths[item["name"]], {"type": "string", "calculate": value})
                )
            else:
                nodes.append(self.text(section, item, relevant, opening=not asked))
        return nodes

    def question(self, section: Data, item: Data) -> Node:
        path = self.paths[item["name"]]
        bind = {"type": NODE_TYPES.get(item["type"], "string")}
        if item["relevance"] is not None:
            bind["relevant"] = self.speech(section).holds(item["relevance"])
        if item["required"]:
            bind["required"] = TRUE
        wrong = self.speech(section, own=item["name"])
        kept = both(*self.within(item["settings"], wrong, item["name"]))
        kept = both(kept, *(negated(wrong.fails(row["test"])) for row in item["constraints"]))
        if kept != TRUE:
            bind["constraint"] = kept
        return Node(path, bind, self.control(section, item, path))

    def within(self, settings: Data, wrong: Speech, name: str) -> Iterator[str]:
        """What settings demand of an answer."""
        for setting, operator in (("minimum", "ge"), ("maximum", "le")):
            bound = settings.get(setting)
            if isinstance(bound, str):
                bound = ["value", "number", bound]
            if bound is not None:
                yield negated(wrong.fails([operator, ["answer", name], bound]))
        if settings.get("pattern"):
            yield like(".", settings["pattern"])

    def text(self, section: Data, item: Data, relevant: str, *, opening: bool) -> Node:
        number = len(self.form.texts) + 1
        inside = bool(section["repeat"]) and not opening
        path = f"/data/_text{number}" if opening else f"/data/{section['name']}/_text{number}"
        self.form.texts[f"{section['name']}/{item['id']}" if inside else item["id"]] = path
        condition = item["relevance"]
        speech = self.speech(None if opening else section)
        own = TRUE if condition is None else speech.holds(condition)
        bind = {"type": "string", "readonly": TRUE, "relevant": both(relevant, own)}
        label = self.label(item["text"], speech)
        return Node(path, bind, f"<input ref={quoteattr(path)}>{label}</input>")

    def control(self, section: Data, item: Data, path: str) -> str:
        label = self.label(item["label"], self.speech(section))
        names = YES_NO if item["type"] == "yes_no" else ()
        names = [row["name"] for row in item["settings"].get("choices", ())] or names
        if not names:
            return f"<input ref={quoteattr(path)}>{label}</input>"
        listed = self.lists.setdefault(tuple(names), f"list{len(self.lists)}")
        rows = f"<itemset nodeset=\"instance('{listed}')/root/item\">{ITEM}</itemset>"
        kind = "select" if item["type"] == "choose_several" else "select1"
        return f"<{kind} ref={quoteattr(path)}>{label}{rows}</{kind}>"

    def choices(self) -> str:
        """Lists of choices as instances of their own: that is how XLSForm's compiler writes them."""
        return "".join(
            f'<instance id="{listed}"><root>'
            + "".join(f"<item><name>{n}</name><label>{n}</label></item>" for n in names)
            + "</root></instance>"
            for names, listed in self.lists.items()
        )

    def label(self, text: Data, speech: Speech) -> str:
        said = next(iter(text.values()), "")
        parts = [said] if isinstance(said, str) else said
        return "<label>" + "".join(_part(part, speech) for part in parts) + "</label>"

    def instance(self, nodes: list[Node]) -> str:
        """The nodes as they are at first: a repeat's as often as it begins with entries."""
        inside: dict[str, list[str]] = {section["name"]: [] for section in self.data["sections"]}
        beside = [f"<_today>{self.day}</_today>"]
        for node in nodes:
            _, _, *names = node.path.split("/")
            if len(names) == 2:
                inside[names[0]].append(f"<{names[1]}/>")
            elif names[0] not in inside:
                beside.append(f"<{names[0]}/>")
        for name, rows in inside.items():
            repeat = self.repeats.get(name, {}).get("repeat")
            times = max(1, repeat["minimum"]) if repeat else 1
            content = "".join(rows) or "<_nothing/>"  # a node without any would be no group
            beside.append(f"<{name}>{content}</{name}>" * times)
        return "".join(beside)

    def body(self, section: Data, nodes: list[Node]) -> str:
        path = nodes[0].path
        outside = "".join(n.control for n in nodes[1:] if not n.path.startswith(f"{path}/"))
        controls = "".join(n.control for n in nodes[1:] if n.path.startswith(f"{path}/"))
        if section["repeat"]:
            controls = f'<repeat nodeset="{path}">{controls}</repeat>'
        label = self.label(section["title"], self.speech())
        return f'{outside}<group ref="{path}">{label}{controls}</group>'


def attributes(bind: dict[str, str]) -> str:
    """What a bind says; what is so anyway is left out."""
    said = {name: text for name, text in bind.items() if (name, text) != ("relevant", TRUE)}
    return "".join(f" {name}={quoteattr(text)}" for name, text in said.items())


def _part(part: Any, speech: Speech) -> str:
    if isinstance(part, str):
        return escape(part)
    return f"<output value={quoteattr(speech.path(part['answer']))}/>"


def form_of(data: Data, today: str) -> Form:
    """The document of a definition that is as `dump` writes it."""
    return _Writer(data, today).write()
