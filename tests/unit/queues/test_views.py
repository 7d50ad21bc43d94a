"""The pages of agents' items and supervisors' campaigns, through the client."""

import io
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from runtime.queues import actions
from runtime.queues.models import Campaign, ImportJob, Policy, Queue, Skill, WorkItem

GOOD = b"first name;last name;phone;remarks\nAnn;Peeters;0470 12 34 56;x\n"


@pytest.fixture
def agents(client_of: Any, agent: Any) -> Any:
    return client_of(agent)


@pytest.fixture
def supervisors(client_of: Any, supervisor: Any) -> Any:
    return client_of(supervisor)


@pytest.fixture
def held(queue: Any, item: Any, agent: Any) -> WorkItem:
    made = item()
    actions.claim(queue=queue, by=agent, now=timezone.now())
    made.refresh_from_db()
    return made


def url(name: str, *arguments: Any) -> str:
    return reverse(name, args=arguments)


def test_claiming_leads_to_the_record(agents: Any, queue: Any, item: Any) -> None:
    made = item()
    answer = agents.post(url("claim", queue.code))
    made.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, url("record", made.record_id))
    assert agents.get(url("claim", queue.code)).status_code == 405
    assert agents.post(url("claim", "none")).status_code == 404


def test_a_refused_claim_says_why_and_links_the_lesson(
    agents: Any, queue: Any, version: Any, item: Any
) -> None:
    item()
    queue.skills.add(Skill.objects.create(code="tracing", title="Tracing", lesson_app=version.app))
    answer = agents.post(url("claim", queue.code))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "a skill you do not have yet: Tracing" in page
    assert url("lesson", "call") in page


def test_an_empty_queue_says_so(agents: Any, queue: Any) -> None:
    answer = agents.post(url("claim", queue.code))
    assert (answer.status_code, "nothing to do" in answer.content.decode()) == (409, True)


def test_a_closed_queue_says_when_it_opens(
    agents: Any, queue: Any, policy: Any, item: Any
) -> None:
    item()
    day = timezone.localdate().isoweekday() % 7 + 1
    policy.rules = {"window": {"days": [day], "from": "09:00", "until": "09:01"}}
    policy.save()
    page = agents.post(url("claim", queue.code)).content.decode()
    assert "It opens again: " in page
    assert "09:00" in page


def test_the_items_page_dials_and_ends_without_javascript(agents: Any, held: Any) -> None:
    page = agents.get(url("item", held.pk)).content.decode()
    assert 'href="tel:+32470' in page
    point = held.party.contact_points.get().pk
    begun = agents.post(url("item-attempt", held.pk), {"point": point})
    assert begun.url == url("record", held.record_id)
    ended = agents.post(url("item-dispose", held.pk), {"disposition": "no_answer"})
    held.refresh_from_db()
    assert (ended.status_code, held.state) == (302, "scheduled")


def test_ending_a_call_can_claim_the_next_one(agents: Any, item: Any, held: Any) -> None:
    following = item()
    ended = agents.post(url("item-dispose", held.pk), {"disposition": "refused", "then": "next"})
    following.refresh_from_db()
    assert ended.url == url("record", following.record_id)


def test_the_screen_is_answered_in_json(agents: Any, held: Any) -> None:
    accept = {"Accept": "application/json"}
    bad = agents.post(url("item-dispose", held.pk), {"disposition": "vanished"}, headers=accept)
    assert (bad.status_code, bad.json()["code"]) == (400, "bad")
    point = agents.post(url("item-attempt", held.pk), {"point": "99999"}, headers=accept)
    assert point.status_code == 400
    gone = agents.post(url("item-release", held.pk), headers=accept)
    assert gone.json() == {"state": "ready"}
    lost = agents.post(url("item-release", held.pk), headers=accept)
    assert (lost.status_code, lost.json()["code"]) == (409, "not_holder")


@pytest.mark.parametrize(
    "typed", ["", "yesterday", "2020-01-01T10:00", "2999-01-01T10:00", "2026-13-45T99:00"]
)
def test_a_callback_with_a_bad_time_keeps_the_item(agents: Any, held: Any, typed: str) -> None:
    answer = agents.post(
        url("item-dispose", held.pk), {"disposition": "callback", "callback_at": typed}
    )
    held.refresh_from_db()
    assert (answer.status_code, held.state) == (400, "active")
    assert "at most 30 days ahead" in answer.content.decode()


def test_a_callback_is_in_local_time(agents: Any, held: Any) -> None:
    day = timezone.localdate() + timezone.timedelta(days=2)
    typed = f"{day.isoformat()}T14:30"
    agents.post(url("item-dispose", held.pk), {"disposition": "callback", "callback_at": typed})
    held.refresh_from_db()
    assert timezone.localtime(held.not_before).strftime("%Y-%m-%dT%H:%M") == typed


@pytest.mark.parametrize("name", ["item-dispose", "item-release", "item-attempt", "item"])
def test_somebody_elses_item_is_not_touched(
    client_of: Any, second_agent: Any, held: Any, name: str
) -> None:
    client = client_of(second_agent)
    do = client.get if name == "item" else client.post
    answer = do(url(name, held.pk), {"disposition": "refused"})
    held.refresh_from_db()
    assert (answer.status_code, held.state) == (409, "active")


def test_a_campaign_is_set_up_changed_closed_and_opened(
    supervisors: Any, queue: Any, version: Any
) -> None:
    fields = {
        "title": "Spring",
        "code": "spring",
        "queue": queue.pk,
        "app": version.app_id,
        "policy": "",
    }
    assert supervisors.post(url("campaign-new"), fields).url == url("campaign", "spring")
    supervisors.post(
        url("campaign-edit", "spring"), {**fields, "title": "Late spring", "code": "other"}
    )
    made = Campaign.objects.get()
    assert (made.title, made.code) == ("Late spring", "spring")
    supervisors.post(url("campaign-close", "spring"))
    assert not Campaign.objects.get().open
    supervisors.post(url("campaign-open", "spring"))
    assert Campaign.objects.get().open
    assert [row.history_user.username for row in made.history.all()] == ["supervisor"] * 4


