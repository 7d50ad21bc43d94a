"""The search for traces finds what is planted, however it is written."""

import base64
import json

import pytest

from tests.journeys.traces import found_in

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
