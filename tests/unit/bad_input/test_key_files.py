"""A key file that is missing or foreign while the house is running: a calm page in every kind of view, and nothing written."""

from pathlib import Path
from typing import Any

import pytest

from runtime.audit.models import AccessLog
from runtime.vault.checks import forget_checks
from tests.unit.bad_input.worlds import World, rows, write_keys

CSV = b"name,family_name,phone\nAnn,Peeters,0470 12 34 56\n"

# who, method and address, what is posted
RING = [
    ("agent", "GET /record/{record}/", {}),
    ("agent", "POST /record/{record}/section/", {"section": "person", "token": "x"}),
    ("agent", "POST /record/{record}/token/", {}),
    ("agent", "POST /record/{record}/finish/", {"outcome": "refused"}),
    ("agent", "POST /record/{closed}/reopen/", {"reason": "a mistake was made"}),
    ("agent", "POST /record/{record}/continue/", {}),
    ("supervisor", "POST /record/{closed}/", {"purpose": "quality"}),
    ("agent", "POST /app/call/start/", {}),
    ("agent", "POST /queue/calls/claim/", {}),
    ("agent", "POST /lesson/masks/", {}),
    ("agent", "POST /party/{party}/", {}),
    ("supervisor", "POST /campaign/spring/load/", {"file": "a list"}),
    ("data_officer", "POST /exports/app/call/1.csv", {"purpose": "statistics"}),
    ("data_officer", "POST /document/{document}.pdf", {"purpose": "hand_out"}),
    ("data_officer", "POST /feed/cases/preview/", {}),
]
INDEX = [("agent", "POST /find/", {"text": "Maes"})]


def spoil(folder: Path, name: str, how: str) -> None:
    forget_checks()
    if how == "missing":
        (folder / name).unlink()
    elif how == "broken":
        (folder / name).write_text("not a key")
    else:
        kept = {file.name: file.read_bytes() for file in folder.iterdir()}
        write_keys(folder)
        for other in kept.keys() - {name}:
            (folder / other).write_bytes(kept[other])


def ask(client: Any, world: World, address: str, posted: dict[str, Any], **headers: str) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    method, _, path = address.partition(" ")
    path = path.format(
        record=world.record.pk,
        closed=world.closed.pk,
        party=world.party.pk,
        document=world.document.pk,
    )
    if "file" in posted:
        posted = {"file": SimpleUploadedFile("list.csv", CSV)}
    return getattr(client, method.lower())(path, posted, headers=headers)


@pytest.fixture
def clients(client_of: Any, agent: Any, supervisor: Any, data_officer: Any, key_dir: Path) -> Any:
    people = {"agent": agent, "supervisor": supervisor, "data_officer": data_officer}
    made = {name: client_of(user) for name, user in people.items()}
    made["agent"].post("/find/", {"purpose": "calls_back"})
    return made


@pytest.mark.parametrize("how", ["missing", "foreign", "broken"])
@pytest.mark.parametrize(("who", "address", "posted"), RING)
def test_without_the_ring_every_view_says_so_and_writes_nothing(
    clients: Any, world: World, key_dir: Path, how: str, who: str, address: str, posted: Any
) -> None:
    spoil(key_dir, "ring.json", how)
    before = rows()
    answer = ask(clients[who], world, address, posted)
    words = answer.content.decode()
    assert answer.status_code == 503
    assert "This cannot be opened now" in words
    assert "The key file ring.json" in words
    assert "backup of the keys" in words
    assert "Tell an administrator." in words
    assert str(key_dir) not in words
    assert rows() == before


@pytest.mark.parametrize("how", ["missing", "foreign", "broken"])
@pytest.mark.parametrize(("who", "address", "posted"), INDEX)
def test_without_the_key_of_the_index_nobody_is_searched(
    clients: Any, world: World, key_dir: Path, how: str, who: str, address: str, posted: Any
) -> None:
    spoil(key_dir, "index.key", how)
    answer = ask(clients[who], world, address, posted)
    assert answer.status_code == 503
    assert "The key file index.key" in answer.content.decode()


def test_a_screen_that_asks_for_json_gets_json(clients: Any, world: World, key_dir: Path) -> None:
    spoil(key_dir, "ring.json", "missing")
    address = "POST /record/{record}/token/"
    answer = ask(clients["agent"], world, address, {}, accept="application/json")
    assert (answer.status_code, answer.json()["code"]) == (503, "keys_missing")
    assert "ring.json is missing" in answer.json()["message"]


