"""The report of a release, what is declared on it, and what becomes of open records when it happens."""

import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from builder.compile import with_ids
from builder.models import App, ReleasePlan, Version
from runtime.queues.models import Campaign, Policy, Queue, Skill
from runtime.records import actions, following
from runtime.records.append import append
from runtime.records.models import CarryOver, Record
from tests.bodies import ask, section
from tests.traces import shown_in

BEFORE = [
    section(
        "Start",
        ask("yes_no", "reached", "Reached the person"),
        ask("text", "remark", "Anything else?"),
        ask("text", "given_name", "First name", fact="given_name"),
        ask("integer", "household", "People in the household"),
    )
]
AFTER = [
    section(
        "Start",
        ask("yes_no", "reached", "Reached the person"),
        ask("text", "note", "Anything else"),
        ask("integer", "household_size", "People in the household", required=True),
        ask("date", "since", "Since when?", required=True, searchable="date"),
    )
]


@pytest.fixture
def drafted(make: Any) -> Any:
    """A published script with a draft that removes a question, renames two and asks one more."""
    script = make(BEFORE)
    page = script.get_latest_revision_as_object()
    page.body = json.dumps(with_ids(AFTER, [], page.code)[0])
    page.save_revision()
    return script


@pytest.fixture
def record(drafted: Any, agent: Any) -> Any:
    """An open record of it, which nobody holds."""
    made = actions.start(version=Version.objects.get(), by=agent)
    session, token = actions.open_session(record=made, by=agent, kind="agent", purpose="call")
    answers = {"reached": True, "remark": "calls at noon", "given_name": "Ann", "household": "3"}
    batch = [
        {
            "id": f"00000000-0000-4000-8000-{n:012}",
            "seen": 0,
            "event": {"event": "answered", "place": place, "value": value},
        }
        for n, (place, value) in enumerate(answers.items())
    ]
    assert append(token, batch, timezone.now()).status == 200
    actions.end_session(session=session, reason="released")
    return made


def released(client: Any, script: Any, **more: str) -> str:
    post = {"rename-remark": "note", "rename-household": "household_size", "when": "now", **more}
    answer = client.post(reverse("release", args=[script.pk]), post, follow=True)
    return str(answer.content.decode())


def shown(client: Any, script: Any) -> str:
    return str(client.get(reverse("release", args=[script.pk])).content.decode())


def english(client_of: Any, user: Any) -> Any:
    return client_of(user, headers={"accept-language": "en"})


def test_the_report_names_what_records_lose_and_what_is_asked(
    record: Any, drafted: Any, client_of: Any, editor: Any
) -> None:
    page = shown(english(client_of, editor), drafted)
    assert "“First name” removed" in page
    assert "“Anything else?” is now “Anything else”" in page
    assert "“Since when?” is asked where it is not answered yet" in page
    assert "Open records by the version they stand on" in page
    assert "First name is asked no more" in page
    assert "“Since when?”: from now on as a date" in page
    assert "brings 1 record up to date after the release" in page
    assert shown_in(page, "Ann") == []


def test_likely_renames_are_suggested_and_kept_only_when_said(
    drafted: Any, client_of: Any, editor: Any
) -> None:
    client = english(client_of, editor)
    page = shown(client, drafted)
    assert page.count("suggested: please check") == 2
    assert '<option value="household_size" selected>' in page
    assert not ReleasePlan.objects.exists()
    released(client, drafted, **{"rename-remark": ""})
    assert ReleasePlan.objects.get().renames == {"household": "household_size"}
    assert "suggested: please check" not in shown(client, drafted)


def test_the_version_keeps_what_was_declared(drafted: Any, client_of: Any, editor: Any) -> None:
    released(english(client_of, editor), drafted, release="1")
    kept = Version.objects.get(number=2).evidence["carry_over"]
    assert kept["renames"] == {"remark": "note", "household": "household_size"}
    assert (kept["when"], kept["by"]) == ("now", "editor")
    assert not ReleasePlan.objects.exists()


def test_what_was_declared_and_does_not_hold_any_more_is_left_out(
    drafted: Any, client_of: Any, editor: Any
) -> None:
    released(english(client_of, editor), drafted)
    page = drafted.get_latest_revision_as_object()
    page.body = json.dumps(
        with_ids([section("Start", ask("text", "note", "Anything else"))], [], page.code)[0]
    )
    page.save_revision().publish(user=editor)
    kept = Version.objects.get(number=2).evidence["carry_over"]
    assert kept["renames"] == {"remark": "note"}


@pytest.mark.parametrize(
    "posted", [{"rename-remark": "since"}, {"rename-remark": "x'>"}, {"when": "at noon"}]
)
def test_what_is_not_offered_is_not_taken(
    drafted: Any, client_of: Any, editor: Any, posted: dict[str, str]
) -> None:
    released(english(client_of, editor), drafted, **posted)
    plan = ReleasePlan.objects.get()
    assert plan.renames.get("remark", "note") == "note"
    assert plan.when in {"now", "never"}


def test_without_a_word_nobody_loses_anything(make: Any, drafted: Any, editor: Any) -> None:
    drafted.get_latest_revision().publish(user=editor)
    assert CarryOver.objects.get().when == "never"


