"""Texts to answer with: some that anybody might type, some that a type wants, some that a pattern matches."""

from collections.abc import Iterator
from typing import Final

from builder.conditions.patterns import LONGEST, matches
from builder.proof.languages import body_of

PLAIN: Final = (
    "Ann",
    "x",
    "12",
    "A1",
    "0470123456",
    "a longer text that goes on for a while",
    "é",
)
MOST_OF_A_PATTERN: Final = 6
_LETTERS: Final = "aA0 _-.,/:@+é1b\t"
_LAST: Final = "\U0001f600"


def own(number: int) -> Iterator[str]:
    """Texts that only one question has, for any type: the first that its door lets in unchanged is taken."""
    yield f"text {number}"
    yield f"t{number}"
    yield f"{number}"
    yield f"someone{number}@example.org"
    yield f"https://example.org/{number}"
    yield _article(number)


def _article(number: int) -> str:
    """A number of an article with its check digit."""
    digits = f"40{number:010d}"
    weighed = sum(int(d) * (3 if at % 2 else 1) for at, d in enumerate(digits))
    return f"{digits}{-weighed % 10}"


def matched(pattern: str) -> list[str]:
    """Texts that a pattern matches, of different lengths."""
    if len(pattern) > LONGEST:
        return []
    found = dict.fromkeys(
        text
        for much in (0, 1, 2)
        for lean in (0, 1, 2)
        for text in (_Maker(body_of(pattern), much, lean).text(),)
        if text and not text.isspace() and matches(text, pattern)
    )
    return list(found)[:MOST_OF_A_PATTERN]


class _Maker:
    """Writes one text for a pattern: `much` says how often what may be repeated is, `lean` which alternative and which letter
    of a class is taken."""

    def __init__(self, pattern: str, much: int, lean: int) -> None:
        self.pattern, self.much, self.lean, self.at = pattern, much, lean, 0

    def text(self) -> str:
        try:
            return self.alternatives()
        except IndexError:  # not a pattern that can be used
            return ""

    def alternatives(self) -> str:
        found = [self.sequence()]
        while self.at < len(self.pattern) and self.pattern[self.at] == "|":
            self.at += 1
            found.append(self.sequence())
        return found[self.lean % len(found)]

    def sequence(self) -> str:
        made = ""
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            atom = self.atom()
            made += atom * self.times()
        return made

    def atom(self) -> str:
        letter = self.pattern[self.at]
        self.at += 1
        if letter == "(":
            if self.pattern.startswith("?:", self.at):
                self.at += 2
            inside = self.alternatives()
            self.at += 1
            return inside
        if letter == "[":
            return self.listed(self.until_closed())
        if letter == "\\":
            self.at += 1
            return self.listed(f"\\{self.pattern[self.at - 1]}")
        return self.listed(".") if letter == "." else letter

    def until_closed(self) -> str:
        start = self.at
        while self.pattern[self.at] != "]" or self.at == start:
            self.at += 2 if self.pattern[self.at] == "\\" else 1
        self.at += 1
        return f"[{self.pattern[start : self.at]}"

    def listed(self, one: str) -> str:
        """A letter that a class holds."""
        letters = [letter for letter in (*_LETTERS, *one, _LAST) if matches(letter, one)]
        return letters[self.lean % len(letters)] if letters else ""

    def times(self) -> int:
        rest = self.pattern[self.at : self.at + 1]
        if rest and rest in "*+?":
            self.at += 1
            return min(self.much, 1) if rest == "?" else self.much + (rest == "+")
        if rest != "{":
            return 1
        end = self.pattern.index("}", self.at)
        low, comma, high = self.pattern[self.at + 1 : end].partition(",")
        self.at = end + 1
        most = int(low) + self.much if not high else int(high)
        return min(int(low) + self.much, most) if comma else int(low)
