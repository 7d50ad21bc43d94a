"""Apps, their versions and what changed, in words; the history of what is administered."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from builder.definition import dump, load, sha256
from builder.models import App, Version
from runtime.people import actions as people
from runtime.queues import actions as queues
from runtime.queues.models import Policy, Queue, Skill
from tests.definitions import calculation, data, line, outcome, question, section

FEVER = ["eq", ["answer", "fever"], ["value", "bool", True]]


def call(*more: dict[str, Any], title: str = "Symptoms", **members: Any) -> dict[str, Any]:
    return data(
        section(
            "symptoms",
            line("hello", {"en": "Good day {given_name}", "fr": "Bonjour {given_name}"}),
            question(
                "given_name",
                label={"en": "Given name", "fr": "Prénom"},
                required=True,
                fact="given_name",
            ),
            question("fever", "yes_no", label="Fever?", clearance="sensitive"),
            question("since", "date", label="Since when?", relevance=FEVER),
            question("colour", "choose_one", choices=["red", "blue"]),
            calculation(
                "until",
                "date",
                ["add_days", ["answer", "since"], ["value", "number", "10"]],
                label="Until",
            ),
            *more,
            title={"en": title, "fr": "Symptômes"},
        ),
        outcomes=[
            outcome(
                "done",
                label="Interview done",
                relevance=FEVER,
                effects=[("issue_document", {"document": "paper"})],
            )
        ],
        name="index_call",
        languages=("en", "fr"),
        **members,
    )


def publish(app: App, definition: dict[str, Any], number: int, **more: Any) -> Version:
    loaded = load(definition)
    return Version.objects.create(
        app=app,
        number=number,
        sha256=sha256(loaded),
        definition=dump(loaded),
        created_at=timezone.now(),
        **more,
    )


@pytest.fixture
def app(db: None) -> App:
    import uuid

    return App.objects.create(
        code="index_call", kind="script", title="Index call", translation_key=uuid.uuid4()
    )


@pytest.fixture
def two(app: App, editor: Any) -> tuple[Version, Version]:
    first = publish(app, call(), 1, created_by=editor)
    cough = question("cough", "yes_no", label="Cough?")
    return first, publish(
        app, call(cough, title="How you are"), 2, note="Cough was asked for", created_by=editor
    )


def read(client: Any, name: str, *arguments: Any, **query: str) -> str:
    answer = client.get(reverse(name, args=arguments), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def admins(client_of: Any, admin: Any) -> Any:
    return client_of(admin)


def test_all_apps_are_listed_with_their_version_and_state(admins: Any, two: Any) -> None:
    App.objects.update(open=False)
    words = read(admins, "apps")
    assert "Index call" in words
    assert "v2" in words
    assert "closed to new records" in words


def test_no_app_yet_says_what_to_do(admins: Any) -> None:
    assert "Nothing is published yet." in read(admins, "apps")


def test_the_versions_say_who_when_why_and_what_changed(admins: Any, two: Any) -> None:
    words = read(admins, "versions", "index_call")
    assert "Cough was asked for" in words
    assert "editor" in words
    assert "Added question “Cough?”." in words
    assert "“Symptoms” became “How you are”." in words
    assert "The first version." in words


def test_a_version_reads_as_sections_questions_conditions_and_outcomes(
    admins: Any, two: Any
) -> None:
    words = read(admins, "version", "index_call", 1)
    for expected in ("Symptoms", "Good day {given_name}", "Given name", "required", "sensitive", "Fever is yes", "Red", "blue", "Interview done", "Issue a document", "Until"):  # fmt: skip
        assert expected in words
    assert "Cough?" not in words


def test_a_version_reads_in_each_of_its_languages(admins: Any, two: Any) -> None:
    words = read(admins, "version", "index_call", 1, **{"in": "fr"})
    assert "Bonjour {given_name}" in words
    assert "Prénom" in words
    assert 'href="?in=en"' in words
    assert 'href="?in=fr" lang="fr" aria-current="true"' in words
    assert "in=(" not in words


@pytest.mark.parametrize(
    "address", ["/app/index_call/version/9/", "/app/nothing/versions/", "/app/nothing/version/1/"]
)
def test_what_does_not_exist_is_not_found(admins: Any, two: Any, address: str) -> None:
    assert admins.get(address).status_code == 404


def test_what_an_author_wrote_never_becomes_markup(admins: Any, app: App) -> None:
    publish(app, call(title="<script>alert(1)</script>"), 1)
    assert "<script>alert" not in read(admins, "version", "index_call", 1)


@pytest.mark.parametrize(
    ("role", "status"), [("editor", 200), ("supervisor", 200), ("agent", 403), ("stranger", 403)]
)
def test_who_may_read_versions(
    role: str, status: int, client_of: Any, two: Any, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(role))
    assert client.get(reverse("apps")).status_code == status
    assert client.get(reverse("version", args=["index_call", 1])).status_code == status


def test_the_history_says_who_changed_what_from_what_to_what(admins: Any, supervisor: Any) -> None:
    policy = queues.save_policy(policy=Policy(code="calm", title="Calm", rules={}), by=supervisor)
    policy.title = "Calmer"
    queues.save_policy(policy=policy, by=supervisor)
    skill = queues.save_skill(skill=Skill(code="tracing", title="Tracing"), by=supervisor)
    queue = queues.save_queue(
        queue=Queue(code="q", title="Calls", policy=policy), skills=[], by=supervisor
    )
    queues.save_queue(queue=queue, skills=[skill], by=supervisor)
    words = read(admins, "history")
    assert "Title: “Calm” became “Calmer”" in words
    assert "Skills: “–” became “Tracing”" in words
    assert "supervisor" in words


def test_the_history_of_one_kind_holds_no_other(admins: Any, supervisor: Any) -> None:
    queues.save_policy(policy=Policy(code="calm", title="Calm", rules={}), by=supervisor)
    queues.save_skill(skill=Skill(code="tracing", title="Tracing"), by=supervisor)
    words = read(admins, "history", kind="queues.skill")
    assert "Tracing" in words
    assert "Calm" not in words


def test_rights_are_part_of_the_history(admins: Any, admin: Any, agent: Any) -> None:
    people.set_roles(by=admin, person=agent.person, roles=["agent", "supervisor"])
    words = read(admins, "history", kind="rights")
    assert "became" in words
    assert "Supervisor" in words


def test_a_long_history_has_pages(admins: Any, supervisor: Any) -> None:
    for number in range(60):
        queues.save_skill(skill=Skill(code=f"s{number}", title=f"Skill {number}"), by=supervisor)
    first, second = read(admins, "history"), read(admins, "history", page="2")
    assert "Skill 59" in first
    assert "Skill 0<" not in first
    assert "Skill 0 " in second.replace("Skill 0<", "Skill 0 ")


@pytest.mark.parametrize(
    "query", [{"page": "x"}, {"page": "-3"}, {"page": "9" * 50}, {"kind": "nothing"}]
)
def test_an_odd_question_to_the_history_is_answered(admins: Any, query: dict[str, str]) -> None:
    read(admins, "history", **query)


@pytest.mark.parametrize(
    ("role", "status"), [("auditor", 200), ("supervisor", 403), ("editor", 403)]
)
def test_who_may_read_the_history(
    role: str, status: int, client_of: Any, request: pytest.FixtureRequest
) -> None:
    assert client_of(request.getfixturevalue(role)).get(reverse("history")).status_code == status
