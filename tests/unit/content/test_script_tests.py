"""Tests that live with a script: kept from a run, played on each draft, following renames; a failing one stops the release."""

import json
from typing import Any

import pytest
from django.urls import reverse

from builder.compile import with_ids
from builder.models import Override, Version
from builder.publish import PublishVetoed
from content.actions import change_page
from content.models import ScriptTest
from content.testing import actions
from content.testing.following import names_of
from content.testing.running import drafted, family_tests, played
from content.testing.written import Written
from tests.bodies import ask, section, when

TODAY = "2026-03-16"


ILL, WELL = when(("fever", "eq", True)), when(("fever", "eq", False))


def ends() -> list[dict[str, Any]]:
    return [end("Isolate", "isolate", ILL), end("Call again", "call_again", WELL)]


def end(label: str, name: str, relevance: dict[str, Any]) -> dict[str, Any]:
    value = {
        "label": label,
        "name": name,
        "relevance": relevance,
        "complete": False,
        "effects": [],
    }
    return {"type": "outcome", "value": value}


def body(label: str = "Fever") -> list[dict[str, Any]]:
    return [
        section(
            "Start",
            ask("yes_no", "fever", label=label),
            ask("integer", "days", label="Days", relevance=ILL),
        )
    ]


@pytest.fixture
def script(make: Any) -> Any:
    return make(body(), ends())


def run(definition: Any, **more: Any) -> Written:
    commands = [
        {"command": "answer", "place": "fever", "value": True},
        {"command": "answer", "place": "days", "value": "3"},
    ]
    expected = {"path": ["start"], "outcome": None, "ready": ["isolate"], "values": {"days": "3"}}
    parts = {"expected": expected, "commands": commands, "name": "Ill", **more}
    return Written(today=TODAY, language="en", names=names_of(definition), **parts)


@pytest.fixture
def kept(script: Any, editor: Any) -> ScriptTest:
    return actions.keep(page=script, written=run(drafted(script)), by=editor)


def rewrite(page: Any, blocks: list[dict[str, Any]], outcomes: Any = None) -> None:
    """A new draft."""
    drafted_page = page.get_latest_revision_as_object()
    streams = with_ids(blocks, outcomes or ends(), page.code)
    drafted_page.body, drafted_page.outcomes = map(json.dumps, streams)
    drafted_page.save_revision()


def test_a_test_passes_on_the_draft_it_was_made_of(script: Any, kept: ScriptTest) -> None:
    assert played(kept, drafted(script)).passed


def test_a_failing_test_says_the_difference(
    script: Any, kept: ScriptTest, client_of: Any, editor: Any
) -> None:
    swapped = ends()
    swapped[0]["value"]["relevance"], swapped[1]["value"]["relevance"] = (
        swapped[1]["value"]["relevance"],
        swapped[0]["value"]["relevance"],
    )
    rewrite(script, body(), swapped)
    shown = client_of(editor).get(reverse("script-tests", args=[script.pk])).content.decode()
    assert "expected these outcomes to be offered: “Isolate”; found “Call again”." in shown
    assert "1 fails" in shown


def test_a_renamed_question_keeps_its_answers(script: Any, kept: ScriptTest) -> None:
    page = script.get_latest_revision_as_object()
    blocks = list(page.body.get_prep_value())
    blocks[0]["value"]["items"][0]["value"]["name"] = "temperature"
    page.body = json.dumps(blocks)
    page.save_revision()
    definition = drafted(script)
    assert "temperature" in names_of(definition)
    assert played(kept, definition).passed


def test_a_failing_test_stops_the_release_until_somebody_with_the_right_says_why(
    script: Any, kept: ScriptTest, client_of: Any, reviewer: Any
) -> None:
    without = [section("Start", ask("yes_no", "fever", label="Fever"))]
    with pytest.raises(PublishVetoed) as veto:
        change_page(page=script, by=None, body=without)
    assert veto.value.gates.keys() == {"tests"}
    script = type(script).objects.get(pk=script.pk)
    rewrite(script, without)
    address = reverse("release", args=[script.pk])
    assert "The test “Ill” fails" in client_of(reviewer).get(address).content.decode()
    client_of(reviewer).post(address, {"gate": "tests", "reason": "The board has said so."})
    assert Override.objects.get().gate == "tests"
    script.get_latest_revision().publish(user=reviewer)
    assert Version.objects.order_by("-number")[0].evidence["tests"] == {"passed": 0, "failed": 1}


def test_who_releases_sees_how_the_tests_went(
    script: Any, kept: ScriptTest, client_of: Any, reviewer: Any
) -> None:
    address = reverse("release", args=[script.pk])
    shown = client_of(reviewer).get(address).content.decode()
    assert "1 test passes" in " ".join(shown.split())
    assert reverse("script-tests", args=[script.pk]) in shown
    kept.delete()
    assert "test passes" not in client_of(reviewer).get(address).content.decode()


def test_what_passes_is_kept_with_the_version(script: Any, kept: ScriptTest) -> None:
    change_page(page=script, by=None, body=body("Fever?"))
    assert Version.objects.order_by("-number")[0].evidence["tests"] == {"passed": 1, "failed": 0}


def test_what_is_found_becomes_what_is_expected(
    script: Any, kept: ScriptTest, client_of: Any, editor: Any
) -> None:
    rewrite(script, [section("Start", ask("yes_no", "fever", label="Fever"))])
    client_of(editor).post(reverse("script-test-deed", args=[script.pk, kept.pk, "accept"]))
    kept.refresh_from_db()
    assert [command["place"] for command in kept.commands] == ["fever"]
    assert kept.expected["values"] == {"days": None}
    assert played(kept, drafted(script)).passed
    assert kept.history.first().history_user == editor


