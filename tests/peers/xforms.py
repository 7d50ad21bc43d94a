"""A definition as an XForms document, for ODK's engine.

A section is a group or a repeat; yes and no are a choice of two; `today` is a node with the day in it. Where things lie is
said by `ground`, what conditions mean by `xpath`.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from builder.question_types import TYPES
from tests.peers.ground import ROOT, Data, Ground
from tests.peers.xpath import THERE, TRUE, Speech, both, like, negated

HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
)
NODE_TYPES = {"integer": "int", "decimal": "decimal", "date": "date"}
ITEM = '<value ref="name"/><label ref="label"/>'
YES_NO: list[Data] = [{"name": "true"}, {"name": "false"}]


@dataclass
class Form:
    """The document, the path of each section and name, and that of each text by its id."""

    xml: str
    paths: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)


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
        self.ground = Ground(data)
        self.form = Form("", self.ground.paths)
        self.lists: dict[str, str] = {}  # choices as items, each list once
        self.counted = set(_counted(data))
        self.types = {
            item["name"]: item["type"]
            if item["kind"] == "calculation"
            else TYPES[item["type"]].answer_type
            for section in data["sections"]
            for item in section["items"]
            if "name" in item
        }

    def speech(self, at: str, inside: tuple[str, ...], own: str = "") -> Speech:
        """What is read from a node; `own` is the question that a constraint is about."""
        ground = self.ground

        def path(name: str) -> str:
            if name == own:
                return "."
            return ground.way(at, inside, ground.paths[name], ground.repeats[name])

        def each(repeat: str, name: str) -> str:
            goal = f"{ground.paths[repeat]}/{THERE}" if name == THERE else ground.paths[name]
            return f"{ground.way(at, inside, goal, ground.repeats[repeat])}[. != '']"

        return Speech(self.types, path, each, f"{ROOT}/_today")

    # The parts of the document

    def write(self) -> Form:
        nodes = {section["name"]: self.section(section) for section in self.data["sections"]}
        groups = {rows[0].path for rows in nodes.values()}
        every = [node for rows in nodes.values() for node in rows]
        binds = "".join(f"<bind nodeset={quoteattr(n.path)}{attributes(n.bind)}/>" for n in every)
        leaves: dict[str, list[str]] = defaultdict(list)
        for node in every:
            if node.path not in groups:
                home, _, name = node.path.rpartition("/")
                leaves[home].append(name)
        instance = f"<_today>{self.day}</_today>{self.instance(ROOT, None, leaves)}"
        body = "".join(self.body(name, nodes) for name in self.within(None))
        self.form.xml = (
            f"{HEAD}<h:head><h:title>form</h:title><model><instance>"
            f'<data id="form">{instance}</data></instance>{self.choices()}{binds}</model></h:head>'
            f"<h:body>{body}</h:body></h:html>"
        )
        return self.form

    def within(self, section: str | None) -> Iterator[str]:
        return (r["name"] for r in self.data["sections"] if r.get("within") == section)

    def section(self, section: Data) -> list[Node]:
        """The nodes of a section, the group or repeat itself first."""
        name = section["name"]
        path, around = self.ground.paths[name], self.ground.repeats[name]
        inside = self.ground.inside(name)
        nodes = [Node(path, self.relevance(section["relevance"], self.speech(path, around)))]
        if name in self.counted:
            nodes.append(Node(f"{path}/{THERE}", {"type": "string", "calculate": "1"}))
        asked = not section["repeat"]  # what opens a repeat is said once, before its entries
        for item in section["items"]:
            asked = asked or "name" in item
            if item["kind"] == "question":
                nodes.append(self.question(item, inside))
            elif item["kind"] == "calculation":
                place = self.ground.paths[item["name"]]
                value = self.speech(place, inside).value(item["expression"])
                nodes.append(Node(place, {"type": "string", "calculate": value}))
            else:
                nodes.append(self.text(section, item, opening=not asked))
        return nodes

    def relevance(self, condition: Any, speech: Speech) -> dict[str, str]:
        return {"relevant": TRUE if condition is None else speech.holds(condition)}

    def question(self, item: Data, inside: tuple[str, ...]) -> Node:
        path = self.ground.paths[item["name"]]
        speech = self.speech(path, inside)
        bind = {"type": NODE_TYPES.get(item["type"], "string")}
        bind |= self.relevance(item["relevance"], speech)
        for member, name in (("required", "required"), ("read_only", "readonly")):
            said = item[member]
            if said is not False:
                bind[name] = TRUE if said is True else speech.holds(said)
        wrong = self.speech(path, inside, own=item["name"])
        tests = [row["test"] for row in item["constraints"] if not row.get("warning")]
        kept = both(*self.bounds(item, wrong), *(negated(wrong.fails(test)) for test in tests))
        if kept != TRUE:
            bind["constraint"] = kept
        return Node(path, bind, self.control(item, path, speech))

    def bounds(self, item: Data, wrong: Speech) -> Iterator[str]:
        """What settings demand of an answer."""
        for setting, operator in (("minimum", "ge"), ("maximum", "le")):
            bound = item["settings"].get(setting)
            if isinstance(bound, str):
                bound = ["value", "number", bound]
            if bound is not None:
                yield negated(wrong.fails([operator, ["answer", item["name"]], bound]))
        if item["settings"].get("pattern"):
            yield like(".", item["settings"]["pattern"])

    def text(self, section: Data, item: Data, *, opening: bool) -> Node:
        """What is only read. What opens a repeat lies beside it, and is hidden with it."""
        name, ground = section["name"], self.ground
        label = f"_text{len(self.form.texts) + 1}"
        inside = ground.repeats[name] if opening else ground.inside(name)
        home = ground.paths[name].rpartition("/")[0] if opening else ground.paths[name]
        path = self.form.texts[item["id"]] = f"{home}/{label}"
        speech = self.speech(path, inside)
        conditions = [item["relevance"], section["relevance"] if opening else None]
        relevant = both(*(speech.holds(said) for said in conditions if said is not None))
        bind = {"type": "string", "readonly": TRUE, "relevant": relevant}
        words = self.label(item["text"], speech)
        return Node(path, bind, f"<input ref={quoteattr(path)}>{words}</input>")

    # What is seen

    def control(self, item: Data, path: str, speech: Speech) -> str:
        label = self.label(item["label"], speech)
        choices = YES_NO if item["type"] == "yes_no" else item["settings"].get("choices")
        if not choices:
            return f"<input ref={quoteattr(path)}>{label}</input>"
        listed = self.lists.setdefault("".join(map(_choice, choices)), f"list{len(self.lists)}")
        nodeset = f"instance('{listed}')/choices/item"
        if item.get("choice_filter") is not None:
            nodeset += f"[{speech.from_within().holds(item['choice_filter'])}]"
        kind = "select" if item["type"] == "choose_several" else "select1"
        rows = f"<itemset nodeset={quoteattr(nodeset)}>{ITEM}</itemset>"
        return f"<{kind} ref={quoteattr(path)}>{label}{rows}</{kind}>"

    def choices(self) -> str:
        """Lists of choices as instances of their own: that is how XLSForm's compiler writes them."""
        return "".join(
            f'<instance id="{listed}"><choices>{rows}</choices></instance>'
            for rows, listed in self.lists.items()
        )

    def label(self, text: Data, speech: Speech) -> str:
        said = next(iter(text.values()), "")
        parts = [said] if isinstance(said, str) else said
        return "<label>" + "".join(_part(part, speech) for part in parts) + "</label>"

    def instance(self, home: str, section: str | None, leaves: dict[str, list[str]]) -> str:
        """The nodes in one, as they are at first: an entry as often as a repeat begins with."""
        found = "".join(f"<{name}/>" for name in leaves[home])
        for name in self.within(section):
            content = (
                self.instance(f"{home}/{name}", name, leaves) or "<_nothing/>"
            )  # else no group
            repeat = self.ground.sections[name]["repeat"]
            found += f"<{name}>{content}</{name}>" * (max(1, repeat["minimum"]) if repeat else 1)
        return found

    def body(self, name: str, nodes: dict[str, list[Node]]) -> str:
        section, path = self.ground.sections[name], self.ground.paths[name]
        opening = "".join(n.control for n in nodes[name] if not n.path.startswith(f"{path}/"))
        controls = "".join(n.control for n in nodes[name] if n.path.startswith(f"{path}/"))
        controls += "".join(self.body(inner, nodes) for inner in self.within(name))
        if section["repeat"]:
            controls = f'<repeat nodeset="{path}">{controls}</repeat>'
        label = self.label(section["title"], self.speech(path, self.ground.repeats[name]))
        return f'{opening}<group ref="{path}">{label}{controls}</group>'


def attributes(bind: dict[str, str]) -> str:
    """What a bind says; what is so anyway is left out."""
    said = {name: text for name, text in bind.items() if (name, text) != ("relevant", TRUE)}
    return "".join(f" {name}={quoteattr(text)}" for name, text in said.items())


def _counted(node: Any) -> Iterator[str]:
    """The repeats whose entries are counted anywhere."""
    if isinstance(node, list) and node[:1] == ["entries"]:
        yield node[1]
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for each in inner:
        yield from _counted(each)


def _choice(choice: Data) -> str:
    """A choice as an item, with what it says of itself."""
    name = choice["name"]
    said = {"name": name, "label": name, **choice.get("attributes", {})}
    return f"<item>{''.join(f'<{key}>{value}</{key}>' for key, value in said.items())}</item>"


def _part(part: Any, speech: Speech) -> str:
    if isinstance(part, str):
        return escape(part)
    return f"<output value={quoteattr(speech.path(part['answer']))}/>"


def form_of(data: Data, today: str) -> Form:
    """The document of a definition that is as `dump` writes it."""
    return _Writer(data, today).write()
