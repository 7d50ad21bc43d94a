"""Texts that would run: through every place where people write, onto every page that shows them."""

from typing import Any

import pytest
from django.urls import reverse

from tests.people import make_person
from tests.unit.attacks.payloads import PAYLOADS, what_runs
from tests.unit.exports import given, making

pytestmark = pytest.mark.django_db
WITH_MARKS = [payload for payload in PAYLOADS if "<" in payload]


def hostile() -> dict[str, Any]:
    """A form in which every text is a payload: each of them as label, hint, line, choice and message."""
    items: list[dict[str, Any]] = []
    for number, payload in enumerate(PAYLOADS):
        text = {"en": payload, "fr": payload[::-1]}
        both = {
            "choices": [
                {"name": "a", "label": text},
                {"name": "b", "label": text},
            ]
        }
        message = {"test": ["value", "bool", False], "message": text}
        items.append(making.question(f"q{number}", label=text, hint=text, constraints=[message]))
        items.append(making.question(f"c{number}", "choose_one", label=text, settings=both))
        kind = ("line", "cue", "display")[number % 3]
        items.append({"kind": kind, "id": f"t{number}", "text": text, "relevance": None})
    every = {"en": "".join(PAYLOADS)}
    first = making.section("first", *items) | {"title": every}
    again = making.section("again", making.question("inner", label=every), repeat=True)
    again["repeat"]["entry_label"] = every
    again["title"] = every
    ending = making.outcome("done") | {"label": every}
    return making.body(first, again, name="hostile", outcomes=[ending], title=every)


def clean(answer: Any, status: int = 200) -> str:
    """The page, in which nothing runs."""
    assert answer.status_code == status
    page = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
    assert what_runs(page) == []
    assert [payload for payload in WITH_MARKS if payload in page] == []
    return page


def test_the_reader_finds_what_runs() -> None:
    """The control: unescaped, nearly all of them would be seen (a few need what stands around them)."""
    seen = [payload for payload in WITH_MARKS if what_runs(f"<p title=x>{payload}</p>")]
    assert len(PAYLOADS) >= 200
    assert len(seen) > len(WITH_MARKS) * 0.8


@pytest.fixture
def version(db: None) -> Any:
    made = given.publish(hostile())
    made.app.title, made.note = PAYLOADS[3], "".join(PAYLOADS)[:500]
    made.app.save()
    return made


@pytest.fixture
def record(version: Any, agent: Any, client_of: Any) -> Any:
    """A record of the hostile form, whose answers are payloads too."""
    from runtime.records import actions as records

    answers = {f"q{number}": payload for number, payload in enumerate(PAYLOADS)}
    row = records.start(version=version, by=agent, prefill=answers)
    records.open_session(record=row, by=agent, kind="agent", purpose="test")
    return row


def test_the_screen_runs_nothing(record: Any, agent: Any, client_of: Any) -> None:
    page = clean(client_of(agent).get(f"/record/{record.pk}/"))
    assert page.count("attack") > len(PAYLOADS)
    clean(client_of(agent).get(f"/record/{record.pk}/?section=again&end"))


def test_a_post_without_script_runs_nothing(record: Any, agent: Any, client_of: Any) -> None:
    posted = {f"a:q{number}": payload[::-1] for number, payload in enumerate(PAYLOADS)}
    posted |= {f"a:c{number}": payload for number, payload in enumerate(PAYLOADS)}
    posted |= {"section": "first", "token": PAYLOADS[0], "nonce": PAYLOADS[0]}
    posted["shown"] = " ".join(name.removeprefix("a:") for name in posted)
    clean(client_of(agent).post(f"/record/{record.pk}/section/", posted), status=422)


def test_a_reading_runs_nothing(record: Any, supervisor: Any, client_of: Any) -> None:
    client = client_of(supervisor)
    clean(client.post(f"/record/{record.pk}/", {"purpose": "".join(PAYLOADS)}), status=400)
    page = clean(client.post(f"/record/{record.pk}/", {"purpose": "quality", "unveil": "1"}))
    assert page.count("attack") > len(PAYLOADS)


def test_lists_and_versions_run_nothing(record: Any, supervisor: Any, client_of: Any) -> None:
    client = client_of(supervisor)
    given.publish(hostile() | {"title": {"en": PAYLOADS[5]}}, number=2)
    for address in (
        "/apps/",
        "/app/hostile/versions/",
        "/app/hostile/version/1/",
        "/app/hostile/version/2/",
        "/app/hostile/records/",
        "/",
    ):
        clean(client.get(address))


