r"""How long a browser may look for a match: its machine tries one way after the other, and some patterns have more ways than time.

A repetition that can give letters back to what follows (`.*x.*`: every `x` may be the one that is meant) is tried at every length,
and two of them at every pair of lengths; the same holds of alternatives that begin alike. Ways multiply along the pattern. It is
counted from its end to its beginning: what may follow is known first, and whether a repetition shares a letter with it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

import re2

from builder.conditions.patterns import body_of, spelt, tokens_of

# So many letters tried take a browser about 20 ms.
MOST_STEPS: Final = 20_000_000
ENOUGH: Final = MOST_STEPS + 1
ONCE: Final = (1, 1)
# Letters on both sides of every end of the classes that are not written out, and some from far away.
_SAMPLES: Final = "\t\n\v\f\r\x08\x0e !/09:@AZ[_^`az{é\u2028€😀\U0010ffff"

Letters = frozenset[str]
NONE: Letters = frozenset()


def is_slow(pattern: str, longest: int) -> bool:
    """Whether matching a text of so many letters may take a browser too long."""
    return ways(pattern, longest) * longest > MOST_STEPS


@lru_cache(maxsize=1000)
def ways(pattern: str, longest: int) -> int:
    """In how many ways a text of so many letters may be tried, at most; counted no further than ENOUGH."""
    tokens = tokens_of(body_of(pattern)) or []
    samples = _around(token for token in tokens if token[0] in {"set", "plain", "escape"})
    groups, count = [_Group()], ONCE
    for kind, text in reversed(tokens):
        if kind == "times":
            count = _count(text, longest)
            continue
        if kind == "close":  # read backwards, a group begins here
            groups.append(_Group(groups[-1].follows, count))
        elif kind == "bar":
            groups[-1].branch()
        elif kind == "open":
            group = groups.pop()
            groups[-1].take(group.whole(), group.count)
        else:
            groups[-1].take(_Piece(_letters(spelt(kind, text), samples)), count)
        count = ONCE
    return groups[0].whole().ways


@dataclass(frozen=True, slots=True)
class _Piece:
    """A letter, a group, or the pieces read so far: what it may begin with, whether it may be empty, in how many ways it is tried."""

    first: Letters
    empty: bool = False
    ways: int = 1


@dataclass(slots=True)
class _Group:
    """A group that is being read from its end; `after` is what may follow it."""

    after: Letters = NONE
    count: tuple[int, int] = ONCE
    branches: list[_Piece] = field(default_factory=list)
    read: _Piece = _Piece(NONE, empty=True)

    @property
    def follows(self) -> Letters:
        """What may follow the piece that is read next."""
        return self.read.first | self.after if self.read.empty else self.read.first

    def take(self, piece: _Piece, count: tuple[int, int]) -> None:
        """One more piece in front, so many times."""
        least, most = count
        tried = most - least + 1 if piece.first & self.follows else 1
        empty = piece.empty or not least
        first = piece.first | self.read.first if empty else piece.first
        ways = min(ENOUGH, self.read.ways * piece.ways * tried)
        self.read = _Piece(first, empty and self.read.empty, ways)

    def branch(self) -> None:
        """What was read is one of several alternatives."""
        self.branches.append(self.read)
        self.read = _Piece(NONE, empty=True)

    def whole(self) -> _Piece:
        """The group as one piece: alternatives that begin alike are all tried, of others at most one."""
        self.branch()
        begin = [one.first | self.after if one.empty else one.first for one in self.branches]
        alike = sum(map(len, begin)) > len(NONE.union(*begin))
        ways = [one.ways for one in self.branches]
        return _Piece(
            NONE.union(*(one.first for one in self.branches)),
            any(one.empty for one in self.branches),
            min(ENOUGH, sum(ways) if alike else max(ways)),
        )


def _count(times: str, longest: int) -> tuple[int, int]:
    plain = {"*": (0, longest), "+": (1, longest), "?": (0, 1)}.get(times)
    if plain is not None:
        return plain
    least, comma, most = times[1:-1].partition(",")
    return int(least), int(most) if most else longest if comma else int(least)


def _around(tokens: Iterable[tuple[str, str]]) -> str:
    """The samples, and each letter of the pattern with its neighbours: in two classes the same of them lie."""
    written = set("".join(text for _kind, text in tokens))
    near = {
        chr(ord(one) + step) for one in written for step in (-1, 0, 1) if 0 < ord(one) < 0xD7FF
    }
    return "".join(sorted({*near, *written, *_SAMPLES}))


@cache
def _machine(text: str) -> "re2._Regexp":
    options = re2.Options()
    options.log_errors = False
    return re2.compile(text, options)


def _letters(text: str, samples: str) -> Letters:
    if not re.match(r"\[|\\", text):
        return frozenset(text)
    try:
        return frozenset(one for one in samples if _machine(text).fullmatch(one))
    except re2.error:
        return frozenset(samples)
