"""The door: whatever is refused is a problem in JSON, and no body makes it stumble."""

import json
from typing import Any

import pytest
from django.test import Client

from runtime.api import door
from runtime.api.problems import PROBLEMS, Refused, told
from runtime.queues.models import WorkItem
from tests.unit.api.conftest import PERSON

GOOD = json.dumps({"campaign": "spring", "person": PERSON}).encode()
PROBLEM = "application/problem+json"


def made(program: Any, body: bytes, **headers: str) -> Any:
    return program.ask("POST", "items", body, **{"Idempotency-Key": "one-of-many", **headers})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"5",
        b'"text"',
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b'{"campaign": NaN}',
        b'{"campaign": Infinity}',
        b'{"campaign": "a", "campaign": "b"}',
        b'{"campaign": "\\ud800"}',
        b'{"campaign": 1' + b"0" * 5000 + b"}",
        b'{"prefill": ' + b"[" * 100 + b"]" * 100 + b"}",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"campaign": "\\"[[[[[[[[[[[[[[[[[[[["}',
        b"campaign=spring",
    ],
)
def test_a_body_that_is_no_request_is_refused(body: bytes, program: Any, campaign: Any) -> None:
    refused = made(program(), body)
    assert refused.status_code in {400, 422}, refused.content
    assert refused["Content-Type"] == PROBLEM
    assert not WorkItem.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Type": "application/json; charset=latin-1"}, 415),
        ({"Content-Type": "application/merge-patch+json"}, 415),
        ({"Content-Encoding": "gzip"}, 415),
        ({"Accept": "text/html"}, 406),
        ({"Idempotency-Key": "short"}, 400),
        ({"Idempotency-Key": "with a blank"}, 400),
        ({"Idempotency-Key": "x" * 200}, 400),
    ],
)
def test_a_header_that_is_not_as_it_should_be_is_refused(
    headers: dict[str, str], status: int, program: Any, campaign: Any
) -> None:
    refused = made(program(), GOOD, **headers)
    assert (refused.status_code, refused["Content-Type"]) == (status, PROBLEM)
    assert not WorkItem.objects.exists()


def test_a_body_that_is_too_large_is_not_read(program: Any) -> None:
    refused = made(program(), b" " * (door.MOST_BYTES + 1))
    assert (refused.status_code, refused.json()["title"]) == (413, PROBLEMS_TITLE)


PROBLEMS_TITLE = "Request Entity Too Large"


def test_what_is_not_there_and_what_is_not_taken_are_problems(program: Any) -> None:
    mine = program()
    for path in (
        "",
        "items/",
        "nothing",
        "items/5",
        "items/%00",
        "items/%0A",
        "../../etc",
        "apps/call",
    ):
        refused = mine.ask("POST", path, {})
        assert refused.status_code in {403, 404, 405}, path
        assert path == "" or refused["Content-Type"] == PROBLEM, path
    assert mine.get("nothing")["Content-Type"] == PROBLEM
    refused = mine.ask("DELETE", "items")
    assert (refused.status_code, refused["Content-Type"]) == (405, PROBLEM)
    assert set(refused["Allow"].split(", ")) == {"GET", "POST"}


def test_a_problem_is_told_in_the_readers_language(program: Any) -> None:
    answer = program().get("nothing", accept_language="fr")
    assert answer["Content-Language"] == "fr"
    assert answer.json()["detail"] != told_in_english("not_found")
    assert "Set-Cookie" not in answer


def told_in_english(code: str) -> str:
    return PROBLEMS[code][1]


def test_a_mistake_of_ours_tells_nothing(
    program: Any, campaign: Any, monkeypatch: Any, caplog: Any
) -> None:
    def fail(**_told: Any) -> None:
        raise ValueError("Peeters")

    monkeypatch.setattr("runtime.api.people.find_or_create", fail)
    refused = made(program(), GOOD)
    assert (refused.status_code, refused["Content-Type"]) == (500, PROBLEM)
    assert "Peeters" not in refused.content.decode()


def test_every_problem_has_its_status_and_words() -> None:
    for code, (status, words) in PROBLEMS.items():
        answer = told(Refused(code))
        assert (answer.status_code, json.loads(answer.content)["status"]) == (status, status)
        assert words


@pytest.mark.django_db
def test_the_page_and_the_document_name_every_operation() -> None:
    client = Client()
    told = client.get("/api/v1/openapi.json").json()
    page = client.get("/api/v1/").content.decode()
    assert told["openapi"].startswith("3.1")
    assert len(told["paths"]) == 11
    for path, methods in told["paths"].items():
        assert path in page
        for operation in methods.values():
            (scopes,) = operation["security"][0].values()
            assert scopes[0] in page
            assert PROBLEM in operation["responses"]["401"]["content"]
    assert "<script" not in page
