"""A list that is a spreadsheet: what people see in its cells, what is refused, what comes back."""

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from builder.problems import Problem
from runtime.queues.lists import opening, sheet_writing, workbook, zipped
from runtime.queues.lists.cells import BadRow, Reader
from runtime.queues.lists.reading import Table

TODAY = date(2026, 3, 4)
HEADER = ["first", "last", "phone", "born"]


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(*rows: list[Any], header: list[str] | None = None) -> bytes:
    book = Workbook()
    for row in (header or HEADER, *rows):
        book.active.append(row)
    return saved(book)


def read(data: bytes, name: str = "") -> Table:
    found = opening.read(data, name)
    assert isinstance(found, Table), found
    return found


def refused(data: bytes, name: str = "") -> str:
    found = opening.read(data, name)
    assert isinstance(found, Problem), found
    assert found.remedy
    return found.code


def changed(data: bytes, **parts: bytes) -> bytes:
    """The same file with some parts written anew or added; `_` in a name stands for `/`."""
    out = io.BytesIO()
    new = {name.replace("__", "."): text for name, text in parts.items()}
    new = {name.replace("_", "/"): text for name, text in new.items()}
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in old.namelist():
            made.writestr(name, new.pop(name, None) or old.read(name))
        for name, text in new.items():
            made.writestr(name, text)
    return out.getvalue()


SHEET1 = "xl_worksheets_sheet1__xml"


def test_a_sheet_is_read_as_a_list() -> None:
    table = read(sheet(["Zoë", "Peeters", "0470 12 34 56", date(1980, 2, 29)], [], ["Bo", "Maes"]))
    assert (table.encoding, table.delimiter, table.header) == ("xlsx", ";", tuple(HEADER))
    assert table.rows == (
        (2, ["Zoë", "Peeters", "0470 12 34 56", "1980-02-29"]),
        (4, ["Bo", "Maes", "", ""]),
    )


@pytest.mark.parametrize(
    ("value", "form", "seen"),
    [
        (datetime(1980, 2, 29), "dd/mm/yy", "1980-02-29"),
        (datetime(2026, 3, 4, 10, 5), "d/m/yyyy h:mm", "2026-03-04 10:05"),
        (time(9, 30), "hh:mm", "09:30"),
        (470123456, "0000000000", "0470123456"),
        (470123456, '0000" "00" "00" "00', "0470123456"),
        (470123456, "General", "470123456"),
        (80022912322, "0", "80022912322"),
        (7.0, "0.00", "7"),
        (7.25, "0.00", "7.25"),
        (1e-7, "General", "0.0000001"),
        (-5, "000", "-5"),
        (True, "General", "true"),
        ("  a \n b ", "General", "a b"),
        ("#N/A", "General", "#N/A"),
    ],
)
def test_a_cell_is_read_as_people_see_it(value: Any, form: str, seen: str) -> None:
    book = Workbook()
    book.active.append(["a"])
    book.active["A2"] = value
    book.active["A2"].number_format = form
    assert read(saved(book)).rows == ((2, [seen]),)


def test_a_formula_is_never_worked_out_its_kept_value_is_taken() -> None:
    kept = b'<c r="A2"><f>HYPERLINK("http://x")</f><v>7</v></c><c r="B2"><f>1+1</f></c>'
    text = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c>'
        b'<c r="B1" t="inlineStr"><is><t>b</t></is></c></row><row r="2">' + kept + b"</row>"
        b"</sheetData></worksheet>"
    )
    assert read(changed(sheet(), **{SHEET1: text})).rows == ((2, ["7", ""]),)


def test_a_chosen_sheet_is_read_and_a_hidden_one_is_not() -> None:
    book = Workbook()
    book.active.title = "secret"
    book.active.sheet_state = "hidden"
    for name in ("one", "two"):
        made = book.create_sheet(name)
        made.append(["a"])
        made.append([name])
    book.active = 1
    data = saved(book)
    assert read(data).rows == ((2, ["one"]),)
    assert read(data, " two ").rows == ((2, ["two"]),)
    for name in ("secret", "three"):
        assert refused(data, name) == "sheet"
    found = opening.read(data, "three")
    assert isinstance(found, Problem)
    assert found.params["names"] == "one, two"


def test_a_cell_beyond_the_header_is_one_too_many_and_its_line_is_told() -> None:
    (line,) = read(sheet(["Bo", "Maes", "0470123456", "", "more"])).rows
    reader = Reader(
        HEADER, {"phone": "fact:phone", "last": "fact:family_name"}, {}, "BE", "en", TODAY
    )
    with pytest.raises(BadRow) as bad:
        reader.read(line[1])
    assert bad.value.wrong == (("cells", ""),)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("phone", "33612345678", "zeros"),  # 0033612345678
        ("phone", "4,70123E+08", "zeros"),
        ("phone", "+12", "phone"),
        ("nn", "1020312345", "zeros"),  # 01020312345
        ("nn", "80022912399", "national_number"),
    ],
)
def test_zeros_that_a_spreadsheet_dropped_are_told(column: str, cell: str, code: str) -> None:
    mapping = {"phone": "fact:phone", "nn": "fact:national_number", "last": "fact:family_name"}
    reader = Reader(["last", column], mapping, {}, "BE", "en", TODAY)
    with pytest.raises(BadRow) as bad:
        reader.read(["Maes", cell])
    assert bad.value.wrong[0] == (code, column)


