"""The code a document is verified by, and the check of the machine's libraries."""

import pytest

from exports.documents import checks, codes


def test_a_code_has_eighty_bits_and_is_never_the_same() -> None:
    made = {codes.fresh() for _ in range(500)}
    assert len(made) == 500
    assert all(len(code) * 5 == 80 for code in made)


@pytest.mark.parametrize(
    "typed",
    ["ABCDEFGHIJKLMNOP", "abcd-efgh-ijkl-mnop", " ABCD EFGH IJKL MNOP ", "ABCD-EFGH-1JKL-MN0P"],
)
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert codes.read(typed) == "ABCDEFGHIJKLMNOP"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ABC",
        "ABCDEFGHIJKLMNOPQ",
        "ABCDEFGHIJKLMNO!",
        "A" * 100_000,
        "\x00" * 16,
        "ÀBCDEFGHIJKLMNOP",
    ],
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert codes.read(typed) is None


def test_the_check_names_what_is_missing_and_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "is_there", lambda _names: False)
    found = checks.document_libraries()
    assert [each.id for each in found] == ["exports.W001", "exports.W002"]
    assert all("libharfbuzz-subset0" in (each.hint or "") for each in found)


def test_a_machine_with_all_libraries_is_not_warned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "is_there", lambda _names: True)
    assert checks.document_libraries() == []
