"""Whether one text can match two patterns: their machines are walked side by side, over letters that stand for all others.

A class of letters begins and ends at letters that its pattern names (or at those of `\\d`, `\\w`): one on either side of each of these, with
themselves, meets every difference that two patterns can make.
"""

from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, product
from typing import Final

from builder.conditions.patterns import matches
from builder.values import is_blank

MOST_STATES: Final = 3_000
MOST_PAIRS: Final = 60_000
_EDGES: Final = "09azAZ_ \t\n\v\f\r~\U0001f600"
Letters = frozenset[str]


def body_of(pattern: str) -> str:
    """A pattern without the ends that it may be written with: it matches the whole anyway."""
    body = pattern.removeprefix("^")
    escapes = len(body) - 1 - len(body[:-1].rstrip("\\"))
    return body[:-1] if body.endswith("$") and escapes % 2 == 0 else body


class TooMuch(Exception):
    """The machines are too large to be walked."""


@dataclass
class Machine:
    """States with steps over letters, and steps without one; it begins at `first` and accepts at `last`."""

    letters: tuple[str, ...]
    steps: list[list[tuple[Letters, int]]] = field(default_factory=list)
    idle: list[list[int]] = field(default_factory=list)
    first: int = 0
    last: int = 0

    def state(self) -> int:
        """A new state."""
        if len(self.steps) >= MOST_STATES:
            raise TooMuch
        self.steps.append([])
        self.idle.append([])
        return len(self.steps) - 1

    def at_rest(self, states: frozenset[int]) -> frozenset[int]:
        """All states that are reached without a letter."""
        seen, waiting = set(states), list(states)
        while waiting:
            for after in self.idle[waiting.pop()]:
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
        return frozenset(seen)

    def after(self, states: frozenset[int], letter: str) -> frozenset[int]:
        """The states after one more letter."""
        found = {to for state in states for held, to in self.steps[state] if letter in held}
        return self.at_rest(frozenset(found))


class _Builder:
    """Reads a pattern into a machine. A part is built from one state to another; what is repeated is read anew each time."""

    def __init__(self, pattern: str, letters: tuple[str, ...]) -> None:
        self.pattern, self.at = pattern, 0
        self.machine = Machine(letters)

    def built(self) -> Machine:
        machine = self.machine
        machine.first = machine.state()
        machine.last = self.alternatives(machine.first)
        return machine

    def alternatives(self, start: int) -> int:
        machine, end = self.machine, self.machine.state()
        while True:
            machine.idle[self.sequence(start)].append(end)
            if self.pattern[self.at : self.at + 1] != "|":
                return end
            self.at += 1

    def sequence(self, start: int) -> int:
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            start = self.repeated(start)
        return start

    def repeated(self, start: int) -> int:
        machine, begin = self.machine, self.at
        self.atom(machine.state())  # read once to see how often it comes
        behind = self.at
        low, high = self.times()
        after = self.at
        for number in range(max(low, high or low + 1)):
            self.at = begin
            fresh = (
                machine.state()
            )  # what comes back here must not find what else begins at the start
            machine.idle[start].append(fresh)
            start, end = fresh, self.atom(fresh)
            if number >= low:
                machine.idle[start].append(end)
            if high is None and number >= low:
                machine.idle[end].append(start)
            start = end
        assert behind <= after  # noqa: S101 - how often stands behind what is repeated
        self.at = after
        return start

    def times(self) -> tuple[int, int | None]:
        sign = self.pattern[self.at : self.at + 1]
        if sign and sign in "*+?":
            self.at += 1
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        if sign != "{":
            return 1, 1
        end = self.pattern.index("}", self.at)
        low, comma, high = self.pattern[self.at + 1 : end].partition(",")
        self.at = end + 1
        return int(low), (int(high) if high else None if comma else int(low))

    def atom(self, start: int) -> int:
        letter = self.pattern[self.at]
        self.at += 1
        if letter == "(":
            self.at += 2 if self.pattern.startswith("?:", self.at) else 0
            end = self.alternatives(start)
            self.at += 1
            return end
        held = frozenset((letter,))
        if letter == "[":
            begin = self.at - 1
            while self.pattern[self.at] != "]" or self.at == begin + 1:
                self.at += 2 if self.pattern[self.at] == "\\" else 1
            self.at += 1
            held = self.meant(self.pattern[begin : self.at])
        elif letter == "\\":
            self.at += 1
            held = self.meant(self.pattern[self.at - 2 : self.at])
        elif letter == ".":
            held = self.meant(letter)
        end = self.machine.state()
        self.machine.steps[start].append((held, end))
        return end

    def meant(self, one: str) -> Letters:
        """The letters that a class holds."""
        return frozenset(letter for letter in self.machine.letters if matches(letter, one))


def _letters(patterns: tuple[str, ...]) -> tuple[str, ...]:
    named = {ord(letter) for letter in (*_EDGES, *"".join(patterns))}
    codes = {code + step for code, step in product(named, (-1, 0, 1))}
    return tuple(chr(c) for c in sorted(codes) if 0 < c < 0x110000 and not 0xD800 <= c < 0xE000)


@lru_cache(maxsize=500)
def common(left: str, right: str) -> str | None:
    """A text that both patterns match, or None if there is none. Raises TooMuch where that cannot be found out."""
    spelt = body_of(left), body_of(right)
    letters = _letters(spelt)
    try:
        one, other = (_Builder(pattern, letters).built() for pattern in spelt)
    except (IndexError, ValueError):  # not a pattern that can be used: it matches nothing
        raise TooMuch from None
    begin = tuple(machine.at_rest(frozenset((machine.first,))) for machine in (one, other))
    start = begin[0], begin[1]
    seen, waiting = {start}, deque([(start, "")])
    while waiting:
        (here, there), text = waiting.popleft()
        if one.last in here and other.last in there:
            return text
        for letter in letters:
            after = one.after(here, letter), other.after(there, letter)
            if all(after) and after not in seen:
                seen.add(after)
                waiting.append((after, text + letter))
        if len(seen) > MOST_PAIRS:
            raise TooMuch
    return None


def disjoint(left: str, right: str) -> bool:
    """Whether it is proved that no text matches both."""
    try:
        return common(left, right) is None
    except TooMuch:
        return False


def shared(patterns: tuple[str, ...]) -> list[str]:
    """Texts that two of these patterns match."""
    found: dict[str, None] = {}
    for left, right in combinations(patterns, 2):
        try:
            text = common(left, right)
        except TooMuch:
            continue
        if text and not is_blank(text):
            found[text] = None
    return list(found)