def test_texts_alone_follow_at_the_next_opening(make: Any, editor: Any) -> None:
    script = make(BEFORE)
    body = json.loads(json.dumps(BEFORE))
    body[0]["value"]["items"][1]["value"]["label"] = "Anything else at all?"
    from content.actions import change_page

    change_page(page=script, by=editor, body=body)
    assert Version.objects.get(number=2).texts_only
    assert CarryOver.objects.get().when == "opening"


def test_released_the_open_records_follow_and_can_be_brought_back(
    record: Any, drafted: Any, client_of: Any, editor: Any, supervisor: Any
) -> None:
    released(english(client_of, editor), drafted, release="1")
    assert following.carry_on(timezone.now()) == 1
    state = actions.settle(record.pk, by=None, purpose="check").state
    assert state["answers"] == {"reached": True, "note": "calls at noon", "household_size": "3"}
    client = english(client_of, supervisor)
    page = client.get(reverse("carry-over", args=["small"])).content.decode()
    assert "Undo: bring them back" in page
    answer = client.post(reverse("carry-over-undo", args=["small", 2]), follow=True)
    assert "The records return" in answer.content.decode()
    assert following.carry_on(timezone.now()) == 1
    state = actions.settle(record.pk, by=None, purpose="check").state
    assert state["answers"]["given_name"] == "Ann"
    assert Record.objects.get().version.number == 1


def test_the_agent_is_told_when_the_record_is_opened(
    record: Any, drafted: Any, client_of: Any, editor: Any, agent: Any
) -> None:
    released(english(client_of, editor), drafted, release="1", when="opening")
    client = english(client_of, agent)
    client.post(reverse("record-continue", args=[record.pk]))
    page = client.get(reverse("record", args=[record.pk])).content.decode()
    assert "This script was updated since (version 1, now 2). 1 answer needs asking: Since" in page
    assert "1 earlier answer has no place in it" in page


def test_what_lost_its_place_can_be_read(
    record: Any, drafted: Any, client_of: Any, editor: Any, supervisor: Any
) -> None:
    released(english(client_of, editor), drafted, release="1")
    following.carry_on(timezone.now())
    client = english(client_of, supervisor)
    answer = client.post(reverse("record", args=[record.pk]), {"purpose": "quality"})
    page = answer.content.decode()
    assert "Answers without a place in this version" in page
    assert "Ann" in page
    assert "version 1 to 2: 3 kept, 1 without a place, 1 to ask" in page


def test_a_page_that_stayed_open_gets_no_token_for_another_version(
    record: Any, drafted: Any, client_of: Any, editor: Any, agent: Any
) -> None:
    client = english(client_of, agent)
    client.post(reverse("record-continue", args=[record.pk]))
    address = reverse("record-token", args=[record.pk])
    assert client.post(f"{address}?version=1").status_code == 200
    refused = client.post(f"{address}?version=2")
    assert (refused.status_code, refused.json()["code"]) == (409, "session_ended")


def test_campaigns_and_lessons_that_are_concerned_are_named(
    record: Any, drafted: Any, client_of: Any, editor: Any
) -> None:
    app = App.objects.get()
    queue = Queue.objects.create(
        code="q", title="Mornings", policy=Policy.objects.create(code="p", title="P")
    )
    lesson = App.objects.create(
        code="lesson", kind="lesson", title="How to call", translation_key=editor.person.subject
    )
    queue.skills.add(Skill.objects.create(code="s", title="S", lesson_app=lesson))
    Campaign.objects.create(
        code="c",
        title="Spring",
        queue=queue,
        app=app,
        mapping={"Size": "question:household", "Name": "fact:given_name"},
    )
    page = shown(english(client_of, editor), drafted)
    assert "Column “Size”: “People in the household” is now" in page
    assert "“How to call”, for the queue “Mornings”" in page
    assert reverse("campaign", args=["c"]) not in page  # an editor may not go there


def test_the_apps_page_says_how_many_records_stand_where(
    record: Any, drafted: Any, client_of: Any, editor: Any
) -> None:
    page = english(client_of, editor).get(reverse("apps")).content.decode()
    assert "v1: 1" in page


def test_who_only_reviews_may_look_and_not_decide(
    record: Any, drafted: Any, client_of: Any, editor: Any, reviewer: Any, agent: Any
) -> None:
    released(english(client_of, editor), drafted, release="1")
    client = english(client_of, reviewer)
    assert "Undo" not in client.get(reverse("carry-over", args=["small"])).content.decode()
    for name in ("carry-over-undo", "carry-over-now"):
        assert client.post(reverse(name, args=["small", 2])).status_code == 403
    assert client_of(agent).get(reverse("carry-over", args=["small"])).status_code == 403


def test_progress_is_told_in_numbers(
    record: Any, drafted: Any, client_of: Any, editor: Any
) -> None:
    client = english(client_of, editor)
    released(client, drafted, release="1")
    address = reverse("carry-over-progress", args=["small", 2])
    assert client.get(address).json() == {
        "seen": 0, "total": 1, "ended": False, "followed": 0, "failed": 0, "returned": 0,
        "waiting": 1, "in_hands": 0,
    }  # fmt: skip
    following.carry_on(timezone.now())
    assert client.get(address).json()["ended"] is True
    assert client.get(reverse("carry-over-progress", args=["small", 1])).status_code == 404


def test_a_first_release_has_nothing_to_compare(make: Any, client_of: Any, editor: Any) -> None:
    script = make(BEFORE, publish=False)
    assert "It would be the first version" in shown(english(client_of, editor), script)
