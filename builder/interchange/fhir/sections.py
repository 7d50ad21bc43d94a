"""The tree of items laid out as sections: every group becomes one, questions keep their order.

Our sections do not nest. A group inside a group is a section of its own, and what follows it goes on in a
section of the same title. Inside a repeat, inner groups are laid flat: a repeat is one section.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.interchange.base import (
    LONGEST_HINT,
    LONGEST_LABEL,
    LONGEST_TITLE,
    Ask,
    Condition,
    Display,
    Repeat,
    Row,
    Section,
)
from builder.interchange.fhir.choices import Choices, Option
from builder.interchange.fhir.conditions import Conditions, Target, implied, together
from builder.interchange.fhir.items import Item, note_what_is_lost
from builder.interchange.fhir.types import CHOICES, NO_PLACE, TYPES, asked
from builder.interchange.names import Names, block_id, choice_name
from builder.interchange.notes import Notes

MOST_ENTRIES = 200
ENTRIES = 20
Chain = tuple[Condition, ...]


@dataclass(frozen=True)
class Place:
    """Where an item stands: the conditions of all that is around it, those its section does not say, its repeat."""

    around: Chain = ()
    unsaid: Chain = ()
    scope: str = ""
    title: str = ""
    link_id: str = ""

    def under(self, condition: Condition | None) -> "Place":
        if condition is None:
            return self
        return replace(self, around=(*self.around, condition), unsaid=(*self.unsaid, condition))


class Layout:
    """Lays the items out; `sections` is what came of it."""

    def __init__(self, form: str, notes: Notes, choices: Choices, conditions: Conditions) -> None:
        self.form = form
        self.notes = notes
        self.choices = choices
        self.conditions = conditions
        self.names = Names()
        self.sections: list[Section] = []
        self._open: list[Display | Ask] = []
        self._head: Section | None = None

    def lay_out(self, items: Sequence[Item], title: str) -> None:
        """Everything at the top; loose questions stand in a section that has the form's title."""
        place = Place(title=title, link_id="general")
        for item in items:
            if item.kind != "group" and self._head is None:
                self._begin("general", place, None, None)
            self._item(item, place)
            if item.kind == "group":
                self._end()
        self._end()

    def _begin(
        self, key: str, place: Place, relevance: Condition | None, repeat: Repeat | None
    ) -> None:
        self._end()
        number = sum(section.title == place.title for section in self.sections) + 1
        name = self.names.take(place.link_id, otherwise="section")
        self._head = Section(
            block_id(self.form, f"section {key} {number}"),
            name,
            place.title[:LONGEST_TITLE],
            (),
            relevance,
            repeat,
        )

    def _end(self) -> None:
        if self._head is not None and self._open:
            self.sections.append(replace(self._head, items=tuple(self._open)))
        self._head, self._open = None, []

    def _item(self, item: Item, place: Place) -> None:
        if item.extensions.get("questionnaire-hidden") is True:
            self.notes.loss("hidden", item.link_id)
            self.conditions.left_out.update(one.link_id for one in item.walk())
            return
        note_what_is_lost(item, self.notes)
        if item.kind == "group":
            self._group(item, place)
        elif item.kind == "display" or not self._is_known(item):
            self._display(item, place)
        else:
            self._question(item, place)

    def _is_known(self, item: Item) -> bool:
        if item.kind in TYPES or item.kind in NO_PLACE:
            return True
        self.notes.problem("unknown_type", item.link_id, type=item.kind or "?")
        return False

    # Groups

    def _group(self, item: Item, place: Place) -> None:
        if not item.children:
            self.notes.loss("empty_group", item.link_id)
            return
        if item.required:
            self.notes.loss("group_required", item.link_id)
        own = self.conditions.of(item, place.scope)
        if place.scope:
            self._flat(item, place.under(own))
            return
        before = self._head
        relevance, unsaid = self._said((*place.around, *((own,) if own else ())))
        inside = Place(
            around=(*place.around, *((own,) if own else ())),
            unsaid=unsaid,
            scope=item.place if item.repeats else "",
            title=item.text.split("\n")[0] or item.link_id,
            link_id=item.link_id,
        )
        self._begin(
            item.place, inside, relevance, _repeat(item, inside.title) if item.repeats else None
        )
        self._all(item.children, inside, relevance)
        if before is not None:
            self._begin(f"{item.place} after", place, before.relevance, None)

    def _all(self, children: Sequence[Item], place: Place, relevance: Condition | None) -> None:
        for child in children:
            if self._head is None:
                self._begin(child.place, place, relevance, None)
            self._item(child, place)

    def _flat(self, item: Item, place: Place) -> None:
        if item.repeats:
            self.notes.loss("nested_repeat", item.link_id)
        if item.text:
            self._add_text(item, place, f"heading {item.place}")
        for child in item.children:
            self._item(child, place)

    @staticmethod
    def _said(around: Chain) -> tuple[Condition | None, Chain]:
        """As much of the conditions around as one condition can say, and the rest for the items to say."""
        said: Condition | None = None
        for number, condition in enumerate(around):
            more, possible = together((said, condition))
            if not possible:
                return said, around[number:]
            said = more
        return said, ()

    # Texts and questions

    def _relevance(self, own: Condition | None, place: Place, link_id: str) -> Condition | None:
        found, possible = together((*place.unsaid, own))
        if not possible:
            self.notes.loss("nested_condition", link_id)
            return own or place.unsaid[-1]
        return found

    def _add_text(self, item: Item, place: Place, key: str) -> None:
        own = self.conditions.of(item, place.scope)
        relevance = self._relevance(own, place, item.link_id)
        self._open.append(Display(block_id(self.form, key), item.text, relevance))

    def _display(self, item: Item, place: Place) -> None:
        if item.text:
            self._add_text(item, place, f"display {item.place}")
        for child in item.children:
            self._item(child, place.under(self.conditions.of(item, place.scope)))

    def _question(self, item: Item, place: Place) -> None:
        options = self.choices.of(item) if item.kind in CHOICES else ()
        other = (
            choice_name("other", {option.name for option in options})
            if options and item.kind == "open-choice"
            else ""
        )
        shown = (*options, Option(other, "Other", other)) if other else options
        how = asked(item, shown, self.notes)
        own = self.conditions.of(item, place.scope)
        inside = place.under(own)
        if how is not None:
            ask = self._ask(item, place, own, how.type)
            hint, rest = self._hints(item, how.hint)
            label = f"{ask.label} ({how.unit})" if how.unit else ask.label
            ask = replace(ask, settings=how.settings, hint=hint, label=label[:LONGEST_LABEL])
            self._open.append(ask)
            self._register(item, ask, shown, place.scope)
            if other:
                self._other(item, ask, other)
            self._children(rest, ask, place, inside)
        else:
            self.conditions.left_out.add(item.link_id)
            for child in item.children:
                self._item(child, inside)

    def _ask(self, item: Item, place: Place, own: Condition | None, type_name: str) -> Ask:
        name = self.names.take(item.link_id)
        if name != item.link_id.lower():
            self.notes.loss("renamed", item.link_id, name=name)
        label = item.text or item.link_id
        if len(label) > LONGEST_LABEL:
            self.notes.loss("long_text", item.link_id, longest=LONGEST_LABEL)
        return Ask(
            id=block_id(self.form, f"question {item.place}"),
            type=type_name,
            name=name,
            label=" ".join(label.split()),
            original=item.link_id,
            required=item.required and not item.read_only,
            read_only=item.read_only,
            relevance=self._relevance(own, place, item.link_id),
        )

    def _register(self, item: Item, ask: Ask, options: tuple[Option, ...], scope: str) -> None:
        if item.link_id in self.conditions.targets:
            self.notes.problem("duplicate_link_id", item.link_id)
            return
        self.conditions.targets[item.link_id] = Target(ask.id, ask.type, options, scope)

    def _hints(self, item: Item, hint: str) -> tuple[str, list[Item]]:
        """Texts of one line under a question are its hint while they fit; the other children."""
        rest = []
        for child in item.children:
            longer = " ".join(f"{hint} {child.text}".split())
            fits = (
                child.kind == "display"
                and not child.conditions
                and not child.children
                and "\n" not in child.text
                and len(longer) <= LONGEST_HINT
            )
            if fits and child.extensions.get("questionnaire-hidden") is not True:
                note_what_is_lost(child, self.notes)
                hint = longer
            else:
                rest.append(child)
        return hint[:LONGEST_HINT], rest

    def _other(self, item: Item, ask: Ask, other: str) -> None:
        self.notes.loss("open_choice", item.link_id)
        verb = "contains" if ask.type == "choose_several" else "eq"
        self._open.append(
            Ask(
                id=block_id(self.form, f"other {item.place}"),
                type="text",
                name=self.names.take(f"{ask.name}_other"),
                label=f"{ask.label[: LONGEST_LABEL - 10]}: other",
                original=item.link_id,
                required=ask.required,
                relevance=Condition((Row(ask.id, verb, other),)),
            )
        )

    def _children(self, children: list[Item], ask: Ask, place: Place, inside: Place) -> None:
        for child in children:
            # A condition on the question itself already means that it is asked.
            needed = place if implied(self.conditions.of(child, place.scope), ask.id) else inside
            self._item(child, needed)


def _repeat(item: Item, title: str) -> Repeat:
    def bound(key: str, otherwise: int) -> int:
        value = item.extensions.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            return otherwise
        return min(max(value, 0), MOST_ENTRIES)

    minimum = bound("questionnaire-minOccurs", 1 if item.required else 0)
    maximum = max(bound("questionnaire-maxOccurs", ENTRIES), minimum, 1)
    return Repeat(minimum, maximum, title[:100])