def test_a_campaign_with_a_wrong_field_is_not_kept(supervisors: Any, queue: Any) -> None:
    answer = supervisors.post(
        url("campaign-new"), {"title": "", "code": "a b", "queue": queue.pk, "app": 99}
    )
    assert (answer.status_code, Campaign.objects.exists()) == (400, False)


def test_the_campaigns_page_counts(
    supervisors: Any, campaign: Any, agent: Any, item: Any, held: Any
) -> None:
    item()
    actions.dispose(item=held, disposition="busy", by=agent, now=timezone.now())
    page = supervisors.get(url("campaign", campaign.code)).content.decode()
    assert '<span class="figure" id="total">2</span>' in page
    for word in ("Ready", "Scheduled", "Busy"):
        assert f"<dt>{word}</dt>" in page
    assert url("campaign", campaign.code) in supervisors.get(url("campaigns")).content.decode()


def test_a_list_goes_from_file_to_columns_to_progress(supervisors: Any, campaign: Any) -> None:
    received = supervisors.post(url("campaign-load", campaign.code), {"file": io.BytesIO(GOOD)})
    job = ImportJob.objects.get()
    assert received.url == url("import", job.pk)
    page = supervisors.get(received.url).content.decode()
    assert "Not recognised, and left out unless you choose: remarks" in " ".join(page.split())
    assert "0470 12 34 56" in page
    columns = {
        "column_0": "fact:given_name",
        "column_1": "fact:family_name",
        "column_2": "fact:phone",
    }
    wrong = supervisors.post(received.url, {**columns, "column_2": ""})
    assert (wrong.status_code, "No column holds the phone number" in wrong.content.decode()) == (
        400,
        True,
    )
    assert supervisors.post(received.url, columns).status_code == 302
    progress = supervisors.get(url("import-progress", job.pk)).json()
    assert (progress["state"], progress["total"], progress["ended"]) == ("waiting", 1, False)
    assert "import_progress.mjs" in supervisors.get(received.url).content.decode()
    supervisors.post(url("import-stop", job.pk))
    assert supervisors.get(url("import-progress", job.pk)).json()["ended"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Choose a CSV or XLSX file"),
        (b"name,phone\nA\x00,1\n", "null character"),
        (b"Ann,0470123456\nBob,0470123457\n", "line 1 must hold the names"),
        (b"a," * 99_999 + b"b\n" + b"1," * 99_999 + b"2\n", "100000 columns"),
        (b"x" * (10 * 1024 * 1024 + 1), "at most 10 MB"),
        (b"x" * (13 * 1024 * 1024), "at most 10 MB"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_nothing_is_kept(
    supervisors: Any, campaign: Any, data: bytes, words: str
) -> None:
    answer = supervisors.post(url("campaign-load", campaign.code), {"file": io.BytesIO(data)})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not ImportJob.objects.exists()


def test_no_file_at_all_is_refused(supervisors: Any, campaign: Any) -> None:
    assert (
        supervisors.post(url("campaign-load", campaign.code), {"file": "text"}).status_code == 400
    )


def test_queues_skills_and_policies_are_set_up(
    supervisors: Any, version: Any, policy: Any
) -> None:
    form = supervisors.get(url("policy-edit", policy.code)).context["form"]
    rules = {name: "" if value is None else value for name, value in form.initial.items()}
    answer = supervisors.post(
        url("policy-edit", policy.code), {**rules, "title": "Usual", "busy_minutes": 45}
    )
    assert answer.status_code == 302
    assert Policy.objects.get().rules["again"]["busy"] == {"minutes": 45, "at_most": 3}
    assert Policy.objects.get().rules["window"] is None
    supervisors.post(url("skill-new"), {"title": "Tracing", "code": "tracing", "lesson_app": ""})
    skill = Skill.objects.get()
    supervisors.post(
        url("queue-new"),
        {"title": "Calls", "code": "calls", "policy": policy.pk, "skills": [skill.pk]},
    )
    queue = Queue.objects.get()
    assert list(queue.skills.all()) == [skill]
    assert "Tracing" in supervisors.get(url("queues")).content.decode()
    assert [row.history_user.username for row in queue.history.all()] != []


@pytest.mark.parametrize(
    "fields",
    [
        {"opens": "20:00", "closes": "09:00", "days": [1]},
        {"opens": "09:00"},
        {"days": [1, 2]},
        {"days": [9]},
        {"item_cap": 0},
        {"item_cap": 10**30},
        {"time_zone": "Moon/Base"},
        {"busy_minutes": -5},
        {"lease": "soon"},
    ],
)
def test_a_policy_that_cannot_be_is_not_kept(
    supervisors: Any, policy: Any, fields: dict[str, Any]
) -> None:
    form = supervisors.get(url("policy-edit", policy.code)).context["form"]
    rules = {name: "" if value is None else value for name, value in form.initial.items()}
    answer = supervisors.post(
        url("policy-edit", policy.code), {**rules, "title": "Usual", **fields}
    )
    assert (answer.status_code, Policy.objects.get().rules) == (400, {})


@pytest.mark.parametrize(
    "name", ["campaigns", "campaign-new", "queues", "queue-new", "policy-new", "skill-new"]
)
def test_set_up_is_for_supervisors(client_of: Any, agent: Any, name: str) -> None:
    assert client_of(agent).get(url(name)).status_code == 403
