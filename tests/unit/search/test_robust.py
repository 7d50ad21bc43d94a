"""Whatever is typed or called so: no fault, nobody who does not fit, and whoever is called so is found."""

from typing import Any

import pytest

from runtime.search import ways
from runtime.search.classes import NEWEST
from runtime.search.index import find
from runtime.search.query import MOST_LETTERS, parse
from runtime.search.ways import MOST_WORDS, Typed
from tests.bench.population import Citizen, population
from tests.unit.search.test_index import PURPOSE, add

HOSTILE = {
    "ten kilobytes": "a b" * 3_500,
    "ten kilobytes of one word": "z" * 10_000,
    "ten kilobytes of digits": "7" * 10_000,
    "many words": "jan " * 2_500,
    "wildcards": "%%%___***???",
    "control characters": "".join(map(chr, range(32))) + "\x7f\x85\u2028",
    "null bytes": "\x00\x00quin\x00",
    "right to left": "\u202e\u2067snetniuq\u2069\u202c",
    "emoji": "👩‍👩‍👧‍👦 🇧🇪 🫠",
    "a lone surrogate": "\ud83d",
    "combining marks": "q" + "\u0301" * 500,
    "SQL": "'; DROP TABLE search_searchentry; -- \\' OR 1=1",
    "SQL comment": "x/**/UNION/**/SELECT/**/card",
    "placeholders": "%s %(tok)s {0} $1 :name ?",
    "an expression": "(a+)+$ [[:alpha:]] .{0,9999}\\",
    "an array": "{1,2,3}",
    "a template": "{{ request }} {% debug %}",
    "markup": "<script>alert(1)</script>",
    "dates that are none": "99/99/1985 31/02/1999 0000-00-00",
    "digits of other scripts": "٠١٢٣٤٥٦٧٨٩ ９８７６５４３２",
    "spaces": " \t\u00a0\u3000\u200b",
}


@pytest.fixture
def town(db: None) -> None:
    for one in population(40):
        add(one)


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("typing", [False, True])
def test_hostile_words_break_nothing(typed: str, typing: bool, town: None, agent: Any) -> None:
    for hit in find(typed, agent, PURPOSE, typing=typing):
        assert 0.6 <= hit.score <= 1.0  # somebody whose name is like one of the words


def test_only_what_a_person_types_is_read() -> None:
    query = parse("x" * MOST_LETTERS + " quintens")
    assert all("quintens" not in word.text for reading in query.readings for word in reading)


NAMES = [
    ("Seán", "O'Brien", ["o'brien", "obrien sean", "o’brien", "sean o b", "sean obri"]),
    ("Marie-Claire", "D'Hondt", ["d'hondt marie claire", "dhondt", "marie-claire dhont", "mari claire d hondt"]),
    ("Anne", "Peeters-De Smet", ["peeters de smet", "anne peeters", "desmet anne", "peeters-desmet", "smet anne"]),
    ("Jan", "Van den Berghe", ["vandenberghe", "van den berghe jan", "berghe jan", "jan vandenb", "jan van den be"]),
    ("U", "Ng", ["u ng", "ng u", "ng"]),
    ("Bo", "O", ["bo o", "o bo"]),
    ("Krk", "Vlk", ["krk vlk", "vlk"]),
    ("Иван", "Петров", ["иван петров", "петров", "Петр", "ivan petrov", "petrov"]),
    ("Ελένη", "Παπαδοπούλου", ["παπαδοπουλου", "ελενη παπ", "Παπαδοπούλου"]),
    ("محمد", "الحسن", ["محمد الحسن", "الحسن", "محمد الح"]),
    ("דוד", "כהן", ["דוד כהן", "כהן"]),
    ("小明", "王", ["王小明", "王 小明", "小明 王"]),
    ("さくら", "田中", ["田中 さくら", "田中", "さくら"]),
    ("민준", "김", ["김민준", "김 민준"]),
    ("Łukasz", "Żółć", ["lukasz zolc", "łukasz żółć", "zolc"]),
    ("Jürgen", "Groß", ["jürgen groß", "jurgen gross", "gross"]),
    ("Ἀθηνᾶ", "Ｓｍｉｔｈ", ["smith", "Ｓｍｉｔｈ"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "family", "typed"),
    [(given, family, typed) for given, family, ways in NAMES for typed in ways],
)
def test_whoever_is_called_so_is_found(
    given: str, family: str, typed: str, town: None, agent: Any
) -> None:
    party = add(Citizen(given, family, "1990-01-02", "", ""))
    for typing in (False, True):
        assert party.pk in [hit.party_id for hit in find(typed, agent, PURPOSE, typing=typing)]


def test_letters_that_look_alike_do_not_hide_a_name(town: None, agent: Any) -> None:
    """Cyrillic letters in a Latin word: transliterated, which is at most a letter or two off."""
    party = add(Citizen("Anna", "Quintens", "1990-01-02", "", ""))
    for typed in ("Quintеns", "Аnnа Quintens", "quіntens anna"):
        assert party.pk in [hit.party_id for hit in find(typed, agent, PURPOSE)]


@pytest.mark.parametrize("way", ways.WAYS)
@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_break_no_way_of_searching_answers(typed: str, way: str) -> None:
    """Typed as a search, and given as an answer."""
    row, asked = ways.WAYS[way], Typed(typed, parse(typed))
    for groups in row.asked(asked, NEWEST):
        assert groups
        assert all(groups)
        assert len(groups) <= 2 * MOST_LETTERS
    stored = row.stored(typed, NEWEST)
    assert len(stored) <= MOST_WORDS
    assert all(stored)
    assert 0 <= row.score(asked, typed) <= 1
    assert row.score(asked, "Quintens") <= 1


@pytest.mark.parametrize("way", ["name", "exact", "words"])
@pytest.mark.parametrize(("given", "family"), [(given, family) for given, family, _ in NAMES])
def test_an_answer_of_any_script_is_stored_as_it_is_asked(
    given: str, family: str, way: str
) -> None:
    answer = f"{given} {family}"
    row, asked = ways.WAYS[way], Typed(answer, parse(answer))
    stored = frozenset().union(*row.stored(answer, NEWEST))
    found = [all(group & stored for group in groups) for groups in row.asked(asked, NEWEST)]
    if way == "words" and not found:
        return  # each word is shorter than what is searched by its words
    assert any(found)
    assert row.score(asked, answer) >= 0.9
