"""The search for traces finds what is planted, however it is written."""

import base64
import json

import pytest

from tests.traces import found_in, unread

WORD = "Grünspan-Canary"


@pytest.mark.parametrize(
    "written",
    [
        WORD.encode(),
        WORD.encode("utf-16-le"),
        json.dumps({"name": WORD}).encode(),
        base64.b64encode(b"x" + WORD.encode() + b"yz"),
        base64.b64encode(b"xy" + WORD.encode()),
        WORD.encode().hex().encode(),
    ],
)
def test_a_planted_word_is_found_in_every_encoding(tmp_path, written):
    file = tmp_path / "pages"
    file.write_bytes(b"\0\1before" + written + b"after\2")
    assert set(found_in([file], [WORD])) == {(WORD, "pages")}


def test_other_words_are_not_found(tmp_path):
    file = tmp_path / "pages"
    file.write_bytes(b"nothing to see")
    assert list(found_in([file], [WORD])) == []


def test_a_kind_of_file_that_is_not_there_or_holds_another_word_counts_as_unread(tmp_path):
    for name, word in (("data", WORD), ("data-wal", "another word")):
        (tmp_path / name).write_bytes(word.encode())
    controls = {"*/data": WORD, "*/data-wal": WORD, "*/media/*": WORD}
    assert unread(tmp_path.iterdir(), controls) == ["*/data-wal", "*/media/*"]


def test_a_file_that_goes_while_it_is_searched_stops_nothing(tmp_path):
    assert list(found_in([tmp_path / "gone"], [WORD])) == []
