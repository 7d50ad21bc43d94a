"""Requests of every shape, made of the interface's own document by schemathesis: those that fit it and those that do not. None is
answered by a mistake of ours, each as the document says. `make fuzz-api` asks more of them (API_EXAMPLES)."""

import json
import os
import uuid
from collections import Counter
from typing import Any

import jsonschema_rs
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from tests.unit.api.conftest import PERSON

EXAMPLES = int(os.environ.get("API_EXAMPLES", "15"))
ASKED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=EXAMPLES <= 100,
    suppress_health_check=list(HealthCheck),
)
PROBLEM = "application/problem+json"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
MEMBERS = ("campaign", "person", "party", "prefill", "lane", "priority", "not_before", "due")


@pytest.fixture
def open_door(program: Any, item: Any) -> Any:
    """A program that may do everything, in a house where somebody is to be called."""
    item()
    return program(rate=1_000_000, clearance="sensitive")


def document() -> dict[str, Any]:
    from runtime.api.document import document as made

    return made()


def hold(path: str, method: str, answer: Any) -> None:
    """An answer that the document tells of, in the form it tells."""
    told = document()["paths"][path][method.lower()]["responses"]
    status = answer.status_code
    assert status < 500, answer.content
    if status == 405 or (status == 404 and "404" not in told):
        return  # a path that the generator bent is another address
    assert status == 304 or str(status) in told, (status, path)
    if status >= 400:
        assert answer["Content-Type"] == PROBLEM
    for kind, said in told.get(str(status), {}).get("content", {}).items():
        schema = {**said["schema"], "components": document()["components"]}
        body = json.loads(answer.content)
        assert jsonschema_rs.is_valid(schema, body), (path, kind, body)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_request_finds_a_mistake_of_ours(mode: GenerationMode, open_door: Any) -> None:
    """Every other request names what is there, so that more than the door is asked."""
    schema = schemathesis.openapi.from_dict(document())
    seen: Counter[int] = Counter()
    for path, methods in document()["paths"].items():
        for method in methods:
            cases = schema[path][method.upper()].as_strategy(generation_mode=mode)

            @ASKED
            @given(case=cases, real=st.booleans())
            def ask(case: Any, real: bool) -> None:
                answer = sent(open_door, case, real)
                hold(case.operation.path, case.method, answer)
                seen[answer.status_code] += 1

            ask()
    assert {200, 404, 422} <= set(seen)
    assert 201 in seen or mode is GenerationMode.NEGATIVE


def sent(program: Any, case: Any, real: bool) -> Any:
    told = case.as_transport_kwargs(base_url="http://testserver")
    if real:
        _made_real(case, told)
    request = requests.Request(**_request(told)).prepare()
    headers = {name: _text(value) for name, value in request.headers.items()}
    headers["Authorization"] = f"Bearer {program.text}"
    return program.client.generic(
        request.method,
        request.path_url,
        request.body or b"",
        content_type=headers.pop("Content-Type", ""),
        headers=headers,
    )


def _made_real(case: Any, told: dict[str, Any]) -> None:
    """With a key, and of what is there: a campaign, a person, an app, the last item and whom it is about."""
    from runtime.queues.models import WorkItem

    last = WorkItem.objects.latest("created_at")
    there = {"item": last.pk, "party": last.party_id, "code": "call", "number": 1}
    path = case.operation.path.format(**there)
    told["url"] = f"http://testserver{path}"
    told["headers"] = {**(told.get("headers") or {}), "Idempotency-Key": uuid.uuid4().hex}
    body = told.get("json")
    if isinstance(body, dict):
        body["campaign" if path.endswith("items") else "person"] = (
            "spring" if path.endswith("items") else PERSON
        )
        if path.endswith("items") and isinstance(body.get("person"), dict):
            body.update(person=PERSON, party=None, not_before=None)
            body.pop("prefill", None)


def _request(told: dict[str, Any]) -> dict[str, Any]:
    known = {"method", "url", "headers", "params", "json", "data", "cookies"}
    return {name: value for name, value in told.items() if name in known and value is not None}


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def test_no_body_finds_a_mistake_of_ours(open_door: Any) -> None:
    @ASKED
    @given(
        body=JSON | st.dictionaries(st.sampled_from(MEMBERS), JSON) | st.binary(),
        key=st.text(min_size=1, max_size=20) | st.uuids().map(str),
    )
    def ask(body: Any, key: str) -> None:
        told = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"idempotency_key": key.encode().decode("latin-1")}
        for path in ("items", "parties"):
            hold(f"/api/v1/{path}", "POST", open_door.ask("POST", path, told, **headers))

    ask()
