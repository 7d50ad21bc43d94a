"""What a version keeps of its gates is said in words, whatever a gate wrote."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from runtime.workspace.version_evidence import evidence_of

APPROVAL = {
    "review": "Medical", "kind": "medical", "by": "rosa", "at": "2026-05-03T08:15:00+00:00",
    "revision": 20, "comment": "", "sha256": "c25e",
}  # fmt: skip
EMERGENCY = {
    "review": "", "kind": "emergency", "by": "ruben, rita", "at": "2026-05-03T08:15:00+00:00",
    "asked_by": "ruben", "confirmed_by": "rita", "comment": "The hotline opens.", "sha256": "c25e",
}  # fmt: skip


def said(**kept: Any) -> list[tuple[str, str]]:
    return evidence_of(SimpleNamespace(evidence=kept))


def test_an_approval_says_who_and_when_and_what_was_said() -> None:
    spoken = {**APPROVAL, "comment": "Kind now"}
    assert said(review=[APPROVAL, spoken]) == [
        (
            "Review",
            "Medical, rosa, 3 May 2026, 10:15; Medical, rosa, 3 May 2026, 10:15: “Kind now”",
        )
    ]


def test_an_emergency_is_called_one() -> None:
    assert said(review=[EMERGENCY])[0][1] == (
        "Release in an emergency, ruben, rita, 3 May 2026, 10:15: “The hotline opens.”"
    )


def test_when_open_records_follow_is_said_with_what_was_renamed() -> None:
    kept = {"when": "opening", "renames": {"remark": "note"}}
    assert said(carry_over=kept) == [
        ("Open records follow", "when they are opened next, renamed: remark → note")
    ]


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_it_is_said_in_the_readers_language(language: str) -> None:
    with translation.override(language):
        rows = said(carry_over={"when": "never"}, tests={"passed": 1, "failed": 0})
    assert "never" not in rows[0][1]
    assert "passed" not in rows[1][1]


@pytest.mark.parametrize("kept", [[], "yes", {"when": "whenever"}, [1, None], [{"at": "soon"}]])
def test_what_another_gate_wrote_there_is_said_as_it_stands(kept: Any) -> None:
    for code in ("review", "carry_over"):
        assert all(isinstance(words, str) for _label, words in said(**{code: kept}))
