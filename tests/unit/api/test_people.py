"""People over the interface: read up to the clearance, never unless the access log says so first."""

from typing import Any

import pytest
from django.db import DatabaseError

from runtime.audit.models import AccessLog
from runtime.parties.actions import erase
from runtime.parties.models import Party
from runtime.workspace.log_words import purpose_words
from tests.unit.api.conftest import PERSON

BORN = {**PERSON, "birth_date": "1980-02-29", "language": "fr"}


@pytest.mark.parametrize(
    ("clearance", "told"),
    [
        ("open", {"language"}),
        ("personal", {"language", "given_name", "family_name"}),
        ("sensitive", {"language", "given_name", "family_name", "birth_date", "phone"}),
    ],
)
def test_a_person_is_read_up_to_the_clearance(
    clearance: str, told: set[str], program: Any, person: Any
) -> None:
    party = person(birth_date="1980-02-29", language="fr")
    answer = program("parties:read", clearance=clearance).get(f"parties/{party.pk}").json()
    assert set(answer["facts"]) == told
    assert set(answer["withheld"]) | told == {
        *("given_name", "family_name", "phone", "birth_date", "language")
    }


def test_the_log_says_first_who_opens_whom_for_what(program: Any, person: Any) -> None:
    party, mine = person(), program("parties:read")
    before = AccessLog.objects.count()
    mine.get(f"parties/{party.pk}")
    row = AccessLog.objects.order_by("-pk")[0]
    assert AccessLog.objects.count() == before + 1
    assert purpose_words(row) == f"Another program, by its token: crm:{mine.token.prefix}"
    assert (row.deed, row.subject, row.purpose) == (
        "open",
        party.pk,
        f"api:crm:{mine.token.prefix}",
    )


def test_nothing_is_opened_that_cannot_be_logged(
    program: Any, person: Any, campaign: Any, monkeypatch: Any
) -> None:
    party, mine = person(), program(clearance="sensitive")

    def full(**_row: Any) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(AccessLog.objects, "create", full)
    for refused in (
        mine.get(f"parties/{party.pk}"),
        mine.make("parties", {"person": BORN}),
        mine.make("items", {"campaign": "spring", "person": BORN}),
    ):
        assert (refused.status_code, refused.json()["type"]) == (503, "/api/v1/#unavailable")
        assert "Peeters" not in refused.content.decode()
    assert Party.objects.count() == 1


def test_a_person_who_has_not_changed_is_not_opened_again(program: Any, person: Any) -> None:
    party, mine = person(), program("parties:read")
    tag = mine.get(f"parties/{party.pk}")["ETag"]
    count = AccessLog.objects.count()
    assert mine.get(f"parties/{party.pk}", if_none_match=tag).status_code == 304
    assert AccessLog.objects.count() == count


def test_a_person_is_made_known_once(program: Any) -> None:
    mine = program(clearance="sensitive")
    first = mine.make("parties", {"person": BORN}, key="first-of-two")
    assert (first.status_code, first.json()["created"]) == (201, True)
    assert mine.make("parties", {"person": BORN}, key="first-of-two").json() == first.json()
    found = mine.make("parties", {"person": BORN})
    assert (found.status_code, found.json()["id"]) == (200, first.json()["id"])
    read = mine.get(f"parties/{first.json()['id']}").json()
    assert read["facts"]["birth_date"] == "1980-02-29"


def test_who_was_erased_is_gone(program: Any, person: Any, admin: Any) -> None:
    party = person()
    erase(party=party, by=admin, purpose="their_wish")
    answer = program("parties:read").get(f"parties/{party.pk}")
    assert (answer.status_code, answer.json()["type"]) == (410, "/api/v1/#erased")
