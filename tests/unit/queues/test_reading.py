"""Files that people upload: many kinds of CSV are read, what is none is refused in words."""

import pytest

from builder.problems import Problem, say
from runtime.queues.lists import columns, reading
from runtime.queues.lists.reading import Table

TEXT = "Prénom;Nom;Téléphone\nZoë;Peeters;0470 12 34 56\n"


def table(data: bytes) -> Table:
    read = reading.read(data)
    assert isinstance(read, Table), read
    return read


def refused(data: bytes) -> str:
    read = reading.read(data)
    assert isinstance(read, Problem), read
    assert say(read)
    assert "%(" not in say(read)
    return read.code


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.replace("\n", "\r\n").encode(), "utf-8"),
        (TEXT.replace("\n", "\r").encode(), "utf-8"),
        (TEXT.replace(";", ",").encode(), "utf-8"),
        (TEXT.replace(";", "\t").encode(), "utf-8"),
        (("\n\n" + TEXT + "\n;;\n").encode(), "utf-8"),
    ],
)
def test_the_same_list_in_many_writings(data: bytes, encoding: str) -> None:
    read = table(data)
    assert read.encoding == encoding
    assert read.header == ("Prénom", "Nom", "Téléphone")
    assert [cells for _line, cells in read.rows] == [["Zoë", "Peeters", "0470 12 34 56"]]


def test_a_quoted_line_break_belongs_to_its_cell_and_lines_are_counted_in_the_file() -> None:
    read = table(b'name,address\nAnn,"Street 1\nTown"\nBob,"Here"\n')
    assert read.rows == ((2, ["Ann", "Street 1 Town"]), (4, ["Bob", "Here"]))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n\n \n", "empty"),
        (b"name,phone\n", "empty"),
        (b"name,phone\nAnn\x00,1\n", "nul"),
        (b"PK\x03\x04" + bytes(range(256)) * 20, "encoding"),
        (b"name\xff\x00\x01,phone\nA\x81n,1\n", "encoding"),
        (b"\xff\xfen\x00a\x00m", "encoding"),
        (b"a," * 99_999 + b"b\n" + b"1," * 99_999 + b"2\n", "columns"),
        (b'name,phone\n"Ann,1\nBob,2\n', "quotes"),
        (b'name,phone\n"Ann"x,1\n', "quotes"),
        (b"name,phone\n" + b"x" * 200_000 + b",1\n", "cell"),
        (b"name,,phone\nAnn,x,1\n", "header"),
        (b"Ann,Peeters,0470123456\nBob,Jans,0470123457\n", "header"),
        (b"Ann,ann@example.org\nBob,bob@example.org\n", "header"),
        (b"name,Name\nAnn,Bob\n", "double_column"),
        (b"name,phone\n" + b"x" * (10 * 1024 * 1024), "size"),
    ],
)
def test_what_is_no_list_is_refused(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_problem_names_the_line() -> None:
    nul = reading.read(b"name,phone\nAnn,1\nBob,\x002\n")
    quotes = reading.read(b'name,phone\nAnn,1\n"Bob,2\nCy,3\n')
    assert isinstance(nul, Problem)
    assert isinstance(quotes, Problem)
    assert (nul.params["line"], quotes.params["line"]) == (3, 3)


def test_too_many_people_are_refused() -> None:
    assert refused(b"name,phone\n" + b"A,1\n" * 100_001) == "rows"


def test_columns_are_guessed_in_four_languages_each_once() -> None:
    header = ("Prénom", "achternaam", "Telefonnummer", "GSM", "Date of birth", "met_on", "remarks")
    assert columns.guess(header, ["met_on"], {}) == {
        "Prénom": "fact:given_name",
        "achternaam": "fact:family_name",
        "Telefonnummer": "fact:phone",
        "Date of birth": "fact:birth_date",
        "met_on": "question:met_on",
    }


def test_what_was_decided_before_wins() -> None:
    assert columns.guess(("a", "phone"), [], {"a": "fact:phone"}) == {"a": "fact:phone"}


@pytest.mark.parametrize(
    ("mapping", "codes"),
    [
        ({"n": "fact:given_name", "p": "fact:phone"}, []),
        ({"n": "fact:given_name"}, ["no_phone"]),
        ({"p": "fact:phone"}, ["no_name"]),
        ({}, ["no_phone", "no_name"]),
        ({"n": "fact:given_name", "p": "fact:phone", "x": "fact:email"}, ["target"]),
        ({"n": "fact:shoe_size", "p": "fact:phone", "m": "fact:family_name"}, ["target"]),
        ({"n": "fact:phone", "p": "fact:phone", "m": "question:met_on"}, ["twice", "no_name"]),
    ],
)
def test_a_mapping_is_checked(mapping: dict[str, str], codes: list[str]) -> None:
    problems = columns.check(mapping, ("n", "p", "m"), ["met_on"])
    assert [problem.code for problem in problems] == codes
    assert all("%(" not in say(problem) for problem in problems)
