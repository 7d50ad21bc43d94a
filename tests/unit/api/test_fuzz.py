"""Requests of every shape, made of the interface's own document by schemathesis: those that fit it and those that do not. None is
answered by a mistake of ours, each as the document says. `make fuzz-api` asks more of them (API_EXAMPLES)."""

import json
import os
from typing import Any

import jsonschema_rs
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

EXAMPLES = int(os.environ.get("API_EXAMPLES", "60"))
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
    schema = schemathesis.openapi.from_dict(document())

    @ASKED
    @given(case=schema.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        sent = case.as_transport_kwargs(base_url="http://testserver")
        request = requests.Request(**_request(sent)).prepare()
        headers = {name: _text(value) for name, value in request.headers.items()}
        headers["Authorization"] = f"Bearer {open_door.text}"
        answer = open_door.client.generic(
            request.method,
            request.path_url,
            request.body or b"",
            content_type=headers.pop("Content-Type", ""),
            headers=headers,
        )
        hold(case.operation.path, case.method, answer)

    ask()


def _request(sent: dict[str, Any]) -> dict[str, Any]:
    known = {"method", "url", "headers", "params", "json", "data", "cookies"}
    return {name: value for name, value in sent.items() if name in known and value is not None}


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def test_no_body_finds_a_mistake_of_ours(open_door: Any) -> None:
    @ASKED
    @given(
        body=JSON | st.dictionaries(st.sampled_from(MEMBERS), JSON) | st.binary(),
        key=st.text(min_size=1, max_size=20),
    )
    def ask(body: Any, key: str) -> None:
        told = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"idempotency_key": key.encode().decode("latin-1")}
        for path in ("items", "parties"):
            hold(f"/api/v1/{path}", "POST", open_door.ask("POST", path, told, **headers))

    ask()
