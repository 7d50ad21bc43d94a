"""Gates: what stands in the way of a release, who may set it aside, and what stays with the version."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from builder import gates
from builder.compile import with_ids
from builder.models import Override, Version
from builder.problems import Problem
from builder.publish import PublishVetoed, check
from content.actions import change_page
from tests.bodies import SMALL, ask, section

WRONG = "wrong"


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> gates.Gate:
    """A gate that is closed while a question has the label "wrong"."""

    def find(page: Any, definition: Any) -> Iterator[Problem]:
        for item in definition.sections[0].items:
            if item.label.plain("en") == WRONG:
                yield Problem("wrong_label", item.id, "The label is wrong.", "Reword it.")

    monkeypatch.setattr(gates, "_gates", {})
    bound = gates.Gate(
        "labels", "Labels", find, "builder.override_tests", lambda page, definition: {"read": 1}
    )
    gates.bind(bound)
    return bound


def wrong() -> list[dict[str, Any]]:
    return [section("Start", ask("text", "one", label=WRONG))]


def test_a_closed_gate_stops_the_release_and_says_where(make: Any, gate: Any) -> None:
    script = make(SMALL)
    with pytest.raises(PublishVetoed) as veto:
        change_page(page=script, by=None, body=wrong())
    assert veto.value.gates.keys() == {"labels"}
    assert [problem.code for problem in veto.value.problems] == ["wrong_label"]
    assert Version.objects.count() == 1


def test_a_closed_gate_stops_what_is_scheduled(make: Any, gate: Any, editor: Any) -> None:
    script = make(SMALL)
    page = script.get_latest_revision_as_object()
    change_page_draft(page, wrong())
    page.go_live_at = timezone.now() + timezone.timedelta(days=1)
    revision = page.save_revision()
    with pytest.raises(PublishVetoed):
        revision.publish(user=editor)


def change_page_draft(page: Any, body: list[dict[str, Any]]) -> None:
    page.body = json.dumps(with_ids(body, [], page.code)[0])


def drafted(make: Any) -> Any:
    script = make(SMALL)
    page = script.get_latest_revision_as_object()
    change_page_draft(page, wrong())
    page.save_revision()
    return script


def test_who_has_the_right_says_why_and_the_version_keeps_it(
    make: Any, gate: Any, client_of: Any, reviewer: Any
) -> None:
    script = drafted(make)
    client, address = client_of(reviewer), reverse("release", args=[script.pk])
    assert "The label is wrong." in client.get(address).content.decode()
    client.post(address, {"gate": "labels", "reason": "The board has said so."})
    assert Override.objects.get().by == reviewer
    assert "Nothing stands in the way" in client.get(address).content.decode()
    script.get_latest_revision().publish(user=reviewer)
    kept = Version.objects.order_by("-number")[0].evidence
    assert kept["labels"] == {"read": 1}
    assert kept["overrides"][0]["reason"] == "The board has said so."
    change_page(page=script, by=reviewer, body=SMALL)
    assert "overrides" not in Version.objects.order_by("-number")[0].evidence


def test_the_next_change_is_asked_again(make: Any, gate: Any, reviewer: Any) -> None:
    script = drafted(make)
    page = script.get_latest_revision_as_object()
    gates.override(
        page=page, definition=check(page).definition, gate=gate, reason="why", by=reviewer
    )
    assert gates.closed(page, check(page).definition) == {}
    change_page_draft(page, [section("Start", ask("text", "two", label=WRONG))])
    assert gates.closed(page, check(page).definition).keys() == {"labels"}


@pytest.mark.parametrize("reason", ["", "   ", "\x00", "x" * 501])
def test_without_a_reason_nothing_is_set_aside(
    make: Any, gate: Any, client_of: Any, reviewer: Any, reason: str
) -> None:
    script = drafted(make)
    answered = client_of(reviewer).post(
        reverse("release", args=[script.pk]), {"gate": "labels", "reason": reason}
    )
    assert "Say why" in answered.content.decode()
    assert not Override.objects.exists()


def test_who_has_no_right_may_not(make: Any, gate: Any, client_of: Any, editor: Any) -> None:
    script = drafted(make)
    client, address = client_of(editor), reverse("release", args=[script.pk])
    assert "You have no right" in client.get(address).content.decode()
    assert client.post(address, {"gate": "labels", "reason": "why"}).status_code in (302, 403)
    assert not Override.objects.exists()


def test_an_unknown_gate_is_not_found(make: Any, gate: Any, client_of: Any, reviewer: Any) -> None:
    script = drafted(make)
    address = reverse("release", args=[script.pk])
    assert client_of(reviewer).post(address, {"gate": "x", "reason": "y"}).status_code == 404


def test_what_the_gates_saw_is_never_changed(make: Any, gate: Any) -> None:
    make(SMALL)
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.update(evidence={})
