"""Run on an installation whose search is turned: `prepare` enters people whom nobody changes; `work NAME TURNS FOLDER` enters, changes, erases and
searches people until the turns are done (the first hand begins them); `check` compares the index with who is there."""

import json
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KNOWN, FIRST = 150, "first"
PURPOSE = "check"
SYLLABLES = [head + vowel for head in "bdfgklmnprstvz" for vowel in "aeiou"]


def name(chance: random.Random) -> str:
    """Whom nobody else is called like."""
    return "".join(chance.choice(SYLLABLES) for _ in range(5)).title()


def prepare() -> None:
    from runtime.parties.actions import find_or_create

    chance = random.Random("known")
    for number in range(KNOWN):
        facts = {"family_name": name(chance), "phone": f"+32470{number:06d}"}
        find_or_create(facts=facts, by=None, purpose="import")


@dataclass
class Hand:
    """Somebody at work: what they did, what was wrong, and the book in which each hand says whom others may look for."""

    name: str
    turns: int
    folder: Path
    wrong: list[Any] = field(default_factory=list)
    mine: dict[str, str] = field(default_factory=dict)
    done: int = 0

    def run(self) -> None:
        self.chance = random.Random(self.name)
        while not (self.folder / "end").exists():
            deed = self.chance.choices(
                [self.enter, self.change, self.erase, self.look, self.look_for_others],
                [4, 2, 2, 3, 4],
            )[0]
            deed()
            self.done += 1
            if self.name == FIRST:
                self._turn()
        report = {"wrong": self.wrong[:20], "done": self.done, "mine": self.mine}
        (self.folder / f"{self.name}.json").write_text(json.dumps(report))

    def enter(self) -> None:
        from runtime.parties.actions import find_or_create

        called = name(self.chance)
        party, _ = find_or_create(facts={"family_name": called}, by=None, purpose="import")
        self._say(str(party.pk), called)

    def change(self) -> None:
        from runtime.parties.actions import update_facts
        from runtime.parties.models import Party

        if party := self._anybody():
            self._say(party, None)
            called = name(self.chance)
            row = Party.objects.get(pk=party)
            update_facts(party=row, facts={"family_name": called}, by=None)
            self._say(party, called)

    def erase(self) -> None:
        from runtime.parties.actions import erase
        from runtime.parties.models import Party

        if (party := self._anybody()) and len(self.mine) > 5:
            called = self.mine[party]
            self._say(party, None)
            erase(party=Party.objects.get(pk=party), by=None, purpose="retention")
            if found(called, party):
                self.wrong.append(["found though erased", called])

    def look(self) -> None:
        if (party := self._anybody()) and not found(self.mine[party], party):
            self.wrong.append(["own", self.mine[party]])

    def look_for_others(self) -> None:
        """Somebody whom another hand entered, or who was there before; unless they were changed meanwhile."""
        there = self._book()
        if not there:
            return
        party, called = self.chance.choice(sorted(there.items()))
        if not found(called, party) and self._book().get(party) == called:
            self.wrong.append(["another's", called])

    def _anybody(self) -> str | None:
        return self.chance.choice(sorted(self.mine)) if self.mine else None

    def _say(self, party: str, called: str | None) -> None:
        """None: do not look for this one."""
        if called is None:
            del self.mine[party]
        else:
            self.mine[party] = called
        with (self.folder / f"{self.name}.book").open("a") as book:
            book.write(json.dumps([party, called]) + "\n")
        if called and not found(called, party):
            self.wrong.append(["new", called])

    def _book(self) -> dict[str, str]:
        rows: dict[str, str | None] = {}
        for book in self.folder.glob("*.book"):
            whole = [
                line for line in book.read_text().splitlines(keepends=True) if line[-1] == "\n"
            ]
            rows |= dict(json.loads(line) for line in whole)
        return {party: called for party, called in rows.items() if called}

    def _turn(self) -> None:
        from runtime.search import turning
        from runtime.search.generations import asked

        if turning.standing() != turning.DONE:
            return
        if asked().number > self.turns:
            (self.folder / "end").touch()
        elif self.done > 30:
            turning.begin()


def found(called: str, party: str) -> bool:
    """On a database server a search ends after a quarter of a second, which is not what is looked at here: so it is asked again."""
    from django.db import connection

    from runtime.search.index import find

    for _ in range(1 if connection.vendor == "sqlite" else 4):
        if party in {str(hit.party_id) for hit in find(called, None, PURPOSE)}:
            return True
        time.sleep(0.05)
    return False


def check() -> dict[str, Any]:
    """The generations there are, how many people were erased; whom the index lacks, or has in part; and how many tokens too many it has."""
    from runtime.parties.models import Party
    from runtime.search import entries, turning
    from runtime.search.backends import backend
    from runtime.search.backends.base import loaded
    from runtime.search.entries import opened, party_entry
    from runtime.search.models import SearchEntry
    from runtime.search.query import Named
    from runtime.vault.models import SubjectKey

    generation = turning.known()[-1].number
    store, lacking, expected = backend(generation), [], 0
    for owner, said in opened(loaded(list(SearchEntry.objects.values_list("id", flat=True)))):
        tokens = party_entry(owner, Named(*said)).tokens
        expected += len(tokens)
        if not all(owner.id in store.matching([[token]], 9999) for token in tokens):
            lacking.append(str(owner.party))
    erased = set(SubjectKey.objects.filter(wrapped=None).values_list("subject", flat=True))
    there = {str(key) for key in set(Party.objects.values_list("pk", flat=True)) - erased}
    entered = {str(key) for key in SearchEntry.objects.values_list("party", flat=True)}
    return {
        "generations": [list(one) for one in turning.known()],
        "without entry": sorted(there - entered),
        "entries of nobody": sorted(entered - there),
        "lacking tokens": lacking,
        "tokens too many": held(generation) - expected,
        "erased": len(erased),
        "weights": len(entries.for_writing().of),
    }


def held(generation: int) -> int:
    """How many tokens lie there in all; those of generations that were dropped are counted too."""
    from django.db import connection

    from runtime.search.backends.postgresql import column

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SELECT sum(cardinality({column(generation)})) FROM search_searchentry"
            )
            return int(cursor.fetchone()[0])
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'search_token%'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        return sum(
            cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables
        )


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "prepare":
        prepare()
    elif sys.argv[1] == "work":
        Hand(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])).run()
    else:
        print(json.dumps(check()))