def test_a_page_that_settles_without_the_ring_is_told_in_words(
    agent: Any, world: World, key_dir: Path, client_of: Any
) -> None:
    from runtime.records.actions import resume_session

    _session, token = resume_session(record=world.record, by=agent, kind="agent", purpose="call")
    spoil(key_dir, "ring.json", "missing")
    client = client_of(None, raise_request_exception=False)
    answer = client.post(
        f"/record/{world.record.pk}/settle/",
        headers={"Accept": "application/json", "X-Run-Token": token},
    )
    assert (answer.status_code, answer.json()["code"]) == (503, "keys_missing")


def test_only_an_administrator_reads_where_the_file_is_missing(
    admin: Any, agent: Any, clients: Any, world: World, key_dir: Path
) -> None:
    agent.groups.add(*admin.groups.all())
    spoil(key_dir, "ring.json", "missing")
    answer = ask(clients["agent"], world, "GET /record/{record}/", {})
    assert str(key_dir / "ring.json") in answer.content.decode()
    assert "Tell an administrator." not in answer.content.decode()


def test_a_feed_that_cannot_be_read_is_told_and_sent_once_when_it_can(
    clients: Any, world: World, key_dir: Path, settings: Any
) -> None:
    right = (key_dir / "ring.json").read_bytes()
    spoil(key_dir, "ring.json", "missing")
    told = clients["data_officer"].post("/feed/cases/send/", follow=True)
    assert "it can be tried again" in told.content.decode()
    assert not any(settings.DELIVERIES_DIR.rglob("*.*"))
    (key_dir / "ring.json").touch(0o600)
    (key_dir / "ring.json").write_bytes(right)
    for _again in range(2):
        clients["data_officer"].post("/feed/cases/send/")
    (sent,) = settings.DELIVERIES_DIR.rglob("*.csv")
    assert len(sent.read_text().splitlines()) == 2  # the head and the one closed record
    assert list(world.feed.deliveries.values_list("sequence", "rows")) == [(1, 1)]


def test_the_page_speaks_the_persons_language(
    clients: Any, world: World, key_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.errors._", lambda text: text.replace("key file", "KEY FILE"))
    spoil(key_dir, "ring.json", "broken")
    answer = ask(clients["agent"], world, "GET /record/{record}/", {})
    assert "The KEY FILE ring.json is not a key ring." in answer.content.decode()


def test_when_the_right_file_is_back_all_is_as_before(
    clients: Any, world: World, key_dir: Path
) -> None:
    right = (key_dir / "ring.json").read_bytes()
    spoil(key_dir, "ring.json", "foreign")
    assert ask(clients["agent"], world, "GET /record/{record}/", {}).status_code == 503
    (key_dir / "ring.json").write_bytes(right)
    forget_checks()
    assert ask(clients["agent"], world, "GET /record/{record}/", {}).status_code == 200


def test_pages_that_open_nothing_go_on(clients: Any, world: World, key_dir: Path) -> None:
    spoil(key_dir, "ring.json", "missing")
    for who, address in (
        ("agent", "/"),
        ("supervisor", "/campaigns/"),
        ("data_officer", "/exports/"),
    ):
        assert clients[who].get(address).status_code == 200


def test_a_keys_database_that_is_away_is_told(
    clients: Any, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    def away(*_arguments: Any, **_names: Any) -> Any:
        raise OperationalError("no such table: vault_subjectkey")

    monkeypatch.setattr("runtime.vault.keys.SubjectKey.objects.filter", away)
    answer = ask(clients["agent"], world, "GET /record/{record}/", {})
    assert answer.status_code == 503
    assert "The keys database cannot be read." in answer.content.decode()
    assert "vault_subjectkey" not in answer.content.decode()


def test_what_was_erased_is_gone_and_said_so(clients: Any, world: World, supervisor: Any) -> None:
    from runtime.vault.keys import destroy_subject

    destroy_subject(world.closed.subject)
    answer = ask(clients["supervisor"], world, "POST /record/{closed}/", {"purpose": "quality"})
    assert answer.status_code == 410
    assert "This person was erased" in answer.content.decode()
    assert AccessLog.objects.filter(by=supervisor, record=world.closed.pk).exists()


def test_what_was_tampered_with_is_said_so(clients: Any, world: World) -> None:
    world.closed.wrapped_key = bytes(world.record.wrapped_key)
    world.closed.save(update_fields=["wrapped_key"])
    answer = ask(clients["supervisor"], world, "POST /record/{closed}/", {"purpose": "quality"})
    assert answer.status_code == 500
    assert "is not what was sealed" in answer.content.decode()