def test_a_projection_is_no_page(version: Any, agent: Any, client_of: Any) -> None:
    answer = client_of(agent).get(reverse("projection", args=[version.sha256, "agent", "en"]))
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_person_with_a_hostile_name_is_shown(agent: Any, client_of: Any) -> None:
    from runtime.parties.actions import find_or_create

    client = client_of(agent)
    client.post("/find/", {"purpose": "calls_back"})
    for number, payload in enumerate(PAYLOADS[:24]):
        facts = {
            "given_name": "Zoltan",
            "family_name": payload,
            "address": payload,
            "phone": f"+324701234{number:02}",
        }
        party, _new = find_or_create(facts=facts, by=agent, purpose="test")
        clean(client.post("/find/", {"text": f"04701234{number:02}"}))
        shown = clean(client.post(f"/party/{party.pk}/", {"unveil": "address"}))
        assert "Zoltan" in shown
    page = clean(client.post("/find/", {"text": "".join(PAYLOADS)[:5000]}))
    assert "attack" in page
    hits = client.post("/find/", {"text": "Zoltan"}, headers={"X-Fragment": "hits"})
    assert "Zoltan" in clean(hits)


def test_a_list_of_hostile_cells_runs_nothing(supervisor: Any, client_of: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from runtime.queues.models import Campaign, ImportJob, Policy, Queue

    policy = Policy.objects.create(code="p", title=PAYLOADS[1], rules={})
    queue = Queue.objects.create(code="q", title=PAYLOADS[2], policy=policy)
    app = given.publish(making.call()).app
    Campaign.objects.create(code="c", title=PAYLOADS[3], queue=queue, app=app)
    client = client_of(supervisor)
    rows = "\n".join(f'"{p.replace(chr(34), chr(34) * 2)}";x' for p in PAYLOADS[:3])
    head = PAYLOADS[2].replace('"', '""')
    file = SimpleUploadedFile("x.csv", f'"{head}";phone\n{rows}'.encode())
    client.post("/campaign/c/load/", {"file": file})
    job = ImportJob.objects.get()
    for address in (f"/import/{job.pk}/", "/campaigns/", "/campaign/c/", "/queues/"):
        assert "attack" in clean(client.get(address)), address
    clean(client.post(f"/import/{job.pk}/", {"column_0": PAYLOADS[4]}), status=400)
    mapping = {"column_0": "fact:given_name", "column_1": "fact:phone"}
    clean(client.post(f"/import/{job.pk}/", mapping), status=302)
    assert "attack" in clean(client.get("/campaign/c/edit/"))


def test_a_document_prints_marks_as_text(agent: Any) -> None:
    import datetime

    from exports.documents.paper import Paper, Part, Said, Validity
    from exports.documents.paper import page as paper_page

    said = (Said("en", "".join(PAYLOADS)),)
    day = datetime.date(2026, 11, 22)
    paper = Paper(
        organisation=PAYLOADS[0], title=said, number="2026-1", code="C", address="http://x/",
        validity=Validity(day), parts=(Part(said, (said,)),),
    )  # fmt: skip
    html = paper_page(paper)
    assert what_runs(html) == []
    assert [payload for payload in WITH_MARKS if payload in html] == []


def test_the_workshops_preview_runs_nothing(home: Any, editor: Any, client_of: Any) -> None:
    """It stands under a policy that would let it run."""
    from content.actions import make_page
    from tests.bodies import ask, line, outcome, section

    items = [ask("text", f"q{n}", label=text, hint=text) for n, text in enumerate(PAYLOADS[:60])]
    items += [line(text) for text in PAYLOADS[60:120]]
    made = make_page(
        kind="script", title=PAYLOADS[3], code="hostile", by=editor, publish=False,
        body=[section(PAYLOADS[4], *items)], outcomes=[outcome("done", label=PAYLOADS[5])],
    )  # fmt: skip
    client = client_of(editor)
    page = clean(client.get(f"/admin/pages/{made.pk}/revisions/{made.latest_revision_id}/view/"))
    assert "attack" in page


def test_people_with_hostile_names_are_listed(admin: Any, client_of: Any) -> None:
    user = make_person("odd", "agent")
    user.first_name, user.last_name = PAYLOADS[4][:150], PAYLOADS[2][:150]
    user.save()
    client = client_of(admin)
    client.post("/units/", {"code": "t", "title": PAYLOADS[2], "kind": "team"})
    for address in (
        "/people/",
        f"/people/{user.pk}/",
        "/units/",
        "/unit/t/",
        "/history/",
        "/log/",
    ):
        clean(client.get(address))
    clean(client.get("/people/", {"name": "".join(PAYLOADS)[:3000]}))


@pytest.mark.parametrize(
    "address", ["/verify/{}/", "/{}/", "/people/?page={}", "/documents/?number={}"]
)
def test_an_address_runs_nothing(address: str, supervisor: Any, client_of: Any) -> None:
    from urllib.parse import quote

    client = client_of(supervisor, raise_request_exception=False)
    for payload in PAYLOADS[:40]:
        answer = client.get(address.format(quote(payload, safe="")))
        assert answer.status_code < 500
        assert payload not in answer.content.decode() or "<" not in payload
        assert what_runs(answer.content.decode()) == []
