"""In which order the cases are tried: the sooner one notices a fault, the less a fault costs.

What noticed a neighbour notices this one too, most of the time. After those come the rows that speak of a word that is changed,
and those that come by the file: one of each test before the second of any, and the quick before the slow. Nothing is left out.
"""

from tests.mutants.baseline import Known
from tests.mutants.cases import PLAYS, Case
from tests.mutants.faults import Fault
from tests.mutants.forks import Noticed

NEIGHBOURS = 12  # of so many of them it is remembered what noticed them


class Order:
    """The cases for the faults of one file."""

    def __init__(self, file: str, known: Known) -> None:
        self.file = file
        self.known = known
        self._by = known.of_file(file)
        self.everybody = in_order(set(known.seconds), known, self._by)
        self._noticed: list[tuple[int, Case]] = []

    def of(self, fault: Fault) -> list[Case]:
        """Who may notice a fault: who comes by; what stands outside of functions is everybody's."""
        cases = self.everybody
        if fault.inside:
            reached = self.known.of_lines(self.file, fault.line, fault.last)
            cases = [case for case in self.everybody if case in reached]
        near = sorted(self._noticed, key=lambda known: abs(known[0] - fault.line))
        among = set(cases)
        first = list(dict.fromkeys(case for _, case in near if case in among))[:NEIGHBOURS]
        if fault.word:
            words = self.known.words
            first += [case for case in cases if case in self._by and fault.word in words[case]]
        return list(dict.fromkeys([*first, *cases]))

    def learn(self, fault: Fault, noticed: Noticed | None) -> None:
        """Keep who noticed it."""
        if noticed and noticed.case:
            self._noticed.insert(0, (fault.line, noticed.case))


def in_order(cases: set[Case], known: Known, by: set[Case]) -> list[Case]:
    """Those that come by first, the random plays last; one of each test before the second of any, the quick before the slow."""
    turns: dict[tuple[str, str], int] = {}
    ranked = []
    for case in sorted(cases, key=lambda case: (known.seconds[case], case)):
        turn = turns[case.module, case.test] = turns.get((case.module, case.test), -1) + 1
        ranked.append((case.module == PLAYS, case not in by, turn, known.seconds[case], case))
    return [case for *_, case in sorted(ranked)]
