"""The answers of the workload: three of five go forward, one is in the repeat, one revises what was answered.

Only questions that can be seen are answered. Which these are our engine says; that the others show the same at the end is
part of the figures.
"""

from typing import Any

from builder.definition import Question, load
from runtime.engine import Live, patched, start
from tests.definitions import TODAY
from tests.peers.chance import Chance
from tests.peers.workload import CHOICES, HUBS, SEED, Size, day

COUNT = 300
Answer = dict[str, Any]


class _Person:
    """Somebody who answers at random."""

    def __init__(self, data: dict[str, Any], size: Size) -> None:
        self.definition = load(data)
        self.live = Live(self.definition, start(self.definition, "en"), TODAY)
        self.view = self.live.view()
        self.size = size
        self.chance = Chance(SEED)
        self.types = {
            item.name: item.type
            for section in self.definition.sections
            for item in section.items
            if isinstance(item, Question)
        }
        self.order = [f"q{number + 1}" for number in range(size.questions)]
        self.at = -1
        self.given: list[str] = []

    def answers(self) -> list[Answer]:
        """All of them, as commands."""
        turns = (self.forward, self.forward, self.forward, self.within, self.revised)
        return [self.said(turns[number % len(turns)]()) for number in range(COUNT)]

    def said(self, place: str) -> Answer:
        value = self.value(self.types[place.rsplit("/", 1)[-1]])
        command = {"command": "answer", "place": place, "value": value}
        self.view = patched(self.view, self.live.advance(command)[1])
        if "/" not in place and place not in self.given:
            self.given.append(place)
        return command

    def seen(self, place: str) -> bool:
        return bool(self.view["questions"][place]["relevant"])

    def forward(self) -> str:
        """The next question that is seen, a step further; after the last the first."""
        self.at += self.size.step
        while not self.seen(self.order[self.at % len(self.order)]):
            self.at += 1
        return self.order[self.at % len(self.order)]

    def within(self) -> str:
        """A field of some entry."""
        while True:
            entry, number = (
                self.chance.below(self.size.entries),
                self.chance.below(self.size.fields),
            )
            place = f"rep/{entry + 1}/f{number + 1}"
            if self.seen(place):
                return place

    def revised(self) -> str:
        """A hub in three of ten, else something answered before."""
        if self.chance.hits(30):
            return self.order[self.chance.below(len(HUBS))]
        place = self.chance.one(self.given)
        return place if self.seen(place) else self.order[0]

    def value(self, question_type: str) -> Any:
        chance = self.chance
        match question_type:
            case "yes_no":
                return chance.hits(50)
            case "integer":
                return str(chance.below(105))
            case "date":
                return day(chance)
            case "choose_one":
                return chance.one(CHOICES)
            case "choose_several":
                return chance.some(CHOICES, 1 + chance.below(3))
        return "7 no" if chance.hits(15) else f"Word{chance.below(100)}"


def answers_to(data: dict[str, Any], size: Size) -> list[Answer]:
    """The answers to a definition of this size."""
    return _Person(data, size).answers()
