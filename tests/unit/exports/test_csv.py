"""No cell runs in a spreadsheet; the file is RFC 4180."""

import csv
import io

import pytest

from exports.formats import FORMATS, by_extension
from exports.formats.csv import neutral, pieces

DANGEROUS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1+1",
    "\uff20SUM(A1)",
    "\u00a0=1",
    "\ufeff=1",
    "-2+cmd|' /C calc'!A0",
    "+32470123456",
    "-",
    "--1",
    "-1e5",
    "\x00=1",
]


@pytest.mark.parametrize("cell", DANGEROUS)
def test_a_cell_that_begins_a_formula_is_made_text(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["-1", "-0.5", "12", "0.25", "a=b", "Jean-Luc", "a@b.org", "", "2026-11-22", "'quoted"]
)
def test_a_plain_cell_stays_as_it_is(cell: str) -> None:
    assert neutral(cell) == cell


def test_missing_is_an_empty_cell() -> None:
    assert neutral(None) == ""


def test_what_is_written_is_read_back_the_same() -> None:
    rows = [["a", 'quote " and ,', "line\r\nbreak"], [None, "é€\U0001f637", ";"]]
    text = "".join(pieces(["x", "y", "z"], rows))
    assert text.startswith("\ufeffx,y,z\r\n")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read == [
        ["x", "y", "z"],
        ["a", 'quote " and ,', "line\r\nbreak"],
        ["", "é€\U0001f637", ";"],
    ]


def test_a_format_gives_a_piece_a_row_so_that_memory_stays_flat() -> None:
    def endless():  # type: ignore[no-untyped-def]
        while True:
            yield ["1"]

    for kind in FORMATS:
        stream = kind.pieces(["n"], endless())
        assert [next(stream) for _ in range(5)]


def test_a_format_is_found_by_its_extension() -> None:
    assert by_extension("csv") is FORMATS[0]
    assert by_extension("exe") is None


def test_json_lines_keep_missing_apart_from_empty() -> None:
    kind = by_extension("jsonl")
    assert kind is not None
    assert list(kind.pieces(["a", "b"], [["=1", None]])) == ['{"a": "=1", "b": null}\n']