def posted(client: Any, script: Any, data: Any) -> Any:
    address = reverse("script-tests-keep", args=[script.pk])
    return client.post(address, data, content_type="application/json")


def preview_of(script: Any) -> dict[str, Any]:
    from builder.playing import play

    definition = drafted(script)
    written = run(definition)
    seen = play(definition, written.commands, TODAY, "en")
    return {
        "name": "Ill", "today": TODAY, "language": "en", "commands": written.commands,
        "names": written.names, "state": dict(seen.state), "view": dict(seen.view),
        "expect": ["path", "outcome", "asked", "problems"], "values": ["days"],
    }  # fmt: skip


def test_the_preview_keeps_a_run(script: Any, client_of: Any, editor: Any) -> None:
    answered = posted(client_of(editor), script, preview_of(script))
    assert answered.json()["kept"] is True
    test = family_tests(script)[0]
    assert test.expected == {
        "path": ["start"],
        "outcome": None,
        "ready": ["isolate"],
        "asked": ["fever", "days"],
        "problems": {},
        "values": {"days": "3"},
    }
    assert played(test, drafted(script)).passed


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""}, {"name": "x" * 201}, {"today": "2026-02-30"}, {"today": 5}, {"commands": "x"},
        {"commands": [{"x": 1}]}, {"view": {}}, {"state": None}, {"expect": [], "values": []}, {"expect": ["x"]},
        {"names": {"a": 1}}, {"name": "a\x00"}, {"language": "e" * 41},
    ],
)  # fmt: skip
def test_what_is_no_run_is_refused(
    script: Any, client_of: Any, editor: Any, change: dict[str, Any]
) -> None:
    answered = posted(client_of(editor), script, {**preview_of(script), **change})
    assert (answered.status_code, answered.json()["kept"]) == (400, False)
    assert not ScriptTest.objects.exists()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"\xff"', b'{"name": "\\ud800"}', b"[" * 5000]
)
def test_bytes_that_are_no_run_are_refused(
    script: Any, client_of: Any, editor: Any, body: bytes
) -> None:
    assert posted(client_of(editor), script, body).status_code == 400


def test_who_may_not_edit_the_page_sees_no_tests(
    script: Any, kept: ScriptTest, client_of: Any, trainer: Any
) -> None:
    for name, more in (("script-tests", ()), ("script-tests-file", ()), ("script-test", (1,))):
        address = reverse(name, args=[script.pk, *more])
        assert client_of(trainer).get(address).status_code in (302, 403), name
    assert posted(client_of(trainer), script, {}).status_code in (302, 403)


def test_a_file_of_tests_goes_out_and_in(
    script: Any, kept: ScriptTest, client_of: Any, editor: Any
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client, address = client_of(editor), reverse("script-tests-file", args=[script.pk])
    file = client.get(address).content
    actions.delete(test=kept, by=editor)
    client.post(address, {"file": SimpleUploadedFile("t.json", file)})
    assert [test.name for test in family_tests(script)] == ["Ill"]
    client.post(address, {"file": SimpleUploadedFile("t.json", file)})
    assert ScriptTest.objects.count() == 1
    for wrong in (b"x", b"{}", file.replace(b"2026-03-16", b"never")):
        answered = client.post(address, {"file": SimpleUploadedFile("t.json", wrong)}, follow=True)
        assert "Nothing was taken in." in answered.content.decode()


def test_a_test_is_changed_duplicated_and_deleted(
    script: Any, kept: ScriptTest, client_of: Any, editor: Any
) -> None:
    client, address = client_of(editor), reverse("script-test", args=[script.pk, kept.pk])
    shown = client.get(address).content.decode()
    assert "“Days”: 3" in shown
    typed = {"name": "Well", "today": TODAY, "language": "en", "step": ["0"], "expect": ["path"]}
    client.post(address, typed)
    kept.refresh_from_db()
    assert (kept.name, len(kept.commands), kept.expected) == ("Well", 1, {"path": ["start"]})
    assert "It needs a name" in client.post(address, {**typed, "name": " "}).content.decode()
    client.post(reverse("script-test-deed", args=[script.pk, kept.pk, "duplicate"]))
    assert sorted(test.name for test in family_tests(script)) == ["Well", "Well (copy)"]
    delete = reverse("script-test-delete", args=[script.pk, kept.pk])
    assert "Delete a test" in client.get(delete).content.decode()
    client.post(delete)
    assert [test.name for test in family_tests(script)] == ["Well (copy)"]


def test_what_no_test_reaches_is_told_and_a_test_for_it_is_offered(
    script: Any, kept: ScriptTest, client_of: Any, editor: Any
) -> None:
    client, address = client_of(editor), reverse("script-tests", args=[script.pk])
    answered = client.get(address, {"suggest": "1"})
    shares = {str(title): (one.covered, one.total) for title, one in answered.context["shares"]}
    assert shares == {
        "Questions": (2, 2),
        "Conditions, both ways": (3, 6),
        "Outcomes": (1, 2),
        "Rows of tables": (0, 0),
    }
    offered = answered.context["suggestions"]
    assert [one["name"] for one in offered] == ["reaches “Call again”"]
    client.post(reverse("script-tests-accept", args=[script.pk]), {"test": offered[0]["test"]})
    again = client.get(address, {"suggest": "1"})
    assert again.context["suggestions"] == []
    assert (again.context["passed"], again.context["failed"]) == (2, 0)
    shares = {str(title): (one.covered, one.total) for title, one in again.context["shares"]}
    assert shares["Conditions, both ways"] == (6, 6)
