"""Who listens: one ear for each page that holds a line open. Kept in memory; nothing is lost with it, for a page asks anew."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Mapping

from runtime.telephony.bell.folding import NOTHING, Standing, changed
from runtime.telephony.bell.passes import Pass

EACH = 12  # lines of one person: their pages that are seen at once


class Ear:
    """One page that listens. However much happens before it is told, it is told once."""

    __slots__ = ("known", "over", "who", "woken")

    def __init__(self, who: Pass) -> None:
        self.who = who
        self.known: Standing = NOTHING  # what was told of; a page says for itself what it shows
        self.over = False
        self.woken = asyncio.Event()

    def end(self) -> None:
        self.over = True
        self.woken.set()


class Ears:
    """All of them, as many as there may be."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.somebody = asyncio.Event()
        self._ears: set[Ear] = set()
        self._lines: Counter[int] = Counter()

    def __len__(self) -> int:
        return len(self._ears)

    def admit(self, who: Pass) -> Ear | None:
        """None where there is no room."""
        if len(self._ears) >= self.most or self._lines[who.person] >= EACH:
            return None
        ear = Ear(who)
        self._ears.add(ear)
        self._lines[who.person] += 1
        self.somebody.set()
        return ear

    def leave(self, ear: Ear) -> None:
        self._ears.discard(ear)
        self._lines[ear.who.person] -= 1
        if not self._lines[ear.who.person]:
            del self._lines[ear.who.person]
        if not self._ears:
            self.somebody.clear()

    def passes(self) -> frozenset[Pass]:
        return frozenset(ear.who for ear in self._ears)

    def tell(self, now: Mapping[int, Standing]) -> None:
        """Wakes those for whom something else stands than they were told of."""
        for ear in self._ears:
            standing = changed(ear.known, ear.who.person, now)
            if standing is not None:
                ear.known = standing
                ear.woken.set()

    def end(self, passes: Collection[Pass]) -> None:
        self._end(lambda ear: ear.who in passes)

    def end_all(self) -> None:
        self._end(lambda _ear: True)

    def _end(self, which: Callable[[Ear], bool]) -> None:
        for ear in self._ears:
            if which(ear):
                ear.end()