def test_a_number_of_this_country_that_lost_its_zero_is_the_same_number() -> None:
    (row,) = read(sheet(["Bo", "Maes", 470123456, ""])).rows
    mapping = {"phone": "fact:phone", "last": "fact:family_name"}
    assert Reader(HEADER, mapping, {}, "BE", "en", TODAY).read(row[1]).facts["phone"] == (
        "+32470123456"
    )


def test_what_is_no_spreadsheet_that_can_be_read_is_refused() -> None:
    good = sheet(["Bo", "Maes", "0470123456", ""])
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "xls"
    assert refused(good[:-40]) == "xlsx"
    assert refused(good[:400] + b"\x00" * 50 + good[450:]) in {"xlsx", "bomb"}
    assert refused(changed(good, **{SHEET1: b"<worksheet><sheetData><row"})) == "xlsx"
    assert refused(b"PK\x03\x04") == "xlsx"
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("content.xml", "<office/>")  # an OpenDocument
    assert refused(empty.getvalue()) == "xlsx"
    assert refused(sheet()) == "empty"
    assert refused(sheet(["x"], header=["a", "A"])) == "double_column"
    assert refused(sheet(["x"], header=["a", "02/470.12.34"])) == "header"
    assert refused(sheet(["x"], header=[f"c{n}" for n in range(201)])) == "columns"


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    good = sheet(["Bo", "Maes", "0470123456", ""])
    large = changed(good, xl_media_a__bin=bytes(zipped.UNPACKED_AT_MOST))
    assert len(large) < 1024 * 1024
    assert refused(large) == "bomb"
    many = b'<styleSheet xmlns="x"><cellXfs>' + b"<xf/>" * 100_001 + b"</cellXfs></styleSheet>"
    assert refused(changed(good, xl_styles__xml=many)) == "bomb"
    monkeypatch.setattr(zipped, "ELEMENTS_AT_MOST", 10)
    assert refused(good) == "bomb"


@pytest.mark.parametrize(
    "text",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>',
        b"<a>" + b" " * (zipped.PIECE - 5) + b"<!DOCTYPE a><worksheet/>",
        '<?xml version="1.0"?><worksheet/>'.encode("utf-16"),
        b"junk<worksheet/>",
    ],
)
def test_a_part_that_declares_or_hides_is_refused(text: bytes) -> None:
    assert refused(changed(sheet(["x"]), **{SHEET1: text})) == "xlsx"


def test_a_row_that_says_it_is_the_last_of_all_takes_no_time() -> None:
    text = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
        b'<row r="999999999999"><c r="XFD999999999999"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert refused(changed(sheet(), **{SHEET1: text})) == "empty"


def test_a_sheet_with_too_many_cells_or_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = sheet(*[["Bo", "Maes"]] * 5)
    monkeypatch.setattr(workbook, "CELLS_AT_MOST", 9)
    assert refused(data) == "cells"
    monkeypatch.setattr(workbook, "CELLS_AT_MOST", 99)
    monkeypatch.setattr(workbook, "ROWS", 3)
    assert refused(data) == "cells"


def test_what_is_given_back_is_text_that_cannot_run_and_is_read_again_as_it_was() -> None:
    rows = [["Why", "phone"], ["=1+1", "0470 12 34 56"], ["a & <b>\x01", None]]
    made = sheet_writing.book(rows)
    cells = load_workbook(io.BytesIO(made)).active
    assert [[cell.data_type for cell in row] for row in cells][1] == ["s", "s"]
    assert cells["B2"].number_format == "@"
    assert read(made).rows == ((2, ["=1+1", "0470 12 34 56"]), (3, ["a & <b>", ""]))


def test_a_spreadsheet_is_uploaded_loaded_and_what_was_left_out_comes_back_as_one(
    campaign: Any, supervisor: Any, client_of: Any
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from runtime.outbox.tasks import carry_out_all
    from runtime.queues.actions import imports
    from runtime.queues.models import ImportJob

    rows = [["Zoë", "Peeters", "0470 12 34 56", date(1980, 2, 29)], ["Bo", "Maes", "+12", ""]]
    file = SimpleUploadedFile("people.xlsx", sheet(*rows))
    client = client_of(supervisor)
    answer = client.post("/campaign/spring/load/", {"file": file, "sheet": "Sheet"})
    job = ImportJob.objects.get()
    assert answer["Location"] == f"/import/{job.pk}/"
    names = ("given_name", "family_name", "phone", "birth_date")
    mapping = {column: f"fact:{name}" for column, name in zip(HEADER, names, strict=True)}
    assert imports.confirm(job=job, mapping=mapping, by=supervisor) == []
    carry_out_all()
    job.refresh_from_db()
    assert (job.state, job.done, job.bad) == ("done", 1, 1)
    answer = client.post(f"/import/{job.pk}/left-out/")
    assert answer["Content-Type"] == sheet_writing.MEDIA_TYPE
    assert "left-out.xlsx" in answer["Content-Disposition"]
    table = read(answer.content)
    assert table.header == ("Why it was left out", *HEADER)
    assert table.rows[0][1][1:] == ["Bo", "Maes", "+12", ""]
